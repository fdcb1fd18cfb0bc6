"""Lists are paged and cost the same for one row or five hundred."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onharu.records.workouts.models import Task, WorkoutLog, WorkoutPlan, WorkoutSet

JSON = "application/json"
DAY = date(2026, 11, 22)
LISTS = {"/api/workoutplans/": 4, "/api/tasks/": 3, "/api/taskitems/": 3, "/api/workoutlogs/": 5}


def fill(owner, noon, rows):
    plans = WorkoutPlan.objects.bulk_create(
        WorkoutPlan(owner=owner, day=DAY - timedelta(days=back), created_at=noon) for back in range(rows)
    )
    tasks = Task.objects.bulk_create(
        Task(owner=owner, plan=plan, order=order, name="걷기", created_at=noon, state="done", done_at=noon)
        for plan in plans
        for order in range(2)
    )
    logs = WorkoutLog.objects.bulk_create(
        WorkoutLog(
            owner=owner, task=task, day=DAY, started_at=noon, name="걷기", minutes=Decimal(1), minutes_source="SAID",
            source="TASK", created_at=noon,
        )
        for task in tasks[::2]
    )  # fmt: skip
    WorkoutSet.objects.bulk_create(
        WorkoutSet(owner=owner, log=log, order=order, reps=5) for log in logs for order in range(3)
    )


def cost(browser, path):
    browser.get("/api/movement/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = browser.get(path)
    assert answer.status_code == 200
    return len(asked), answer.json()


@pytest.mark.parametrize(("path", "most"), LISTS.items())
def test_a_list_costs_the_same_for_one_row_or_five_hundred(browser, owner, noon, path, most):
    fill(owner, noon, 1)
    one, _ = cost(browser, path)
    WorkoutPlan.objects.all().delete()
    WorkoutLog.objects.all().delete()
    fill(owner, noon, 500)
    many, found = cost(browser, path)
    assert one == many <= most
    assert (len(found["results"]), found["count"] >= 500) == (50, True)
    assert len(browser.get(path + "?limit=1000").json()["results"]) == 100


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/api/workoutplans/today/", 4),
        ("/api/workoutplans/by-date/?date=2026-11-20", 4),
        ("/api/workoutplans/summary/?date=2026-11-22", 4),
        ("/api/tasks/weekly_progress/", 3),
        ("/api/workoutlogs/records/", 4),
    ],
)
def test_a_view_of_a_day_or_a_week_stays_within_its_budget_from_the_first_request_on(
    client, owner, noon, path, most, django_assert_max_num_queries
):
    from onharu.accounts import principal

    fill(owner, noon, 30)
    client.force_login(owner, backend="onharu.accounts.backends.AccountBackend")
    principal.reset()
    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200


def test_pages_follow_each_other_without_a_gap(browser, owner, noon):
    fill(owner, noon, 70)
    seen, path = [], "/api/tasks/?limit=30"
    while path:
        page = browser.get(path).json()
        seen += [task["id"] for task in page["results"]]
        path = page["next"]
    assert len(seen) == len(set(seen)) == 140


def test_logs_are_listed_by_day_range_and_exercise(browser, shelf, noon):
    for day in ("2026-11-20", "2026-11-21", "2026-11-22"):
        browser.post("/api/workoutlogs/", {"exercise": shelf["run"], "date": day, "minutes": 20}, content_type=JSON)
    browser.post("/api/workoutlogs/", {"name": "줄넘기", "minutes": 5}, content_type=JSON)

    def count(query):
        return browser.get(f"/api/workoutlogs/?{query}").json()["count"]

    assert [count("date=2026-11-22"), count("from=2026-11-21"), count("to=2026-11-21"), count("")] == [2, 3, 2, 4]
    assert count(f"exercise={shelf['run']}") == 3
    assert browser.get("/api/workoutlogs/?from=x").json()["code"] == "date_invalid"
