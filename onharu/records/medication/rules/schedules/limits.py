"""What must be asked before a dose that is taken when needed: so much in any 24 hours, so long between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from onharu.records.medication.rules.schedules.shapes import Limit

DAY = timedelta(hours=24)
Taking = tuple[datetime, Decimal]


@dataclass(frozen=True, slots=True)
class Asked:
    """Why a dose is asked about.

    `taken_in_24h` is the most that any 24 hours around it hold already; `last_at` the last taking before it, or the
    next one after it; `free_at` when it would be within the limit, None when never (one dose alone is over it).
    """

    taken_in_24h: Decimal
    most: Decimal | None
    last_at: datetime | None
    free_at: datetime | None


def asked(limit: Limit, takings: Sequence[Taking], at: datetime, amount: Decimal) -> Asked | None:
    """Tell what must be asked before a dose at `at`; None where it is within the limit.

    Any 24 hours count, also those that end after `at`: a dose told for yesterday counts with what was taken since. A
    taking exactly 24 hours away is outside, one exactly `gap` away is far enough.
    """
    if _within(limit, takings, at, amount):
        return None
    before = [when for when, _ in takings if when <= at]
    after = [when for when, _ in takings if when > at]
    return Asked(
        taken_in_24h=_around(takings, at),
        most=limit.most_in_24h,
        last_at=max(before) if before else min(after, default=None),
        free_at=_free_at(limit, takings, at, amount),
    )


def _within(limit: Limit, takings: Sequence[Taking], at: datetime, amount: Decimal) -> bool:
    if limit.most_in_24h is not None and _around(takings, at) + amount > limit.most_in_24h:
        return False
    return limit.gap is None or all(abs(when - at) >= limit.gap for when, _ in takings)


def _around(takings: Sequence[Taking], at: datetime) -> Decimal:
    """Sum up the fullest 24 hours that hold `at`; they end at `at` or at a taking less than 24 hours after it."""
    near = [taking for taking in takings if abs(taking[0] - at) < DAY]
    ends = [at, *(when for when, _ in near if when > at)]
    return max(sum((much for when, much in near if end - DAY < when <= end), Decimal(0)) for end in ends)


def _free_at(limit: Limit, takings: Sequence[Taking], at: datetime, amount: Decimal) -> datetime | None:
    """Find the first instant from `at` on that is within the limit; it is `gap` or 24 hours after some taking."""
    steps = [DAY] if limit.gap is None else [DAY, limit.gap]
    ends = sorted({when + step for when, _ in takings for step in steps if when + step > at})
    return next((end for end in ends if _within(limit, takings, end, amount)), None)
