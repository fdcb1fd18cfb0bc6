import json
from datetime import date, timedelta

import pytest

from onharu.records.workouts.api import answers, examples, written
from onharu.records.workouts.models import Task, WorkoutLog, WorkoutPlan
from onharu.records.workouts.queries import days, moving, records, rows, weeks

JSON = "application/json"
DAY = date(2026, 11, 22)


def post(client, path, body=None, **headers):
    return client.post(path, body or {}, content_type=JSON, headers=headers)


def put(client, path, body=None):
    return client.put(path, body or {}, content_type=JSON)


def patch(client, path, body):
    return client.patch(path, body, content_type=JSON)


def test_a_plan_by_hand_is_written_read_changed_deleted_and_restored(browser, shelf, noon):
    body = {"title": "가볍게", "tasks": [{"exercise": shelf["squat"], "sets": 3, "reps": 10}, {"name": "계단 오르기"}]}
    made = post(browser, "/api/workoutplans/", body)
    assert made.status_code == 201
    plan = made.json()
    assert (plan["date"], plan["source"], plan["progress"]["planned"]) == ("2026-11-22", "OWN", 2)
    assert [(task["name"], task["reps_low"], task["reps_high"]) for task in plan["tasks"]] == [
        ("맨몸 스쿼트", 10, 10), ("계단 오르기", None, None)
    ]  # fmt: skip
    path = f"/api/workoutplans/{plan['id']}/"
    assert browser.get(path).json() == plan
    moved = patch(browser, path, {"date": "2026-11-24", "note": "비 오면 집에서"}).json()
    assert (moved["date"], moved["note"]) == ("2026-11-24", "비 오면 집에서")
    assert browser.delete(path).status_code == 204
    assert browser.get(path).status_code == 404
    assert put(browser, path + "restore/").json()["date"] == "2026-11-24"


def test_a_day_has_one_plan(browser, plan):
    again = post(browser, "/api/workoutplans/", {"title": "또"})
    assert (again.status_code, again.json()["code"]) == (409, "plan_exists")
    other = post(browser, "/api/workoutplans/", {"date": "2026-11-23"}).json()
    moved = patch(browser, f"/api/workoutplans/{other['id']}/", {"date": "2026-11-22"})
    assert (moved.status_code, moved.json()["code"]) == (409, "plan_exists")


@pytest.mark.parametrize("path", ["/api/workoutplans/today/", "/api/workoutplans/by-date/?date=2026-11-22"])
def test_the_plan_of_a_day_costs_two_statements(browser, plan, path, django_assert_max_num_queries):
    browser.get(path)
    with django_assert_max_num_queries(2):
        found = browser.get(path).json()
    assert (found["id"], len(found["tasks"])) == (plan, 3)


def test_a_day_without_a_plan_has_the_same_keys_and_no_id(browser, plan):
    full, empty = (browser.get(f"/api/workoutplans/by-date/?date={day}").json() for day in ("2026-11-22", "2026-11-21"))
    assert full.keys() == empty.keys()
    assert (empty["id"], empty["tasks"], empty["progress"]["percent"]) == (None, [], None)


def test_the_summary_of_a_day_counts_tasks_minutes_and_energy(browser, plan, walk):
    path = "/api/workoutplans/summary/?date=2026-11-22"
    before = browser.get(path).json()
    assert (before["tasks_total"], before["tasks_completed"], before["total_minutes"]) == (3, 0, None)
    put(browser, f"/api/tasks/{walk}/completion/", {"completed": True})
    after = browser.get(path).json()
    assert (after["tasks_completed"], after["percent"], after["total_minutes"]) == (1, 33, 20)
    assert (after["total_kcal"], after["kcal_net"], after["unknown_kcal"]) == (88, 69.7, 0)


def test_completion_is_a_state_and_answers_task_and_log(browser, squat):
    path = f"/api/tasks/{squat}/completion/"
    sent = {"completed": True, "sets": [{"reps": 8, "weight_kg": 10, "rpe": 7.5}, {"reps": 6}], "minutes": 9}
    first, second = put(browser, path, sent).json(), put(browser, path, {"completed": True}).json()
    assert first["log"]["id"] == second["log"]["id"]
    assert [(one["reps"], one["weight_kg"], one["rpe"]) for one in first["log"]["sets"]] == [
        (8, 10, 7.5),
        (6, None, None),
    ]
    assert (first["completed"], first["task"]["state"], first["log"]["minutes_source"]) == (True, "done", "SAID")
    back = put(browser, path, {"completed": False}).json()
    assert (back["completed"], back["log"], back["kept_log"], back["message"]) == (False, None, None, "")


