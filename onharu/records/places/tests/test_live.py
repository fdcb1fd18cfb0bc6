"""Asking another company live: only for who agreed, only what the shelf lacks, and nothing of it stays."""

import logging
from itertools import count

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from onharu.accounts.models import Profile
from onharu.accounts.public import person_of
from onharu.catalog.pharmacies.public import Place
from onharu.records.places.queries import live
from onharu.records.places.queries.live import Live, live_near
from onharu.upstream import registry
from onharu.upstream.maps.tests.answers import PATH, document, error, listing
from tests.pharmacy_shelf import HERE, put

HOME = Place(*HERE)
IDS = count(1)
KAKAO = "onharu.upstream.maps.backends.kakao.Backend"


def listed(name, north, **changes):
    """A pharmacy as Kakao lists it, so many metres north of here."""
    at = {"y": f"{HERE[0] + north / 111_320:.7f}", "x": str(HERE[1]), "distance": str(round(north))}
    return document(next(IDS), place_name=name, **at, **changes)


@pytest.fixture
def agreed(owner):
    Profile.objects.filter(pk=owner.pk).update(place_may_leave=True)
    owner.refresh_from_db()
    return person_of(owner)


@pytest.fixture
def kakao(settings, httpserver):
    """Kakao on loopback; call it with the places it lists."""
    settings.UPSTREAM = {"maps": {"BACKEND": KAKAO, "OPTIONS": {"rest_key": "k", "base_url": httpserver.url_for("")}}}
    registry.reset()
    yield lambda *documents: httpserver.expect_request(PATH).respond_with_json(listing(*documents))
    registry.reset()


def names(answer):
    return [one.name for one in answer.found]


def test_only_what_the_shelf_lacks_is_listed(agreed, kakao, noon):
    put("온누리 약국", north=120)
    kakao(listed("온누리약국", 150), listed("새약국", 90), listed("먼곳약국", 900))
    answer = live_near(agreed, HOME)
    assert (names(answer), answer.source, answer.reason, answer.words) == (["새약국", "먼곳약국"], "kakao", "", "")


@pytest.mark.parametrize(
    ("name", "north", "same"),
    [
        ("온누리약국", 379, True),
        ("온누리약국", 385, False),
        (" 온 누리 약국", 300, True),
        ("온누리약국 본점", 300, False),
        ("다른약국", 300, False),
    ],
)
def test_the_same_name_within_eighty_metres_is_the_same_door(agreed, kakao, noon, name, north, same):
    put("온누리약국", north=300)
    kakao(listed(name, north))
    assert names(live_near(agreed, HOME)) == ([] if same else [" ".join(name.split())])


def test_a_pharmacy_that_is_gone_from_the_shelf_may_be_listed_again(agreed, kakao, noon):
    put("온누리약국", north=300, gone_on=noon.date())
    kakao(listed("온누리약국", 300))
    assert names(live_near(agreed, HOME)) == ["온누리약국"]


def test_metres_are_measured_from_where_somebody_asked_and_order_the_list(agreed, kakao, noon):
    kakao(listed("나중약국", 500), listed("먼저약국", 100))
    answer = live_near(agreed, HOME)
    assert names(answer) == ["먼저약국", "나중약국"]
    assert [one.distance_m for one in answer.found] == pytest.approx([100, 500], abs=1)


@pytest.mark.parametrize("who", ["guest", "somebody whose switch is off"])
def test_without_a_switch_nothing_is_sent(who, owner, kakao, httpserver):
    kakao(listed("새약국", 90))
    answer = live_near(None if who == "guest" else person_of(owner), HOME)
    assert (answer.found, answer.reason) == ((), live.NOT_AGREED)
    assert "켜야" in str(answer.words)
    assert httpserver.log == []


