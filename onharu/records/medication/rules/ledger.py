"""What the ledger of one dose comes to. The ledger only grows; the present state is a view of it. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

Kind = Literal["sent", "shown", "snoozed", "taken", "skipped", "late", "undone", "corrected"]
Answer = Literal["open", "taken", "skipped", "undone"]
State = Literal["planned", "due", "late", "taken", "skipped", "undone"]

LATE_AFTER = timedelta(hours=1)
ANSWERS = ("taken", "skipped", "undone")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a dose: at `at` as it is told, written down at `recorded_at` by somebody."""

    kind: str
    at: datetime
    recorded_at: datetime
    amount: Decimal | None = None
    reason: str = ""
    over_limit: bool = False
    by: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a dose: the answer, when and how much, why not, what was sent of it."""

    answer: Answer = "open"
    taken_at: datetime | None = None
    amount: Decimal | None = None
    skipped_at: datetime | None = None
    reason: str = ""
    over_limit: bool = False
    sent_at: datetime | None = None
    shown_at: datetime | None = None
    snoozed_at: datetime | None = None
    late: bool = False
    corrected: bool = False
    by: int | None = None

    @property
    def answered(self) -> bool:
        """Whether it was taken or skipped."""
        return self.answer in {"taken", "skipped"}


def fold(events: Iterable[Event]) -> Told:
    """Tell what events come to, in the order they were written down."""
    told = Told()
    for event in events:
        told = _after(told, event)
    return told


def _after(told: Told, event: Event) -> Told:
    if event.kind in ANSWERS:
        return _answered(told, event)
    if event.kind == "corrected":
        return _corrected(told, event)
    if event.kind == "late":
        return replace(told, late=True)
    name = {"sent": "sent_at", "shown": "shown_at", "snoozed": "snoozed_at"}.get(event.kind)
    return told if name is None else replace(told, **{name: event.at})  # type: ignore[arg-type]  # three instants


def _answered(told: Told, event: Event) -> Told:
    """Put the last answer in the place of any before it; what was sent and shown stays."""
    blank = replace(
        told,
        answer="undone",
        taken_at=None,
        amount=None,
        skipped_at=None,
        reason="",
        over_limit=False,
        corrected=False,
        by=event.by,
    )
    if event.kind == "taken":
        return replace(blank, answer="taken", taken_at=event.at, amount=event.amount, over_limit=event.over_limit)
    if event.kind == "skipped":
        return replace(blank, answer="skipped", skipped_at=event.at, reason=event.reason)
    return blank


def _corrected(told: Told, event: Event) -> Told:
    """Put time and amount right; a correction of what was not taken says nothing."""
    if told.answer != "taken":
        return told
    return replace(
        told,
        taken_at=event.at,
        amount=told.amount if event.amount is None else event.amount,
        over_limit=told.over_limit or event.over_limit,
        corrected=True,
        by=event.by,
    )


def state_of(told: Told, planned_at: datetime | None, now: datetime) -> State:
    """Name the state of a dose at a moment; an open one is late an hour after its time."""
    if told.answer == "taken":
        return "taken"
    if told.answer == "skipped":
        return "skipped"
    if planned_at is None:
        return "undone"
    if now < planned_at:
        return "planned"
    return "late" if told.late or now >= planned_at + LATE_AFTER else "due"
