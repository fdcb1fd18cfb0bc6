"""The frozen values of this room: plans, tasks, logs and their sets, and a whole day of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from onharu.records.workouts.models import Task, WorkoutLog
from onharu.records.workouts.rules import energy

PLAN_COLUMNS = (
    "id", "day", "focus", "title", "note", "source", "deload", "rest_day", "minutes", "reasons", "edition",
)  # fmt: skip
_TASK_AS_IT_IS = (
    "id", "plan_id", "order", "name", "pattern", "measure", "state", "sets", "reps_low", "reps_high", "weight_kg",
    "minutes", "seconds", "rpe_target", "rest_seconds", "reason", "skip_reason", "done_at",
)  # fmt: skip
TASK_COLUMNS = (*_TASK_AS_IT_IS, "exercise_id", "swapped_from_id")
_LOG_AS_IT_IS = (
    "id", "name", "pattern", "measure", "day", "started_at", "ended_at", "minutes", "minutes_source", "source",
    "external_id", "rpe", "note", "met", "met_source", "body_kg", "body_kg_source", "body_kg_day", "as_planned",
    "by_hand",
)  # fmt: skip
LOG_COLUMNS = (*_LOG_AS_IT_IS, "task_id", "exercise_id")
SET_COLUMNS = ("id", "order", "reps", "weight_kg", "seconds", "rpe")


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """What a day is about; `focus` is a code of the planner, `title` a person's own word for it.

    `reasons` are written by `rules.planning.Reason.as_dict`; `minutes` is the planner's estimate.
    """

    id: int
    day: date
    focus: str
    title: str
    note: str
    source: str
    deload: bool
    rest_day: bool
    minutes: int | None
    reasons: tuple[dict[str, Any], ...]
    edition: str


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """One exercise of a plan; whatever does not apply or was not said is None.

    `log_id` is the living log that its completion wrote, also where the person made it a log of its own.
    """

    id: int
    plan_id: int
    day: date
    order: int
    exercise: int | None
    name: str
    pattern: str
    measure: str
    state: str
    sets: int | None
    reps_low: int | None
    reps_high: int | None
    weight_kg: Decimal | None
    minutes: int | None
    seconds: int | None
    rpe_target: Decimal | None
    rest_seconds: int | None
    reason: dict[str, Any] | None
    skip_reason: str
    done_at: datetime | None
    swapped_from: int | None
    log_id: int | None

    @property
    def done(self) -> bool:
        """Whether it was completed."""
        return self.state == Task.State.DONE


@dataclass(frozen=True, slots=True)
class SetEntry:
    """One set of a log."""

    id: int
    order: int
    reps: int | None
    weight_kg: Decimal | None
    seconds: int | None
    rpe: Decimal | None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that was done. Energy is of all its minutes; `counted_minutes` is what the day counts of them.

    `task_id` is None for a log of its own. `as_planned` says that the values are still the plan's, `by_hand` that the
    person corrected them. Unknown minutes, MET or weight leave energy None.
    """

    id: int
    task_id: int | None
    exercise: int | None
    name: str
    pattern: str
    measure: str
    day: date
    started_at: datetime
    ended_at: datetime | None
    minutes: Decimal | None
    minutes_source: str
    source: str
    external_id: str
    rpe: Decimal | None
    note: str
    met: Decimal | None
    met_source: str
    body_kg: Decimal | None
    body_kg_source: str
    body_kg_day: date | None
    kcal_gross: Decimal | None
    kcal_net: Decimal | None
    counted_minutes: Decimal | None
    as_planned: bool
    by_hand: bool
    sets: tuple[SetEntry, ...]

    @property
    def imported(self) -> bool:
        """Whether another device or service wrote it."""
        return self.source == WorkoutLog.Source.IMPORT


@dataclass(frozen=True, slots=True)
class WorkoutDay:
    """One day's plan, tasks and logs. `minutes` and energy count every minute once; None where nothing is known.

    `unknown_kcal` logs have no energy, for want of minutes, MET or weight. `equation` is empty unless logs overlapped.
    """

    day: date
    plan: PlanEntry | None
    tasks: tuple[TaskEntry, ...]
    logs: tuple[LogEntry, ...]
    minutes: Decimal | None
    kcal_gross: Decimal | None
    kcal_net: Decimal | None
    unknown_kcal: int
    overlap_minutes: Decimal
    equation: str

    @property
    def done(self) -> int:
        """How many tasks were completed."""
        return sum(task.done for task in self.tasks)


def empty_day(day: date) -> WorkoutDay:
    """A day on which nothing was planned and nothing done."""
    return WorkoutDay(
        day=day, plan=None, tasks=(), logs=(), minutes=None, kcal_gross=None, kcal_net=None,
        unknown_kcal=0, overlap_minutes=Decimal(0), equation="",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A plan with its tasks in order."""

    plan: PlanEntry
    tasks: tuple[TaskEntry, ...]

    @property
    def done(self) -> int:
        """How many tasks were completed."""
        return sum(task.done for task in self.tasks)


def log_entry(row: Mapping[str, Any], sets: tuple[SetEntry, ...], counted_minutes: Decimal | None) -> LogEntry:
    """Freeze a log's columns (`LOG_COLUMNS`) with its sets, and with what its day counts of its minutes."""
    known = (row["met"], row["body_kg"], row["minutes"])
    return LogEntry(
        task_id=row["task_id"] if row["source"] == WorkoutLog.Source.TASK else None,
        exercise=row["exercise_id"],
        kcal_gross=energy.gross_kcal(*known),
        kcal_net=energy.net_kcal(*known),
        counted_minutes=counted_minutes,
        sets=sets,
        **{name: row[name] for name in _LOG_AS_IT_IS},
    )


def set_entry(row: Mapping[str, Any], prefix: str = "") -> SetEntry:
    """Freeze a set's columns (`SET_COLUMNS`)."""
    return SetEntry(**{name: row[prefix + name] for name in SET_COLUMNS})


def plan_entry(row: Mapping[str, Any]) -> PlanEntry:
    """Freeze a plan's columns (`PLAN_COLUMNS`)."""
    return PlanEntry(**{**{name: row[name] for name in PLAN_COLUMNS}, "reasons": tuple(row["reasons"])})


def task_entry(row: Mapping[str, Any], day: date, log_id: int | None, prefix: str = "") -> TaskEntry:
    """Freeze a task's columns (`TASK_COLUMNS`) on its plan's day."""
    return TaskEntry(
        day=day,
        log_id=log_id,
        exercise=row[f"{prefix}exercise_id"],
        swapped_from=row[f"{prefix}swapped_from_id"],
        **{name: row[prefix + name] for name in _TASK_AS_IT_IS},
    )