def test_a_switch_that_was_just_turned_off_counts_though_a_cached_person_says_yes(agreed, kakao, httpserver):
    kakao(listed("새약국", 90))
    Profile.objects.update(place_may_leave=False)
    assert agreed.place_may_leave
    assert live_near(agreed, HOME).reason == live.NOT_AGREED
    assert httpserver.log == []


def test_somebody_elses_switch_opens_nothing(agreed, stranger, kakao, httpserver):
    assert live_near(person_of(stranger), HOME).reason == live.NOT_AGREED
    assert httpserver.log == []


def test_without_a_key_nobody_is_asked(agreed, settings):
    settings.UPSTREAM = {}
    registry.reset()
    answer = live_near(agreed, HOME)
    assert (answer.found, answer.source, answer.reason) == ((), "embedded", live.NOT_OFFERED)


@pytest.mark.parametrize("place", [Place(48.85, 2.35), Place(float("nan"), 127.0)])
def test_a_place_outside_korea_is_not_sent(agreed, kakao, httpserver, place):
    kakao(listed("새약국", 90))
    assert live_near(agreed, place).reason == live.OUTSIDE
    assert httpserver.log == []


@pytest.mark.parametrize(
    ("status", "body", "reason", "upstream_reason"),
    [
        (403, error("NotAuthorizedError", "disabled OPEN_MAP_AND_LOCAL"), live.REFUSED, "maps_switched_off"),
        (401, error("AccessDeniedError", "wrong appKey"), live.REFUSED, "unauthorised"),
        (429, error("RequestThrottled", ""), live.UNAVAILABLE, "rate_limited"),
    ],
)
def test_an_answer_that_did_not_come_is_said_and_is_no_empty_list(
    agreed, kakao, httpserver, status, body, reason, upstream_reason
):
    httpserver.expect_request(PATH).respond_with_json(body, status=status)
    answer = live_near(agreed, HOME)
    assert (answer.found, answer.reason, answer.upstream_reason) == ((), reason, upstream_reason)
    assert str(answer.words)


def test_nothing_of_it_is_stored_kept_or_logged(agreed, kakao, noon, caplog):
    kakao(listed("새약국", 90))
    caplog.set_level(logging.DEBUG)
    shelf = apps.get_model("pharmacies", "Pharmacy").objects
    before = shelf.count()
    with CaptureQueriesContext(connection) as queries, capture_logs() as lines:
        first, second = live_near(agreed, HOME), live_near(agreed, HOME)
    assert names(first) == names(second) == ["새약국"]
    assert shelf.count() == before
    # That something left is written down, with its size; where somebody stood and what came back are not.
    written = [query["sql"] for query in queries if query["sql"].split()[0] not in {"SELECT", "WITH"}]
    assert all(sql.startswith('INSERT INTO "accounts_outgoing"') for sql in written)
    assert len(written) == 2
    # werkzeug stands in for Kakao here, and the database's statements are logged in tests only.
    kept = [one.getMessage() for one in caplog.records if not one.name.startswith(("werkzeug", "django.db"))]
    said = repr(lines) + " ".join([*kept, *written])
    assert not any(secret in said for secret in ("37.50", "127.03", "새약국"))


def test_asking_twice_asks_kakao_twice(agreed, kakao, httpserver, noon):
    kakao(listed("새약국", 90))
    live_near(agreed, HOME)
    live_near(agreed, HOME)
    assert len(httpserver.log) == 2


def test_it_costs_the_same_few_statements_for_one_or_forty(agreed, kakao, noon, django_assert_max_num_queries):
    for n in range(40):
        put(f"약국{n}", north=20 * n)
    kakao(*(listed(f"카카오{n}", 20 * n) for n in range(15)))
    live_near(agreed, HOME)
    with django_assert_max_num_queries(4):
        assert len(live_near(agreed, HOME).found) == 15


def test_every_reason_has_words():
    assert all(str(Live((), "x", reason).words) for reason in live.REASON_WORDS)
    assert str(live.ONLY_THERE) == "카카오맵에만 있어요 · 시간 정보 없음"
