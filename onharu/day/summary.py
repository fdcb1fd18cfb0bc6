"""The summary of one person's day: computed from the records' doors, never stored.

Finished bytes are kept in this process under a key that holds the day's version and the profile's, so
that a kept answer is right or unreachable, never stale. Dropping it costs only time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from typing import Any, TypeVar

import structlog
from cachetools import LRUCache

from onharu.accounts.public import Person
from onharu.catalog.intakes import public as intakes
from onharu.day.rules import Progress, progress
from onharu.kernel.days import version_of, versions_of
from onharu.kernel.quantities import Total
from onharu.kernel.web import dumps
from onharu.records.meals import public as meals
from onharu.records.meals.public import MealDay, MealEntry, empty_day

T = TypeVar("T")
log = structlog.get_logger(__name__)
KEPT_BYTES = 16 * 1024 * 1024
_lock = Lock()
_kept: LRUCache[tuple[int, date, int, int], bytes] = LRUCache(maxsize=KEPT_BYTES, getsizeof=len)


@dataclass(frozen=True, slots=True)
class DaySummary:
    """A day as the 오늘 page and the API show it."""

    date: date
    version: int
    meals: MealDay | None
    progress: tuple[Progress, ...]
    unavailable: tuple[str, ...]


def body_of(person: Person, day: date) -> intakes.Body:
    """Take from a profile what reference intakes depend on."""
    return intakes.Body(
        sex=person.sex or "",
        age=person.age_on(day),
        height_cm=person.height_cm,
        weight_kg=person.weight_kg,
        activity=person.activity,
    )


def day_summary(person: Person, day: date, version: int | None = None) -> DaySummary:
    """Compute a day from the records. A part that fails is named in `unavailable`, never shown as zero."""
    unavailable: list[str] = []
    found = _part("meals", lambda: meals.day_of(person.id, day), unavailable)
    return _summed(person, day, version_of(person.id, day) if version is None else version, found, unavailable)


def day_summaries(person: Person, first: date, last: date) -> list[DaySummary]:
    """Compute the days from `first` to `last`, the latest first; two statements whatever their number."""
    unavailable: list[str] = []
    found = _part("meals", lambda: meals.days_of(person.id, first, last), unavailable)
    versions = versions_of(person.id, first, last)
    days = [last - timedelta(days=back) for back in range((last - first).days + 1)]
    return [
        _summed(
            person, day, versions.get(day, 0), None if found is None else found.get(day, empty_day(day)), unavailable
        )
        for day in days
    ]


def _summed(person: Person, day: date, version: int, found: MealDay | None, unavailable: list[str]) -> DaySummary:
    targets = intakes.targets(body_of(person, day))
    return DaySummary(
        date=day,
        version=version,
        meals=found,
        progress=progress(found.total, targets) if found else (),
        unavailable=tuple(unavailable),
    )


def _part(name: str, read: Callable[[], T], unavailable: list[str]) -> T | None:
    try:
        return read()
    except Exception:
        log.exception("day_part_failed", part=name)
        unavailable.append(name)
        return None


def summary_bytes(person: Person, day: date) -> tuple[bytes, str]:
    """Answer a day as JSON bytes with its ETag: one statement when warm, two when cold."""
    version = version_of(person.id, day)
    key = (person.id, day, version, person.version)
    with _lock:
        kept = _kept.get(key)
    if kept is None:
        summary = day_summary(person, day, version)
        kept = dumps(as_json(summary))
        if not summary.unavailable:
            with _lock:
                _kept[key] = kept
    return kept, etag_of(person, version)


def etag_of(person: Person, version: int) -> str:
    """Name one state of a person's day."""
    return f'"{version:x}-{person.version:x}"'


def drop_kept() -> None:
    """Forget all finished bytes."""
    with _lock:
        _kept.clear()


def as_json(summary: DaySummary) -> dict[str, Any]:
    """Shape a summary for the API. Parts that this installation does not keep are null or empty, never zero."""
    day = summary.meals
    return {
        "date": summary.date.isoformat(),
        "version": summary.version,
        "nutrition": nutrition_json(day.total) if day else None,
        "targets": {one.nutrient: _target_json(one) for one in summary.progress},
        "progress": {one.nutrient: _progress_json(one) for one in summary.progress},
        "meals": [meal_json(meal) for meal in day.meals] if day else [],
        "water_ml": day.water_ml if day else None,
        "tasks": [],
        "workout_minutes": None,
        "workout_kcal": None,
        "doses": {"planned": None, "taken": None, "next": None},
        "measurements": None,
        "streak_days": None,
        "tips": [],
        "unavailable": list(summary.unavailable),
    }


def nutrition_json(summed: Total) -> dict[str, Any]:
    """Shape a total: an amount or null for each nutrient, and how many rows do not know it."""
    return {**summed.nutrients.as_dict(), "unknown": summed.unknown, "items": summed.count}


def meal_json(meal: MealEntry) -> dict[str, Any]:
    """Shape a meal of the day."""
    return {
        "id": meal.id,
        "meal_type": meal.slot,
        "eaten_at": meal.eaten_at.isoformat(),
        "note": meal.note,
        "photo": meal.photo_id,
        "kcal": meal.total.nutrients.kcal,
        "items": [
            {
                "id": item.id,
                "food": item.food,
                "name": item.name,
                "quantity": item.quantity,
                "unit": item.unit,
                "grams": item.grams,
                "basis_unit": item.basis_unit,
                "guess": item.grams_source == "GUESS",
                "kcal": item.nutrients.kcal,
            }
            for item in meal.items
        ],
    }


def _target_json(one: Progress) -> dict[str, Any]:
    target = one.target
    return {
        "direction": target.direction,
        "low": target.low,
        "high": target.high,
        "source": target.source,
        "edition": target.edition,
        "assumed": target.assumed,
    }


def _progress_json(one: Progress) -> dict[str, Any]:
    return {
        "amount": one.amount,
        "percent": one.percent,
        "state": one.state,
        "unknown_rows": one.unknown_rows,
    }
