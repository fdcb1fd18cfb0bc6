"""How a week goes: planned, done and moved, day by day, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, DecimalField, F, Value

from onharu.records.workouts.models import MovementProfile, Task, WorkoutLog
from onharu.records.workouts.queries.days import timed
from onharu.records.workouts.rules.overlap import counted
from onharu.records.workouts.rules.weeks import WHO_MINUTES, Progress, Week, progress, share_of_minutes, week_of

Row = dict[str, Any]
_TASK, _LOG, _START = "task", "log", "start"
DEFAULT_START = MovementProfile._meta.get_field("week_start").default  # noqa: SLF001 the column's own default


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of a week: tasks done of those planned, skipped ones, and minutes counted once (None: none known)."""

    day: date
    tasks: Progress
    skipped: int
    minutes: Decimal | None
    logs: int


@dataclass(frozen=True, slots=True)
class WeekProgress:
    """A week: its days and their sum. `minutes_percent` is of `minutes_target` (WHO's 150), 0 to 100."""

    week: Week
    days: tuple[WeekDay, ...]
    tasks: Progress
    skipped: int
    minutes: Decimal | None
    minutes_target: int
    minutes_percent: int | None
    active_days: int


def weekly_progress(owner_id: int, day: date) -> WeekProgress:
    """Read the week that a day lies in, from the person's first day of the week on."""
    found = _rows(owner_id, day)
    week = week_of(day, next((row["id_"] for row in found if row["kind_"] == _START), DEFAULT_START))
    rows: dict[date | None, list[Row]] = {}
    for row in found:
        rows.setdefault(row["day_"], []).append(row)
    days = tuple(_day(one, rows.get(one, [])) for one in week.days())
    known = [one.minutes for one in days if one.minutes is not None]
    minutes = sum(known, Decimal(0)) if known else None
    return WeekProgress(
        week=week,
        days=days,
        tasks=progress(sum(one.tasks.done for one in days), sum(one.tasks.planned for one in days)),
        skipped=sum(one.skipped for one in days),
        minutes=minutes,
        minutes_target=WHO_MINUTES,
        minutes_percent=share_of_minutes(minutes),
        active_days=sum(one.logs > 0 for one in days),
    )


def _rows(owner_id: int, day: date) -> list[Row]:
    """Read every day that may share a week with this one, together with where the person's weeks begin."""
    span = (day - timedelta(days=6), day + timedelta(days=6))
    tasks = Task.objects.of(owner_id).alive().filter(plan__deleted_at__isnull=True, plan__day__range=span)
    logs = WorkoutLog.objects.of(owner_id).alive().filter(day__range=span)
    left = tasks.order_by().values(
        kind_=Value(_TASK, output_field=CharField()),
        id_=F("id"),
        day_=F("plan__day"),
        state_=F("state"),
        at_=Value(None, output_field=DateTimeField()),
        minutes_=Value(None, output_field=DecimalField(max_digits=6, decimal_places=2)),
    )
    right = logs.order_by().values(
        kind_=Value(_LOG, output_field=CharField()),
        id_=F("id"),
        day_=F("day"),
        state_=F("source"),
        at_=F("started_at"),
        minutes_=F("minutes"),
    )
    start = (
        MovementProfile.objects.of(owner_id)
        .order_by()
        .values(
            kind_=Value(_START, output_field=CharField()),
            id_=F("week_start"),
            day_=Value(None, output_field=DateField()),
            state_=Value("", output_field=CharField()),
            at_=Value(None, output_field=DateTimeField()),
            minutes_=Value(None, output_field=DecimalField(max_digits=6, decimal_places=2)),
        )
    )
    return list(left.union(right, start, all=True))


def _day(day: date, rows: list[Row]) -> WeekDay:
    states = [row["state_"] for row in rows if row["kind_"] == _TASK]
    logs = [
        timed({"id": row["id_"], "started_at": row["at_"], "minutes": row["minutes_"], "source": row["state_"]})
        for row in rows
        if row["kind_"] == _LOG
    ]
    return WeekDay(
        day=day,
        tasks=progress(states.count(Task.State.DONE), len(states)),
        skipped=states.count(Task.State.SKIPPED),
        minutes=counted(logs).total,
        logs=len(logs),
    )
