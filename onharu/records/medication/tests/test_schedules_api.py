"""Doses over HTTP: what is sent, what is answered, what is refused."""

import pytest

from onharu.kernel import clock
from onharu.records.medication.models import Dose, DoseEvent
from onharu.records.medication.tests.dosing import DAY, NOON, at_times, regimen, seoul, when_needed

pytestmark = pytest.mark.django_db
JSON = "application/json"
FIRST = "v1.20261122.0"


@pytest.fixture
def pill(owner, noon):
    """One at 13:00 and one at 20:00."""
    return regimen(owner, at_times(13, 20))


def put(browser, pill, what, body, key=FIRST):
    return browser.put(f"/api/schedules/{pill.pk}.{key}/{what}/", body, content_type=JSON)


def test_the_doses_of_today_are_listed_in_the_order_of_their_times(browser, pill):
    answer = browser.get("/api/schedules/")
    found = answer.json()
    assert [dose["id"] for dose in found["results"]] == [f"{pill.pk}.v1.20261122.{n}" for n in (0, 1)]
    assert found["results"][0] == {
        "id": f"{pill.pk}.{FIRST}", "regimen": pill.pk, "item_seq": None, "name": "혈압약", "unit": "tablet",
        "planned_at": "2026-11-22T13:00:00+09:00", "date": "2026-11-22", "amount": 1,
        "anchor": {"kind": "at", "at": "13:00"}, "state": "planned", "completed": False, "taken_at": None,
        "taken_amount": None, "reason": "", "over_limit": False, "by_other": False, "projected": False,
    }  # fmt: skip
    assert Dose.objects.count() == 0


def test_a_day_or_days_are_asked_for(browser, pill):
    def count(query):
        return browser.get(f"/api/schedules/?{query}").json()["count"]

    assert [count("date=2026-11-23"), count("from=2026-11-23&to=2026-11-29"), count("date=2026-11-21")] == [2, 14, 0]
    assert [
        count("to=2026-11-23"),
        count("from=2026-11-22"),
        count(f"regimen={pill.pk}"),
        count(f"regimen={pill.pk + 1}"),
    ] == [
        2,
        2,
        2,
        0,
    ]
    for query in (
        "date=x",
        "from=2026-11-22&to=2026-11-21",
        "from=2026-01-01&to=2026-12-31",
        "regimen=x",
        "date=0001-01-01",
    ):
        assert browser.get(f"/api/schedules/?{query}").status_code == 400, query


def test_pages_of_doses_follow_each_other(browser, pill):
    first = browser.get("/api/schedules/?from=2026-11-23&to=2026-11-29&limit=10").json()
    second = browser.get(first["next"]).json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (10, 4, None)


def test_taken_is_a_state_saying_it_twice_is_one_entry(browser, pill):
    said = {"taken_at": "2026-11-22T11:50:00+09:00"}
    first, second = put(browser, pill, "taken", said), put(browser, pill, "taken", said)
    assert first.status_code == 200
    assert first.json() == second.json()
    assert (first.json()["state"], first.json()["taken_at"]) == ("taken", "2026-11-22T11:50:00+09:00")
    assert [event["kind"] for event in first.json()["events"]] == ["taken"]
    assert DoseEvent.objects.count() == 1


def test_taken_now_as_planned_when_nothing_is_said(browser, pill):
    found = put(browser, pill, "taken", {}).json()
    assert (found["taken_at"], found["taken_amount"]) == ("2026-11-22T12:00:00+09:00", 1)
    assert put(browser, pill, "taken", {}).json() == found


def test_null_takes_a_taking_back_and_it_may_be_taken_again(browser, pill):
    put(browser, pill, "taken", {})
    undone = put(browser, pill, "taken", {"taken_at": None}).json()
    assert (undone["state"], undone["taken_at"], undone["taken_amount"]) == ("planned", None, None)
    assert put(browser, pill, "taken", {"taken_at": None}).json() == undone
    again = put(browser, pill, "taken", {}).json()
    assert [event["kind"] for event in again["events"]] == ["taken", "undone", "taken"]


def test_a_taking_may_lie_yesterday_and_not_in_the_future(browser, pill):
    assert put(browser, pill, "taken", {"taken_at": "2026-11-21T21:00:00+09:00"}).status_code == 200
    ahead = put(browser, pill, "taken", {"taken_at": "2026-11-22T12:02:00+09:00"})
    assert (ahead.status_code, ahead.json()["code"]) == (400, "taken_in_future")
    assert ahead.json()["messages"]["en"].startswith("This time has not come")
    assert DoseEvent.objects.count() == 1


def test_a_correction_is_one_more_entry_and_the_first_stays(browser, pill):
    put(browser, pill, "taken", {})
    path = f"/api/schedules/{pill.pk}.{FIRST}/"
    found = browser.patch(path, {"taken_at": "2026-11-22T11:30:00+09:00", "amount": 0.5}, content_type=JSON).json()
    assert (found["taken_at"], found["taken_amount"], found["amount"]) == ("2026-11-22T11:30:00+09:00", 0.5, 1)
    assert [(event["kind"], event["amount"]) for event in found["events"]] == [("taken", 1), ("corrected", 0.5)]
    assert browser.patch(path, {"amount": 0.5}, content_type=JSON).json() == found
    assert browser.get(path).json() == found


def test_what_was_not_taken_cannot_be_put_right(browser, pill):
    answer = browser.patch(f"/api/schedules/{pill.pk}.{FIRST}/", {"amount": 2}, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "dose_not_taken")
    assert Dose.objects.count() == 0


