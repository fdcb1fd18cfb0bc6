import json
import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from conftest import make_person, signed_in
from onharu.kernel.days import version_of
from onharu.records.workouts.actions import planning, plans
from onharu.records.workouts.actions.completion import Said, set_completion
from onharu.records.workouts.actions.planning import ensure_today
from onharu.records.workouts.actions.plans import PlanDraft
from onharu.records.workouts.actions.writing import SetValues
from onharu.records.workouts.models import Task, WorkoutPlan
from onharu.records.workouts.queries.rows import plan_by_id, plan_on
from onharu.records.workouts.rules.planning import Planned

DAY = date(2026, 11, 22)
ENSURE = "/api/workoutplans/today/ensure/"


def test_a_plan_is_made_without_any_set_up_and_says_so(owner, shelf, noon):
    found = ensure_today(owner_id=owner.pk, day=DAY, at=noon)
    plan = plan_by_id(owner.pk, found.plan_id)
    assert found.created
    assert plan.plan.source == "RULES"
    assert plan.plan.edition.startswith("onharu-planner")
    assert "no_set_up" in [reason["code"] for reason in plan.plan.reasons]
    assert plan.tasks
    assert all(task.reason and task.reason["code"] for task in plan.tasks)


def test_who_said_how_they_train_is_not_told_to_set_it_up(owner, shelf, noon):
    plans.set_movement(owner_id=owner.pk, today=DAY, said={"days_a_week": 3})
    plan = plan_by_id(owner.pk, ensure_today(owner_id=owner.pk, day=DAY, at=noon).plan_id)
    assert "no_set_up" not in [reason["code"] for reason in plan.plan.reasons]


def test_asking_again_builds_nothing(owner, shelf, noon, django_assert_num_queries):
    first = ensure_today(owner_id=owner.pk, day=DAY, at=noon)
    version = version_of(owner.pk, DAY)
    with django_assert_num_queries(1):
        again = ensure_today(owner_id=owner.pk, day=DAY, at=noon)
    assert (again.plan_id, again.created) == (first.plan_id, False)
    assert version_of(owner.pk, DAY) == version


def test_a_plan_by_hand_is_the_plan_of_its_day(owner, plan, noon):
    assert ensure_today(owner_id=owner.pk, day=DAY, at=noon).plan_id == plan


def test_an_empty_shelf_makes_a_rest_day_which_is_a_plan_too(owner, noon):
    found = plan_by_id(owner.pk, ensure_today(owner_id=owner.pk, day=DAY, at=noon).plan_id)
    assert (found.plan.rest_day, found.tasks) == (True, ())
    assert not ensure_today(owner_id=owner.pk, day=DAY, at=noon).created


def test_a_day_of_rest_has_one_plan(owner, shelf, noon, monkeypatch):
    rest = Planned("rest", deload=False, rest_day=True, minutes=0, tasks=(), reasons=())
    monkeypatch.setattr(planning, "plan_day", lambda **_: rest)
    assert plan_by_id(owner.pk, ensure_today(owner_id=owner.pk, day=DAY, at=noon).plan_id).plan.rest_day
    assert WorkoutPlan.objects.count() == 1


def test_after_a_deletion_a_day_may_have_another_plan(owner, shelf, noon):
    first = ensure_today(owner_id=owner.pk, day=DAY, at=noon)
    plans.delete_plan(owner_id=owner.pk, plan_id=first.plan_id)
    second = ensure_today(owner_id=owner.pk, day=DAY, at=noon)
    assert second.created
    assert second.plan_id != first.plan_id
    with pytest.raises(plans.PlanExists):
        plans.restore_plan(owner_id=owner.pk, plan_id=first.plan_id)


def test_the_database_refuses_a_second_living_plan(owner, plan, noon):
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkoutPlan.objects.create(owner=owner, day=DAY, created_at=noon)


def test_a_planner_that_fails_leaves_no_plan(owner, shelf, noon, monkeypatch):
    def fail(**_):
        raise ZeroDivisionError

    monkeypatch.setattr(planning, "plan_day", fail)
    with pytest.raises(ZeroDivisionError):
        ensure_today(owner_id=owner.pk, day=DAY, at=noon)
    assert WorkoutPlan.objects.count() == 0


def test_the_plan_knows_what_was_done_and_skipped_before(owner, shelf, noon, monkeypatch):
    seen = {}
    real = planning.plan_day

    def watch(**asked):
        seen.update(asked)
        return real(**asked)

    monkeypatch.setattr(planning, "plan_day", watch)
    before = DAY - timedelta(days=3)
    plan = plans.make_plan(
        owner_id=owner.pk,
        draft=PlanDraft(
            day=before,
            tasks=[
                plans.TaskDraft(exercise=shelf["squat"], sets=3, reps_low=8),
                plans.TaskDraft(exercise=shelf["run"]),
            ],
        ),
    )
    squat, run = Task.objects.filter(plan=plan).order_by("order")
    sets = [SetValues(reps=10)] * 3
    set_completion(
        owner_id=owner.pk,
        task_id=squat.pk,
        completed=True,
        at=noon - timedelta(days=3),
        today=before,
        said=Said(sets=sets),
    )
    Task.objects.filter(pk=run.pk).update(state="skipped", skip_reason="pain")
    ensure_today(owner_id=owner.pk, day=DAY, at=noon)
    (done,), (skipped,) = seen["history"].done, seen["history"].skipped
    assert (done.day, done.exercise_id, [one.reps for one in done.sets]) == (before, shelf["squat"], [10, 10, 10])
    assert (skipped.day, skipped.exercise_id, skipped.reason) == (before, shelf["run"], "pain")
    assert (seen["mover"].age, seen["mover"].weight_kg) == (40, 55)


