"""What a person is likely to do again, each exercise with the amounts of the last time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from onharu.records.workouts.models import WorkoutLog
from onharu.records.workouts.queries.days import logs_with_sets
from onharu.records.workouts.queries.entries import SetEntry

MOST_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Recent:
    """An exercise, or a person's own name for one, as it was last done. `minutes` only where somebody said them."""

    exercise: int | None
    name: str
    measure: str
    minutes: Decimal | None
    sets: tuple[SetEntry, ...]


def recent_workouts(owner_id: int, *, limit: int = 12) -> list[Recent]:
    """List what was lately done, what is written down by hand first, then the most frequent; two statements."""
    logs = WorkoutLog.objects.of(owner_id).alive()
    found = _read(logs.order_by("-day", "-started_at", "-id").values_list("id", flat=True)[:MOST_LOOKED_AT])
    often = Counter(_key(row) for row, _ in found)
    by_hand = {_key(row) for row, _ in found if row["source"] == WorkoutLog.Source.SELF}
    latest = {_key(row): (row, sets) for row, sets in found}
    likeliest = sorted(latest, key=lambda key: (key not in by_hand, -often[key]))
    return [_recent(*latest[key]) for key in likeliest[:limit]]


def last_of(owner_id: int, exercise: int) -> Recent | None:
    """Find how an exercise was last done; None when it never was. Two statements."""
    logs = WorkoutLog.objects.of(owner_id).alive().filter(exercise=exercise)
    found = _read(logs.order_by("-day", "-started_at", "-id").values_list("id", flat=True)[:1])
    return next((_recent(row, sets) for row, sets in found), None)


def _read(ids: Collection[int]) -> list[tuple[dict[str, Any], tuple[SetEntry, ...]]]:
    return logs_with_sets(WorkoutLog.objects.filter(pk__in=list(ids)))


def _key(row: dict[str, Any]) -> tuple[int | None, str]:
    return (row["exercise_id"], "" if row["exercise_id"] else row["name"])


def _recent(row: dict[str, Any], sets: tuple[SetEntry, ...]) -> Recent:
    said = row["minutes_source"] != WorkoutLog.MinutesSource.ESTIMATED
    return Recent(row["exercise_id"], row["name"], row["measure"], row["minutes"] if said or not sets else None, sets)
