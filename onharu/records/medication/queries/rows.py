"""Rows of doses with their events, read in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from onharu.records.medication.models import Dose
from onharu.records.medication.rules.ledger import Event, Told, fold
from onharu.records.medication.rules.schedules.shapes import Answered

DOSE_COLUMNS = ("id", "owner_id", "regimen_id", "key", "planned_at", "day", "amount", "anchor")
NAME_COLUMNS = ("regimen__name", "regimen__item_seq", "regimen__unit")
EVENT_COLUMNS = ("id", "kind", "at", "recorded_at", "amount", "reason", "over_limit", "by_id")


@dataclass(frozen=True, slots=True)
class DoseRow:
    """A dose as it is kept, with what its ledger comes to."""

    id: int
    owner_id: int
    regimen_id: int
    key: str
    planned_at: datetime | None
    day: date
    amount: Decimal
    anchor: str
    name: str
    item_seq: str
    unit: str
    events: tuple[Event, ...] = ()
    told: Told = field(default_factory=Told)

    def answer(self) -> Answered:
        """See it the way the planner does."""
        told = self.told
        closed_at = told.skipped_at if told.answer == "skipped" else None
        return Answered(self.key, self.planned_at, told.taken_at, closed_at, told.amount)


def dose_rows(doses: QuerySet[Dose]) -> list[DoseRow]:
    """Read doses with their events, in the order of their times; one statement."""
    columns = (*DOSE_COLUMNS, *NAME_COLUMNS, *(f"events__{name}" for name in EVENT_COLUMNS))
    found: dict[int, tuple[tuple[Any, ...], list[Event]]] = {}
    width = len(DOSE_COLUMNS) + len(NAME_COLUMNS)
    for row in doses.order_by("planned_at", "id", "events__id").values_list(*columns):
        _, events = found.setdefault(row[0], (row[:width], []))
        if row[width] is not None:
            events.append(_event(row[width:]))
    told = ((*own, tuple(events), fold(events)) for own, events in found.values())
    return [DoseRow(*row) for row in told]


def _event(row: Iterable[Any]) -> Event:
    pk, kind, at, recorded_at, amount, reason, over_limit, by = row
    return Event(kind, at, recorded_at, amount, reason, over_limit, by, pk)
