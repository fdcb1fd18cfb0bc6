"""The link into the phone's own map: well spelled for every name, and about the pharmacy alone."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from onharu.catalog.pharmacies.public import Place
from onharu.records.places.pages.links import map_links

PLACE = Place(37.5006, 127.03641234567)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1"
IPAD = "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15"
ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-S921N) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
DESKTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0"
NAMES = ["참좋은약국", "A, B (본점) 약국", "100%약국 & 형제", "a/b?c#d'\"<e>", "약국 +1"]


@pytest.mark.parametrize("agent", [IPHONE, IPAD])
def test_an_iphone_opens_apples_map(agent):
    link = map_links("참좋은약국", PLACE, agent)
    assert link.href == (
        "https://maps.apple.com/?q=%EC%B0%B8%EC%A2%8B%EC%9D%80%EC%95%BD%EA%B5%AD&ll=37.500600,127.036412"
    )
    assert str(link.words) == "지도 앱에서 열기"


def test_android_opens_whatever_map_it_has():
    link = map_links("참좋은약국", PLACE, ANDROID)
    assert link.href == (
        "geo:37.500600,127.036412?q=37.500600,127.036412(%EC%B0%B8%EC%A2%8B%EC%9D%80%EC%95%BD%EA%B5%AD)"
    )


@pytest.mark.parametrize("agent", [DESKTOP, "", "curl/8"])
def test_everything_else_opens_kakaomap(agent):
    link = map_links("참좋은약국", PLACE, agent)
    assert link.href == (
        "https://map.kakao.com/link/map/%EC%B0%B8%EC%A2%8B%EC%9D%80%EC%95%BD%EA%B5%AD,37.500600,127.036412"
    )
    assert str(link.words) == "카카오맵에서 열기"


@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_out_of_its_place(name):
    apple = urlsplit(map_links(name, PLACE, IPHONE).href)
    assert parse_qs(apple.query) == {"q": [name], "ll": ["37.500600,127.036412"]}
    geo = map_links(name, PLACE, ANDROID).href
    assert geo.count("(") == geo.count(")") == geo.count("?") == 1
    assert unquote(geo.partition("(")[2][:-1]) == name
    kakao = urlsplit(map_links(name, PLACE, DESKTOP).href)
    assert (kakao.query, kakao.fragment) == ("", "")
    assert unquote(kakao.path).split("/link/map/")[1].rsplit(",", 2) == [
        name.replace(",", " "),
        "37.500600",
        "127.036412",
    ]


@pytest.mark.parametrize("agent", [IPHONE, ANDROID, DESKTOP])
@pytest.mark.parametrize("name", NAMES)
def test_a_link_is_plain_letters_that_need_no_escaping_in_an_address(agent, name):
    href = map_links(name, PLACE, agent).href
    assert href.isascii()
    assert not set(href) & set(" \"'<>\\^`{|}")
