"""The frozen values of this room: plans, tasks, logs and their sets, and a whole day of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from onharu.records.workouts.models import Task, WorkoutLog, WorkoutPlan, WorkoutSet
from onharu.records.workouts.rules import energy


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


def plan_entry(plan: WorkoutPlan) -> PlanEntry:
    """Freeze a plan."""
    return PlanEntry(
        id=plan.pk, day=plan.day, focus=plan.focus, title=plan.title, note=plan.note, source=plan.source,
        deload=plan.deload, rest_day=plan.rest_day, minutes=plan.minutes, reasons=tuple(plan.reasons),
        edition=plan.edition,
    )  # fmt: skip


def task_entry(task: Task, day: date, log_id: int | None) -> TaskEntry:
    """Freeze a task of a plan's day."""
    return TaskEntry(
        id=task.pk, plan_id=task.plan_id, day=day, order=task.order, exercise=task.exercise_id, name=task.name,
        pattern=task.pattern, measure=task.measure, state=task.state, sets=task.sets, reps_low=task.reps_low,
        reps_high=task.reps_high, weight_kg=task.weight_kg, minutes=task.minutes, seconds=task.seconds,
        rpe_target=task.rpe_target, rest_seconds=task.rest_seconds, reason=task.reason,
        skip_reason=task.skip_reason, done_at=task.done_at, swapped_from=task.swapped_from_id, log_id=log_id,
    )  # fmt: skip


def set_entry(one: WorkoutSet) -> SetEntry:
    """Freeze a set."""
    return SetEntry(
        id=one.pk, order=one.order, reps=one.reps, weight_kg=one.weight_kg, seconds=one.seconds, rpe=one.rpe
    )


def log_entry(log: WorkoutLog, sets: tuple[SetEntry, ...], counted_minutes: Decimal | None) -> LogEntry:
    """Freeze a log with its sets, and with what its day counts of its minutes."""
    known = (log.met, log.body_kg, log.minutes)
    return LogEntry(
        id=log.pk, task_id=log.task_id if log.source == WorkoutLog.Source.TASK else None,
        exercise=log.exercise_id, name=log.name, pattern=log.pattern, measure=log.measure, day=log.day,
        started_at=log.started_at, ended_at=log.ended_at, minutes=log.minutes, minutes_source=log.minutes_source,
        source=log.source, external_id=log.external_id, rpe=log.rpe, note=log.note, met=log.met,
        met_source=log.met_source, body_kg=log.body_kg, body_kg_source=log.body_kg_source,
        body_kg_day=log.body_kg_day, kcal_gross=energy.gross_kcal(*known), kcal_net=energy.net_kcal(*known),
        counted_minutes=counted_minutes, as_planned=log.as_planned, by_hand=log.by_hand, sets=sets,
    )  # fmt: skip