def test_skipping_has_a_reason_and_can_be_taken_back(browser, pill):
    found = put(browser, pill, "skipped", {"reason": "속이 안 좋아서"}).json()
    assert (found["state"], found["reason"], found["completed"]) == ("skipped", "속이 안 좋아서", False)
    assert put(browser, pill, "skipped", {"reason": "속이 안 좋아서"}).json() == found
    assert put(browser, pill, "skipped", {"reason": None}).json()["state"] == "planned"
    assert put(browser, pill, "skipped", {}).json()["state"] == "skipped"
    assert put(browser, pill, "taken", {}).json()["state"] == "taken"
    assert put(browser, pill, "skipped", {"reason": None}).json()["state"] == "taken"
    assert put(browser, pill, "skipped", {"reason": "가" * 201}).status_code == 400


def test_old_clients_complete_a_dose_without_turning_it_over(browser, pill):
    path = f"/api/schedules/{pill.pk}.{FIRST}/complete/"
    for _ in range(2):
        assert browser.post(path, content_type=JSON).json()["completed"] is True
    for _ in range(2):
        assert browser.post(path, {"completed": False}, content_type=JSON).json()["completed"] is False
    assert DoseEvent.objects.count() == 2


def test_a_dose_without_a_plan_is_made_once_for_a_key(browser, owner, noon):
    pill = regimen(owner, when_needed("2"), name="두통약")
    sent = {"regimen": pill.pk, "taken_at": "2026-11-22T11:00:00+09:00"}
    first, second = (
        browser.post("/api/schedules/", sent, content_type=JSON, headers={"Idempotency-Key": "k"}) for _ in range(2)
    )
    assert (first.status_code, second.content) == (201, first.content)
    found = first.json()
    assert (found["planned_at"], found["state"], found["date"]) == (None, "taken", "2026-11-22")
    assert browser.get(f"/api/schedules/{found['id']}/").json() == found
    assert [dose["id"] for dose in browser.get("/api/schedules/").json()["results"]] == [found["id"]]
    put(browser, pill, "taken", {"taken_at": None}, key=found["id"].partition(".")[2])
    assert browser.get("/api/schedules/").json()["results"] == []


def test_a_dose_over_the_limit_is_asked_about_and_written_anyway(browser, owner, noon):
    pill = regimen(owner, when_needed("2"), name="두통약")
    for hour in (8, 10):
        browser.post(
            "/api/schedules/", {"regimen": pill.pk, "taken_at": f"2026-11-22T{hour:02}:00:00+09:00"}, content_type=JSON
        )
    asked = browser.post("/api/schedules/", {"regimen": pill.pk}, content_type=JSON)
    said = asked.json()
    assert (asked.status_code, said["code"]) == (409, "dose_limit")
    assert said["errors"] == {
        "taken_in_24h": ["2"], "most_in_24h": ["2"], "last_at": ["2026-11-22T01:00:00+00:00"],
        "free_at": ["2026-11-22T23:00:00+00:00"],
    }  # fmt: skip
    assert said["detail"] == (
        "24시간 안에 이미 먹은 양: 2정. 정해 둔 한도: 24시간에 2정. 11/23 08:00부터는 한도 안이에요. "
        "그래도 먹었다면 그대로 적을 수 있어요. 궁금한 점은 약사와 상의해 주세요."
    )
    assert "2 tablets" in said["messages"]["en"]
    assert DoseEvent.objects.count() == 2
    anyway = browser.post("/api/schedules/", {"regimen": pill.pk, "anyway": True}, content_type=JSON)
    assert (anyway.status_code, anyway.json()["over_limit"]) == (201, True)


@pytest.mark.parametrize(
    "body", [{"taken_at": "x"}, {"taken_at": 5}, {"amount": 0}, {"amount": -1}, {"amount": "x"}, {"amount": 10001}, []]
)
def test_what_cannot_be_read_changes_nothing(browser, pill, body):
    answer = put(browser, pill, "taken", body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert Dose.objects.count() == 0


@pytest.mark.parametrize(
    "name", ["0", "1.", "x.v1.20261122.0", "{}.v9.20261122.0", "{}.v1.20261122.7", "{}.v1.20261322.0", "{}.p.1", "{}." + "v" * 70, "99999999999999999999.v1.20261122.0", "{}.v1.20261121.0"]
)  # fmt: skip
def test_a_name_of_no_dose_is_missing(browser, pill, name):
    path = f"/api/schedules/{name.format(pill.pk)}/"
    assert browser.get(path).status_code == 404
    assert browser.put(f"{path}taken/", {}, content_type=JSON).status_code == 404
    assert Dose.objects.count() == 0


def test_a_list_is_kept_until_something_is_written_or_the_minute_passes(browser, pill, monkeypatch):
    first = browser.get("/api/schedules/")
    again = browser.get("/api/schedules/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    put(browser, pill, "taken", {})
    after = browser.get("/api/schedules/", headers={"If-None-Match": first["ETag"]})
    assert (after.status_code, after.json()["results"][0]["state"]) == (200, "taken")
    monkeypatch.setattr(clock, "now", lambda: seoul(20, 5))
    later = browser.get("/api/schedules/", headers={"If-None-Match": after["ETag"]})
    assert [dose["state"] for dose in later.json()["results"]] == ["taken", "due"]
    monkeypatch.setattr(clock, "now", lambda: seoul(21, 5))
    assert browser.get("/api/schedules/").json()["results"][1]["state"] == "late"


def test_the_day_begins_when_the_persons_day_begins(browser, owner, noon):
    owner.profile.day_start_hour = 4
    owner.profile.save()
    pill = regimen(owner, at_times(2))
    assert browser.get("/api/schedules/").json()["results"][0]["planned_at"] == "2026-11-23T02:00:00+09:00"
    assert pill.created_at == NOON
    assert DAY.isoformat() == browser.get("/api/schedules/").json()["results"][0]["date"]
