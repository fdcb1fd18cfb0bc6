"""`/pharm`, as a predecessor's clients ask it: the old rows, the old meaning, and never a 500."""

import pytest
from django.test import Client

from onharu.catalog.pharmacies.tests import street as built

pytestmark = pytest.mark.django_db
TIMES = ("timeMon", "timeTue", "timeWed", "timeThu", "timeFri", "timeSat", "timeSun")
ADDRESSES = ("/pharm", "/pharm/")


@pytest.fixture
def street(db, noon):
    return built.street()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_list_has_those_within_a_kilometre_the_nearest_first(client, street, address):
    rows = client.get(address, built.ASK).json()
    assert [row["name"] for row in rows] == ["모름약국", "매일약국", "평일약국", "심야약국", "늘약국"]
    assert {frozenset(row) for row in rows} == {frozenset({"id", "addr", "name", *TIMES, "lat", "lon"})}
    assert (rows[1]["id"], rows[1]["addr"]) == (street["sundays"].pk, "서울특별시 강남구 매일약국길 1")
    assert (rows[1]["lat"], rows[1]["lon"]) == (street["sundays"].latitude, street["sundays"].longitude)


def test_times_are_texts_and_an_unknown_day_is_never_closed(client, street):
    unknown, sundays, weekdays, night, always = client.get("/pharm/", built.ASK).json()
    assert {unknown[day] for day in TIMES} == {"정보 없음"}
    assert {sundays[day] for day in TIMES} == {"09:00 - 19:00"}
    assert [weekdays[day] for day in TIMES[4:]] == ["09:00 - 19:00", "09:00 - 13:00, 14:00 - 18:00", "Closed"]
    assert night["timeSun"] == "22:00 - 26:00"
    assert always["timeMon"] == "00:00 - 24:00"


def test_a_list_has_a_hundred_rows_at_most(client, db, noon):
    for number in range(103):
        built.stands(f"약국{number}", number)
    rows = client.get("/pharm", built.ASK).json()
    assert [row["name"] for row in rows] == [f"약국{number}" for number in range(100)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_one_that_somebody_stands_at_is_told_to_a_plain_client(street, address):
    client = Client(enforce_csrf_checks=True)
    there = {"lat": street["night"].latitude + 0.0001, "lon": street["night"].longitude}
    answer = client.post(address, there, content_type="application/json")
    assert (answer.status_code, answer.json()["name"]) == (200, "심야약국")
    assert client.post(address, {name: str(value) for name, value in there.items()}).json() == answer.json()


def test_nobody_within_a_hundred_metres_is_said_as_before(client, street):
    answer = client.post("/pharm/", {"lat": 37.51, "lon": 127.0276}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "no_pharmacy_here")
    assert answer.json()["detail"] == "데이터베이스 상에 존재하지 않는 약국입니다."


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "said",
    [
        {}, {"lat": "37.5"}, {"lon": "127"}, {"lat": "abc", "lon": "127"}, {"lat": "NaN", "lon": "127"}, {"lat": "37.5", "lon": "inf"},
        {"lat": "1e400", "lon": "127"}, {"lat": "91", "lon": "127"}, {"lat": "٣٧", "lon": "127"}, {"lat": "3" * 9999, "lon": "127"},
    ],
)  # fmt: skip
def test_bad_input_is_a_400_and_never_a_500(client, street, address, method, said):
    answer = getattr(client, method)(address, said)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("body", [b"", b"[]", b"[1, 2]", b"null", b'"37"', b"{", b"\xff\xfe", b"[" * 50_000])
def test_a_body_that_cannot_be_read_is_a_400(client, street, body):
    assert client.generic("POST", "/pharm", body, content_type="application/json").status_code == 400


def test_other_methods_are_not_allowed(client, street):
    assert {getattr(client, method)("/pharm/").status_code for method in ("put", "patch", "delete")} == {405}


def test_outside_korea_and_on_an_empty_shelf_there_is_nothing(client, db, noon):
    assert client.get("/pharm", built.ASK).json() == []
    built.street()
    assert client.get("/pharm", {"lat": "35.68", "lon": "139.76"}).json() == []
    assert client.post("/pharm", {"lat": "35.68", "lon": "139.76"}).status_code == 400
