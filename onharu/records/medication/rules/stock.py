"""What is left of a medicine, and how long it lasts by its real schedule. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from onharu.records.medication.rules.schedules.shapes import Planned

COUNTED = "counted"
Moved = tuple[str, Decimal, datetime]
Taking = tuple[datetime, Decimal]


@dataclass(frozen=True, slots=True)
class Left:
    """What is left: counted at `since`, more added since, less what was taken since; never below nothing.

    `short` is how much more was taken than there was: the count was wrong.
    """

    since: datetime
    counted: Decimal
    added: Decimal
    taken: Decimal

    @property
    def amount(self) -> Decimal:
        """How much is left."""
        return max(Decimal(0), self.counted + self.added - self.taken)

    @property
    def short(self) -> Decimal:
        """How much more was taken than there was."""
        return max(Decimal(0), self.taken - self.counted - self.added)


def left_of(moves: Iterable[Moved], takings: Iterable[Taking]) -> Left | None:
    """Tell what is left from counts and refills (`kind, amount, at`, in order) and takings; None where none was said.

    The last count leads; what was taken or added before it is in it. Where nothing was counted, the first refill is.
    """
    said = list(moves)
    if not said:
        return None
    start = max((place for place, (kind, _, _) in enumerate(said) if kind == COUNTED), default=0)
    _, counted, since = said[start]
    added = sum((amount for _, amount, _ in said[start + 1 :]), Decimal(0))
    taken = sum((amount for at, amount in takings if at > since), Decimal(0))
    return Left(since, counted, added, taken)


@dataclass(frozen=True, slots=True)
class Lasts:
    """How long a stock lasts: whole days from the next dose on, its last day, and the first dose that is not covered.

    All are None where it lasts as far as was looked, which is until the end of the course or `looked_until`.
    """

    days: int | None = None
    until: date | None = None
    short_at: datetime | None = None


def lasts(amount: Decimal, doses: Iterable[Planned]) -> Lasts:
    """Take planned doses from a stock, in order, until one is not covered."""
    first: date | None = None
    last: date | None = None
    for dose in doses:
        first = first or dose.date
        if dose.amount > amount:
            return Lasts((dose.date - first).days, last, dose.at)
        amount, last = amount - dose.amount, dose.date
    return Lasts()
