"""The one grammar of schedules, as frozen values. Times of the clock are wall-clock times of the person's zone.

A schedule is a row of phases (a taper has several, most have one). A phase says on which days (`Days`) and when on
such a day (`Slots`, `Spaced`, `Interval`, `Follows`), or that a dose is taken when needed (`AsNeeded`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

Meal = Literal["breakfast", "lunch", "dinner"]
Relation = Literal["before", "right_before", "with", "right_after", "after", "between"]
Clock = Literal["wall", "elapsed"]
MEALS: tuple[Meal, ...] = ("breakfast", "lunch", "dinner")
LAST_DAY = -1


@dataclass(frozen=True, slots=True)
class Routine:
    """When a person usually wakes, eats and goes to bed; `sleep` may lie past midnight (01:00)."""

    wake: time = time(7)
    breakfast: time = time(8)
    lunch: time = time(12, 30)
    dinner: time = time(18, 30)
    sleep: time = time(23)


# ---- on which days


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day."""


@dataclass(frozen=True, slots=True)
class EveryDays:
    """Every `n` days, counted from the first day of the phase; 2 is every other day (격일)."""

    n: int


@dataclass(frozen=True, slots=True)
class Weekdays:
    """On these days of the week, 1 Monday to 7 Sunday; `every` weeks (2 is every other week, from the phase's week)."""

    on: frozenset[int]
    every: int = 1


@dataclass(frozen=True, slots=True)
class Monthly:
    """On these days of the month, 1 to 31 or -1 for the last; a day that a month lacks falls on its last day."""

    on: frozenset[int]
    every: int = 1


@dataclass(frozen=True, slots=True)
class Cycle:
    """Taken for `on` days, then not for `off` days, and again, counted from the first day of the phase."""

    on: int
    off: int


Days = Daily | EveryDays | Weekdays | Monthly | Cycle


# ---- when on such a day


@dataclass(frozen=True, slots=True)
class At:
    """At a time of the clock."""

    at: time


@dataclass(frozen=True, slots=True)
class AtMeal:
    """By a meal: `minutes` before or after it; 0 with `right_before`, `with`, `right_after`.

    `between` is 공복: two hours after it, unless `minutes` says otherwise.
    """

    meal: Meal
    relation: Relation
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class AtBedtime:
    """Before sleep, `minutes` before the usual time of going to bed (취침 전)."""

    minutes: int = 30


@dataclass(frozen=True, slots=True)
class OnWaking:
    """Right after waking, on an empty stomach (기상 직후 공복), `minutes` after it."""

    minutes: int = 0


Anchor = At | AtMeal | AtBedtime | OnWaking


@dataclass(frozen=True, slots=True)
class Slot:
    """One dose of a day; `amount` None is the regimen's own amount."""

    anchor: Anchor
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Slots:
    """The doses of a day, one by one, in the order they were said."""

    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Spaced:
    """So many times a day, spread evenly over the waking hours of the routine.

    The first on waking and the others a day's share apart (twice: 12 hours), or closer, so that the last is at bedtime.
    """

    times: int


@dataclass(frozen=True, slots=True)
class Interval:
    """Every so many minutes, by the plan or from when it was last taken, within a window of the day where one is given.

    With `origin="plan"` doses fall at `first` (waking, if None) on the first day and every `minutes` from there
    (elapsed), or, when the schedule's clock is "wall" and there is a window or `minutes` and a day divide one another,
    by the clock on the wall. With `origin="taken"` the next dose is due `minutes` after the last one was taken or
    skipped; while one is open no other is due. A dose that would fall outside `window` waits for its opening, and the
    next one is counted from there.
    """

    minutes: int
    origin: Literal["plan", "taken"] = "plan"
    first: time | None = None
    window: tuple[time, time] | None = None


@dataclass(frozen=True, slots=True)
class Follows:
    """`minutes` after each dose of another regimen (negative: before it); when that one was taken, after the taking."""

    regimen: int
    minutes: int


@dataclass(frozen=True, slots=True)
class AsNeeded:
    """When needed (필요시): nothing is planned, the limits of the schedule are asked about."""


When = Slots | Spaced | Interval | Follows | AsNeeded


@dataclass(frozen=True, slots=True)
class Limit:
    """What is not passed without asking: so much in any 24 hours, so long between two doses; None is no limit."""

    most_in_24h: Decimal | None = None
    gap: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a schedule; `length` in calendar days, None until the end. `amount` None is the regimen's own."""

    when: When
    days: Days = field(default_factory=Daily)
    length: int | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A whole schedule.

    `clock` says what stays when clocks are changed or a person travels: the wall clock, or the time between doses.
    """

    phases: tuple[Phase, ...]
    clock: Clock = "wall"
    limit: Limit = field(default_factory=Limit)


# ---- what the planner is told, and what it answers


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a regimen's schedule, in force from `since` until the next one's.

    `start` and `end` are calendar dates, both included.
    """

    n: int
    since: datetime
    schedule: Schedule
    amount: Decimal
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A dose that has a row: which one, for when it was planned, when it was taken or closed (skipped).

    A row stays where it was planned whatever changes later. An open row has neither `taken_at` nor `closed_at`.
    """

    key: str
    planned_at: datetime | None
    taken_at: datetime | None
    closed_at: datetime | None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What else the plan hangs on: zone and routine, meals eaten, doses that have rows, doses of a regimen followed.

    `followed_taken` tells by key when doses of the followed regimen were taken.
    """

    zone: str
    routine: Routine = field(default_factory=Routine)
    eaten: Mapping[tuple[date, Meal], datetime] = field(default_factory=dict)
    answered: tuple[Answered, ...] = ()
    followed: tuple[Planned, ...] = ()
    followed_taken: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planned:
    """A dose that is due. `key` names it for good: planning again gives the same key for the same dose.

    Keys: `v{n}.{YYYYMMDD}.{i}` the i-th dose of a calendar date, `v{n}.k{i}` the i-th of an elapsed interval (of a
    later phase j: `v{n}.k{j}.{i}`), `v{n}.t{minutes since 1970}` the one after a taking, `v{n}.start` the first of
    such, `v{n}.f.{key}` one that follows another.
    `projected` marks a dose that would come after one still open: it never falls due as it stands, so it is shown and
    counted ahead, but gets no row and no reminder until that one is closed and it is planned anew.
    """

    key: str
    at: datetime
    date: date
    amount: Decimal
    anchor: Anchor | None
    projected: bool = False
