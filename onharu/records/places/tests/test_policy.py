"""Which page opens for another company's map, for whom, and how far."""

import json

import pytest
from csp.utils import build_policy
from django.http import HttpResponse
from django.template.loader import render_to_string

from onharu.accounts.models import Profile
from onharu.accounts.public import person_of
from onharu.catalog.pharmacies.public import Place, nearby
from onharu.records.places.pages.browser_map import map_context
from onharu.records.places.pages.policy import allow_map, browser_map_for
from onharu.upstream import registry
from tests.pharmacy_shelf import HERE, put

KAKAO = "onharu.upstream.maps.backends.kakao.Backend"
MIDDLE = Place(37.500612345, 127.036445678)


@pytest.fixture
def agreed(owner):
    Profile.objects.filter(pk=owner.pk).update(place_may_leave=True)
    owner.refresh_from_db()
    return person_of(owner)


@pytest.fixture
def offered(settings):
    settings.UPSTREAM = {"maps": {"BACKEND": KAKAO, "OPTIONS": {"js_key": "j"}}}
    registry.reset()
    yield
    registry.reset()


def policy(response):
    """The policy's directives as the middleware would write them."""
    said = build_policy(update=getattr(response, "_csp_update", None), nonce="n")
    return {words.split()[0]: words.split()[1:] for words in said.split("; ")}


def test_for_who_agreed_the_page_opens_for_the_map_and_nothing_else(agreed, offered):
    before, after = policy(HttpResponse()), policy(allow_map(HttpResponse(), agreed))
    added = {name: set(words) - set(before[name]) for name, words in after.items() if words != before[name]}
    assert added == {
        "script-src": {"https://dapi.kakao.com", "https://t1.daumcdn.net"},
        "img-src": {"https://t1.daumcdn.net", "https://*.daumcdn.net"},
        "connect-src": {"https://dapi.kakao.com", "https://t1.daumcdn.net", "https://*.daumcdn.net"},
        "style-src": {"'unsafe-inline'"},
    }
    assert not any("unsafe" in word for word in after["script-src"])
    assert "'nonce-n'" in after["script-src"]


def test_for_a_guest_and_for_who_did_not_agree_it_stays_closed(owner, offered):
    closed = policy(HttpResponse())
    for person in (None, person_of(owner)):
        assert browser_map_for(person) is None
        assert policy(allow_map(HttpResponse(), person)) == closed


def test_without_a_key_it_stays_closed_for_everybody(agreed, settings):
    settings.UPSTREAM = {}
    registry.reset()
    assert policy(allow_map(HttpResponse(), agreed)) == policy(HttpResponse())
    assert map_context(agreed, MIDDLE, ()) == {}


def test_the_middle_is_rounded_and_pharmacies_stand_by_their_numbers(agreed, offered, noon):
    put("가약국", north=100)
    put("나약국", north=200)
    context = map_context(agreed, MIDDLE, nearby(Place(*HERE), at=noon).found)
    said = json.loads(context["map_points"])
    assert said["middle"] == {"latitude": 37.5006, "longitude": 127.0364}
    assert [(one["number"], one["name"]) for one in said["points"]] == [(1, "가약국"), (2, "나약국")]
    assert context["browser_map"].script.startswith("https://dapi.kakao.com/")


def test_the_include_says_what_happens_before_it_happens_and_is_nothing_without_a_map(agreed, offered, noon):
    put("<b>'\"약국", north=100)
    context = map_context(agreed, MIDDLE, nearby(Place(*HERE), at=noon).found)
    shown = render_to_string("places/kakao_map.html", context | {"middle_words": "내 위치"})
    assert "누르기 전에는 아무것도 보내지 않아요" in shown
    assert "<b>" not in shown
    assert "<script" not in shown
    assert " style=" not in shown
    assert "37.500612" not in shown
    assert render_to_string("places/kakao_map.html", {}).strip() == ""
