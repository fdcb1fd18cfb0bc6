"""How an archive and an erasure stand, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onharu.kernel.problems import Missing
from onharu.rights.models import Erasure, Export
from onharu.rights.rules.shape import KEPT


@dataclass(frozen=True, slots=True)
class ExportState:
    """How a person's archive stands; `until` is how long one that is ready is kept."""

    state: str
    percent: int
    asked_at: datetime
    ready_at: datetime | None
    until: datetime | None
    size: int | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an erasure: when, and how many rows of which tables. It names nobody."""

    receipt: str
    state: str
    percent: int
    asked_by: str
    asked_at: datetime
    due_at: datetime
    begun_at: datetime | None
    finished_at: datetime | None
    removed: dict[str, int]
    removed_rows: int


def state_of(export: Export) -> ExportState:
    """Tell how an archive stands."""
    until = export.ready_at + KEPT if export.ready_at else None
    return ExportState(export.state, export.percent, export.asked_at, export.ready_at, until, export.size)


def export_of(owner_id: int) -> Export | None:
    """Find a person's archive, being made or ready. One statement."""
    found: Export | None = Export.objects.of(owner_id).first()
    return found


def receipt_of(receipt: str) -> Receipt:
    """Find an erasure by its receipt. Raises Missing. One statement."""
    erasure = Erasure.objects.filter(pk=receipt).first()
    if erasure is None:
        raise Missing
    return receipt_from(erasure)


def receipt_from(erasure: Erasure) -> Receipt:
    """Tell how an erasure stands."""
    state = "done" if erasure.finished_at else "running" if erasure.begun_at else "waiting"
    return Receipt(
        receipt=erasure.receipt,
        state=state,
        percent=erasure.percent,
        asked_by=erasure.asked_by,
        asked_at=erasure.asked_at,
        due_at=erasure.due_at,
        begun_at=erasure.begun_at,
        finished_at=erasure.finished_at,
        removed=erasure.removed if erasure.finished_at else {},
        removed_rows=sum(erasure.removed.values()),
    )