def test_a_corrected_log_stays_and_the_answer_says_so(browser, squat):
    path = f"/api/tasks/{squat}/completion/"
    log = put(browser, path, {"completed": True}).json()["log"]["id"]
    patch(browser, f"/api/workoutlogs/{log}/", {"sets": [{"reps": 12, "weight_kg": 12.5}]})
    back = put(browser, path, {"completed": False}).json()
    assert (back["kept_log"], back["log"]["source"], back["log"]["by_hand"]) == (log, "SELF", True)
    assert "따로" in back["message"]
    assert put(browser, path, {"completed": True}).json()["log"]["id"] == log
    assert WorkoutLog.objects.count() == 1


def test_a_said_time_decides_the_day_of_the_log(browser, squat):
    sent = {"completed": True, "at": "2026-11-20T21:00:00+09:00"}
    assert put(browser, f"/api/tasks/{squat}/completion/", sent).json()["log"]["date"] == "2026-11-20"


def test_a_toggle_with_a_key_turns_once(browser, squat):
    path = f"/api/taskitems/{squat}/toggle-complete/"
    replies = [post(browser, path, **{"Idempotency-Key": "tap-1"}) for _ in range(3)]
    assert [reply.json()["completed"] for reply in replies] == [True] * 3
    assert (replies[0].json()["id"], Task.objects.get(pk=squat).state) == (squat, "done")
    assert post(browser, path).json()["completed"] is False


def test_old_clients_call_things_otherwise(browser, plan):
    sent = {"title": "계단 오르기", "duration_min": 15, "plan": plan}
    task = post(browser, "/api/taskitems/", sent).json()
    assert (task["title"], task["duration_min"], task["name"], task["minutes"]) == (
        "계단 오르기",
        15,
        "계단 오르기",
        15,
    )
    done = patch(browser, f"/api/taskitems/{task['id']}/", {"completed": True}).json()
    assert (done["completed"], done["state"]) == (True, "done")
    assert browser.get("/api/taskitems/").json()["count"] == browser.get("/api/tasks/").json()["count"] == 4


def test_a_task_may_be_added_to_a_day_without_a_plan(browser, shelf, noon):
    task = post(browser, "/api/tasks/", {"date": "2026-11-25", "exercise": shelf["run"], "minutes": 30}).json()
    found = browser.get("/api/workoutplans/by-date/?date=2026-11-25").json()
    assert (found["id"], found["source"], found["tasks"][0]["id"]) == (task["plan"], "OWN", task["id"])
    post(browser, "/api/tasks/", {"date": "2026-11-25", "exercise": shelf["squat"], "sets": 3})
    assert WorkoutPlan.objects.count() == 1


def test_tasks_are_listed_by_day_plan_and_state(browser, plan, squat):
    put(browser, f"/api/tasks/{squat}/skip/", {"reason": "pain"})
    count = {
        name: browser.get(f"/api/tasks/?{name}").json()["count"] for name in ("date=2026-11-22", "date=2026-11-21")
    }
    assert count == {"date=2026-11-22": 3, "date=2026-11-21": 0}
    assert browser.get(f"/api/tasks/?plan={plan}&state=planned").json()["count"] == 2
    assert browser.get(f"/api/tasks/?plan={'9' * 30}").json()["count"] == 0
    (skipped,) = browser.get("/api/tasks/?state=skipped").json()["results"]
    assert (skipped["skip_reason"], skipped["completed"]) == ("pain", False)


def test_a_task_is_changed_deleted_and_restored(browser, squat):
    path = f"/api/tasks/{squat}/"
    assert patch(browser, path, {"weight_kg": 15, "reps_low": 6}).json()["weight_kg"] == 15
    assert browser.delete(path).status_code == 204
    assert browser.get(path).status_code == 404
    assert put(browser, path + "restore/").json()["reps_low"] == 6


def test_a_task_is_swapped_for_an_alternative_and_back(browser, squat, shelf):
    path = f"/api/tasks/{squat}/"
    offered = [one["id"] for one in browser.get(path + "alternatives/").json()["results"]]
    assert shelf["squat"] in offered
    assert shelf["push-up"] not in offered
    swapped = put(browser, path + "swap/", {"exercise": shelf["squat"]}).json()
    assert (swapped["name"], swapped["weight_kg"], swapped["sets"], swapped["swapped_from"]) == (
        "맨몸 스쿼트", None, 3, shelf["goblet"]
    )  # fmt: skip
    assert put(browser, path + "swap/", {"exercise": shelf["goblet"]}).json()["swapped_from"] is None
    refused = put(browser, path + "swap/", {"exercise": shelf["push-up"]})
    assert (refused.status_code, refused.json()["code"]) == (400, "not_alike")


