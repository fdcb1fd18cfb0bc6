"""What a person is likely to log next, each food with the amount of the last time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from onharu.catalog.foods.public import FoodFacts
from onharu.records.meals.models import Eaten, MealItem
from onharu.records.meals.queries.diary import MealDay, signed_key
from onharu.records.meals.queries.shelf import facts_by_key
from onharu.records.meals.rules import Use, habit_weights

MOST_ROWS = 300
_COLUMNS = ("food_id", "own_food_id", "meal__slot", "meal__day", "quantity", "unit", "grams", "grams_source")


@dataclass(frozen=True, slots=True)
class Usual:
    """A food with the amount it was last eaten in; `grams` only where it was weighed by hand."""

    facts: FoodFacts
    quantity: Decimal
    unit: str
    grams: Decimal | None


@dataclass(frozen=True, slots=True)
class _Last:
    use: Use
    quantity: Decimal
    unit: str
    grams: Decimal | None


def usual_foods(owner_id: int, *, slot: str, today: date, limit: int = 20) -> list[Usual]:
    """List the foods this person eats at a meal and weekday, likeliest first; two statements, one more with own foods.

    The amount is that of the last time at the same meal, else of the last time.
    """
    rows = MealItem.objects.of(owner_id).alive().filter(meal__deleted_at__isnull=True)
    lasts = [last for row in rows.order_by("-pk").values_list(*_COLUMNS)[:MOST_ROWS] if (last := _last(*row))]
    weights = habit_weights((last.use for last in lasts), slot, today)
    likeliest = sorted(weights, key=lambda key: -weights[key])[:limit]
    amounts = {last.use.food_key: last for last in reversed(lasts)}
    amounts |= {last.use.food_key: last for last in reversed(lasts) if last.use.slot == slot}
    return _with_facts(owner_id, [amounts[key] for key in likeliest])


def foods_of_day(owner_id: int, day: MealDay, *, slot: str) -> list[Usual]:
    """List what was eaten on a day, each food once, that of one meal first."""
    ordered = sorted(day.meals, key=lambda meal: meal.slot != slot)
    lasts: dict[int, _Last] = {}
    for meal in ordered:
        for item in meal.items:
            if item.food is not None:
                weighed = item.grams if item.grams_source == Eaten.GramsSource.WEIGHED else None
                use = Use(food_key=item.food, slot=meal.slot, day=day.day)
                lasts.setdefault(item.food, _Last(use, item.quantity, item.unit, weighed))
    return _with_facts(owner_id, lasts.values())


def _last(food: int | None, own: int | None, slot: str, day: date, *amount: Any) -> _Last | None:
    key = signed_key(food, own)
    if key is None:
        return None
    quantity, unit, grams, how = amount
    weighed = grams if how == Eaten.GramsSource.WEIGHED else None
    return _Last(Use(food_key=key, slot=slot, day=day), quantity, unit, weighed)


def _with_facts(owner_id: int, lasts: Iterable[_Last]) -> list[Usual]:
    wanted = list(lasts)
    facts = facts_by_key(owner_id, [last.use.food_key for last in wanted])
    return [
        Usual(facts=facts[last.use.food_key], quantity=last.quantity, unit=last.unit, grams=last.grams)
        for last in wanted
        if last.use.food_key in facts
    ]
