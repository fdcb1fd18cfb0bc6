"""Completing a task writes its one log; taking the completion back takes the log back, unless it was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from onharu.catalog.exercises import public as exercises
from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.kernel.problems import Missing
from onharu.records.workouts.actions.writing import PART, SetValues, name_it, rate_it, time_it, weigh_it, write_sets
from onharu.records.workouts.models import Task, WorkoutLog


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said when they completed a task; None where they said nothing and the plan's values stand."""

    sets: Sequence[SetValues] | None = None
    minutes: Decimal | None = None
    rpe: Decimal | None = None
    note: str | None = None

    @property
    def anything(self) -> bool:
        """Whether anything was said at all."""
        return not (self.sets is None and self.minutes is None and self.rpe is None and self.note is None)


@dataclass(frozen=True, slots=True)
class Completion:
    """The state of a task after it was said; `kept_log` is a corrected log that stayed as a log of its own."""

    task_id: int
    state: str
    log_id: int | None
    kept_log: int | None


@dataclass(frozen=True, slots=True)
class _When:
    """The local day a completion lies on, and the instant it was finished."""

    day: date
    finished_at: datetime


NOTHING_SAID = Said()


@transaction.atomic
def set_completion(
    *,
    owner_id: int,
    task_id: int,
    completed: bool,
    at: datetime,
    today: date,
    day: date | None = None,
    said: Said = NOTHING_SAID,
) -> Completion:
    """Say whether a task is done. Saying it twice changes nothing, and a task never has two logs.

    `at` is when it was finished and `today` the local day of it. The log lies on the plan's day (at the same clock
    time; today, for a day to come) unless `day` names another.
    """
    task = task_to_change(owner_id, task_id)
    log = _log_of(task)
    if not completed:
        return _taken_back(task, log)
    there = log is not None and log.deleted_at is None
    if task.state == Task.State.DONE and there and not said.anything:
        return Completion(task.pk, task.state, log.pk if log else None, None)
    days = {task.plan.day, log.day if log else task.plan.day}
    if task.state != Task.State.DONE:
        task.state, task.done_at, task.skip_reason = Task.State.DONE, at, ""
        task.save(update_fields=["state", "done_at", "skip_reason"])
    lies_on = day or min(task.plan.day, today)
    when = _When(lies_on, at if day else at + (lies_on - today))
    log = _new_log(task, when, said) if log is None else _brought_back(log, task, when, said)
    touch(owner_id, *days, log.day, part=PART)
    return Completion(task.pk, task.state, log.pk, None)


@transaction.atomic
def toggle_completion(*, owner_id: int, task_id: int, at: datetime, today: date) -> Completion:
    """Turn the completion of a task over, for clients that know no better. Not safe to repeat without a key."""
    task = task_to_change(owner_id, task_id)
    completed = task.state != Task.State.DONE
    return set_completion(owner_id=owner_id, task_id=task_id, completed=completed, at=at, today=today)


def task_to_change(owner_id: int, task_id: int) -> Task:
    """Find and lock a living task of a living plan. Raises Missing."""
    rows = Task.objects.alive().select_related("plan").select_for_update(of=("self",))
    task: Task = rows.one_of(owner_id, task_id)
    if task.plan.deleted_at is not None:
        raise Missing
    return task


def _log_of(task: Task) -> WorkoutLog | None:
    """Find the task's log, a living one before a deleted one."""
    logs = list(WorkoutLog.objects.of(task.owner_id).filter(task=task).order_by("-id"))
    return next((log for log in logs if log.deleted_at is None), logs[0] if logs else None)


