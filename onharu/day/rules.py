"""How a day stands against its targets. Plain Python; every target has a direction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from onharu.catalog.intakes.public import AT_LEAST, AT_MOST, Target
from onharu.kernel.quantities import Total

BELOW, INSIDE, OVER, UNKNOWN = "below", "within", "over", "unknown"


@dataclass(frozen=True, slots=True)
class Progress:
    """One nutrient of a day against its target.

    `amount` is None when no row knows it; `unknown_rows` says how many rows do not, so the amount may be
    too low. `percent` is of the limit, the goal, or the upper end of a range; it may exceed 100 and is
    never a score. `state`: below, within, over, unknown.
    """

    nutrient: str
    amount: Decimal | None
    unknown_rows: int
    target: Target
    percent: int | None
    state: str


def progress(total: Total, targets: Iterable[Target]) -> tuple[Progress, ...]:
    """Hold a day's total against its targets. An empty day has eaten nothing, which is known: zero."""
    return tuple(_of_one(total, target) for target in targets)


def _of_one(total: Total, target: Target) -> Progress:
    amount: Decimal | None = getattr(total.nutrients, target.nutrient)
    if total.count == 0:
        amount = Decimal(0)
    return Progress(
        nutrient=target.nutrient,
        amount=amount,
        unknown_rows=total.unknown.get(target.nutrient, 0),
        target=target,
        percent=_percent(amount, target),
        state=_state(amount, target),
    )


def _percent(amount: Decimal | None, target: Target) -> int | None:
    end = target.low if target.direction == AT_LEAST else target.high
    if amount is None or not end:
        return None
    return int((amount * 100 / end).to_integral_value())


def _state(amount: Decimal | None, target: Target) -> str:
    if amount is None:
        return UNKNOWN
    if target.high is not None and amount > target.high:
        return OVER
    if target.direction == AT_MOST or target.low is None:
        return INSIDE
    return INSIDE if amount >= target.low else BELOW
