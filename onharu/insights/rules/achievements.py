"""What somebody has come to, worked out from the days and rows themselves whenever it is asked. Plain Python.

Nothing is stored: what was earned by rows that are gone is not earned any more, and a row that was written late counts
on the day it tells of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from onharu.insights.rules.cards import Evidence
from onharu.kernel.streaks import longest, reached

WEEK = 7
WEEK_MINUTES = Decimal(150)


@dataclass(frozen=True, slots=True)
class Moved:
    """One day with workouts: all its minutes that are known, counted once, and its first log."""

    minutes: Decimal | None
    log_id: int


@dataclass(frozen=True, slots=True)
class Broken:
    """One personal record that beat an earlier one."""

    day: date
    set_id: int


@dataclass(frozen=True, slots=True)
class Closed:
    """One long goal that was reached; its rows tell the day it was set, not the day it was reached."""

    id: int
    day: date
    name: str


@dataclass(frozen=True, slots=True)
class Life:
    """Everything that achievements are made of. Days without a row are not there."""

    meals: frozenset[date] = frozenset()
    moved: Mapping[date, Moved] = field(default_factory=dict)
    records: Sequence[Broken] = ()
    reports: frozenset[date] = frozenset()
    measured: frozenset[date] = frozenset()
    goals: Sequence[Closed] = ()
    failed: frozenset[str] = frozenset()

    @property
    def written(self) -> frozenset[date]:
        """The days on which anything was written."""
        return self.meals | self.reports | self.measured | frozenset(self.moved)


@dataclass(frozen=True, slots=True)
class Achievement:
    """How far one achievement is: `have` of `need`, and the day on which it was earned with the rows that earned it.

    `earned_on` is None while it is not earned, and where the rows do not tell the day (`earned` does).
    """

    code: str
    have: int
    need: int
    earned: bool
    earned_on: date | None
    evidence: tuple[Evidence, ...]


def achievements_of(life: Life) -> tuple[Achievement, ...]:
    """Work out every achievement whose rooms could be read, in a fixed order."""
    found = {
        "meals": [_days(f"meals_{n}", life.meals, n, "meals", "day") for n in (1, 7, 30, 100)],
        "workouts": [_workouts(life, n) for n in (1, 10, 50, 100)] + [_week(life), _record(life)],
        "journal": [_days(f"reports_{n}", life.reports, n, "journal", "report") for n in (1, 30)],
        "goals": [_days("measured_10", life.measured, 10, "goals", "measurement"), _goal(life)],
    }
    whole = [] if life.failed else [_streak(life, n) for n in (7, 30)]
    return tuple(one for room, ones in found.items() if room not in life.failed for one in ones) + tuple(whole)


def _days(code: str, days: frozenset[date], need: int, room: str, row: str) -> Achievement:
    ordered = sorted(days)
    earned_on = ordered[need - 1] if len(ordered) >= need else None
    evidence = (Evidence(room, row, None, earned_on),) if earned_on else ()
    return _told(code, len(ordered), need, earned_on, evidence)


def _workouts(life: Life, need: int) -> Achievement:
    ordered = sorted(life.moved)
    earned_on = ordered[need - 1] if len(ordered) >= need else None
    evidence = (Evidence("workouts", "log", life.moved[earned_on].log_id, earned_on),) if earned_on else ()
    return _told(f"workouts_{need}", len(ordered), need, earned_on, evidence)


def _week(life: Life) -> Achievement:
    """150 known minutes within any seven days in a row, on the day that brought them together."""
    best, earned_on, held = Decimal(0), None, Decimal(0)
    window: list[date] = []
    for day in sorted(life.moved):
        window = [one for one in window if (day - one).days < WEEK] + [day]
        held = sum((life.moved[one].minutes or Decimal(0) for one in window), Decimal(0))
        best = max(best, held)
        if held >= WEEK_MINUTES:
            earned_on = day
            break
    days = [one for one in window if earned_on]
    evidence = [Evidence("workouts", "log", life.moved[one].log_id, one, "", life.moved[one].minutes, "min")
                for one in days]  # fmt: skip
    return _told("week_150", int(best), int(WEEK_MINUTES), earned_on, tuple(evidence))


def _record(life: Life) -> Achievement:
    first = min(life.records, key=lambda one: (one.day, one.set_id), default=None)
    evidence = (Evidence("workouts", "set", first.set_id, first.day),) if first else ()
    return _told("first_record", len(life.records), 1, first.day if first else None, evidence)


def _goal(life: Life) -> Achievement:
    evidence = tuple(Evidence("goals", "goal", one.id, one.day, one.name) for one in life.goals[:1])
    return Achievement("goal_reached", len(evidence), 1, earned=bool(evidence), earned_on=None, evidence=evidence)


def _streak(life: Life, need: int) -> Achievement:
    days = life.written
    earned_on = reached(days, need)
    ends = (_first_of(days, earned_on, need), earned_on) if earned_on else ()
    evidence = tuple(Evidence("day", "written", None, day) for day in ends)
    return _told(f"streak_{need}", longest(days), need, earned_on, evidence)


def _first_of(days: frozenset[date], last: date, need: int) -> date:
    """The day on which a run of `need` written days began that ends on `last`."""
    return sorted(day for day in days if day <= last)[-need]


def _told(code: str, have: int, need: int, earned_on: date | None, evidence: tuple[Evidence, ...]) -> Achievement:
    return Achievement(code, min(have, need), need, earned_on is not None, earned_on, evidence)
