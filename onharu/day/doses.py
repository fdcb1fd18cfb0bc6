"""The doses of a day: read when they change, seen by the clock of whoever asks.

What is planned holds on, so a day has doses on which nobody wrote anything. What was read is kept under the newest
version of any dose, and where doses go by meals, of any meal. What is due and what comes next is never kept.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from onharu.accounts.public import Person
from onharu.day.standing import Standing, kept
from onharu.kernel import clock
from onharu.records.medication import public as medication
from onharu.records.medication.public import DoseDay

DOSES = "doses"


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read, and how the meals stood then."""

    day: DoseDay
    meals: int


def doses_of(person: Person, standing: Standing, at: datetime) -> DoseDay:
    """Tell the doses of a day as they stand at a moment; no statement while nothing they hang on changed."""
    stamp = standing.by_part.get(DOSES, 0)
    if not stamp:
        return medication.empty_day(standing.day)
    eaten = standing.by_part.get("meals", 0)

    def read() -> _Read:
        return _Read(medication.day_of(person, standing.day, at=at), eaten)

    def holds(found: _Read) -> bool:
        return found.meals == eaten or not found.day.by_meals

    found = kept(standing, DOSES, standing.day, (stamp, person.version), read, holds=holds)
    return found.day.seen_at(at)


def mark_of(doses: DoseDay | None, at: datetime) -> str:
    """Name how the doses of a day stand, as the clock alone makes them due and late; a day without doses is empty.

    What could not be read has a name of its own each time, so that nobody takes it for what they have.
    """
    if doses is None:
        return f"x{clock.microseconds(at):x}"
    if not doses.doses:
        return ""
    states = ",".join(f"{dose.id}:{dose.state}" for dose in doses.doses)
    return hashlib.blake2b(states.encode(), digest_size=6).hexdigest()