def _taken_back(task: Task, log: WorkoutLog | None) -> Completion:
    """Let a task be to do again; its log goes, or stays as one of its own where the person had corrected it."""
    if task.state != Task.State.DONE:
        return Completion(task.pk, task.state, None, None)
    task.state, task.done_at = Task.State.PLANNED, None
    task.save(update_fields=["state", "done_at"])
    kept = None
    days = {task.plan.day}
    if log is not None and log.deleted_at is None:
        days.add(log.day)
        if log.by_hand:
            log.source, kept = WorkoutLog.Source.SELF, log.pk
        else:
            log.deleted_at = clock.now()
        log.save(update_fields=["source", "deleted_at"])
    touch(task.owner_id, *days, part=PART)
    return Completion(task.pk, task.state, kept, kept)


def _new_log(task: Task, when: _When, said: Said) -> WorkoutLog:
    log = WorkoutLog(
        owner_id=task.owner_id,
        task=task,
        day=when.day,
        source=WorkoutLog.Source.TASK,
        created_at=clock.now(),
    )
    facts = exercises.facts_of([task.exercise_id]).get(task.exercise_id) if task.exercise_id else None
    name_it(log, facts, task.name)
    rate_it(log, facts)
    weigh_it(log)
    _fill(log, task, when.finished_at, said)
    return log


def _brought_back(log: WorkoutLog, task: Task, when: _When, said: Said) -> WorkoutLog:
    """Make the log that is there the task's again: as the person left it, or as the plan is now."""
    finished_at = log.started_at + timedelta(minutes=float(log.minutes or 0))
    again = log.deleted_at is not None and log.as_planned
    log.source, log.deleted_at = WorkoutLog.Source.TASK, None
    if again:
        finished_at, moved = when.finished_at, log.day != when.day
        log.day = when.day
        if moved:
            weigh_it(log)
    if again or said.anything:
        _fill(log, task, finished_at, said)
    else:
        log.save(update_fields=["source", "deleted_at"])
    return log


def _fill(log: WorkoutLog, task: Task, finished_at: datetime, said: Said) -> None:
    """Write what was done: what was said, else what the log has, else what was planned."""
    fresh = log.pk is None or log.as_planned
    sets = planned_sets(task) if fresh else _sets_of(log)
    sets = list(said.sets) if said.sets is not None else sets
    log.rpe = said.rpe if said.rpe is not None else log.rpe
    log.note = said.note if said.note is not None else log.note
    log.as_planned = fresh and said.sets is None and said.minutes is None
    _time(log, task, finished_at, sets, said.minutes)
    log.save()
    write_sets(log, sets)


def _time(log: WorkoutLog, task: Task, finished_at: datetime, sets: Sequence[SetValues], said: Decimal | None) -> None:
    """Place the workout before the moment it was finished: as long as was said, kept or estimated."""
    log.started_at = finished_at
    kept = log.minutes if log.minutes_source == WorkoutLog.MinutesSource.SAID else None
    time_it(log, kept if said is None else said, sets, task.rest_seconds)
    planned = planned_minutes(task)
    if log.minutes_source != WorkoutLog.MinutesSource.SAID and planned is not None:
        log.minutes, log.minutes_source = planned, WorkoutLog.MinutesSource.ESTIMATED
    log.started_at = finished_at - timedelta(minutes=float(log.minutes or 0))


def _sets_of(log: WorkoutLog) -> list[SetValues]:
    return [SetValues(one.reps, one.weight_kg, one.seconds, one.rpe) for one in log.sets.order_by("order")]


def planned_sets(task: Task) -> list[SetValues]:
    """The sets of a task as planned: the least repetitions of the range, as nobody said that more were done."""
    one = SetValues(reps=task.reps_low or task.reps_high, weight_kg=task.weight_kg, seconds=task.seconds)
    counted = task.reps_low is not None or task.reps_high is not None or task.seconds is not None
    return [one] * (task.sets or 1) if counted else []


def planned_minutes(task: Task) -> Decimal | None:
    """The minutes of a task that is planned by minutes; None for one that is planned by sets."""
    return None if task.minutes is None else Decimal(task.minutes) * (task.sets or 1)
