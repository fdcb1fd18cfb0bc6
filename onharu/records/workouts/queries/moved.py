"""All days with workouts, however many years of them: minutes counted once, and the row that made it such a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from onharu.records.workouts.models import WorkoutLog
from onharu.records.workouts.queries.days import Row, timed
from onharu.records.workouts.rules.overlap import counted


@dataclass(frozen=True, slots=True)
class MovedDay:
    """One day with workouts; `minutes` is None when no log of it says how long."""

    minutes: Decimal | None
    first_log: int


def moved_days(owner_id: int, first: date, last: date) -> dict[date, MovedDay]:
    """Tell of every day with a workout how long it moved; one statement, without plans and sets."""
    rows = WorkoutLog.objects.of(owner_id).alive().filter(day__range=(first, last)).order_by("day", "id")
    by_day: dict[date, list[Row]] = {}
    for row in rows.values("id", "day", "started_at", "minutes", "source"):
        by_day.setdefault(row["day"], []).append(row)
    return {
        day: MovedDay(minutes=counted([timed(row) for row in logs]).total, first_log=logs[0]["id"])
        for day, logs in by_day.items()
    }
