"""Family over HTTP: shapes, statuses and what is never said."""

import pytest

from conftest import signed_in
from onharu.records.medication.models import DoseEvent, Share
from onharu.records.medication.tests.dosing import DAY, NOON, at_times, regimen
from onharu.records.medication.tests.test_shares import ONE_DAY

JSON = {"content_type": "application/json"}
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def viewing(relative):
    return signed_in(relative)


@pytest.fixture
def pill(owner):
    return regimen(owner, at_times(8, 20), at=NOON - ONE_DAY)


@pytest.fixture
def made(browser, pill):
    said = {"label": "딸", "may_mark": True, "until": "2026-12-31"}
    response = browser.post("/api/shares/", said, **JSON)
    assert response.status_code == 201
    return response


@pytest.fixture
def shared(made, viewing):
    response = viewing.post("/api/shares/accept/", {"code": made.json()["code"]}, **JSON)
    assert response.status_code == 200
    return response.json()


def rows(browser, path):
    return browser.get(path).json()["results"]


def test_an_invitation_says_its_code_and_link_once_and_is_kept_by_no_cache(browser, made):
    body = made.json()
    assert body["link"].endswith(f"/medicines/family/join/?code={body['code']}")
    assert made["Cache-Control"] == "no-store"
    assert (body["stands"], body["viewer"], body["expires_at"]) == ("invited", None, "2026-11-29T12:00:00+09:00")
    (listed,) = rows(browser, "/api/shares/")
    assert (listed["code"], listed["link"]) == (None, None)
    assert browser.get(f"/api/shares/{body['id']}/").json() == listed


@pytest.mark.parametrize(
    "said", [{"until": "2026-11-21"}, {"until": "soon"}, {"label": "가" * 41}, {"may_mark": "perhaps"}]
)
def test_what_cannot_be_is_refused_and_nothing_is_written(browser, said):
    response = browser.post("/api/shares/", said, **JSON)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert list(response.json()["errors"]) == list(said)
    assert not Share.objects.exists()


def test_who_takes_it_up_has_the_owners_name_day_and_clock(made, shared, viewing):
    assert shared == {
        "id": made.json()["id"], "owner": "owner", "may_mark": True, "is_told": False, "until": "2026-12-31",
        "accepted_at": "2026-11-22T12:00:00+09:00", "zone": "Asia/Seoul", "today": "2026-11-22",
    }  # fmt: skip
    assert rows(viewing, "/api/shared/") == [shared]
    assert viewing.get(f"/api/shared/{shared['id']}/").json() == shared


def test_taking_up_again_with_the_same_key_is_answered_the_same(made, viewing):
    said, key = {"code": made.json()["code"]}, {"Idempotency-Key": "0123456789abcdef"}
    first, again = (viewing.post("/api/shares/accept/", said, headers=key, **JSON) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert viewing.post("/api/shares/accept/", said, **JSON).status_code == 404


def test_the_shared_day_has_these_fields_and_no_others(shared, viewing):
    body = viewing.get(f"/api/shared/{shared['id']}/schedules/").json()
    assert body["date"] == "2026-11-22"
    assert body["doses"][0] == {
        "id": body["doses"][0]["id"], "name": "혈압약", "unit": "tablet", "amount": 1,
        "planned_at": "2026-11-22T08:00:00+09:00", "date": "2026-11-22", "state": "late", "taken_at": None,
        "taken_amount": None, "by_me": False,
    }  # fmt: skip
    assert viewing.get(f"/api/shared/{shared['id']}/schedules/?date={DAY - 2 * ONE_DAY}").status_code == 404
    assert viewing.get(f"/api/shared/{shared['id']}/schedules/?date=soon").status_code == 400


def test_a_dose_is_marked_and_the_mark_taken_back(browser, shared, viewing):
    day = f"/api/shared/{shared['id']}/schedules/"
    dose = viewing.get(day).json()["doses"][0]["id"]
    marked = viewing.put(f"{day}{dose}/taken/", {}, **JSON).json()
    assert (marked["state"], marked["by_me"], marked["taken_at"]) == ("taken", True, "2026-11-22T12:00:00+09:00")
    assert browser.get(f"/api/schedules/{dose}/").json()["by_other"]
    back = viewing.put(f"{day}{dose}/taken/", {"taken": False}, **JSON).json()
    assert (back["state"], back["by_me"]) == ("late", False)
    assert [one.kind for one in DoseEvent.objects.order_by("pk")] == ["taken", "undone"]


def test_the_log_tells_the_owner_who_did_what(browser, shared, viewing):
    day = f"/api/shared/{shared['id']}/schedules/"
    dose = viewing.get(day).json()["doses"][0]["id"]
    viewing.put(f"{day}{dose}/taken/", {}, **JSON)
    told = [(one["what"], one["who"], one["date"], one["dose"]) for one in rows(browser, "/api/shares/log/")]
    assert told == [
        ("taken", "딸", "2026-11-22", "혈압약"), ("looked", "딸", "2026-11-22", None),
        ("accepted", "딸", "2026-11-22", None),
    ]  # fmt: skip
    assert rows(viewing, "/api/shares/log/") == []


def test_a_share_is_changed_ended_and_brought_back(browser, shared, viewing):
    own = f"/api/shares/{shared['id']}/"
    assert browser.patch(own, {"may_mark": False, "until": None}, **JSON).json()["until"] is None
    assert not viewing.get(f"/api/shared/{shared['id']}/").json()["may_mark"]
    assert [browser.put(f"{own}revoke/").json()["stands"] for _ in range(2)] == ["revoked"] * 2
    assert rows(viewing, "/api/shared/") == []
    assert browser.patch(own, {"may_mark": True}, **JSON).status_code == 404
    assert browser.put(f"{own}restore/").json()["stands"] == "living"


def test_who_leaves_is_not_brought_back(browser, shared, viewing):
    assert viewing.delete(f"/api/shared/{shared['id']}/").status_code == 204
    assert viewing.delete(f"/api/shared/{shared['id']}/").status_code == 404
    answer = browser.put(f"/api/shares/{shared['id']}/restore/")
    assert (answer.status_code, answer.json()["code"]) == (409, "share_over")


def test_too_many_tries_are_told_when_to_go_on(viewing):
    told = [viewing.post("/api/shares/accept/", {"code": "AAAA"}, **JSON) for _ in range(11)]
    assert [one.status_code for one in told] == [404] * 10 + [429]
    assert int(told[-1]["Retry-After"]) > 0


def test_lists_are_paged(browser, pill):
    for _ in range(3):
        browser.post("/api/shares/", {}, **JSON)
    page = browser.get("/api/shares/?limit=2").json()
    assert (page["count"], len(page["results"])) == (3, 2)
