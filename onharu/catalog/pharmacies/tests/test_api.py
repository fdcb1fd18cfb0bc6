"""Pharmacies over HTTP: what a row promises, which are found at which instant, what is refused, and for whom."""

import pytest
from django.core.cache import cache
from django.test import Client

from conftest import PASSWORD
from onharu.catalog.pharmacies.models import Pharmacy
from onharu.catalog.pharmacies.tests import street as built
from onharu.kernel import rates

pytestmark = pytest.mark.django_db
NEAR, NEAREST = "/api/pharmacies/", "/api/pharmacies/nearest/"
ROW = {
    "id", "hpid", "name", "address", "phone", "lat", "lon", "distance_m", "walk_minutes", "open_now", "closes_at", "opens_next", "always_open",
    "holiday", "hours", "note", "source", "as_of", "hours_source", "hours_as_of", "gone_on", "sample",
}  # fmt: skip
ENVELOPE = {"at", "count", "results", "hidden_unknown", "area", "hint", "said"}


@pytest.fixture
def street(db, noon):
    """A Sunday, noon."""
    return built.street()


def asked(client, **said):
    answer = client.get(NEAR, {**built.ASK, **said})
    assert answer.status_code == 200, answer.content
    return answer.json()


def names(body):
    return [row["name"] for row in body["results"]]


def test_a_row_says_all_it_promises(client, street):
    body = asked(client)
    assert set(body) == ENVELOPE
    assert (body["at"], body["count"], body["hint"], body["area"]) == ("2026-11-22T12:00:00+09:00", 6, None, None)
    assert "전화로 확인" in body["said"]["ko"]
    row = body["results"][1]
    assert set(row) == ROW
    assert row == {
        **row, "id": street["sundays"].pk, "hpid": "C1100001", "name": "매일약국", "distance_m": 200, "walk_minutes": 4, "open_now": True,
        "closes_at": "2026-11-22T19:00:00+09:00", "always_open": False, "holiday": None, "note": None, "phone": None, "source": "시험표",
        "as_of": "2026-11-01", "hours_source": "시험 시간표", "hours_as_of": "2026-11-02", "gone_on": None, "sample": False,
    }  # fmt: skip
    assert row["lat"] == pytest.approx(built.HERE.latitude, abs=0.01)


def test_the_nearest_come_first_each_with_its_state(client, street):
    rows = asked(client)["results"]
    assert [row["distance_m"] for row in rows] == [100, 200, 300, 400, 500, 1500]
    assert [row["open_now"] for row in rows] == [None, True, False, False, True, True]
    assert [row["always_open"] for row in rows] == [False, False, False, False, True, False]
    assert rows[2]["opens_next"] == "2026-11-23T09:00:00+09:00"
    assert rows[3]["opens_next"] == "2026-11-22T22:00:00+09:00"
    assert rows[4]["closes_at"] is None


def test_a_week_is_told_by_eight_kinds_of_day(client, street):
    unknown, _, weekdays, night, always, _ = (row["hours"] for row in asked(client)["results"])
    assert list(weekdays) == ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]
    assert set(unknown.values()) == {None}
    assert weekdays["mon"] == [["09:00", "19:00"]]
    assert weekdays["sat"] == [["09:00", "13:00"], ["14:00", "18:00"]]
    assert weekdays["sun"] == []
    assert weekdays["holiday"] is None
    assert night["holiday"] == [["22:00", "26:00"]]
    assert always["fri"] == [["00:00", "24:00"]]


def test_open_now_tells_those_known_to_be_open_and_counts_the_unknown(client, street):
    body = asked(client, open_at="now")
    assert names(body) == ["매일약국", "늘약국", "먼약국"]
    assert body["hidden_unknown"] == 1
    assert names(asked(client, open_at="now", unknown="include")) == ["모름약국", "매일약국", "늘약국", "먼약국"]


def test_another_instant_is_told_as_that_instant(client, street):
    body = asked(client, open_at="2026-11-23T01:30")
    assert body["at"] == "2026-11-23T01:30:00+09:00"
    assert names(body) == ["심야약국", "늘약국"]
    assert body["results"][0]["closes_at"] == "2026-11-23T02:00:00+09:00"


