"""How a day stands against its targets, and what there is still room for. Plain Python; a target has a direction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from onharu.catalog.intakes.public import AT_LEAST, AT_MOST, Target
from onharu.kernel.quantities import NUTRIENTS, Total

BELOW, INSIDE, OVER, UNKNOWN = "below", "within", "over", "unknown"
BEST = 100
ZERO = Decimal(0)
TARGET_HIGH, EATEN, WORKOUT_NET = "target_high", "eaten", "workout_net"


@dataclass(frozen=True, slots=True)
class Progress:
    """One measure of a day against its target; `nutrient` is the target's key, be it a nutrient or "water_ml".

    `amount` is None when no row knows it; `unknown_rows` says how many rows do not, so the amount may be
    too low. `percent` is of the limit, the goal, or the upper end of a range; it may exceed 100 and is
    never a score. `state`: below, within, over, unknown. `score` is 0 to 100 and None when nothing is known.
    """

    nutrient: str
    amount: Decimal | None
    unknown_rows: int
    target: Target
    percent: int | None
    state: str
    score: int | None


@dataclass(frozen=True, slots=True)
class Room:
    """How much energy there is still room for: the upper end of the target − eaten + net of the workouts.

    Every term is in kcal and None when it is unknown; then `kcal` is None too, and `unknown` names the terms.
    Below zero the day is beyond the upper end by that much.
    """

    kcal: Decimal | None
    target_high: Decimal | None
    eaten: Decimal | None
    workout_net: Decimal | None

    @property
    def unknown(self) -> tuple[str, ...]:
        """The terms that nobody knows."""
        terms = {TARGET_HIGH: self.target_high, EATEN: self.eaten, WORKOUT_NET: self.workout_net}
        return tuple(name for name, amount in terms.items() if amount is None)


def progress(
    total: Total, targets: Iterable[Target], others: Mapping[str, Decimal | None] | None = None
) -> tuple[Progress, ...]:
    """Hold a day against its targets. An empty day has eaten nothing, which is known: zero.

    `others` are the amounts of what is no nutrient ("water_ml", "workout_minutes"); what it leaves out is unknown.
    """
    known = others or {}
    return tuple(_of_one(total, target, known) for target in targets)


def _of_one(total: Total, target: Target, others: Mapping[str, Decimal | None]) -> Progress:
    amount, unknown_rows = others.get(target.nutrient), 0
    if target.nutrient in NUTRIENTS:
        amount, unknown_rows = eaten_of(total, target.nutrient), total.unknown.get(target.nutrient, 0)
    return progress_of(target, amount, unknown_rows)


def progress_of(target: Target, amount: Decimal | None, unknown_rows: int = 0) -> Progress:
    """Hold one amount against one target."""
    return Progress(
        nutrient=target.nutrient,
        amount=amount,
        unknown_rows=unknown_rows,
        target=target,
        percent=_percent(amount, target),
        state=_state(amount, target),
        score=score(amount, target),
    )


def eaten_of(total: Total, nutrient: str) -> Decimal | None:
    """Tell how much of a nutrient was eaten; None when no row knows it, zero when nothing was eaten."""
    amount: Decimal | None = getattr(total.nutrients, nutrient)
    return ZERO if total.count == 0 else amount


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


def score(amount: Decimal | None, target: Target) -> int | None:
    """Rate an amount from 0 to 100: 100 while the target holds, less in proportion to what lacks or is too much.

    Half of a goal is 50; one and a half times a limit is 50; twice a limit, or more, is 0. Rounded down, so that
    only a target that holds is rated 100.
    """
    if amount is None:
        return None
    if target.high is not None and amount > target.high:
        return _share(target.high - (amount - target.high), target.high)
    if target.direction != AT_MOST and target.low is not None and amount < target.low:
        return _share(amount, target.low)
    return BEST


def _share(amount: Decimal, of: Decimal) -> int:
    if amount <= 0 or of <= 0:
        return 0
    return min(BEST, int((amount * BEST / of).to_integral_value(ROUND_FLOOR)))


def room_left(*, target: Target | None, total: Total | None, moved_net: Decimal | None) -> Room:
    """Tell how much energy there is still room for. One food whose energy nobody knows makes what was eaten unknown.

    `moved_net` is what the workouts took beyond rest: zero when there were none, None when one of them is unknown.
    """
    high = target.high if target else None
    eaten = None if total is None or total.unknown.get("kcal") else eaten_of(total, "kcal")
    known = None if high is None or eaten is None or moved_net is None else high - eaten + moved_net
    return Room(kcal=known, target_high=high, eaten=eaten, workout_net=moved_net)