def test_a_done_task_is_not_swapped(browser, squat, shelf):
    put(browser, f"/api/tasks/{squat}/completion/", {"completed": True})
    refused = put(browser, f"/api/tasks/{squat}/swap/", {"exercise": shelf["squat"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "task_done")


def test_the_order_of_tasks_is_said_at_once(browser, plan):
    first, second, third = Task.objects.order_by("order").values_list("id", flat=True)
    ordered = put(browser, f"/api/workoutplans/{plan}/order/", {"tasks": [third, first]}).json()
    assert [task["id"] for task in ordered["tasks"]] == [third, first, second]
    for wrong in ([third, third], [987654]):
        assert put(browser, f"/api/workoutplans/{plan}/order/", {"tasks": wrong}).json()["code"] == "order_unknown"


def test_how_somebody_trains_has_defaults_and_is_set_whole(browser, shelf):
    assert browser.get("/api/movement/").json() == {
        "goal": "health", "days_a_week": 3, "minutes": 30, "places": ["home", "outdoor"], "equipment": [], "level": 1,
        "spare": [], "avoid": [], "week_start": 0, "set_up": False,
    }  # fmt: skip
    sent = {"goal": "strength", "days_a_week": 4, "minutes": 45, "equipment": ["mat", "dumbbell"], "spare": ["knee"]}
    for _ in range(2):
        said = put(browser, "/api/movement/", sent).json()
    assert (said["goal"], said["equipment"], said["spare"], said["set_up"]) == (
        "strength", ["dumbbell", "mat"], ["knee"], True
    )  # fmt: skip
    assert put(browser, "/api/movement/", {}).json()["goal"] == "health"


BAD = [
    ("put", "/api/movement/", {"days_a_week": 8}, "days_a_week"),
    ("put", "/api/movement/", {"minutes": 5}, "minutes"),
    ("put", "/api/movement/", {"spare": ["tail"]}, "spare"),
    ("put", "/api/movement/", {"goal": "win"}, "goal"),
    ("post", "/api/workoutplans/", {"date": "22.11.2026"}, "date"),
    ("post", "/api/workoutplans/", {"date": "0001-01-01"}, "date"),
    ("post", "/api/workoutplans/", {"tasks": [{"exercise": "x"}]}, "tasks[0].exercise"),
    ("post", "/api/tasks/", {"exercise": 1, "sets": 0}, "sets"),
    ("post", "/api/tasks/", {"exercise": 1, "reps": -1}, "reps"),
    ("post", "/api/tasks/", {"exercise": 1, "weight_kg": -0.5}, "weight_kg"),
    ("post", "/api/tasks/", {"exercise": 1, "weight_kg": "NaN"}, "weight_kg"),
    ("post", "/api/tasks/", {"exercise": 1, "minutes": 1441}, "minutes"),
    ("post", "/api/tasks/", {"exercise": 1, "rpe_target": 11}, "rpe_target"),
    ("put", "/api/tasks/{task}/completion/", {}, "completed"),
    ("put", "/api/tasks/{task}/completion/", {"completed": True, "rpe": 0.5}, "rpe"),
    ("put", "/api/tasks/{task}/completion/", {"completed": True, "sets": [{"reps": 1001}]}, "sets[0].reps"),
    ("put", "/api/tasks/{task}/completion/", {"completed": True, "sets": [{}] * 51}, "sets"),
    ("put", "/api/tasks/{task}/completion/", {"completed": True, "at": "9999-12-31T23:59:59-12:00"}, "at"),
    ("put", "/api/tasks/{task}/skip/", {"reason": "because"}, "reason"),
    ("put", "/api/tasks/{task}/swap/", {}, "exercise"),
    ("post", "/api/workoutlogs/", {"name": "달리기", "minutes": -1}, "minutes"),
    ("post", "/api/workoutlogs/", {"name": "달리기", "source": "TASK"}, "source"),
    ("post", "/api/workoutlogs/", {"name": "달리기", "started_at": "0001-01-01T00:00:00Z"}, "started_at"),
    ("post", "/api/workoutplans/copy_week/", {}, "from_date"),
]


@pytest.mark.parametrize(("method", "path", "body", "field"), BAD)
def test_bad_input_is_a_problem_that_names_the_field_and_changes_nothing(browser, squat, method, path, body, field):
    before = (Task.objects.count(), WorkoutLog.objects.count(), WorkoutPlan.objects.count())
    response = getattr(browser, method)(path.format(task=squat), body, content_type=JSON)
    assert response.status_code == 400
    problem = response.json()
    assert field in problem["errors"] or any(name.startswith(f"{field}") for name in problem["errors"]), problem
    assert problem["messages"]["ko"] and problem["messages"]["en"]
    assert (Task.objects.count(), WorkoutLog.objects.count(), WorkoutPlan.objects.count()) == before
    assert Task.objects.get(pk=squat).state == "planned"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"exercise": 987654}, "exercise_unknown"),
        ({"exercise": 2**63 - 1}, "exercise_unknown"),
        ({"name": " "}, "exercise_unknown"),
        ({"name": "걷기", "reps_low": 9, "reps_high": 3}, "range_backwards"),
    ],
)
def test_a_task_of_nothing_is_refused(browser, plan, body, code):
    response = post(browser, "/api/tasks/", {"plan": plan, **body})
    assert (response.status_code, response.json()["code"]) == (400, code)
    assert Task.objects.count() == 3


