"""Which long goals make sense. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from onharu.records.goals.rules.progress import HABIT, MINUTES, STRENGTH, WEIGHT

HABITS = ("WORKOUT", "MEALS", "JOURNAL", "MEASURE")
LONGEST_TITLE = 60
LONGEST_NAME = 100
FURTHEST = timedelta(days=3660)
BOUNDS: Mapping[str, tuple[Decimal, Decimal]] = {
    WEIGHT: (Decimal(2), Decimal(400)),
    STRENGTH: (Decimal(1), Decimal(1000)),
    HABIT: (Decimal(1), Decimal(7)),
    MINUTES: (Decimal(1), Decimal(10080)),
}
DECIMALS: Mapping[str, int] = {WEIGHT: 1, STRENGTH: 1, HABIT: 0, MINUTES: 0}


@dataclass(frozen=True, slots=True)
class Asked:
    """A long goal before it is one."""

    kind: str
    target: Decimal
    title: str = ""
    due: date | None = None
    start_value: Decimal | None = None
    habit: str = ""
    exercise_name: str = ""


def wrong(asked: Asked, start_day: date) -> dict[str, str]:
    """Name what cannot be, by field."""
    if asked.kind not in BOUNDS:
        return {"kind": "choice"}
    found = {
        "target": _amount(asked.kind, asked.target),
        "start_value": "" if asked.start_value is None else _start(asked),
        "due": _due(asked.due, start_day),
        "title": "long" if len(asked.title) > LONGEST_TITLE else "",
        "habit": _habit(asked),
        "exercise": _exercise(asked),
    }
    return {field: code for field, code in found.items() if code}


def _amount(kind: str, value: Decimal) -> str:
    low, high = BOUNDS[kind]
    if not value.is_finite() or not low <= value <= high:
        return "bounds"
    return "" if value == value.quantize(Decimal(1).scaleb(-DECIMALS[kind])) else "decimals"


def _start(asked: Asked) -> str:
    if asked.kind not in (WEIGHT, STRENGTH) or asked.start_value is None:
        return "unexpected"
    if asked.kind == STRENGTH and asked.start_value == 0:
        return ""
    return _amount(asked.kind, asked.start_value)


def _due(due: date | None, start_day: date) -> str:
    if due is None:
        return ""
    if due < start_day:
        return "past"
    return "far" if due > start_day + FURTHEST else ""


def _habit(asked: Asked) -> str:
    if asked.kind != HABIT:
        return "unexpected" if asked.habit else ""
    return "" if asked.habit in HABITS else "choice"


def _exercise(asked: Asked) -> str:
    if asked.kind != STRENGTH:
        return "unexpected" if asked.exercise_name else ""
    if not asked.exercise_name.strip():
        return "missing"
    return "long" if len(asked.exercise_name) > LONGEST_NAME else ""
