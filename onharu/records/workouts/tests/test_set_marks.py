"""A task set by set: each marked once, the last one finishes it, and all of it can be taken back."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from conftest import make_person
from onharu.kernel.problems import Invalid, Missing
from onharu.records.workouts.actions import completion, logs, plans, tasks
from onharu.records.workouts.actions.set_marks import mark_set, unmark_set
from onharu.records.workouts.actions.writing import SetValues
from onharu.records.workouts.models import Task, WorkoutLog, WorkoutSet
from onharu.records.workouts.queries.days import day_of
from onharu.records.workouts.tests.conftest import DAY
from onharu.records.workouts.tests.test_ensuring import at_once

EIGHT = SetValues(reps=8, weight_kg=Decimal(10))


@pytest.fixture
def mark(owner, squat, noon):
    def say(place, values=EIGHT, who=owner):
        return mark_set(owner_id=who.pk, task_id=squat, place=place, values=values, at=noon, today=DAY)

    return say


def sets():
    return list(WorkoutSet.objects.order_by("order").values_list("order", "reps", "weight_kg", "rpe"))


def test_the_first_set_begins_the_log_and_the_last_one_finishes_the_task(owner, squat, mark):
    first = mark(0)
    assert (first.state, first.done, first.planned, first.finished) == ("planned", 1, 3, False)
    assert not mark(1).finished
    last = mark(2)
    assert (last.state, last.done, last.finished) == ("done", 3, True)
    task = Task.objects.get(pk=squat)
    assert task.state == Task.State.DONE
    assert task.done_at is not None
    assert len(sets()) == 3


def test_marking_a_set_twice_counts_once_and_other_numbers_correct_it(mark):
    mark(0)
    mark(0)
    assert sets() == [(0, 8, Decimal(10), None)]
    mark(0, replace(EIGHT, reps=6, rpe=Decimal("8.5")))
    assert sets() == [(0, 6, Decimal(10), Decimal("8.5"))]
    assert WorkoutLog.objects.count() == 1


def test_marking_what_is_marked_announces_nothing(mark, django_capture_on_commit_callbacks):
    mark(0)
    with django_capture_on_commit_callbacks() as announced:
        mark(0)
    assert announced == []


def test_sets_may_be_done_in_any_order(mark):
    mark(2)
    mark(0)
    assert [order for order, *_ in sets()] == [0, 2]
    assert mark(1).finished


def test_a_begun_task_counts_its_minutes_and_energy_before_it_is_done(owner, mark):
    mark(0)
    mark(1)
    day = day_of(owner.pk, DAY)
    (log,) = day.logs
    assert log.minutes == Decimal("4.1"), "two sets of 8 repetitions at 4 s, and a rest of 90 s after each"
    assert log.minutes_source == "ESTIMATED"
    assert log.kcal_gross is not None
    assert day.done == 0


def test_the_log_begins_before_the_first_set_was_marked(owner, mark, noon):
    mark(0)
    (log,) = day_of(owner.pk, DAY).logs
    assert noon - timedelta(minutes=3) < log.started_at < noon


def test_taking_a_set_back_lets_the_task_be_to_do_again(owner, squat, mark):
    for place in range(3):
        mark(place)
    back = unmark_set(owner_id=owner.pk, task_id=squat, place=1)
    assert (back.state, back.done) == ("planned", 2)
    assert [order for order, *_ in sets()] == [0, 2]


def test_without_any_set_the_log_is_gone_and_a_completion_writes_the_plan(owner, squat, mark, noon):
    mark(0)
    assert unmark_set(owner_id=owner.pk, task_id=squat, place=0).log_id is None
    assert not WorkoutLog.objects.exists()
    completion.set_completion(owner_id=owner.pk, task_id=squat, completed=True, at=noon, today=DAY)
    assert len(sets()) == 3


def test_taking_back_what_was_never_done_changes_nothing(owner, squat, plan):
    unmark_set(owner_id=owner.pk, task_id=squat, place=0)
    assert Task.objects.get(pk=squat).state == Task.State.PLANNED


def test_a_begun_task_can_be_finished_with_the_sets_it_has(owner, squat, mark, noon):
    mark(0)
    done = completion.set_completion(owner_id=owner.pk, task_id=squat, completed=True, at=noon, today=DAY)
    assert done.state == "done"
    assert len(sets()) == 1


def test_minutes_that_were_said_stay_when_another_set_comes(owner, mark):
    mark(0)
    (log,) = day_of(owner.pk, DAY).logs
    logs.edit_log(owner_id=owner.pk, log_id=log.id, change=logs.Change(minutes=Decimal(20)))
    mark(1)
    (log,) = day_of(owner.pk, DAY).logs
    assert log.minutes == Decimal(20)


def test_a_skipped_task_whose_set_is_done_is_skipped_no_more(owner, squat, mark, noon):
    tasks.skip_task(owner_id=owner.pk, task_id=squat, skipped=True, at=noon, today=DAY, reason="tired")
    assert mark(0).state == "planned"
    assert Task.objects.get(pk=squat).skip_reason == ""


@pytest.mark.parametrize("place", [-1, 50])
def test_a_place_that_no_set_has_is_refused(mark, place):
    with pytest.raises(Invalid):
        mark(place)
    assert not WorkoutLog.objects.exists()


def test_a_stranger_can_neither_mark_nor_take_back(stranger, owner, squat, mark):
    mark(0)
    with pytest.raises(Missing):
        mark(1, who=stranger)
    with pytest.raises(Missing):
        unmark_set(owner_id=stranger.pk, task_id=squat, place=0)
    assert len(sets()) == 1


@pytest.mark.django_db(transaction=True)
def test_sets_marked_by_many_at_once_are_each_there_once_and_finish_the_task_once(shelf, noon):
    owner = make_person("owner", weight_kg=55)
    task = plans.TaskDraft(exercise=shelf["goblet"], sets=3, reps_low=8, weight_kg=Decimal(10))
    plan = plans.make_plan(owner_id=owner.pk, draft=plans.PlanDraft(day=DAY, tasks=[task]))
    (task_id,) = Task.objects.filter(plan=plan).values_list("id", flat=True)
    places = iter([0, 1, 2] * 4)

    def press():
        return mark_set(owner_id=owner.pk, task_id=task_id, place=next(places), values=EIGHT, at=noon, today=DAY)

    answers = at_once(12, press)
    assert len(answers) == 12
    assert [order for order, *_ in sets()] == [0, 1, 2]
    assert WorkoutLog.objects.count() == 1
    assert sum(one.finished for one in answers) == 1
