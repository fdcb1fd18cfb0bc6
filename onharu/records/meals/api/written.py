"""Answers written straight from frozen values. The serializers in `shapes` describe them to readers of the API.

Writing twenty foods through serializers took as long as finding them; a test holds both to the same keys.
"""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localtime

from onharu.catalog.foods.public import FoodFacts
from onharu.kernel.quantities import Total
from onharu.records.meals.queries.diary import ItemEntry, MealEntry
from onharu.records.meals.queries.shelf import FoundFood


def food(found: FoundFood) -> dict[str, Any]:
    """Write a food as a person sees it (`shapes.FoodOut`)."""
    return {
        **facts(found.facts),
        "own": found.facts.id < 0,
        "kind": found.kind,
        "score": found.score,
        "favourite": found.favourite,
        "last_quantity": found.last_quantity,
        "last_unit": found.last_unit,
    }


def facts(known: FoodFacts) -> dict[str, Any]:
    """Write what is known of a food."""
    return {
        "id": known.id,
        "name": known.name,
        "maker": known.maker,
        "category": known.category,
        "basis": known.basis,
        "basis_unit": known.basis_unit,
        "per_100": known.per_100.as_dict(),
        "units": [
            {"name": unit.name, "grams": unit.grams, "source": unit.source, "guess": unit.guess} for unit in known.units
        ],
        "source": known.source,
        "edition": known.edition,
    }


def item(entry: ItemEntry) -> dict[str, Any]:
    """Write an eaten food (`shapes.ItemOut`)."""
    return {
        "id": entry.id,
        "meal": entry.meal_id,
        "food": entry.food,
        "name": entry.name,
        "quantity": entry.quantity,
        "unit": entry.unit,
        "grams": entry.grams,
        "basis_unit": entry.basis_unit,
        "grams_source": entry.grams_source,
        "origin": entry.origin,
        "source": entry.source,
        "edition": entry.edition,
        "nutrients": entry.nutrients.as_dict(),
    }


def meal(entry: MealEntry) -> dict[str, Any]:
    """Write a meal (`shapes.MealOut`)."""
    return {
        "id": entry.id,
        "log_date": entry.day,
        "meal_type": entry.slot,
        "eaten_at": localtime(entry.eaten_at),
        "note": entry.note,
        "photo": entry.photo_id,
        "items": [item(one) for one in entry.items],
        "total": total(entry.total),
    }


def total(summed: Total) -> dict[str, Any]:
    """Write a sum (`fields.TotalOut`): amounts, in how many rows each is unknown, number of rows."""
    return {**summed.nutrients.as_dict(), "unknown": summed.unknown, "items": summed.count}
