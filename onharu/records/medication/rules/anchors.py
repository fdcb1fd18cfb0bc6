"""What a dose hangs on, as the short code its row keeps. Plain Python."""

from __future__ import annotations

from datetime import time
from typing import cast, get_args

from onharu.records.medication.rules.schedules.shapes import (
    MEALS,
    Anchor,
    At,
    AtBedtime,
    AtMeal,
    Meal,
    OnWaking,
    Relation,
)

_MEALS: dict[str, Meal] = {meal[0]: meal for meal in MEALS}
_RELATIONS = frozenset(get_args(Relation))


def code_of(anchor: Anchor | None) -> str:
    """Write an anchor in at most 24 signs: `at.08:00`, `b.after.30`, `bedtime.30`, `waking.0`; nothing is empty."""
    match anchor:
        case At(at):
            return f"at.{at:%H:%M}"
        case AtMeal(meal, relation, minutes):
            return f"{meal[0]}.{relation}.{minutes}"
        case AtBedtime(minutes):
            return f"bedtime.{minutes}"
        case OnWaking(minutes):
            return f"waking.{minutes}"
    return ""


def anchor_of(code: str) -> Anchor | None:
    """Read the code of an anchor; one that is none is None."""
    match code.split("."):
        case ["at", at]:
            return At(time.fromisoformat(at))
        case ["bedtime", minutes]:
            return AtBedtime(int(minutes))
        case ["waking", minutes]:
            return OnWaking(int(minutes))
        case [meal, relation, minutes] if meal in _MEALS and relation in _RELATIONS:
            return AtMeal(_MEALS[meal], cast("Relation", relation), int(minutes))
    return None
