"""Zones and day starts, weeks, copies: a row lies on the local day it was written on, once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from onharu.accounts import principal
from onharu.kernel import clock
from onharu.kernel.days import version_of
from onharu.records.workouts.actions import copying, logs, plans, tasks
from onharu.records.workouts.actions.completion import set_completion
from onharu.records.workouts.models import Task, WorkoutLog, WorkoutPlan
from onharu.records.workouts.queries.days import day_of, days_of
from onharu.records.workouts.queries.rows import plan_on
from onharu.records.workouts.queries.weeks import weekly_progress

JSON = "application/json"
DAY = date(2026, 11, 22)


def settle(browser, **facts):
    """Change the profile as another process would see it: nothing remembered."""
    told = browser.patch("/api/users/me/", facts, content_type=JSON).json()
    assert {fact: told[fact] for fact in facts} == facts
    principal.reset()


def everything(owner):
    found = days_of(owner.pk, DAY - timedelta(days=30), DAY + timedelta(days=30))
    return {day: (one.plan.id if one.plan else None, [log.id for log in one.logs]) for day, one in found.items()}


@pytest.mark.parametrize(
    "change",
    [{"zone": "America/Los_Angeles"}, {"day_start_hour": 5}, {"zone": "Pacific/Auckland", "day_start_hour": 6}],
)
def test_a_change_of_zone_or_day_start_keeps_every_row_exactly_once(browser, owner, shelf, monkeypatch, change):
    for hour in (0, 3, 16, 23):
        at = datetime(2026, 11, 21, 15, 5, tzinfo=UTC) + timedelta(hours=hour)
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        browser.post("/api/workoutplans/today/ensure/")
        browser.post("/api/workoutlogs/", {"name": f"{hour}시", "minutes": 10}, content_type=JSON)
    before = everything(owner)
    assert sum(len(ids) for _, ids in before.values()) == 4
    settle(browser, **change)
    assert everything(owner) == before
    first = browser.post("/api/workoutplans/today/ensure/").json()["id"]
    assert browser.post("/api/workoutplans/today/ensure/").json()["id"] == first
    after = everything(owner)
    assert sorted(log for _, ids in after.values() for log in ids) == sorted(
        log for _, ids in before.values() for log in ids
    )
    assert len({plan for plan, _ in after.values() if plan}) == WorkoutPlan.objects.count()


def test_a_workout_after_midnight_lies_on_the_day_that_has_not_ended(browser, owner, monkeypatch):
    settle(browser, day_start_hour=4)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 16, 30, tzinfo=UTC))
    log = browser.post("/api/workoutlogs/", {"name": "스트레칭", "minutes": 10}, content_type=JSON).json()
    assert (log["date"], log["started_at"]) == ("2026-11-22", "2026-11-23T01:20:00+09:00")


def test_a_workout_that_names_only_its_day_ends_at_this_clock_time_of_it(browser, noon):
    log = browser.post(
        "/api/workoutlogs/", {"name": "걷기", "minutes": 30, "date": "2026-11-20"}, content_type=JSON
    ).json()
    assert (log["date"], log["started_at"]) == ("2026-11-20", "2026-11-20T11:30:00+09:00")


def test_a_week_counts_tasks_and_minutes_once(owner, plan, squat, walk, shelf, noon):
    set_completion(owner_id=owner.pk, task_id=walk, completed=True, at=noon, today=DAY)
    tasks.skip_task(owner_id=owner.pk, task_id=squat, skipped=True, at=noon, today=DAY)
    draft = {"started_at": noon - timedelta(minutes=20), "name": "워치", "external_id": "w", "day": DAY}
    logs.import_workout(owner_id=owner.pk, draft=logs.Draft(**draft, ended_at=noon + timedelta(minutes=10)))
    logs.log_workout(owner_id=owner.pk, draft=logs.Draft(day=DAY - timedelta(days=6), started_at=noon, name="산책"))
    week = weekly_progress(owner.pk, DAY)
    assert (week.week.key, week.week.first, week.week.last) == ("2026-W47", DAY - timedelta(days=6), DAY)
    assert (week.tasks.done, week.tasks.planned, week.tasks.percent, week.skipped) == (1, 3, 33, 1)
    assert (week.minutes, week.minutes_percent, week.active_days) == (30, 20, 2)
    assert (week.days[0].minutes, week.days[0].logs, week.days[1].minutes) == (None, 1, None)
    assert day_of(owner.pk, DAY).minutes == week.days[6].minutes == 30


def test_a_week_begins_where_the_person_says(owner, plan):
    plans.set_movement(owner_id=owner.pk, today=DAY, said={"week_start": 6})
    assert weekly_progress(owner.pk, DAY).week.first == DAY


def test_a_week_of_nothing_has_no_percent_and_no_minutes(owner):
    week = weekly_progress(owner.pk, DAY)
    assert (week.tasks.percent, week.minutes, week.minutes_percent) == (None, None, None)


def test_more_than_all_of_a_week_is_still_a_hundred(owner, noon):
    logs.log_workout(owner_id=owner.pk, draft=logs.Draft(day=DAY, started_at=noon, name="종주", minutes=Decimal(1400)))
    assert weekly_progress(owner.pk, DAY).minutes_percent == 100


def test_a_copied_week_is_to_do_again_and_says_where_it_is_from(owner, plan, squat, noon):
    set_completion(owner_id=owner.pk, task_id=squat, completed=True, at=noon, today=DAY)
    next_week = DAY + timedelta(days=7)
    copying.copy_week(owner_id=owner.pk, from_day=DAY, to_day=next_week, overwrite=False)
    copy = plan_on(owner.pk, next_week)
    assert {task.state for task in copy.tasks} == {"planned"}
    assert [task.weight_kg for task in copy.tasks] == [10, None, None]
    assert (copy.plan.source, copy.plan.reasons[0]["params"]) == ("COPY", {"day": "2026-11-22"})
    assert version_of(owner.pk, next_week) > 0
    assert plan_on(owner.pk, DAY).done == 1


def test_a_day_on_which_something_was_done_is_never_overwritten(owner, plan, squat, noon):
    set_completion(owner_id=owner.pk, task_id=squat, completed=True, at=noon, today=DAY)
    before = DAY - timedelta(days=7)
    plans.make_plan(owner_id=owner.pk, draft=plans.PlanDraft(day=before))
    found = copying.copy_week(owner_id=owner.pk, from_day=before, to_day=DAY, overwrite=True)
    assert (found.copied, [(one.plan_id, one.why) for one in found.kept]) == ((), [(plan, "done")])


def test_a_replaced_plan_can_be_taken_back(owner, plan):
    before = DAY - timedelta(days=7)
    plans.make_plan(owner_id=owner.pk, draft=plans.PlanDraft(day=before, title="지난주"))
    (one,) = copying.copy_week(owner_id=owner.pk, from_day=before, to_day=DAY, overwrite=True).copied
    assert one.replaced == plan
    plans.delete_plan(owner_id=owner.pk, plan_id=one.plan_id)
    plans.restore_plan(owner_id=owner.pk, plan_id=plan)
    assert plan_on(owner.pk, DAY).plan.id == plan


def test_a_task_added_to_a_day_of_rest_ends_the_rest(owner, shelf, noon):
    rest = plans.make_plan(owner_id=owner.pk, draft=plans.PlanDraft(day=DAY, rest_day=True))
    tasks.add_task(owner_id=owner.pk, plan_id=rest, draft=tasks.TaskDraft(name="산책"))
    assert plan_on(owner.pk, DAY).plan.rest_day is False


def test_moving_a_plan_announces_both_days_and_leaves_the_logs(owner, plan, squat, noon):
    set_completion(owner_id=owner.pk, task_id=squat, completed=True, at=noon, today=DAY)
    before, tomorrow = version_of(owner.pk, DAY), DAY + timedelta(days=1)
    plans.change_plan(owner_id=owner.pk, plan_id=plan, change=plans.PlanChange(day=tomorrow))
    assert version_of(owner.pk, DAY) > before
    assert version_of(owner.pk, tomorrow) > before
    assert [log.id for log in day_of(owner.pk, DAY).logs] == [WorkoutLog.objects.get().pk]
    (task, *_), log = day_of(owner.pk, tomorrow).tasks, WorkoutLog.objects.get()
    assert (task.state, task.log_id) == ("done", log.pk)


def test_a_swap_to_another_measure_takes_amounts_of_its_own(owner, squat, shelf):
    tasks.swap_task(owner_id=owner.pk, task_id=squat, exercise=shelf["wall-sit"])
    task = Task.objects.get(pk=squat)
    assert (task.measure, task.reps_low, task.seconds, task.sets, task.weight_kg) == ("seconds", None, 30, 3, None)
