"""Minutes counted once: what a watch imported and what a person wrote by hand may be the same hour. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

OWN, IMPORTED, OVERLAP = "own", "imported", "overlap"
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Timed:
    """A workout with its time: an instant it began (if known), minutes (if known), and whether it was imported."""

    id: int
    started_at: datetime | None
    minutes: Decimal | None
    imported: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One member of the equation: `own` and `imported` are added, `overlap` is taken off."""

    kind: str
    minutes: Decimal


@dataclass(frozen=True, slots=True)
class Counted:
    """How many minutes each workout counts, and together; `total` is None when no minutes are known at all.

    `equation` is empty unless something overlapped: own + imported - overlap = total.
    """

    minutes_by_log: dict[int, Decimal]
    total: Decimal | None
    overlap_minutes: Decimal
    equation: tuple[Term, ...]


def counted(logs: Sequence[Timed]) -> Counted:
    """Count every minute once: own workouts in full, imported ones only where nothing counted already lies.

    Own workouts never shorten each other: two exercises ticked at one moment are two exercises. Without a
    beginning there is nothing to overlap. Unknown minutes count nothing and are left out.
    """
    known = [log for log in logs if log.minutes is not None]
    own = [log for log in known if not log.imported]
    taken = [span for log in own if (span := _span(log))]
    by_log = {log.id: _minutes(log) for log in own}
    for log in sorted((log for log in known if log.imported), key=_clock_order):
        by_log[log.id] = _minutes(log) - _covered(log, taken)
        taken += [span] if (span := _span(log)) else []
    if not known:
        return Counted({}, None, Decimal(0), ())
    total = sum(by_log.values(), Decimal(0))
    overlap = sum((_minutes(log) for log in known), Decimal(0)) - total
    return Counted(by_log, total, overlap, _equation(known, overlap))


def _equation(known: Iterable[Timed], overlap: Decimal) -> tuple[Term, ...]:
    if not overlap:
        return ()
    sums = {OWN: Decimal(0), IMPORTED: Decimal(0)}
    for log in known:
        sums[IMPORTED if log.imported else OWN] += _minutes(log)
    return (*(Term(kind, minutes) for kind, minutes in sums.items() if minutes), Term(OVERLAP, overlap))


def _minutes(log: Timed) -> Decimal:
    return log.minutes if log.minutes is not None else Decimal(0)


def _clock_order(log: Timed) -> tuple[float, int]:
    return (log.started_at.timestamp() if log.started_at else 0.0, log.id)


def _span(log: Timed) -> tuple[datetime, datetime] | None:
    if log.started_at is None or not log.minutes:
        return None
    return log.started_at, log.started_at + timedelta(minutes=float(log.minutes))


def _covered(log: Timed, taken: Iterable[tuple[datetime, datetime]]) -> Decimal:
    """Measure how much of a workout lies within the union of spans, to 0.1 min and never more than it lasts."""
    span = _span(log)
    if span is None:
        return Decimal(0)
    first, last = span
    seconds, upto = 0.0, first
    for begin, end in sorted(taken):
        begin, end = max(begin, upto), min(end, last)
        if end > begin:
            seconds += (end - begin).total_seconds()
            upto = end
    minutes = Decimal(seconds / 60).quantize(_TENTH, ROUND_HALF_UP)
    return min(minutes, _minutes(log))
