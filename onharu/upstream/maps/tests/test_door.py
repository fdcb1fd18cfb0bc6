"""The door: who is asked, and what the operator is told."""

import pytest
from django.core.checks import run_checks

from onharu.upstream import maps, registry
from onharu.upstream.checks import chosen_backends
from onharu.upstream.faults import Refused
from onharu.upstream.maps.tests.answers import HERE, PATH, document, listing

KAKAO = "onharu.upstream.maps.backends.kakao.Backend"


@pytest.fixture
def choose(settings):
    def choice(**options):
        settings.UPSTREAM = {"maps": {"BACKEND": KAKAO, "OPTIONS": options}} if options else {}
        registry.reset()

    choice()
    return choice


def test_without_a_key_nobody_is_asked_and_no_page_is_opened_to_anybody(choose):
    assert (maps.may_be_asked(), maps.browser_map(), maps.hosts(), maps.source()) == (False, None, {}, "embedded")
    with pytest.raises(Refused) as refused:
        maps.pharmacies_near(*HERE)
    assert refused.value.reason == "nobody_to_ask"


def test_the_chosen_maker_is_asked(choose, httpserver):
    httpserver.expect_request(PATH).respond_with_json(listing(document()))
    choose(rest_key="r", base_url=httpserver.url_for(""))
    assert maps.may_be_asked()
    assert maps.source() == "kakao"
    assert [one.name for one in maps.pharmacies_near(*HERE, radius=500)] == ["보기1약국"]


def test_each_key_may_be_given_alone(choose):
    choose(js_key="j")
    assert not maps.may_be_asked()
    assert maps.browser_map() is not None
    with pytest.raises(Refused) as refused:
        maps.pharmacies_near(*HERE)
    assert refused.value.reason == "key_missing"
    choose(rest_key="r")
    assert maps.may_be_asked()
    assert maps.hosts() == {}


def test_the_script_carries_the_key_and_nothing_of_anybody(choose):
    choose(js_key="abc&x=1")
    shown = maps.browser_map()
    assert shown.script == "https://dapi.kakao.com/v2/maps/sdk.js?appkey=abc%26x%3D1&autoload=false"
    assert maps.hosts() == {
        "script-src": ("https://dapi.kakao.com", "https://t1.daumcdn.net"),
        "img-src": ("https://t1.daumcdn.net", "https://*.daumcdn.net"),
        "connect-src": ("https://dapi.kakao.com", "https://t1.daumcdn.net", "https://*.daumcdn.net"),
    }


def test_the_operator_is_told_what_leaves(choose):
    choose(js_key="j")
    (message,) = chosen_backends(None)
    assert message.id == "onharu.W101"
    assert "maps sends the position of a person who switched that on to another company (kakao)" in message.msg
    assert "onharu.W101" in {one.id for one in run_checks()}


def test_keys_that_are_empty_are_told_of(choose):
    choose(rest_key="", js_key="")
    assert [one.id for one in chosen_backends(None)] == ["onharu.W101", "onharu.W102"]


def test_the_door_says_exactly_what_it_offers():
    assert all(hasattr(maps, name) for name in maps.__all__)
    assert set(maps.__all__) == {
        "BrowserMap", "PlaceFact", "Refused", "Unavailable", "browser_map", "hosts", "may_be_asked", "pharmacies_near", "source",
    }  # fmt: skip