def at_once(number, work):
    """Let this many threads do the work at the same moment, each with a connection of its own."""
    gate, answers = threading.Barrier(number), []

    def run():
        try:
            gate.wait(30)
            answers.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    return answers


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_make_one_plan_with_one_set_of_tasks(shelf, noon):
    owner = make_person("owner")
    answers = at_once(100, lambda: ensure_today(owner_id=owner.pk, day=DAY, at=noon))
    assert len(answers) == 100
    assert len({one.plan_id for one in answers}) == 1
    assert sum(one.created for one in answers) == 1
    assert WorkoutPlan.objects.count() == 1
    tasks = list(Task.objects.values_list("exercise_id", flat=True))
    assert len(tasks) == len(set(tasks)) == len(plan_on(owner.pk, DAY).tasks)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_requests_at_once_make_one_plan(shelf):
    owner = make_person("owner")
    browsers = [signed_in(owner) for _ in range(4)]

    def ask():
        response = browsers[threading.get_ident() % 4].post(ENSURE)
        return response.status_code, json.loads(response.content)["id"]

    answers = at_once(100, ask)
    assert sorted(status for status, _ in answers) == [200] * 99 + [201]
    assert len({plan_id for _, plan_id in answers}) == 1
    assert WorkoutPlan.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_task_completed_by_ten_at_once_has_one_log(shelf, noon):
    owner = make_person("owner", weight_kg=55)
    plan = plans.make_plan(
        owner_id=owner.pk, draft=PlanDraft(day=DAY, tasks=[plans.TaskDraft(exercise=shelf["walk"], minutes=20)])
    )
    task = Task.objects.get(plan=plan)
    done = at_once(10, lambda: set_completion(owner_id=owner.pk, task_id=task.pk, completed=True, at=noon, today=DAY))
    assert len(done) == 10
    assert len({one.log_id for one in done}) == 1


def test_a_key_answers_byte_for_byte(browser, shelf, noon):
    first = browser.post(ENSURE, headers={"Idempotency-Key": "today"})
    again = browser.post(ENSURE, headers={"Idempotency-Key": "today"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert again["Idempotent-Replayed"] == "true"
    assert browser.post(ENSURE).status_code == 200


@pytest.fixture
def resting(owner, shelf, noon):
    """A day of rest with a walk offered, and one thing done on it already."""
    plan = plans.make_plan(owner_id=owner.pk, draft=plans.PlanDraft(day=DAY, rest_day=True))
    done, offered = (
        Task.objects.create(owner=owner, plan_id=plan, order=order, name="걷기", minutes=10, created_at=noon)
        for order in (0, 1)
    )
    set_completion(owner_id=owner.pk, task_id=done.pk, completed=True, at=noon, today=DAY)
    WorkoutPlan.objects.filter(pk=plan).update(rest_day=True)
    return plan, done, offered


def test_who_wants_to_train_on_a_day_of_rest_may(owner, resting, noon):
    plan, done, offered = resting
    planning.train_anyway(owner_id=owner.pk, plan_id=plan, at=noon)
    found = plan_by_id(owner.pk, plan)
    assert not found.plan.rest_day
    names = [task.id for task in found.tasks]
    assert done.pk in names
    assert offered.pk not in names
    assert len(names) > 1
    assert [task.order for task in found.tasks] == sorted({task.order for task in found.tasks})


def test_wanting_it_twice_plans_once(owner, resting, noon):
    plan, *_ = resting
    planning.train_anyway(owner_id=owner.pk, plan_id=plan, at=noon)
    before, version = plan_by_id(owner.pk, plan), version_of(owner.pk, DAY)
    planning.train_anyway(owner_id=owner.pk, plan_id=plan, at=noon)
    assert plan_by_id(owner.pk, plan) == before
    assert version_of(owner.pk, DAY) == version


def test_a_day_of_training_stays_as_it_is(owner, shelf, noon):
    plan = ensure_today(owner_id=owner.pk, day=DAY, at=noon).plan_id
    before = plan_by_id(owner.pk, plan)
    planning.train_anyway(owner_id=owner.pk, plan_id=plan, at=noon)
    assert plan_by_id(owner.pk, plan) == before


def test_an_empty_shelf_leaves_the_day_of_rest(owner, noon):
    plan = ensure_today(owner_id=owner.pk, day=DAY, at=noon).plan_id
    planning.train_anyway(owner_id=owner.pk, plan_id=plan, at=noon)
    assert plan_by_id(owner.pk, plan).plan.rest_day


def test_the_api_and_the_page_ask_for_training_anyway(owner, browser, resting, noon):
    plan, *_ = resting
    assert "그래도 운동하기" in browser.get("/workouts/").content.decode()
    answer = browser.post("/api/workoutplans/today/ensure/", {"anyway": True}, content_type="application/json")
    assert (answer.status_code, answer.json()["rest_day"]) == (200, False)
    assert "그래도 운동하기" not in browser.get("/workouts/").content.decode()
    assert browser.post(f"/workouts/plan/{plan}/anyway/").status_code in (200, 204, 302)


def test_a_wrong_word_for_anyway_changes_nothing(browser, resting):
    answer = browser.post("/api/workoutplans/today/ensure/", {"anyway": "maybe"}, content_type="application/json")
    assert answer.status_code == 400
    assert WorkoutPlan.objects.get().rest_day
