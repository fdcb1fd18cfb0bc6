"""How far everything aimed at has come, with the rows behind it; and how a plan went."""

import json
from datetime import timedelta

import pytest

from conftest import signed_in
from onharu.day.tests.days import DAY, a_full_day, eat, measure, move, report, sent, set_target

pytestmark = pytest.mark.usefixtures("noon")


def aims(person, first=DAY, last=DAY):
    response = signed_in(person).get(f"/api/goalprogress/?from={first}&to={last}")
    assert response.status_code == 200, response.content
    return response.json()


def goal(person, **said):
    return sent(person, "/api/goals/", said)


def test_each_day_is_held_against_the_targets_of_that_day_with_its_rows(owner, rice, walking):
    set_target(owner, "workout_minutes", low=60)
    set_target(owner, "sleep_hours", low=7)
    report(owner, sleep_hours=6)
    eaten = eat(owner, rice)
    moved = move(owner, exercise=walking.pk)
    day = aims(owner)["days"][0]
    targets = {one["key"]: one for one in day["targets"]}
    assert (targets["workout_minutes"]["amount"], targets["workout_minutes"]["score"]) == (30, 50)
    assert targets["sleep_hours"]["percent"] == 86
    assert targets["protein_g"]["source"].endswith("권장섭취량")
    rows = {(row["room"], row["id"]) for row in day["rows"]}
    assert {("meals", eaten["items"][0]["id"]), ("workouts", moved["id"])} < rows


def test_a_goal_of_weight_stands_on_the_measurement_that_holds(owner):
    measure(owner, "60", day=DAY - timedelta(days=9))
    goal(owner, kind="WEIGHT", target="56")
    first = measure(owner, "58", day=DAY - timedelta(days=2))
    (found,) = aims(owner)["goals"]
    assert (found["now"], found["percent"], found["rows"][0]["id"]) == (58, 50, first["id"])
    assert aims(owner, DAY - timedelta(days=5), DAY - timedelta(days=5))["goals"][0]["now"] == 60


def test_a_goal_of_strength_stands_on_the_heaviest_set(owner, walking):
    goal(owner, kind="STRENGTH", target="100", exercise=walking.pk, start_value="50")
    assert aims(owner)["goals"][0]["now"] is None
    move(owner, exercise=walking.pk, sets=[{"reps": 5, "weight_kg": 75}, {"reps": 8, "weight_kg": 60}])
    (found,) = aims(owner)["goals"]
    assert (found["now"], found["percent"], found["reached"]) == (75, 50, False)
    assert found["rows"][0]["room"] == "sets"


def test_a_goal_of_minutes_counts_the_week_and_never_passes_a_hundred(owner):
    goal(owner, kind="MINUTES", target="100")
    move(owner, day=DAY - timedelta(days=1), minutes=30)
    move(owner, day=DAY - timedelta(days=7), minutes=90)
    (found,) = aims(owner)["goals"]
    assert (found["now"], found["percent"], len(found["rows"])) == (30, 30, 1)
    move(owner, minutes=300)
    assert aims(owner)["goals"][0]["percent"] == 100


@pytest.mark.parametrize("habit", ["WORKOUT", "MEALS", "JOURNAL", "MEASURE"])
def test_a_habit_counts_days_of_the_week_and_not_times(owner, rice, walking, habit):
    goal(owner, kind="HABIT", habit=habit, target="4", title="꾸준히")
    for back in (0, 2):
        a_full_day(owner, rice, walking, day=DAY - timedelta(days=back))
    eat(owner, rice)
    move(owner)
    (found,) = aims(owner)["goals"]
    assert (found["now"], found["percent"]) == (2, 50)
    assert [row["date"] for row in found["rows"]] == [str(DAY - timedelta(days=2)), str(DAY)]


def test_asking_costs_the_same_for_one_day_or_thirty_one(owner, rice, walking, django_assert_max_num_queries):
    for kind in ({"kind": "MINUTES", "target": "100"}, {"kind": "HABIT", "habit": "MEALS", "target": "4"}):
        goal(owner, **kind)
    for _ in range(3):
        goal(owner, kind="STRENGTH", target="100", exercise=walking.pk)
    for back in range(31):
        a_full_day(owner, rice, walking, day=DAY - timedelta(days=back))
    browser = signed_in(owner)
    browser.get("/api/goalprogress/")
    for days in (0, 30):
        with django_assert_max_num_queries(11):
            assert (
                len(browser.get(f"/api/goalprogress/?from={DAY - timedelta(days=days)}&to={DAY}").json()["days"]) > days
            )


@pytest.mark.parametrize("asked", ["?from=2026-11-01&to=2026-12-15", "?from=soon", "?from=2026-11-22&to=2026-11-01"])
def test_a_range_that_is_none_is_refused(browser, asked):
    assert browser.get(f"/api/goalprogress/{asked}").status_code == 400


def test_a_stranger_sees_nothing_of_it(owner, stranger, rice, walking):
    goal(owner, kind="MINUTES", target="100")
    a_full_day(owner, rice, walking)
    found = aims(stranger)
    assert (found["goals"], found["days"][0]["rows"]) == ([], [])


def test_nobody_is_told_without_signing_in(client, db):
    assert client.get("/api/goalprogress/").status_code == 401


@pytest.fixture
def planned(owner):
    return sent(owner, "/api/workoutplans/", {"title": "상체", "tasks": [{"name": "팔굽혀펴기"}]})


def told(person, plan, key="one", **said):
    return signed_in(person).post(
        f"/api/workoutplans/{plan}/self-feedback/",
        json.dumps(said),
        "application/json",
        headers={"Idempotency-Key": key},
    )


def test_how_a_plan_went_is_written_once_and_stands_in_the_journal_of_its_day(owner, planned):
    first = told(owner, planned["id"], rating=4, body="할 만했다")
    again = told(owner, planned["id"], rating=4, body="할 만했다")
    assert (first.status_code, again.status_code, again["Idempotent-Replayed"]) == (201, 201, "true")
    assert first.json() == again.json()
    (note,) = signed_in(owner).get(f"/api/feedbacks/?date={DAY}").json()["results"]
    assert (note["plan"], note["rating"], note["body"]) == (planned["id"], 4, "할 만했다")


def test_the_old_spelling_is_understood(owner, planned):
    assert told(owner, planned["id"], notes="무릎이 편했다").json()["body"] == "무릎이 편했다"


def test_nothing_said_is_refused_and_writes_nothing(owner, planned):
    assert told(owner, planned["id"]).status_code == 400
    assert told(owner, planned["id"], rating=9).status_code == 400
    assert signed_in(owner).get("/api/feedbacks/").json()["count"] == 0


def test_a_strangers_plan_is_missing_like_one_that_is_not_there(stranger, planned):
    for plan in (planned["id"], 987654):
        response = told(stranger, plan, key=f"k{plan}", rating=4)
        assert (response.status_code, response.json()["code"]) == (404, "plan_missing")


def test_a_workout_is_weighed_with_the_weight_measured_by_its_day(owner, walking):
    measure(owner, "80", day=DAY - timedelta(days=3))
    measure(owner, "70", day=DAY)
    before = move(owner, exercise=walking.pk, day=DAY - timedelta(days=1), minutes=60)
    assert (before["body_kg"], before["body_kg_source"]) == (80, "MEASURED")
    assert move(owner, exercise=walking.pk, minutes=60)["body_kg"] == 70