@pytest.mark.parametrize(
    "address", ["workoutplans/by-date", "workoutplans/summary", "tasks", "tasks/weekly_progress", "workoutlogs"]
)
@pytest.mark.parametrize("said", ["notadate", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_a_problem(browser, noon, address, said):
    response = browser.get(f"/api/{address}/?date={said}")
    assert (response.status_code, response.json()["code"]) == (400, "date_invalid")


def keys(shape):
    return set(shape().fields)


def test_answers_have_the_keys_they_are_described_with(browser, owner, plan, squat, walk):
    put(browser, f"/api/tasks/{squat}/completion/", {"completed": True, "sets": [{"reps": 8, "weight_kg": 10}]})
    found = rows.plan_by_id(owner.pk, plan)
    whole = written.plan(found, DAY)
    assert whole.keys() == keys(answers.PlanOut)
    assert whole["tasks"][0].keys() == keys(answers.TaskOut)
    assert whole["progress"].keys() == keys(answers.ShareOut)
    day = days.day_of(owner.pk, DAY)
    log = written.log(day.logs[0])
    assert log.keys() == keys(answers.LogOut)
    assert log["sets"][0].keys() == keys(answers.SetOut)
    assert written.summary(day).keys() == keys(answers.SummaryOut)
    week = written.week(weeks.weekly_progress(owner.pk, DAY))
    assert week.keys() == keys(answers.WeekOut)
    assert week["days"][0].keys() == keys(answers.WeekDayOut)
    best = written.records(records.records_of(owner.pk)[0])
    assert best.keys() == keys(answers.RecordsOut)
    assert best["records"][0].keys() == keys(answers.RecordOut)
    assert written.movement(moving.movement_of(owner.pk)).keys() == keys(answers.MovementOut)
    alternatives = browser.get(f"/api/tasks/{squat}/alternatives/").json()
    assert alternatives.keys() == keys(answers.AlternativesOut)
    assert alternatives["results"][0].keys() == keys(answers.AlternativeOut)
    done = put(browser, f"/api/tasks/{squat}/completion/", {"completed": True}).json()
    assert done.keys() == keys(answers.CompletionOut)


@pytest.mark.parametrize(
    ("example", "shape"),
    [
        (examples.PLAN, answers.PlanOut), (examples.TASK, answers.TaskOut), (examples.LOG, answers.LogOut),
        (examples.SUMMARY, answers.SummaryOut), (examples.WEEK, answers.WeekOut), (examples.MOVEMENT, answers.MovementOut),
        (examples.COMPLETION, answers.CompletionOut), (examples.GENERATED, answers.GeneratedOut),
        (examples.COPIED_WEEK, answers.CopiedWeekOut), (examples.RECORDS, answers.AllRecordsOut),
        (examples.ALTERNATIVES, answers.AlternativesOut),
    ],
)  # fmt: skip
def test_examples_have_the_keys_of_answers(example, shape):
    assert set(json.loads(json.dumps(example.value))) == keys(shape)


def test_a_copied_week_says_what_was_copied_and_what_was_kept(browser, plan):
    before = DAY + timedelta(days=7)
    sent = {"from_date": "2026-11-20", "to_date": before.isoformat()}
    copied = post(browser, "/api/workoutplans/copy_week/", sent)
    assert copied.status_code == 201
    (one,) = copied.json()["copied"]
    assert (one["from"], one["date"], one["tasks"], one["replaced"]) == ("2026-11-22", "2026-11-29", 3, None)
    again = post(browser, "/api/workoutplans/copy_week/", sent).json()
    assert (again["copied"], again["kept"]) == ([], [{"date": "2026-11-29", "plan": one["plan"], "why": "planned"}])
    over = post(browser, "/api/workoutplans/copy_week/", {**sent, "overwrite": True}).json()
    assert over["copied"][0]["replaced"] == one["plan"]
    same = post(browser, "/api/workoutplans/copy_week/", {"from_date": "2026-11-20", "to_date": "2026-11-20"})
    assert same.json()["code"] == "same_week"
    empty = post(browser, "/api/workoutplans/copy_week/", {"from_date": "2026-01-01"})
    assert (empty.status_code, empty.json()["code"]) == (404, "nothing_to_copy")