def test_a_holiday_is_named_and_its_own_hours_count(client, street):
    rows = asked(client, open_at="2026-12-25T12:00", unknown="include")["results"]
    assert {row["holiday"] for row in rows} == {"기독탄신일"}
    assert [row["name"] for row in rows] == ["모름약국", "매일약국", "평일약국", "늘약국", "먼약국"]
    assert [row["open_now"] for row in rows] == [None, True, None, True, True]


def test_how_far_and_how_many_is_the_askers_choice(client, street):
    assert names(asked(client, radius=250)) == ["모름약국", "매일약국"]
    assert names(asked(client, limit=1)) == ["모름약국"]
    assert len(names(asked(client, radius=20_000, limit=100))) == 6


def test_a_position_may_come_in_a_body(street):
    client = Client(enforce_csrf_checks=True)
    body = {"lat": 37.4979, "lon": 127.0276, "radius": 450, "open_at": "now", "unknown": "include"}
    answer = client.post(NEAREST, body, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json() == asked(client, radius=450, open_at="now", unknown="include")
    form = client.post(NEAREST, {name: str(value) for name, value in body.items()})
    assert form.json() == answer.json()


@pytest.mark.parametrize(
    "body",
    ["", "[]", "7", "null", '"a"', "{", '{"lat": NaN, "lon": 1}', '{"lat": 1e999, "lon": 1}', "[" * 50_000, "\xff"],
)
def test_a_body_that_cannot_be_read_is_a_400(client, street, body):
    answer = client.generic("POST", NEAREST, body.encode("latin-1"), content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"lat": "NaN"}, ["lat"]),
        ({"lon": "inf"}, ["lon"]),
        ({"lat": "abc", "lon": ""}, ["lat", "lon"]),
        ({"lat": "91"}, ["lat"]),
        ({"lat": "1e400"}, ["lat"]),
        ({"lat": "٣٧"}, ["lat"]),
        ({"lon": "9" * 50_000}, ["lon"]),
        ({"radius": "20001"}, ["radius"]),
        ({"limit": "101", "open_at": "soon"}, ["limit", "open_at"]),
        ({"unknown": "perhaps"}, ["unknown"]),
        ({"lat": "", "lon": "", "q": "가" * 101}, ["lat", "lon", "q"]),
    ],
)
def test_a_refusal_names_the_fields_in_both_languages(client, street, said, fields):
    answer = client.get(NEAR, {**built.ASK, **said})
    body = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert list(body["errors"]) == fields
    for field in fields:
        assert field in body["messages"]["ko"]
        assert field in body["messages"]["en"]


def test_outside_korea_nothing_is_found_and_a_hint_says_why(client, street):
    body = asked(client, lat="35.68", lon="139.76")
    assert (body["count"], body["results"], body["hint"]["code"]) == (0, [], "outside_korea")
    assert asked(client, lat="34.0522", lon="-118.2437", open_at="now")["hint"]["code"] == "outside_korea"


def test_an_empty_shelf_says_how_it_is_filled(client, db, noon):
    body = asked(client)
    assert (body["count"], body["hint"]["code"]) == (0, "nothing_imported")
    assert "onharu import pharmacies" in body["hint"]["ko"]
    assert "onharu import pharmacies" in body["hint"]["en"]


def test_nothing_near_says_to_look_farther(client, street):
    assert asked(client, lat="33.5", lon="126.5")["hint"]["code"] == "none_near"
    assert asked(client, radius=150, open_at="now")["hint"]["code"] == "none_known_open"
    assert asked(client, radius=150, open_at="now")["hidden_unknown"] == 1


def test_one_is_told_by_itself_with_its_week(client, street):
    one = client.get(f"/api/pharmacies/{street['weekdays'].pk}/").json()
    assert set(one) == ROW | {"at", "said"}
    assert (one["name"], one["open_now"], one["distance_m"]) == ("평일약국", False, None)
    assert one["note"] == "점심 13~14시 쉽니다"
    later = client.get(f"/api/pharmacies/{street['weekdays'].pk}/", {"open_at": "2026-11-23T12:00"}).json()
    assert (later["open_now"], later["closes_at"]) == (True, "2026-11-23T19:00:00+09:00")


def test_one_that_is_gone_or_was_folded_still_answers_by_its_id(client, street):
    gone = built.stands("옛약국", 50, gone_on="2026-10-01")
    folded = built.stands("매일 약국", 199, same_as=street["sundays"])
    assert client.get(f"/api/pharmacies/{gone.pk}/").json()["gone_on"] == "2026-10-01"
    assert client.get(f"/api/pharmacies/{folded.pk}/").json()["id"] == street["sundays"].pk
    assert "옛약국" not in names(asked(client))


