"""Arithmetic of meals: which meal the clock suggests, what a recipe holds, how habits weigh. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

from onharu.kernel.quantities import Nutrients, total

SLOTS = ("BREAKFAST", "LUNCH", "DINNER", "SNACK")
USUAL_TIME = {"BREAKFAST": time(8, 0), "LUNCH": time(12, 30), "DINNER": time(18, 30), "SNACK": time(15, 30)}
_BREAKFAST_FROM, _LUNCH_FROM, _AFTERNOON_FROM, _DINNER_FROM, _NIGHT_FROM = 4, 10, 15, 17, 21
HALF_LIFE_DAYS = 14
# Counted one by one; bowls, cups and servings also come in halves.
PIECES = frozenset({"개", "알", "쪽", "조각", "장", "톨", "송이", "입", "큰술", "작은술"})
WEIGHTS = frozenset({"g", "ml"})
SMALLEST = Decimal("0.25")


def slot_at(at: time) -> str:
    """Suggest the meal for a wall-clock time."""
    if _BREAKFAST_FROM <= at.hour < _LUNCH_FROM:
        return "BREAKFAST"
    if _LUNCH_FROM <= at.hour < _AFTERNOON_FROM:
        return "LUNCH"
    if _DINNER_FROM <= at.hour < _NIGHT_FROM:
        return "DINNER"
    return "SNACK"


@dataclass(frozen=True, slots=True)
class Use:
    """One time that a food was eaten: which food, at which meal, on which day."""

    food_key: int
    slot: str
    day: date


def habit_weights(uses: Iterable[Use], slot: str, today: date) -> dict[int, float]:
    """Weigh foods by how often and how lately they were eaten, between 0 and 1.

    A use counts half after 14 days; at the same meal it counts three times, on the same weekday half as
    much again. The heaviest food of the person has weight 1.
    """
    raw: dict[int, float] = {}
    for use in uses:
        weight = 0.5 ** (max((today - use.day).days, 0) / HALF_LIFE_DAYS)
        weight *= 3.0 if use.slot == slot else 1.0
        weight *= 1.5 if use.day.weekday() == today.weekday() else 1.0
        raw[use.food_key] = raw.get(use.food_key, 0.0) + weight
    heaviest = max(raw.values(), default=1.0)
    return {key: weight / heaviest for key, weight in raw.items()}


def recipe_per_100(parts: Sequence[tuple[Nutrients, Decimal]], cooked_grams: Decimal | None) -> Nutrients:
    """Compute a recipe's nutrients per 100 g from its ingredients' (nutrients, grams).

    A nutrient unknown in any ingredient is unknown in the recipe. Without a cooked weight the raw weights
    are added up.
    """
    weight = cooked_grams or sum((grams for _, grams in parts), Decimal(0))
    if not weight:
        return Nutrients()
    summed = total(nutrients for nutrients, _ in parts)
    known = {key: None if key in summed.unknown else value for key, value in summed.nutrients.as_dict().items()}
    return Nutrients.of(known).scaled(Decimal(100) / weight)


def per_100_of(amounts: Mapping[str, Decimal | None], portion: Decimal) -> dict[str, Decimal | None]:
    """Convert what a label says of one portion (in g or ml) to 100 of it, to 0.001; unknown stays unknown."""
    return Nutrients.of(amounts).scaled(Decimal(100) / portion).as_dict()


def portion_grams(parts: Iterable[Decimal], cooked_grams: Decimal | None, servings: Decimal) -> Decimal:
    """Weigh one of a recipe's servings, to 0.01: the cooked weight, else the raw weights added up, shared out."""
    weight = cooked_grams or sum(parts, Decimal(0))
    return (weight / servings).quantize(Decimal("0.01"), ROUND_HALF_UP)


def steps_around(quantity: Decimal, unit: str) -> tuple[Decimal | None, Decimal]:
    """Name the next smaller and larger amounts worth a press; nothing is smaller than the least of them."""
    below = [one for one in _ladder(unit) if one < quantity]
    above = next((one for one in _ladder(unit) if one > quantity), quantity + 1)
    return (below[-1] if below else None), above


def quantity_in(unit: str, weighs: Decimal, *, quantity: Decimal, unit_before: str, grams: Decimal) -> Decimal:
    """Say an amount in another unit, one of which weighs `weighs`.

    In grams or ml the weight stays. From them, the nearest amount people say; between bowls and cups, the count stays.
    """
    if unit in WEIGHTS:
        return grams
    if unit_before not in WEIGHTS:
        return quantity
    return min(_ladder(unit), key=lambda one: abs(one * weighs - grams))


def _ladder(unit: str) -> list[Decimal]:
    if unit in WEIGHTS:
        fine = [*range(5, 20, 5), *range(20, 300, 10)]
        return [Decimal(one) for one in (*fine, *range(300, 2050, 50))]
    start = [SMALLEST, Decimal("0.5")]
    if unit in PIECES:
        return start + [Decimal(one) for one in range(1, 100)]
    return [SMALLEST, *(Decimal(half) / 2 for half in range(1, 10)), *(Decimal(one) for one in range(5, 100))]
