"""Another company's list over HTTP and on the page: after consent alone, and a refusal says where to give it."""

import re
from html import unescape

import pytest

from onharu.accounts.models import Profile
from onharu.upstream import registry
from onharu.upstream.maps.tests.answers import PATH, document, error, listing
from tests.pharmacy_shelf import HERE

pytestmark = pytest.mark.django_db
API, PAGE = "/api/pharmacies/live/", "/pharmacies/live/"
KAKAO = "onharu.upstream.maps.backends.kakao.Backend"
POSITION = {"lat": HERE[0], "lon": HERE[1]}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def agreed(owner):
    Profile.objects.filter(pk=owner.pk).update(place_may_leave=True)


@pytest.fixture
def kakao(settings, httpserver):
    """Kakao on loopback, with one pharmacy that the shelf lacks."""
    options = {"rest_key": "k", "js_key": "j", "base_url": httpserver.url_for("")}
    settings.UPSTREAM = {"maps": {"BACKEND": KAKAO, "OPTIONS": options}}
    registry.reset()
    at = {"y": f"{HERE[0] + 90 / 111_320:.7f}", "x": str(HERE[1]), "distance": "90"}
    httpserver.expect_request(PATH).respond_with_json(listing(document(1, place_name="새로연약국", **at)))
    yield httpserver
    registry.reset()


def ask(client, **said):
    return client.post(API, {**POSITION, **said}, content_type="application/json")


def page(client, path="/pharmacies/near/"):
    return unescape(
        client.post(path, {name: str(value) for name, value in POSITION.items()}, headers=HTMX).content.decode()
    )


def test_what_only_the_other_list_has_is_told(browser, agreed, kakao, noon):
    body = ask(browser).json()
    (row,) = body["results"]
    assert (row["name"], row["distance_m"], body["source"]) == ("새로연약국", 90, "kakao")


def test_without_consent_nobody_is_asked_and_the_answer_says_where_to_give_it(browser, kakao, noon):
    answer = ask(browser)
    assert (answer.status_code, answer.json()["code"]) == (409, "place_may_not_leave")
    assert "place_may_leave" in answer.json()["messages"]["ko"] and "place_may_leave" in answer.json()["messages"]["en"]
    assert kakao.log == []


def test_where_there_is_nobody_to_ask_it_says_so(browser, agreed, noon):
    assert (ask(browser).status_code, ask(browser).json()["code"]) == (409, "live_not_offered")


def test_silence_of_the_other_is_no_empty_answer(browser, agreed, kakao, noon):
    kakao.clear()
    kakao.expect_request(PATH).respond_with_data("", status=503)
    answer = ask(browser)
    assert (answer.status_code, answer.json()["code"]) == (503, "live_unavailable")
    assert "답하지 않아요" in page(browser, PAGE)


def test_a_refusal_of_the_other_is_no_empty_answer(browser, agreed, kakao, noon):
    kakao.clear()
    kakao.expect_request(PATH).respond_with_json(error("AccessDeniedError", "wrong key"), status=401)
    assert ask(browser).status_code == 503
    assert "거절했어요" in page(browser, PAGE)


def test_outside_korea_is_an_empty_answer_and_nobody_is_asked(browser, agreed, kakao, noon):
    assert ask(browser, lat=35.68, lon=139.76).json()["results"] == []
    assert kakao.log == []


@pytest.mark.parametrize(
    "said",
    [{"lat": "nan"}, {"lat": "inf"}, {"lat": 91}, {"lon": None}, {"lat": True}, {"radius": 0}, {"radius": 20_001}],
)
def test_what_is_no_position_is_refused(browser, agreed, kakao, noon, said):
    answer = ask(browser, **said)
    assert answer.status_code == 400 and set(answer.json()["errors"]) == set(said)


def test_asking_too_often_is_held_back(browser, agreed, kakao, noon):
    answers = [ask(browser).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]


@pytest.mark.parametrize("path", [API, PAGE])
def test_nobody_at_all_is_not_answered(client, kakao, path):
    answer = client.post(path, POSITION)
    assert answer.status_code in (302, 401) and kakao.log == []


def test_the_page_lists_them_apart_and_says_that_hours_are_not_known(browser, agreed, kakao, noon):
    text = " ".join(re.sub(r"<[^>]+>", " ", page(browser, PAGE)).split())
    for said in (
        "카카오맵에서 더 찾은 곳",
        "카카오맵에만 있어요 · 시간 정보 없음",
        "새로연약국",
        "90 m",
        "보여 드리기만 하고 남기지 않아요",
    ):
        assert said in text, said


def test_the_button_and_the_map_are_for_who_agreed_alone(browser, stranger_browser, agreed, kakao, street):
    assert "data-near-live" in page(browser) and "data-map-script" in page(browser)
    assert "data-near-live" not in page(stranger_browser) and "data-map-script" not in page(stranger_browser)
    allowed, closed = (one.get("/pharmacies/")["Content-Security-Policy"] for one in (browser, stranger_browser))
    assert "dapi.kakao.com" in allowed and "kakao" not in closed
    assert (
        b"kakao.js" in browser.get("/pharmacies/").content
        and b"kakao.js" not in stranger_browser.get("/pharmacies/").content
    )
