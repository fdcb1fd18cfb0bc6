from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from onharu.kernel import clock
from onharu.kernel.days import version_of
from onharu.kernel.problems import Missing
from onharu.records.workouts.actions import logs, plans, tasks
from onharu.records.workouts.actions.completion import Said, set_completion, toggle_completion
from onharu.records.workouts.actions.logs import Change, TaskHasLog
from onharu.records.workouts.actions.writing import SetValues
from onharu.records.workouts.models import Task, WorkoutLog
from onharu.records.workouts.queries.days import day_of
from onharu.records.workouts.queries.rows import log_by_id, task_by_id

DAY = date(2026, 11, 22)


def say(owner, task_id, *, completed=True, **more):
    at = clock.now()
    return set_completion(owner_id=owner.pk, task_id=task_id, completed=completed, at=at, today=DAY, **more)


def test_completing_writes_one_log_with_the_planned_sets_marked_so(owner, squat, noon):
    done = say(owner, squat)
    log = log_by_id(owner.pk, done.log_id)
    assert (log.task_id, log.name, log.as_planned, log.by_hand) == (squat, "덤벨 고블릿 스쿼트", True, False)
    assert [(one.reps, one.weight_kg) for one in log.sets] == [(8, 10)] * 3
    assert (log.minutes_source, log.source) == ("ESTIMATED", "TASK")
    assert log.started_at + timedelta(minutes=float(log.minutes)) == noon
    task = task_by_id(owner.pk, squat)
    assert (task.state, task.done_at, task.log_id) == ("done", noon, log.id)


def test_completing_twice_counts_once(owner, squat):
    first = say(owner, squat)
    version = version_of(owner.pk, DAY)
    assert say(owner, squat) == first
    assert WorkoutLog.objects.count() == 1
    assert version_of(owner.pk, DAY) == version


def test_taking_a_completion_back_takes_its_log_back_and_doing_it_again_restores_it(owner, squat):
    first = say(owner, squat)
    back = say(owner, squat, completed=False)
    assert (back.state, back.log_id, back.kept_log) == ("planned", None, None)
    assert day_of(owner.pk, DAY).logs == ()
    assert say(owner, squat).log_id == first.log_id
    assert WorkoutLog.objects.count() == 1


def test_taking_back_what_is_not_done_changes_nothing(owner, squat):
    version = version_of(owner.pk, DAY)
    assert say(owner, squat, completed=False).state == "planned"
    assert version_of(owner.pk, DAY) == version


def test_what_was_really_done_is_what_the_log_says(owner, squat):
    done = say(
        owner, squat, said=Said(sets=[SetValues(reps=9, weight_kg=Decimal(12), rpe=Decimal(8))], minutes=Decimal(7))
    )
    log = log_by_id(owner.pk, done.log_id)
    assert [(one.reps, one.weight_kg, one.rpe) for one in log.sets] == [(9, 12, 8)]
    assert (log.minutes, log.minutes_source, log.as_planned) == (7, "SAID", False)


def test_values_that_were_said_come_back_with_the_completion(owner, squat):
    say(owner, squat, said=Said(sets=[SetValues(reps=9)], minutes=Decimal(7)))
    say(owner, squat, completed=False)
    log = log_by_id(owner.pk, say(owner, squat).log_id)
    assert ([one.reps for one in log.sets], log.minutes, log.as_planned) == ([9], 7, False)


def test_saying_more_about_a_done_task_changes_its_log_and_not_its_time(owner, squat, noon, monkeypatch):
    first = say(owner, squat)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(hours=3))
    again = say(owner, squat, said=Said(rpe=Decimal(8)))
    log = log_by_id(owner.pk, again.log_id)
    assert again.log_id == first.log_id
    assert (log.rpe, log.as_planned) == (8, True)
    assert log.started_at + timedelta(minutes=float(log.minutes)) == noon
    assert task_by_id(owner.pk, squat).done_at == noon


def test_a_plan_that_changed_is_what_the_next_completion_says(owner, squat):
    say(owner, squat)
    say(owner, squat, completed=False)
    tasks.change_task(
        owner_id=owner.pk, task_id=squat, draft=tasks.TaskDraft(weight_kg=Decimal(20)), said=frozenset({"weight_kg"})
    )
    log = log_by_id(owner.pk, say(owner, squat).log_id)
    assert {one.weight_kg for one in log.sets} == {20}


def test_a_log_corrected_by_hand_survives_as_a_log_of_its_own_and_is_taken_up_again(owner, squat):
    first = say(owner, squat)
    logs.edit_log(
        owner_id=owner.pk, log_id=first.log_id, change=Change(sets=[SetValues(reps=11, weight_kg=Decimal(14))])
    )
    back = say(owner, squat, completed=False)
    assert back.kept_log == first.log_id
    (kept,) = day_of(owner.pk, DAY).logs
    assert (kept.task_id, kept.source, kept.sets[0].reps) == (None, "SELF", 11)
    again = say(owner, squat)
    assert again.log_id == first.log_id
    (log,) = day_of(owner.pk, DAY).logs
    assert (log.task_id, log.sets[0].reps, log.by_hand) == (squat, 11, True)


def test_the_database_refuses_a_second_living_log_of_a_task(owner, squat, noon):
    say(owner, squat)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkoutLog.objects.create(
            owner=owner, task_id=squat, day=DAY, started_at=noon, name="또", source="TASK", created_at=noon
        )


def test_minutes_of_a_walk_are_those_of_the_plan_and_an_estimate(owner, walk):
    log = log_by_id(owner.pk, say(owner, walk).log_id)
    assert (log.minutes, log.minutes_source, log.sets) == (20, "ESTIMATED", ())


