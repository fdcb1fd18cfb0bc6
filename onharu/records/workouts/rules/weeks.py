"""Weeks of a person, and how far one has come. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

MONDAY, SUNDAY = 0, 6
DAYS: Final = 7
# WHO 2020: 150 to 300 minutes a week of moderate activity for adults.
WHO_MINUTES: Final = 150
# From 6 MET on activity is vigorous, and a minute counts for two.
MODERATE_MET, VIGOROUS_MET = Decimal(3), Decimal(6)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from the person's first day of the week; `key` names it like "2026-W47"."""

    first: date
    last: date
    key: str

    def days(self) -> tuple[date, ...]:
        """List the seven days in order."""
        return tuple(self.first + timedelta(days=ahead) for ahead in range(DAYS))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one has come: `percent` is 0 to 100, or None when nothing was aimed at."""

    done: int
    planned: int
    percent: int | None


def week_of(day: date, starts_on: int = MONDAY) -> Week:
    """Find the week of a day; `starts_on` is 0 for Monday to 6 for Sunday.

    A week is named by the ISO week its fourth day lies in, so that weeks from Sunday on are numbered alike.
    """
    first = day - timedelta(days=(day.weekday() - starts_on) % DAYS)
    year, number, _ = (first + timedelta(days=3)).isocalendar()
    return Week(first, first + timedelta(days=DAYS - 1), f"{year}-W{number:02d}")


def progress(done: int, planned: int) -> Progress:
    """Compare what was done with what was planned; more than all of it is still 100."""
    if planned <= 0:
        return Progress(done, max(planned, 0), None)
    return Progress(done, planned, max(0, min(100, done * 100 // planned)))


def share_of_minutes(minutes: Decimal | None, target: int = WHO_MINUTES) -> int | None:
    """Say how many percent of the week's minutes are done, 0 to 100; unknown without minutes or a target."""
    if minutes is None or target <= 0:
        return None
    return max(0, min(100, int(minutes * 100 / target)))


def moderate_minutes(minutes: Decimal | None, met: Decimal | None) -> Decimal | None:
    """Count minutes the way WHO does: light ones not, vigorous ones twice; unknown when either is unknown."""
    if minutes is None or met is None:
        return None
    if met < MODERATE_MET:
        return Decimal(0)
    return minutes * 2 if met >= VIGOROUS_MET else minutes
