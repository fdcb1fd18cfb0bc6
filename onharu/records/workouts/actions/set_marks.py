"""One set of a task after the other: marked as done with its numbers, and taken back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from onharu.catalog.exercises import public as exercises
from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.kernel.problems import Invalid
from onharu.records.workouts.actions.completion import task_to_change
from onharu.records.workouts.actions.writing import PART, SetValues, name_it, rate_it, time_it, weigh_it
from onharu.records.workouts.models import MOST_SETS, Task, WorkoutLog, WorkoutSet


@dataclass(frozen=True, slots=True)
class Marked:
    """A task after one of its sets was said: how many sets are done of how many, and whether that finished it."""

    task_id: int
    state: str
    log_id: int | None
    done: int
    planned: int
    finished: bool = False


@transaction.atomic
def mark_set(*, owner_id: int, task_id: int, place: int, values: SetValues, at: datetime, today: date) -> Marked:
    """Say that the set at a place (from 0) was done, with these numbers; the last planned one completes the task.

    Saying it twice changes nothing, other numbers correct the set. The task's log begins with its first set, on the
    plan's day (today, for a day to come).
    """
    if not 0 <= place < MOST_SETS:
        raise Invalid("sets_count", f"세트는 {MOST_SETS}개까지예요.", f"At most {MOST_SETS} sets.")
    task = task_to_change(owner_id, task_id)
    begun = _log_of(task)
    log = begun or _begun(task, at, today)
    row = WorkoutSet.objects.of(owner_id).filter(log=log, order=place).first()
    if row is not None and all(getattr(row, name) == value for name, value in asdict(values).items()):
        return _marked(task, log)
    WorkoutSet.objects.update_or_create(owner_id=owner_id, log=log, order=place, defaults=asdict(values))
    log.source, log.as_planned = WorkoutLog.Source.TASK, False
    _retimed(task, log)
    if begun is None:
        _began_before(log)
    finished = task.state != Task.State.DONE and log.sets.count() >= _planned(task)
    if finished:
        _is(task, Task.State.DONE, at)
    elif task.state == Task.State.SKIPPED:
        _is(task, Task.State.PLANNED, None)
    touch(owner_id, task.plan.day, log.day, part=PART)
    return _marked(task, log, finished=finished)


@transaction.atomic
def unmark_set(*, owner_id: int, task_id: int, place: int) -> Marked:
    """Take a set back; a task that lacks one now is to do again, and without any set its log goes."""
    task = task_to_change(owner_id, task_id)
    log = _log_of(task)
    if log is None or not WorkoutSet.objects.of(owner_id).filter(log=log, order=place).delete()[0]:
        return _marked(task, log)
    log.as_planned = False
    _retimed(task, log)
    left = log.sets.count()
    if task.state == Task.State.DONE and left < _planned(task):
        _is(task, Task.State.PLANNED, None)
    day = log.day
    if not left and not log.by_hand:
        log.delete()
        log = None
    touch(owner_id, task.plan.day, day, part=PART)
    return _marked(task, log)


def _log_of(task: Task) -> WorkoutLog | None:
    return WorkoutLog.objects.of(task.owner_id).alive().select_for_update().filter(task=task).first()


def _begun(task: Task, at: datetime, today: date) -> WorkoutLog:
    """Begin the log of a task, at the same clock time where its plan lies on an earlier day."""
    day = min(task.plan.day, today)
    log = WorkoutLog(
        owner_id=task.owner_id, task=task, day=day, started_at=at + (day - today), source=WorkoutLog.Source.TASK,
        created_at=clock.now(),
    )  # fmt: skip
    facts = exercises.facts_of([task.exercise_id]).get(task.exercise_id) if task.exercise_id else None
    name_it(log, facts, task.name)
    rate_it(log, facts)
    weigh_it(log)
    log.save()
    return log


def _retimed(task: Task, log: WorkoutLog) -> None:
    """Estimate the minutes from the sets that are there, unless somebody said them."""
    if log.minutes_source != WorkoutLog.MinutesSource.SAID:
        sets = [SetValues(one.reps, one.weight_kg, one.seconds, one.rpe) for one in log.sets.all()]
        time_it(log, None, sets, task.rest_seconds)
    log.save()


def _began_before(log: WorkoutLog) -> None:
    """Let a log begin before the moment its first set was marked, as that set took time."""
    log.started_at -= timedelta(minutes=float(log.minutes or 0))
    log.save(update_fields=["started_at"])


def _is(task: Task, state: str, done_at: datetime | None) -> None:
    task.state, task.done_at, task.skip_reason = state, done_at, ""
    task.save(update_fields=["state", "done_at", "skip_reason"])


def _planned(task: Task) -> int:
    return task.sets or 1


def _marked(task: Task, log: WorkoutLog | None, *, finished: bool = False) -> Marked:
    done = log.sets.count() if log else 0
    return Marked(task.pk, task.state, log.pk if log else None, done, _planned(task), finished)
