"""On which calendar dates a phase has doses. Dates are counted by ordinal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onharu.records.medication.rules.schedules.shapes import (
    LAST_DAY,
    Cycle,
    Daily,
    Days,
    EveryDays,
    Monthly,
    Phase,
    Version,
    Weekdays,
)
from onharu.records.medication.rules.schedules.times import LAST_YEAR

FOREVER = date(LAST_YEAR, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Span:
    """A phase and the dates it holds, both included; `number` counts the phases of a version from 0."""

    number: int
    phase: Phase
    first: int
    last: int


def spans(version: Version) -> tuple[Span, ...]:
    """Lay the phases of a version one after the other, from its start to its end."""
    end = FOREVER if version.end is None else version.end.toordinal()
    found: list[Span] = []
    first = version.start.toordinal()
    for number, phase in enumerate(version.schedule.phases):
        last = end if phase.length is None else min(first + phase.length - 1, end)
        if first <= last:
            found.append(Span(number, phase, first, last))
        first = last + 1
    return tuple(found)


def is_on(days: Days, first: int, ordinal: int) -> bool:
    """Tell whether a date has doses, in a phase whose first date is `first`."""
    since = ordinal - first
    match days:
        case Daily():
            return True
        case EveryDays(n):
            return since % n == 0
        case Weekdays(on, every):
            return (ordinal - 1) % 7 + 1 in on and (ordinal - 1) // 7 % every == (first - 1) // 7 % every
        case Cycle(on, off):
            return since % (on + off) < on
        case Monthly():
            return _monthly(days, date.fromordinal(first), date.fromordinal(ordinal))


def _monthly(days: Monthly, first: date, day: date) -> bool:
    if (day.year * 12 + day.month - first.year * 12 - first.month) % days.every:
        return False
    if day.day in days.on:
        return True
    is_last = date.fromordinal(day.toordinal() + 1).month != day.month
    return is_last and (LAST_DAY in days.on or max(days.on) > day.day)


def on_days(days: Days, first: int, low: int, high: int) -> Iterable[int]:
    """List the dates from `low` to `high`, both included and not before `first`, that have doses."""
    low = max(low, first)
    match days:
        case Daily():
            return range(low, high + 1)
        case EveryDays(n):
            return range(low + (first - low) % n, high + 1, n)
        case _:
            return [ordinal for ordinal in range(low, high + 1) if is_on(days, first, ordinal)]
