"""Logs by hand and from other devices: write, correct, move, delete and take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from onharu.catalog.exercises import public as exercises
from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.kernel.problems import Conflict, Invalid
from onharu.records.workouts.actions.writing import (
    PART,
    SetValues,
    TimesBackwards,
    facts_or_refuse,
    name_it,
    rate_it,
    time_it,
    weigh_it,
    write_sets,
)
from onharu.records.workouts.models import Task, WorkoutLog


class ImportDeleted(Conflict):
    """A workout of another device that the person deleted here."""

    code = "import_deleted"
    ko = "여기서 지운 운동이라 다시 가져오지 않았어요."
    en = "This workout was deleted here and is not imported again."


class TaskHasLog(Conflict):
    """A deleted log whose task has another by now."""

    code = "task_has_log"
    ko = "이 할 일에는 이미 다른 기록이 있어요."
    en = "This task has another log by now."


@dataclass(frozen=True, slots=True)
class Draft:
    """A workout to write down: an exercise of the catalogue or a name, when, how long, with which sets."""

    day: date
    started_at: datetime
    ended_at: datetime | None = None
    exercise: int | None = None
    name: str = ""
    minutes: Decimal | None = None
    rpe: Decimal | None = None
    note: str = ""
    sets: Sequence[SetValues] = ()
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What of a log changes; None keeps what is there."""

    day: date | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    exercise: int | None = None
    name: str | None = None
    minutes: Decimal | None = None
    rpe: Decimal | None = None
    note: str | None = None
    sets: Sequence[SetValues] | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """The log of another device's workout, and whether this call wrote it."""

    log_id: int
    created: bool


@transaction.atomic
def log_workout(*, owner_id: int, draft: Draft) -> int:
    """Write a workout down; returns the log's id. Raises ExerciseUnknown, TimesBackwards."""
    log = _draft(owner_id, draft)
    log.save()
    write_sets(log, draft.sets)
    touch(owner_id, log.day, part=PART)
    return log.pk


def import_workout(*, owner_id: int, draft: Draft) -> Imported:
    """Take another device's workout over; the same `external_id` again changes nothing.

    Needs both instants. Raises ImportDeleted where the person took it off again.
    """
    if not draft.external_id or draft.ended_at is None:
        raise Invalid(
            "import_incomplete",
            "가져온 운동에는 external_id, started_at, ended_at이 필요해요.",
            "An imported workout needs external_id, started_at and ended_at.",
        )
    if (there := _imported(owner_id, draft.external_id)) is not None:
        return there
    try:
        with transaction.atomic():
            log = _draft(owner_id, draft)
            log.source, log.minutes_source = WorkoutLog.Source.IMPORT, WorkoutLog.MinutesSource.IMPORTED
            log.external_id = draft.external_id
            log.save()
            write_sets(log, draft.sets)
            touch(owner_id, log.day, part=PART)
    except IntegrityError:
        there = _imported(owner_id, draft.external_id)
        if there is None:
            raise
        return there
    return Imported(log.pk, created=True)


def _imported(owner_id: int, external_id: str) -> Imported | None:
    row = WorkoutLog.objects.of(owner_id).filter(external_id=external_id).values_list("id", "deleted_at").first()
    if row is not None and row[1] is not None:
        raise ImportDeleted
    return row and Imported(row[0], created=False)


def _draft(owner_id: int, draft: Draft) -> WorkoutLog:
    facts = facts_or_refuse(draft.exercise) if draft.exercise is not None else None
    log = WorkoutLog(
        owner_id=owner_id,
        day=draft.day,
        started_at=draft.started_at,
        ended_at=draft.ended_at,
        rpe=draft.rpe,
        note=draft.note,
        source=WorkoutLog.Source.SELF,
        created_at=clock.now(),
    )
    name_it(log, facts, draft.name)
    rate_it(log, facts)
    weigh_it(log)
    time_it(log, draft.minutes, draft.sets, None)
    return log


