"""How values are written for clients."""

from __future__ import annotations

from typing import Any

from onharu.accounts.public import Person
from onharu.kernel import clock
from onharu.records.goals.queries.days import GoalEntry, MeasurementEntry
from onharu.records.goals.queries.lists import Course
from onharu.records.goals.queries.targets import TargetEntry, reference_entry
from onharu.records.goals.queries.wording import TARGET_WORDS
from onharu.records.goals.rules.measuring import Trend
from onharu.records.goals.rules.suggestion import MIFFLIN, Suggestion


def target(entry: TargetEntry) -> dict[str, Any]:
    """Write a target in force."""
    return {
        "id": entry.id,
        "key": entry.key,
        "unit": TARGET_WORDS[entry.key].unit,
        "direction": entry.direction,
        "low": entry.low,
        "high": entry.high,
        "from_day": entry.from_day,
        "source": entry.source,
        "reference": entry.reference,
        "edition": entry.edition,
        "medical_guidance": entry.guidance,
        "assumed": entry.assumed,
    }


def goal(entry: GoalEntry) -> dict[str, Any]:
    """Write a long goal."""
    return {name: getattr(entry, name) for name in GoalEntry.__slots__}


def measurement(entry: MeasurementEntry, person: Person) -> dict[str, Any]:
    """Write a measurement, its moment on this person's wall."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "date": entry.day,
        "measured_at": entry.at.astimezone(clock.zone(person.zone)).isoformat(),
        "value": entry.value,
        "value2": entry.value2,
        "unit": entry.unit,
        "context": entry.context,
        "note": entry.note,
    }


def trend(found: Trend) -> dict[str, Any]:
    """Write where values go."""
    return {
        "n": found.n,
        "span_days": found.span,
        "per_week": found.per_week,
        "lack": found.lack,
        "days": [{"date": one.day, "value": one.value, "mean": one.mean, "of": one.of} for one in found.days],
    }


def course(found: Course) -> dict[str, Any]:
    """Write where a kind of measurement went."""
    return {
        "kind": found.kind,
        "context": found.context,
        "unit": found.unit,
        "from_day": found.first,
        "to_day": found.last,
        **trend(found.values),
        "second": None if found.second is None else trend(found.second),
    }


def suggestion(found: Suggestion, person: Person) -> dict[str, Any]:
    """Write a suggestion; with numbers out of sight its energies are left out."""
    return {
        "targets": [target(reference_entry(one)) for one in found.targets],
        "resting_kcal": found.resting,
        "resting_source": MIFFLIN,
        "required_kcal": found.requirement,
        "floor_kcal": None if person.hide_numbers else found.floor,
        "deficit_kcal": found.deficit,
        "missing": list(found.missing),
        "notes": list(found.notes),
    }
