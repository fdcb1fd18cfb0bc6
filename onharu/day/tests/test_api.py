"""The day over HTTP: its addresses, its ETag, and that the document shows what is really answered."""

from datetime import timedelta

import pytest

from conftest import signed_in
from onharu.day.api import examples
from onharu.day.tests.days import DAY, a_full_day, eat, measure, move, report, sent, set_target

pytestmark = pytest.mark.usefixtures("noon")
SUMMARY = f"/api/days/{DAY}/summary/"


@pytest.mark.parametrize("path", ["/api/today/", "/api/today/summary/", f"/api/today/?date={DAY}", SUMMARY])
def test_today_has_several_addresses_and_one_answer(browser, owner, rice, walking, path):
    a_full_day(owner, rice, walking)
    assert browser.get(path).content == browser.get("/api/today/summary/").content


def test_a_client_that_has_the_day_gets_304_until_anything_is_written(browser, owner, rice):
    eat(owner, rice)
    first = browser.get(SUMMARY)
    held = {"If-None-Match": first["ETag"]}
    again = browser.get(SUMMARY, headers=held)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert browser.get(SUMMARY, headers={"If-None-Match": f'W/{first["ETag"]}, "other"'}).status_code == 304
    measure(owner, "70.5", day=DAY - timedelta(days=3))
    later = browser.get(SUMMARY, headers=held)
    assert (later.status_code, later.json()["measurements"]["weight"]["value"]) == (200, 70.5)


def test_a_changed_profile_makes_another_answer(browser, owner, rice, django_capture_on_commit_callbacks):
    eat(owner, rice)
    first = browser.get(SUMMARY)
    with django_capture_on_commit_callbacks(execute=True):
        sent(owner, "/api/users/me/", {"weight_kg": 90}, method="patch")
    second = browser.get(SUMMARY, headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert second.json()["targets"]["kcal"] != first.json()["targets"]["kcal"]


def test_answers_are_private_and_asked_for_anew(browser):
    assert browser.get(SUMMARY)["Cache-Control"] == "private, no-store"


def test_another_language_is_another_answer(browser, owner, rice):
    eat(owner, rice)
    tags = {browser.get(SUMMARY, headers={"Accept-Language": language})["ETag"] for language in ("ko", "en")}
    assert len(tags) == 2


def test_a_week_is_answered_when_nothing_is_asked(browser):
    answer = browser.get("/api/days/").json()
    assert (answer["count"], answer["results"][0]["date"]) == (7, str(DAY))
    assert answer["results"][-1]["date"] == str(DAY - timedelta(days=6))


@pytest.mark.parametrize(
    "path",
    ["/api/days/?from=2026-10-01&to=2026-11-22", "/api/days/?from=2026-11-22&to=2026-11-01", "/api/today/?date=soon"],
)
def test_days_that_are_none_are_refused(browser, path):
    response = browser.get(path)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("path", ["/api/days/2026-13-01/summary/", "/api/days/today/summary/"])
def test_an_address_of_no_day_is_missing(browser, path):
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/api/today/summary/", "/api/days/", SUMMARY, "/api/goalprogress/"])
def test_nobody_is_told_without_signing_in(client, db, path):
    assert client.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/api/today/summary/", "/api/days/", SUMMARY, "/api/goalprogress/"])
def test_a_day_is_only_read(browser, path):
    assert browser.post(path).status_code == 405


def keys(value):
    """List the keys of a document to the second level, lists by their first row."""
    if isinstance(value, list):
        return keys(value[0]) if value else None
    return {name: set(inner) if isinstance(inner, dict) else None for name, inner in value.items()}


OPEN = {"nutrition", "targets", "progress"}


def test_the_example_of_a_day_has_the_fields_of_a_day(browser, owner, rice, walking):
    a_full_day(owner, rice, walking)
    tasks = [{"name": "팔굽혀펴기", "sets": 3, "reps": 8}]
    sent(owner, "/api/workoutplans/", {"title": "상체", "tasks": tasks})
    real, shown = browser.get(SUMMARY).json(), examples.SUMMARY.value
    assert set(real) == set(shown)
    found, said = keys(real), keys(shown)
    assert {name: found[name] for name in found if name not in OPEN} == {
        name: said[name] for name in said if name not in OPEN
    }
    assert keys(real["tasks"]) == keys(shown["tasks"])
    assert keys(real["measurements"]["entries"]) == keys(shown["measurements"]["weight"])
    assert set(real["targets"]["protein_g"]) == set(shown["targets"]["protein_g"])
    assert set(real["progress"]["protein_g"]) == set(shown["progress"]["protein_g"])


def test_the_example_of_progress_has_the_fields_of_progress(browser, owner, rice, walking):
    a_full_day(owner, rice, walking)
    sent(owner, "/api/goals/", {"kind": "WEIGHT", "target": "69"})
    real = browser.get(f"/api/goalprogress/?from={DAY}&to={DAY}").json()
    shown = examples.AIMS.value
    assert set(real) == set(shown)
    assert keys(real["days"]) == keys(shown["days"])
    assert keys(real["days"][0]["targets"]) == keys(shown["days"][0]["targets"])
    assert keys(real["goals"]) == keys(shown["goals"])
    assert keys(real["goals"][0]["rows"]) == keys(shown["goals"][0]["rows"])


def test_scores_of_a_whole_month_lie_between_0_and_100(browser, owner, rice, stew, walking):
    for key, ends in (("sodium_mg", {"high": 100}), ("protein_g", {"low": 1}), ("workout_minutes", {"low": 10})):
        set_target(owner, key, **ends)
    for back in range(10):
        for _ in range(back):
            eat(owner, stew, day=DAY - timedelta(days=back))
        move(owner, day=DAY - timedelta(days=back), minutes=300)
    days = browser.get(f"/api/days/?from={DAY - timedelta(days=30)}&to={DAY}").json()["results"]
    scores = [one["score"] for day in days for one in day["progress"].values() if one["score"] is not None]
    assert scores
    assert all(0 <= score <= 100 for score in scores)
    assert any(one["percent"] > 100 for day in days for one in day["progress"].values() if one["percent"])


def test_nothing_of_the_journals_words_is_in_the_summary(browser, owner):
    report(owner, mood=3, highlights="비밀스러운 하루")
    assert "비밀" not in browser.get(SUMMARY).content.decode()
    assert browser.get(SUMMARY).json()["report"]["mood"] == 3


def test_a_token_reads_the_day_like_a_session(client, owner, browser, rice):
    eat(owner, rice)
    body = {"username": "owner", "password": "a-long-password-9"}
    access = client.post("/auth/token/", body, content_type="application/json").json()["access"]
    told = client.get(SUMMARY, headers={"Authorization": f"Bearer {access}"})
    assert told.content == browser.get(SUMMARY).content


def test_two_people_of_one_house_never_see_each_others_day(owner, relative, rice):
    eat(owner, rice)
    mine, theirs = (signed_in(one).get(SUMMARY).json() for one in (owner, relative))
    assert (len(mine["meals"]), len(theirs["meals"])) == (1, 0)
