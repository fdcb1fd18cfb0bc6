"""Spans of days and what their values come to. An unknown day is a gap: it is never counted as zero. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

WEEK, MONTH = "week", "month"
LENGTHS = {WEEK: 7, MONTH: 30}


@dataclass(frozen=True, slots=True)
class Span:
    """The 7 or 30 days up to and with `last`: always as many, so that two spans can be set side by side."""

    kind: str
    last: date

    @property
    def length(self) -> int:
        """How many days it has."""
        return LENGTHS[self.kind]

    @property
    def first(self) -> date:
        """Its first day."""
        return self.last - timedelta(days=self.length - 1)

    @property
    def days(self) -> tuple[date, ...]:
        """Its days, the oldest first."""
        return tuple(self.first + timedelta(days=ahead) for ahead in range(self.length))

    @property
    def before(self) -> Span:
        """As many days just before it."""
        return Span(self.kind, self.first - timedelta(days=1))

    def after(self, today: date) -> Span | None:
        """As many days just after it, none of them beyond today; None when it ends today."""
        return Span(self.kind, min(self.last + timedelta(days=self.length), today)) if self.last < today else None


@dataclass(frozen=True, slots=True)
class Sum:
    """What known values come to: their number, their total and their mean."""

    n: int
    total: Decimal

    @property
    def mean(self) -> Decimal:
        """The mean of the known values."""
        return self.total / self.n


def summed(values: Iterable[Decimal | None]) -> Sum | None:
    """Add up what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return Sum(len(known), sum(known, Decimal(0))) if known else None


def over(days: Sequence[date], values: Mapping[date, Decimal | None], *, leaving_out: date | None) -> Sum | None:
    """Add up the days of a span; a day that is not over yet may be left out, as its sum still grows."""
    return summed(values.get(day) for day in days if day != leaving_out)


def known_on_both(
    days: Sequence[date], one: Mapping[date, Decimal | None], other: Mapping[date, Decimal | None]
) -> Iterator[tuple[date, Decimal, Decimal]]:
    """Yield the days on which both are known with both values, the latest first."""
    for day in reversed(days):
        value, beside = one.get(day), other.get(day)
        if value is not None and beside is not None:
            yield day, value, beside
