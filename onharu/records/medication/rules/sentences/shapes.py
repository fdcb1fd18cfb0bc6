"""What a sentence gives: a schedule with what was doubted and what was left, or what was missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from onharu.records.medication.rules.schedules.shapes import Schedule


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence that was understood; `rest` and `doubts` say how far.

    `unit` is a code of `Regimen.Unit`, None where none was said ("1개"). `end` is known when a start or an end was
    said, otherwise `days` says how long. `why` is when it is needed ("열날 때"). `doubts` are sentences, each with what
    was assumed.
    """

    schedule: Schedule
    amount: Decimal | None = None
    unit: str | None = None
    start: date | None = None
    end: date | None = None
    days: int | None = None
    name: str = ""
    why: str = ""
    rest: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A sentence no schedule can be made of. `missing` are codes: when, amount, which; `told` says it in words."""

    missing: tuple[str, ...]
    told: str
    name: str = ""
    rest: str = ""
