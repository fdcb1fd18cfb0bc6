"""Every door that takes an id answers a stranger exactly as it answers for an id that nobody has."""

import re

import pytest
from django.urls import get_resolver

from onharu.records.workouts.api import urls
from onharu.records.workouts.models import MovementProfile, Task, WorkoutLog, WorkoutPlan
from onharu.records.workouts.queries.days import day_of

JSON = "application/json"
PRIVATE = [
    ("get", "/api/workoutplans/{plan}/", None),
    ("patch", "/api/workoutplans/{plan}/", {"title": "x"}),
    ("delete", "/api/workoutplans/{plan}/", None),
    ("put", "/api/workoutplans/{plan}/restore/", {}),
    ("put", "/api/workoutplans/{plan}/order/", {"tasks": []}),
    ("post", "/api/workoutplans/{plan}/generate-ai/", {}),
    *(
        one
        for name in ("tasks", "taskitems")
        for one in (
            ("get", f"/api/{name}/{{task}}/", None),
            ("patch", f"/api/{name}/{{task}}/", {"sets": 9}),
            ("delete", f"/api/{name}/{{task}}/", None),
            ("put", f"/api/{name}/{{task}}/restore/", {}),
            ("put", f"/api/{name}/{{task}}/completion/", {"completed": True}),
            ("post", f"/api/{name}/{{task}}/toggle-complete/", {}),
            ("put", f"/api/{name}/{{task}}/skip/", {"reason": "pain"}),
            ("put", f"/api/{name}/{{task}}/swap/", {"exercise": 1}),
            ("get", f"/api/{name}/{{task}}/alternatives/", None),
        )
    ),
    ("post", "/api/tasks/", {"plan": "{plan}", "name": "x"}),
    ("get", "/api/workoutlogs/{log}/", None),
    ("patch", "/api/workoutlogs/{log}/", {"note": "x"}),
    ("delete", "/api/workoutlogs/{log}/", None),
    ("put", "/api/workoutlogs/{log}/restore/", {}),
]
NOBODYS = {"plan": 987654, "task": 987654, "log": 987654}


@pytest.fixture
def log(browser, walk):
    return browser.put(f"/api/tasks/{walk}/completion/", {"completed": True}, content_type=JSON).json()["log"]["id"]


def ask(client, method, path, body, ids):
    filled = {name: int(value.format(**ids)) if "{" in str(value) else value for name, value in (body or {}).items()}
    call = getattr(client, method)
    response = call(path.format(**ids)) if body is None else call(path.format(**ids), filled, content_type=JSON)
    problem = response.json()
    problem.pop("request_id", None)
    return response.status_code, problem


@pytest.mark.parametrize(("method", "path", "body"), PRIVATE)
def test_a_strangers_id_answers_like_a_missing_one(owner, stranger_browser, plan, squat, log, method, path, body):
    before = day_of(owner.pk, Task.objects.get(pk=squat).plan.day)
    theirs = ask(stranger_browser, method, path, body, {"plan": plan, "task": squat, "log": log})
    assert theirs == ask(stranger_browser, method, path, body, NOBODYS)
    assert theirs[0] == 404
    assert day_of(owner.pk, before.day) == before
    assert WorkoutPlan.objects.count() == 1


@pytest.mark.parametrize("size", ["99999999999999999999999", "9223372036854775808"])
@pytest.mark.parametrize(("method", "path", "body"), PRIVATE)
def test_an_id_that_no_database_holds_is_missing_too(stranger_browser, plan, method, path, body, size):
    if body and "{plan}" in str(body.get("plan")):
        return
    response = getattr(stranger_browser, method)(
        re.sub(r"\{\w+\}", size, path),
        *([] if body is None else [body]),
        **({} if body is None else {"content_type": JSON}),
    )
    assert response.status_code == 404


def test_every_address_with_an_id_is_asked_by_the_stranger():
    asked = {re.sub(r"\{\w+\}", "<int:pk>", path) for _, path, _ in PRIVATE}
    ours = {"/api/" + str(one.pattern) for one in urls.urlpatterns if "<int:pk>" in str(one.pattern)}
    assert ours <= asked
    assert get_resolver().resolve("/api/workoutplans/1/")


def test_a_strangers_lists_and_days_are_empty(stranger_browser, plan, log):
    for path in ("workoutplans", "tasks", "taskitems", "workoutlogs"):
        assert stranger_browser.get(f"/api/{path}/").json()["count"] == 0
    assert stranger_browser.get("/api/workoutplans/today/").json()["id"] is None
    assert stranger_browser.get("/api/workoutplans/summary/").json()["logs"] == 0
    assert stranger_browser.get("/api/tasks/weekly_progress/").json()["minutes"] is None
    assert stranger_browser.get("/api/workoutlogs/records/").json() == {"results": []}
    assert stranger_browser.get(f"/api/tasks/?plan={plan}").json()["count"] == 0
    copied = stranger_browser.post(
        "/api/workoutplans/copy_week/", {"from_date": "2026-11-22", "to_date": "2026-11-29"}, content_type=JSON
    )
    assert copied.status_code == 404


def test_ensuring_and_training_habits_are_ones_own(browser, stranger_browser, plan, shelf):
    theirs = stranger_browser.post("/api/workoutplans/today/ensure/").json()
    assert theirs["id"] != plan
    stranger_browser.put("/api/movement/", {"goal": "strength"}, content_type=JSON)
    assert browser.get("/api/movement/").json()["set_up"] is False
    assert MovementProfile.objects.count() == 1


def test_the_same_external_id_of_two_people_is_two_workouts(browser, stranger_browser, noon):
    body = {
        "source": "import", "external_id": "w-1", "name": "달리기",
        "started_at": "2026-11-22T08:00:00+09:00", "ended_at": "2026-11-22T08:30:00+09:00",
    }  # fmt: skip
    mine, theirs = (one.post("/api/workoutlogs/", body, content_type=JSON) for one in (browser, stranger_browser))
    assert (mine.status_code, theirs.status_code) == (201, 201)
    assert mine.json()["id"] != theirs.json()["id"]
    again = browser.post("/api/workoutlogs/", body, content_type=JSON)
    assert (again.status_code, again.json()["id"]) == (200, mine.json()["id"])
    assert WorkoutLog.objects.count() == 2


def test_a_cookie_without_the_csrf_token_writes_nothing(owner, plan, squat):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="onharu.accounts.backends.AccountBackend")
    response = client.put(f"/api/tasks/{squat}/completion/", {"completed": True}, content_type=JSON)
    assert response.status_code == 403
    assert WorkoutLog.objects.count() == 0
