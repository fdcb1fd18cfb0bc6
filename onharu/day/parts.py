"""The parts of a day, read through the doors of their rooms and kept by version; and the days written.

A part that was never written on a day costs nothing: no version, no row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from onharu.accounts.public import Person
from onharu.day.doses import DOSES, doses_of
from onharu.day.standing import Standing, kept, remember, tried
from onharu.records.goals import public as goals
from onharu.records.goals.public import GoalDay
from onharu.records.journal import public as journal
from onharu.records.journal.public import JournalDay
from onharu.records.meals import public as meals
from onharu.records.meals.public import MealDay
from onharu.records.medication import public as medication
from onharu.records.medication.public import DoseDay
from onharu.records.workouts import public as workouts
from onharu.records.workouts.public import WorkoutDay

T = TypeVar("T")
MEALS, WORKOUTS, GOALS, JOURNAL = "meals", "workouts", "goals", "journal"
WRITTEN = frozenset({MEALS, WORKOUTS, GOALS, JOURNAL})  # what counts for the days in a row


@dataclass(frozen=True, slots=True)
class Parts:
    """A day as the rooms tell it; a part that failed is None and named in `failed`.

    `doses` is None too where nobody asked for them.
    """

    meals: MealDay | None
    workouts: WorkoutDay | None
    goals: GoalDay | None
    journal: JournalDay | None
    failed: tuple[str, ...]
    doses: DoseDay | None = None

    @property
    def written(self) -> bool:
        """Whether something was written on this day that counts for the days in a row; doses never do."""
        return bool(
            (self.meals and self.meals.meals)
            or (self.workouts and self.workouts.logs)
            or (self.goals and self.goals.measurements)
            or (self.journal and self.journal.report and self.journal.report.says_something)
        )


def parts_of(person: Person, standing: Standing, at: datetime) -> Parts:
    """Read the parts of a day; those whose version did not change are kept. Eight statements when all are new."""
    owner_id, day, failed = standing.owner_id, standing.day, list[str]()

    def part(name: str, stamp: int, empty: Callable[[date], T], read: Callable[[], T]) -> T | None:
        return tried(name, lambda: kept(standing, name, day, stamp, read) if stamp else empty(day), failed)

    of_day = standing.parts
    return Parts(
        meals=part(MEALS, of_day.get(MEALS, 0), meals.empty_day, lambda: meals.day_of(owner_id, day)),
        workouts=part(WORKOUTS, of_day.get(WORKOUTS, 0), workouts.empty_day, lambda: workouts.day_of(owner_id, day)),
        # A target holds on, and a weight is the latest, on days on which nobody wrote either.
        goals=part(GOALS, standing.by_part.get(GOALS, 0), goals.empty_day, lambda: goals.day_of(owner_id, day)),
        journal=part(JOURNAL, of_day.get(JOURNAL, 0), journal.empty_day, lambda: journal.day_of(owner_id, day)),
        doses=tried(DOSES, lambda: doses_of(person, standing, at), failed),
        failed=tuple(failed),
    )


def parts_between(owner_id: int, first: date, last: date) -> dict[date, Parts]:
    """Read the parts of the days from `first` to `last`, the latest first; six statements whatever their number."""
    failed = list[str]()
    eaten = tried(MEALS, lambda: meals.days_of(owner_id, first, last), failed)
    moved = tried(WORKOUTS, lambda: workouts.days_of(owner_id, first, last), failed)
    aimed = tried(GOALS, lambda: goals.days_of(owner_id, first, last), failed)
    told = tried(JOURNAL, lambda: journal.days_of(owner_id, first, last), failed)
    return {
        day: Parts(
            meals=None if eaten is None else eaten.get(day) or meals.empty_day(day),
            workouts=None if moved is None else moved.get(day) or workouts.empty_day(day),
            goals=None if aimed is None else aimed.get(day) or goals.empty_day(day),
            journal=None if told is None else told.get(day) or journal.empty_day(day),
            failed=tuple(failed),
        )
        for day in (last - timedelta(days=back) for back in range((last - first).days + 1))
    }


def with_doses(person: Person, standing: Standing, days: Mapping[date, Parts], at: datetime) -> dict[date, Parts]:
    """Add the doses of these days as they stand at a moment; three statements at most, whatever their number."""
    failed = list[str]()
    found: Mapping[date, DoseDay] | None = {}
    if standing.by_part.get(DOSES):
        found = tried(DOSES, lambda: medication.days_of(person, min(days), max(days), at=at), failed)
    return {
        day: replace(
            parts,
            doses=None if found is None else found.get(day) or medication.empty_day(day),
            failed=(*parts.failed, *failed),
        )
        for day, parts in days.items()
    }


def days_written(standing: Standing, in_hand: Mapping[date, Parts]) -> frozenset[date] | None:
    """Name all days on which this person wrote something; None when a room fails.

    Only days that changed since the last look are asked about: of those `in_hand` the parts are known already, for
    the others each room is asked once, and only while a day is left that nobody has vouched for.
    """
    known = standing.known
    changed = {day: parts & WRITTEN for day, parts in standing.changed.items() if parts & WRITTEN}
    if not changed:
        if standing.changed:
            remember(standing, known.written)
        return known.written
    if any(WRITTEN.intersection(parts.failed) for day, parts in in_hand.items() if day in changed):
        return None
    written = set(known.written - changed.keys())
    written |= {day for day, parts in in_hand.items() if day in changed and parts.written}
    open_days = changed.keys() - in_hand.keys()
    for part, ask in _written_in().items():
        # At the first look every part of every day is in `changed`; later an unchanged part may vouch as well.
        asked = {day for day in open_days - written if known.latest or part in changed[day]}
        if asked:
            found = tried(part, lambda asked=asked, ask=ask: ask(standing.owner_id, min(asked), max(asked)))  # type: ignore[misc]
            if found is None:
                return None
            written |= found & asked
    days = frozenset(written)
    remember(standing, days)
    return days


def _written_in() -> dict[str, Callable[[int, date, date], frozenset[date]]]:
    """Name who knows which days were written, the busiest room first."""
    return {
        MEALS: meals.days_written,
        WORKOUTS: workouts.days_written,
        JOURNAL: journal.days_written,
        GOALS: goals.days_measured,
    }
