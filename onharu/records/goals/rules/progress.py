"""How far a long goal has come, always 0 to 100. Plain Python; the numbers come from whoever knows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

WEIGHT, STRENGTH, HABIT, MINUTES = "WEIGHT", "STRENGTH", "HABIT", "MINUTES"
UP, DOWN = "UP", "DOWN"
FULL = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """`percent` 0 to 100, None while it cannot be told; `now` is what was reached, in the goal's unit."""

    percent: int | None
    now: Decimal | None
    reached: bool


def towards(*, start: Decimal | None, target: Decimal, now: Decimal | None, direction: str) -> Progress:
    """Tell how much of the way from `start` to `target` is behind; what went the other way counts as 0."""
    if now is None:
        return Progress(percent=None, now=None, reached=False)
    sign = 1 if direction == UP else -1
    if sign * (now - target) >= 0:
        return Progress(percent=FULL, now=now, reached=True)
    if start is None or sign * (target - start) <= 0:
        return Progress(percent=0 if start is not None else None, now=now, reached=False)
    share = int(sign * (now - start) * FULL / (sign * (target - start)))
    return Progress(percent=min(max(share, 0), FULL - 1), now=now, reached=False)


def counted(*, target: Decimal, now: Decimal | None) -> Progress:
    """Tell how much of an amount from zero is there: minutes or days of a week."""
    return towards(start=Decimal(0), target=target, now=now, direction=UP)


def days_of_week(days: Iterable[date], first: date) -> Decimal:
    """Count the different days within the week that begins on `first`: "주 3회" is three days, not three times."""
    last = first + timedelta(days=6)
    return Decimal(len({day for day in days if first <= day <= last}))


def week_begin(day: date, week_start: int = 0) -> date:
    """Name the first day of a day's week; `week_start` 0 is Monday."""
    return day - timedelta(days=(day.weekday() - week_start) % 7)
