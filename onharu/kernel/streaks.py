"""How many days in a row, forgivingly: the one streak rule of the house. Plain Python.

A day counts when something was written on it. A free day, on which nothing was, protects the streak but never adds
to it, and there is at most one of them in any seven days in a row. Today is unfinished: as long as nothing is written
it neither counts nor breaks anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_PER_FREE_DAY = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Streak:
    """A run of written days.

    `days` counts the written ones; `first` is the earliest of them, None for an empty run; `free_days` are the days
    within the run that were forgiven, oldest first. `at_risk` says that the run would lose days if today stayed
    without a word.
    """

    days: int
    first: date | None
    free_days: tuple[date, ...]
    at_risk: bool = False


NONE = Streak(days=0, first=None, free_days=())


def streak(written: Iterable[date], today: date) -> Streak:
    """Tell the run that lives today. Days after today are not looked at; give all days that may belong to it."""
    run = _Run()
    for day in sorted({day for day in written if day <= today}):
        run.write(day)
    run.pass_until(today)
    kept = len(run.days)
    if not kept:
        return NONE
    first, free_days = run.days[0], tuple(run.free_days)
    if run.days[-1] == today:
        return Streak(days=kept, first=first, free_days=free_days)
    run.pass_until(today + _DAY)
    return Streak(days=kept, first=first, free_days=free_days, at_risk=len(run.days) < kept)


def reached(written: Iterable[date], length: int) -> date | None:
    """Name the first day on which a run came to `length` written days; None when none ever did."""
    return next((day for day, days in _lengths(written) if days >= length), None)


def longest(written: Iterable[date]) -> int:
    """Count the written days of the longest run there ever was."""
    return max((days for _, days in _lengths(written)), default=0)


def _lengths(written: Iterable[date]) -> Iterator[tuple[date, int]]:
    run = _Run()
    for day in sorted(set(written)):
        run.write(day)
        yield day, len(run.days)


class _Run:
    """The longest forgiven run that ends where the calendar has come to."""

    __slots__ = ("days", "free_days")

    def __init__(self) -> None:
        self.days: list[date] = []
        self.free_days: list[date] = []

    def write(self, day: date) -> None:
        """Go to a later day, on which something was written."""
        self.pass_until(day)
        self.days.append(day)

    def pass_until(self, day: date) -> None:
        """Go to a day, nothing having been written since the last one; the day itself is left open."""
        if not self.days:
            return
        came_to = max([self.days[-1], *self.free_days[-1:]])
        empty = (day - came_to).days - 1
        if empty > 1 or (empty == 1 and came_to != self.days[-1]):
            self.days, self.free_days = [], []
        elif empty == 1:
            self._forgive(came_to + _DAY)

    def _forgive(self, day: date) -> None:
        """Take a free day; what lies before an earlier one of the same seven days is let go."""
        if self.free_days and (day - self.free_days[-1]).days < DAYS_PER_FREE_DAY:
            self.days = [one for one in self.days if one > self.free_days[-1]]
            self.free_days = []
        self.free_days.append(day)