@transaction.atomic
def edit_log(*, owner_id: int, log_id: int, change: Change) -> int:
    """Correct a log; from then on it is the person's own word and no completion takes it away. Returns its id."""
    log = _to_change(owner_id, log_id)
    before = log.day
    log.day = change.day or log.day
    log.rpe = log.rpe if change.rpe is None else change.rpe
    log.note = log.note if change.note is None else change.note
    log.by_hand, log.as_planned = True, False
    _rename(log, change)
    if log.day != before or log.body_kg is None:
        weigh_it(log)
    _retime(log, change)
    log.save()
    if change.sets is not None:
        write_sets(log, change.sets)
    touch(owner_id, before, log.day, part=PART)
    return log.pk


def _rename(log: WorkoutLog, change: Change) -> None:
    """Put another exercise or name into a log, with its energy rate as it is now."""
    if change.exercise is not None:
        facts = facts_or_refuse(change.exercise)
    elif change.name is not None:
        facts = None
    elif log.met is None and log.exercise_id is not None:
        facts = exercises.facts_of([log.exercise_id]).get(log.exercise_id)
    else:
        return
    name_it(log, facts, change.name or log.name)
    rate_it(log, facts)


def _retime(log: WorkoutLog, change: Change) -> None:
    """Put other instants or minutes into a log; minutes that were said stay, unless other instants are said."""
    log.started_at = change.started_at or log.started_at
    log.ended_at = change.ended_at or log.ended_at
    if log.ended_at is not None and log.ended_at < log.started_at:
        raise TimesBackwards
    instants = change.started_at is not None or change.ended_at is not None
    estimated = log.minutes_source != WorkoutLog.MinutesSource.SAID and not log.external_id
    if change.minutes is None and change.sets is None and not instants:
        return
    if change.minutes is not None or (instants and log.ended_at is not None):
        time_it(log, change.minutes, (), None)
    elif change.sets is not None and estimated:
        kept = (log.minutes, log.minutes_source)
        time_it(log, None, change.sets, None)
        if log.minutes is None:
            log.minutes, log.minutes_source = kept


@transaction.atomic
def delete_log(*, owner_id: int, log_id: int) -> None:
    """Delete a log; `restore_log` takes it back for a day. The task it completed is to do again."""
    log: WorkoutLog = WorkoutLog.objects.select_for_update().one_of(owner_id, log_id)
    if log.deleted_at is not None:
        return
    log.deleted_at = clock.now()
    log.save(update_fields=["deleted_at"])
    days = {log.day}
    if log.source == WorkoutLog.Source.TASK and log.task_id is not None:
        days |= _task_is(log, Task.State.PLANNED)
    touch(owner_id, *days, part=PART)


@transaction.atomic
def restore_log(*, owner_id: int, log_id: int) -> None:
    """Take a deletion back; the task it completed is done again. Raises TaskHasLog where another took its place."""
    log: WorkoutLog = WorkoutLog.objects.select_for_update().one_of(owner_id, log_id)
    if log.deleted_at is None:
        return
    log.deleted_at = None
    try:
        with transaction.atomic():
            log.save(update_fields=["deleted_at"])
    except IntegrityError:
        raise TaskHasLog from None
    days = {log.day}
    if log.source == WorkoutLog.Source.TASK and log.task_id is not None:
        days |= _task_is(log, Task.State.DONE)
    touch(owner_id, *days, part=PART)


def _task_is(log: WorkoutLog, state: str) -> set[date]:
    """Set the state of a log's task; returns the plan's day."""
    task: Task = (
        Task.objects.of(log.owner_id).select_related("plan").select_for_update(of=("self",)).get(pk=log.task_id)
    )
    task.state, task.skip_reason = state, ""
    task.done_at = log.started_at if state == Task.State.DONE else None
    task.save(update_fields=["state", "done_at", "skip_reason"])
    return {task.plan.day}


def _to_change(owner_id: int, log_id: int) -> WorkoutLog:
    log: WorkoutLog = WorkoutLog.objects.alive().select_for_update().one_of(owner_id, log_id)
    return log