@pytest.mark.parametrize("number", [987654321, 2**31, 2**63 - 1, 2**63, 10**300])
def test_an_id_that_is_none_is_missing(client, street, number):
    answer = client.get(f"/api/pharmacies/{number}/")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_pharmacy")


def test_no_cache_keeps_an_answer_whatever_it_is(client, street):
    answers = [
        client.get(NEAR, built.ASK),
        client.get(NEAR),
        client.post(NEAREST, built.ASK),
        client.post(NEAREST),
        client.get(f"/api/pharmacies/{street['far'].pk}/"),
        client.get("/api/pharmacies/1234567/"),
        client.get("/pharm/", built.ASK),
        client.post("/pharm"),
    ]
    assert [answer.status_code for answer in answers] == [200, 400, 200, 400, 200, 404, 200, 400]
    assert {answer["Cache-Control"] for answer in answers} == {"private, no-store"}


def test_asking_costs_two_statements_for_a_stranger_and_for_who_is_signed_in(
    client, street, owner, django_assert_max_num_queries
):
    access = client.post("/auth/token/", {"username": "owner", "password": PASSWORD}).json()["access"]
    for headers in ({}, {"Authorization": f"Bearer {access}"}):
        client.get(NEAR, built.ASK, headers=headers)
        for said in ({}, {"open_at": "now"}, {"open_at": "now", "radius": 20_000}):
            with django_assert_max_num_queries(2):
                client.get(NEAR, {**built.ASK, **said}, headers=headers)


def test_who_asks_too_often_waits_a_while(client, street, owner):
    for _ in range(120):
        assert client.get(NEAR, built.ASK).status_code == 200
    answer = client.get(NEAR, built.ASK)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (429, "60", "private, no-store")
    assert client.post("/pharm/", built.ASK).status_code == 429
    assert client.get(NEAR, built.ASK, REMOTE_ADDR="203.0.113.9").status_code == 200
    access = client.post("/auth/token/", {"username": "owner", "password": PASSWORD}).json()["access"]
    assert client.get(NEAR, built.ASK, headers={"Authorization": f"Bearer {access}"}).status_code == 200


def test_a_signed_in_person_is_counted_wherever_they_are(street, browser):
    for number in range(120):
        assert browser.get(NEAR, built.ASK, REMOTE_ADDR=f"203.0.113.{number}").status_code == 200
    assert browser.get(NEAR, built.ASK, REMOTE_ADDR="198.51.100.1").status_code == 429


def test_a_header_that_anybody_can_write_is_nobodys_address(client, street, settings):
    for number in range(120):
        client.get(NEAR, built.ASK, headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert client.get(NEAR, built.ASK, headers={"X-Forwarded-For": "198.51.100.1"}).status_code == 429
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client.get(NEAR, built.ASK, headers={"X-Forwarded-For": "198.51.100.1"}).status_code == 200


@pytest.mark.parametrize("token", ["Bearer nonsense", "Bearer ", "Basic b3duZXI6eA=="])
def test_a_token_that_is_over_keeps_nobody_from_a_pharmacy(client, street, token):
    assert client.get(NEAR, built.ASK, headers={"Authorization": token}).status_code == 200


def test_a_cookie_without_a_form_token_may_ask_too(street, owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="onharu.accounts.backends.AccountBackend")
    for address in (NEAREST, "/pharm/", "/pharm"):
        answer = client.post(address, {"lat": 37.4988, "lon": 127.0276}, content_type="application/json")
        assert answer.status_code == 200, address


def test_asking_keeps_no_position_anywhere(client, street, monkeypatch):
    kept = []
    for name in ("add", "set", "incr"):
        whole = getattr(cache, name)
        monkeypatch.setattr(
            cache, name, lambda *words, whole=whole, **more: (kept.append((words, more)), whole(*words, **more))[1]
        )
    counted = []
    for store in rates._stores.values():
        monkeypatch.setattr(
            store, "take", lambda name, take=store.take, **more: (counted.append(name), take(name, **more))[1]
        )
    client.get(NEAR, {**built.ASK, "open_at": "now"})
    client.post("/pharm/", built.ASK)
    kept += counted
    assert kept
    assert "37.49" not in repr(kept)
    assert "127.02" not in repr(kept)
    assert Pharmacy.objects.count() == 6
