"""The room's edges: what the planner is asked with, ports, jobs, the admin, keys, English."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from onharu.kernel import clock, jobs
from onharu.records.workouts import jobs as ours
from onharu.records.workouts import ports
from onharu.records.workouts.actions import logs, plans
from onharu.records.workouts.actions.completion import set_completion
from onharu.records.workouts.actions.writing import SetValues
from onharu.records.workouts.models import Task, WorkoutLog, WorkoutPlan
from onharu.records.workouts.queries.moving import LOOKS_BACK, Movement, history_of, movement_of, mover_of, pool

JSON = "application/json"
DAY = date(2026, 11, 22)


def write(owner, day, **more):
    at = clock.instant_of(day, clock.now().time())
    return logs.log_workout(
        owner_id=owner.pk, draft=logs.Draft(**{"day": day, "started_at": at, "name": "걷기", **more})
    )


def test_nobody_has_to_set_anything_up(owner, django_assert_num_queries):
    with django_assert_num_queries(1):
        said = movement_of(owner.pk)
    assert said == Movement()
    assert said.said is False


def test_the_planner_is_told_age_and_weight_from_the_profile(owner, relative):
    plans.set_movement(owner_id=owner.pk, today=DAY, said={"goal": "muscle", "spare": ["knee"], "level": 2})
    mover, said = mover_of(owner.pk, DAY)
    assert (mover.age, mover.weight_kg, mover.goal, mover.spare, mover.level, said) == (
        40, 55, "muscle", frozenset({"knee"}), 2, True
    )  # fmt: skip
    unknown, said = mover_of(relative.pk, DAY)
    assert (unknown.age, unknown.weight_kg, said) == (None, None, False)


def test_the_pool_is_the_planned_part_of_the_shelf(shelf):
    moves = {move.code: move for move in pool()}
    assert moves.keys() == shelf.keys()
    assert moves["goblet"].equipment == ("dumbbell",)
    assert (moves["walk"].met, moves["run"].level, moves["push-up"].loads) == (Decimal("4.80"), 2, ("wrist",))


def test_history_is_twelve_weeks_oldest_first_without_today(owner, shelf, noon, django_assert_num_queries):
    for back in (0, 1, 84, 85):
        write(owner, DAY - timedelta(days=back), exercise=shelf["run"], minutes=Decimal(back + 1))
    with django_assert_num_queries(2):
        past = history_of(owner.pk, DAY)
    assert [one.day for one in past.done] == [DAY - LOOKS_BACK, DAY - timedelta(days=1)]
    assert [one.minutes for one in past.done] == [85, 2]


def test_history_leaves_out_what_has_no_exercise_what_is_deleted_and_what_is_another_persons(
    owner, stranger, shelf, noon
):
    yesterday = DAY - timedelta(days=1)
    write(owner, yesterday)
    write(stranger, yesterday, exercise=shelf["run"])
    gone = write(owner, yesterday, exercise=shelf["run"])
    logs.delete_log(owner_id=owner.pk, log_id=gone)
    assert history_of(owner.pk, DAY).done == ()


def test_history_keeps_sets_in_order_with_what_was_not_said_unknown(owner, shelf, noon):
    sets = [SetValues(reps=8, weight_kg=Decimal(10)), SetValues(reps=6), SetValues(seconds=30, rpe=Decimal(8))]
    write(owner, DAY - timedelta(days=2), exercise=shelf["goblet"], sets=sets, rpe=Decimal(7))
    (done,) = history_of(owner.pk, DAY).done
    assert [(one.reps, one.weight_kg, one.seconds, one.rpe) for one in done.sets] == [
        (8, 10, None, None), (6, None, None, None), (None, None, 30, 8)
    ]  # fmt: skip
    assert done.rpe == 7


def test_a_skip_of_a_deleted_plan_is_forgotten_by_the_planner(owner, shelf, noon):
    yesterday = DAY - timedelta(days=1)
    plan = plans.make_plan(
        owner_id=owner.pk, draft=plans.PlanDraft(day=yesterday, tasks=[plans.TaskDraft(exercise=shelf["run"])])
    )
    Task.objects.update(state="skipped", skip_reason="pain")
    assert [one.reason for one in history_of(owner.pk, DAY).skipped] == ["pain"]
    plans.delete_plan(owner_id=owner.pk, plan_id=plan)
    assert history_of(owner.pk, DAY).skipped == ()


def test_a_weight_comes_from_who_measured_it_else_from_the_profile_else_is_unknown(owner, relative):
    assert ports.weight_on(owner.pk, DAY) == ports.Weighed(kg=Decimal("55.0"), source="PROFILE", day=None)
    assert ports.weight_on(relative.pk, DAY) is None
    ports.use(lambda who, day: ports.Weighed(Decimal(61), "", day) if who == owner.pk else None)
    assert ports.weight_on(owner.pk, DAY) == ports.Weighed(kg=Decimal(61), source="MEASURED", day=DAY)
    assert ports.weight_on(relative.pk, DAY) is None
    ports.use(None)
    assert ports.weight_on(owner.pk, DAY).source == "PROFILE"


def test_cleaning_is_owed_every_six_hours(owner, noon, monkeypatch):
    assert jobs.registry.periods["workouts.clean"].every == timedelta(hours=6)
    log_id = write(owner, DAY)
    logs.delete_log(owner_id=owner.pk, log_id=log_id)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=2))
    ours.clean()
    assert WorkoutLog.objects.count() == 0


@pytest.mark.parametrize("model", ["workoutplan", "task", "workoutlog"])
def test_staff_may_look_and_change_nothing(client, django_user_model, owner, plan, squat, noon, model):
    done = set_completion(owner_id=owner.pk, task_id=squat, completed=True, at=noon, today=DAY)
    WorkoutLog.objects.update(note="무릎이 아팠다")
    Task.objects.filter(order=1).update(state="skipped", skip_reason="pain")
    staff = django_user_model.objects.create_superuser("helper", "h@example.com", "a-long-password-9")
    client.force_login(staff, backend="onharu.accounts.backends.AccountBackend")
    pk = {"workoutplan": plan, "task": squat, "workoutlog": done.log_id}[model]
    listed = client.get(f"/admin/workouts/{model}/")
    seen = client.get(f"/admin/workouts/{model}/{pk}/change/")
    assert (listed.status_code, seen.status_code) == (200, 200)
    for page in (listed, seen):
        assert "아팠다" not in page.content.decode()
        assert "pain" not in page.content.decode()
    assert client.post(f"/admin/workouts/{model}/{pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"/admin/workouts/{model}/add/").status_code == 403


CREATES = [
    ("/api/workoutplans/", {"date": "2026-11-25"}, WorkoutPlan),
    ("/api/workoutplans/copy_week/", {"from_date": "2026-11-22", "to_date": "2026-11-29"}, WorkoutPlan),
    ("/api/tasks/", {"date": "2026-11-22", "name": "산책"}, Task),
    ("/api/taskitems/", {"date": "2026-11-22", "name": "산책"}, Task),
    ("/api/workoutlogs/", {"name": "산책", "minutes": 10}, WorkoutLog),
]


@pytest.mark.parametrize(("path", "body", "model"), CREATES)
def test_what_is_created_with_a_key_is_created_once(browser, plan, path, body, model):
    before = model.objects.count()
    first, again = (browser.post(path, body, content_type=JSON, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert model.objects.count() == before + 1
    other = browser.post(path, {**body, "note": "또"}, content_type=JSON, headers={"Idempotency-Key": "k"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_an_english_reader_reads_english(browser, squat, owner, noon):
    path = f"/api/tasks/{squat}/completion/"
    log = browser.put(path, {"completed": True}, content_type=JSON).json()["log"]["id"]
    browser.patch(f"/api/workoutlogs/{log}/", {"note": "x"}, content_type=JSON)
    with translation.override("en"):
        said = browser.put(path, {"completed": False}, content_type=JSON, headers={"Accept-Language": "en"}).json()
    assert said["message"] == "You had corrected this log, so it was kept as one of its own."


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/workoutlogs/", {"name": "x", "source": "import"}),
        ("/api/workoutlogs/", {"name": "x", "ended_at": "2026-11-01T00:00:00Z"}),
        ("/api/tasks/", {"date": "2026-11-22"}),
        ("/api/workoutplans/", {"date": "2026-11-22"}),
        ("/api/workoutplans/copy_week/", {"from_date": "2020-01-01"}),
    ],
)
def test_every_problem_is_said_in_both_languages(browser, plan, path, body):
    problem = browser.post(path, body, content_type=JSON)
    assert problem["Content-Type"] == "application/problem+json"
    told = problem.json()["messages"]
    assert told["ko"] != told["en"]
    assert told["en"].isascii()
