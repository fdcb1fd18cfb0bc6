"""Daily targets: what can be aimed at, which form a target has, and which version is in force. Plain Python.

A target has versions by the day they begin. The newest that began by a day is in force on it, so a change from today
on leaves the days before as they were judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from onharu.catalog.intakes.public import AT_LEAST, AT_MOST, WITHIN, Target
from onharu.kernel.quantities import NUTRIENTS

WATER, MINUTES, SLEEP = "water_ml", "workout_minutes", "sleep_hours"
KEYS: tuple[str, ...] = (*NUTRIENTS, WATER, MINUTES, SLEEP)
DIRECTIONS = (AT_LEAST, AT_MOST, WITHIN)
LARGEST = Decimal(100_000)
LARGEST_OF: Mapping[str, Decimal] = {
    "kcal": Decimal(10_000),
    WATER: Decimal(20_000),
    MINUTES: Decimal(1440),
    SLEEP: Decimal(24),
}
FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one target: from its day on this holds, or nothing of one's own (`target` is None)."""

    key: str
    from_day: date
    target: Target | None


def in_force(versions: Iterable[Version], day: date) -> tuple[Target, ...]:
    """List the targets that hold on a day, in the order of `KEYS`."""
    newest: dict[str, Version] = {}
    for version in versions:
        if version.from_day <= day and (version.key not in newest or newest[version.key].from_day <= version.from_day):
            newest[version.key] = version
    return tuple(found.target for key in KEYS if (found := newest.get(key)) is not None and found.target is not None)


def over(own: Iterable[Target], reference: Iterable[Target]) -> tuple[Target, ...]:
    """Put one's own targets in the place of references of the same key, in the order of `KEYS`."""
    by_key = {target.nutrient: target for target in (*reference, *own)}
    return tuple(by_key[key] for key in KEYS if key in by_key)


def wrong(key: str, direction: str, low: Decimal | None, high: Decimal | None) -> dict[str, str]:
    """Name what cannot be, by field: `choice`, `missing`, `unexpected`, `bounds`, `not_below`."""
    if key not in KEYS:
        return {"key": "choice"}
    if direction not in DIRECTIONS:
        return {"direction": "choice"}
    most = LARGEST_OF.get(key, LARGEST)
    found = {
        "low": _end(low, wanted=direction != AT_MOST, most=most),
        "high": _end(high, wanted=direction != AT_LEAST, most=most),
    }
    if low is not None and high is not None and not any(found.values()) and low > high:
        found["low"] = "not_below"
    return {field: code for field, code in found.items() if code}


def _end(value: Decimal | None, *, wanted: bool, most: Decimal) -> str:
    if not wanted:
        return "unexpected" if value is not None else ""
    if value is None:
        return "missing"
    return "" if value.is_finite() and 0 <= value <= most else "bounds"