def test_energy_is_met_times_weight_times_hours_with_the_profiles_weight_said(owner, walk):
    log = log_by_id(owner.pk, say(owner, walk).log_id)
    assert (log.met, log.body_kg, log.body_kg_source, log.body_kg_day) == (Decimal("4.8"), 55, "PROFILE", None)
    assert log.kcal_gross == Decimal("88.0")
    assert log.kcal_net == Decimal("69.7")


def test_without_a_weight_energy_is_unknown_and_counted_as_unknown(relative, shelf, noon):
    log_id = logs.log_workout(
        owner_id=relative.pk, draft=logs.Draft(day=DAY, started_at=noon, exercise=shelf["walk"], minutes=Decimal(30))
    )
    found = day_of(relative.pk, DAY)
    assert log_by_id(relative.pk, log_id).kcal_gross is None
    assert (found.minutes, found.kcal_gross, found.kcal_net, found.unknown_kcal) == (30, None, None, 1)


def test_yesterdays_task_done_today_lies_on_yesterday_at_this_clock_time(owner, squat, noon):
    tomorrow = DAY + timedelta(days=1)
    done = set_completion(owner_id=owner.pk, task_id=squat, completed=True, at=noon + timedelta(days=1), today=tomorrow)
    log = log_by_id(owner.pk, done.log_id)
    assert log.day == DAY
    assert log.started_at + timedelta(minutes=float(log.minutes)) == noon


def test_a_task_of_tomorrow_done_today_lies_on_today(owner, squat, noon):
    yesterday = DAY - timedelta(days=1)
    done = set_completion(
        owner_id=owner.pk, task_id=squat, completed=True, at=noon - timedelta(days=1), today=yesterday
    )
    assert log_by_id(owner.pk, done.log_id).day == yesterday
    assert version_of(owner.pk, yesterday) > 0


def test_a_time_that_is_said_names_its_own_day(owner, squat):
    at = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    done = set_completion(owner_id=owner.pk, task_id=squat, completed=True, at=at, today=DAY, day=date(2026, 11, 20))
    assert log_by_id(owner.pk, done.log_id).day == date(2026, 11, 20)
    assert task_by_id(owner.pk, squat).done_at == at


def test_deleting_the_log_makes_the_task_to_do_again_and_restoring_it_done(owner, squat):
    done = say(owner, squat)
    for _ in range(2):
        logs.delete_log(owner_id=owner.pk, log_id=done.log_id)
    assert task_by_id(owner.pk, squat).state == "planned"
    for _ in range(2):
        logs.restore_log(owner_id=owner.pk, log_id=done.log_id)
    assert task_by_id(owner.pk, squat).state == "done"


def test_a_deleted_log_cannot_come_back_beside_another(owner, squat, noon):
    first = say(owner, squat)
    logs.delete_log(owner_id=owner.pk, log_id=first.log_id)
    WorkoutLog.objects.create(
        owner=owner, task_id=squat, day=DAY, started_at=noon, name="또", source="TASK", created_at=noon
    )
    with pytest.raises(TaskHasLog):
        logs.restore_log(owner_id=owner.pk, log_id=first.log_id)


def test_what_was_done_stays_when_the_plan_goes(owner, plan, squat):
    say(owner, squat)
    plans.delete_plan(owner_id=owner.pk, plan_id=plan)
    found = day_of(owner.pk, DAY)
    assert (found.plan, found.tasks, len(found.logs)) == (None, (), 1)
    plans.restore_plan(owner_id=owner.pk, plan_id=plan)
    assert day_of(owner.pk, DAY).done == 1


def test_skipping_a_done_task_takes_its_completion_back(owner, squat, noon):
    say(owner, squat)
    for _ in range(2):
        tasks.skip_task(owner_id=owner.pk, task_id=squat, skipped=True, reason="pain", at=noon, today=DAY)
    task = task_by_id(owner.pk, squat)
    assert (task.state, task.skip_reason, task.log_id) == ("skipped", "pain", None)
    assert say(owner, squat).state == "done"
    tasks.skip_task(owner_id=owner.pk, task_id=squat, skipped=False, at=noon, today=DAY)
    assert task_by_id(owner.pk, squat).state == "done"


def test_a_skip_is_taken_back_by_saying_so(owner, squat, noon):
    tasks.skip_task(owner_id=owner.pk, task_id=squat, skipped=True, reason="no_time", at=noon, today=DAY)
    assert say(owner, squat, completed=False).state == "skipped"
    tasks.skip_task(owner_id=owner.pk, task_id=squat, skipped=False, at=noon, today=DAY)
    task = task_by_id(owner.pk, squat)
    assert (task.state, task.skip_reason) == ("planned", "")


def test_a_toggle_turns_over_and_back(owner, squat, noon):
    states = [toggle_completion(owner_id=owner.pk, task_id=squat, at=noon, today=DAY).state for _ in range(3)]
    assert states == ["done", "planned", "done"]
    assert WorkoutLog.objects.count() == 1


def test_a_stranger_completes_nothing(stranger, squat, noon):
    with pytest.raises(Missing):
        set_completion(owner_id=stranger.pk, task_id=squat, completed=True, at=noon, today=DAY)
    assert Task.objects.get(pk=squat).state == "planned"


def test_a_task_of_a_deleted_plan_is_missing(owner, plan, squat):
    plans.delete_plan(owner_id=owner.pk, plan_id=plan)
    with pytest.raises(Missing):
        say(owner, squat)
