"""Foods as one person sees them: the catalogue's and their own, found by one signed number.

A positive number is a catalogue food, a negative one minus the id of one's own food (docs/decisions/0005).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.cache import caches
from django.db.models import Max

from onharu.catalog.foods import public as foods
from onharu.catalog.foods.public import FoodFacts, UnitFacts
from onharu.kernel.problems import Missing
from onharu.kernel.sealing import Unreadable, seal, unseal
from onharu.names import public as names
from onharu.records.meals.models import Favourite, Ingredient, MealItem, OwnFood
from onharu.records.meals.queries.diary import signed_key
from onharu.records.meals.rules import SLOTS, Use, habit_weights, recipe_per_100

OWN_SOURCE = "직접 입력"
RECIPE_SOURCE = "내 레시피"
# What is deleted when the person writes (kernel.cache).
PEOPLE = "people"
HABIT_ROWS = 400
HABIT_SECONDS = 600
MOST_OWN_FOODS = 500
BIGGEST = 2**63 - 1  # the last number that a column of ids holds


@dataclass(frozen=True, slots=True)
class FoundFood:
    """A food in a person's search: facts, how well it fits (0-100), and whether it is their own."""

    facts: FoodFacts
    score: float
    kind: str
    favourite: bool = False
    last_quantity: Decimal | None = None
    last_unit: str | None = None


@dataclass(frozen=True, slots=True)
class FoundFoods:
    """An answer to a search; `corrected` is the spelling that was understood, when it differs."""

    hits: tuple[FoundFood, ...]
    corrected: str | None


def own_facts(food: OwnFood) -> FoodFacts:
    """Present one's own food like any other; a recipe is computed from its ingredients here."""
    per_100 = food.per_100
    if food.is_recipe:
        parts = [(part.nutrients, part.grams) for part in food.ingredients.all()]
        per_100 = recipe_per_100(parts, food.cooked_grams)
    units: tuple[UnitFacts, ...] = ()
    if food.serving_grams:
        units = (UnitFacts(name=food.serving_name, grams=food.serving_grams, source=OWN_SOURCE, guess=False),)
    return FoodFacts(
        id=-food.pk,
        code="",
        name=food.name,
        basis=food.basis,
        per_100=per_100,
        units=units,
        source=RECIPE_SOURCE if food.is_recipe else OWN_SOURCE,
        maker=food.maker,
    )


def own_foods_of(owner_id: int) -> Any:
    """This person's foods and recipes with their ingredients; two statements."""
    return OwnFood.objects.of(owner_id).alive().order_by("-pk").prefetch_related("ingredients")


def facts_by_key(owner_id: int, keys: Iterable[int]) -> dict[int, FoodFacts]:
    """Find foods by signed number; unknown ones and strangers' are left out."""
    wanted = {key for key in keys if abs(key) <= BIGGEST}
    found = dict(foods.facts_of([key for key in wanted if key > 0]))
    own = [-key for key in wanted if key < 0]
    if own:
        found.update({-food.pk: own_facts(food) for food in own_foods_of(owner_id).filter(pk__in=own)})
    return found


def facts_or_missing(owner_id: int, key: int) -> FoodFacts:
    """Find one food by signed number, or raise Missing."""
    facts = facts_by_key(owner_id, [key]).get(key)
    if facts is None:
        raise Missing("food_missing", "음식을 찾을 수 없어요.", "This food was not found.")
    return facts


def uses_of(owner_id: int) -> list[Use]:
    """List what was eaten lately, newest first, at most 400 rows; one statement, remembered for ten minutes."""
    key = _habit_key(owner_id)
    kept: list[tuple[int, str, int]] | None = caches[PEOPLE].get(key)
    if kept is None:
        rows = (
            MealItem.objects.of(owner_id)
            .alive()
            .order_by("-created_at")
            .values_list("food_id", "own_food_id", "meal__slot", "meal__day")[:HABIT_ROWS]
        )
        signed = ((signed_key(food, own), slot, day.toordinal()) for food, own, slot, day in rows)
        kept = [(food, slot, day) for food, slot, day in signed if food is not None]
        caches[PEOPLE].set(key, kept, HABIT_SECONDS)
    return [Use(food_key=food, slot=slot, day=date.fromordinal(day)) for food, slot, day in kept]


def weights_of(owner_id: int, slot: str, today: date) -> dict[int, float]:
    """Weigh this person's foods by habit at a meal (0-1); remembered until something is eaten."""
    key = _weight_key(owner_id, slot)
    kept: tuple[int, dict[int, float]] | None = caches[PEOPLE].get(key)
    if kept is None or kept[0] != today.toordinal():
        kept = (today.toordinal(), habit_weights(uses_of(owner_id), slot, today))
        caches[PEOPLE].set(key, kept, HABIT_SECONDS)
    return kept[1]


def forget_habits(owner_id: int) -> None:
    """Read habits anew at the next question."""
    caches[PEOPLE].delete_many([_habit_key(owner_id), *(_weight_key(owner_id, slot) for slot in SLOTS)])


def _habit_key(owner_id: int) -> str:
    return f"meals:habits:{owner_id}"


def _weight_key(owner_id: int, slot: str) -> str:
    return f"meals:weights:{owner_id}:{slot}"


def search_foods(owner_id: int, query: str, *, slot: str, today: date, limit: int = 20) -> FoundFoods:
    """Find foods by name: the catalogue's and one's own, one's own habits first among equals."""
    weights = weights_of(owner_id, slot, today)
    found = foods.find(query, limit=limit, boosts={key: weight for key, weight in weights.items() if key > 0})
    hits = [FoundFood(facts=hit.facts, score=hit.score, kind=hit.kind) for hit in found.hits]
    hits += _own_hits(owner_id, query, weights, limit)
    hits.sort(key=lambda hit: -hit.score)
    return FoundFoods(hits=tuple(hits[:limit]), corrected=found.corrected)


def _own_names(owner_id: int) -> list[tuple[int, str]]:
    """List one's own foods by signed number and name; one statement, remembered sealed for ten minutes."""
    key = _own_names_key(owner_id)
    with suppress(Unreadable):
        if (kept := caches[PEOPLE].get(key)) is not None:
            return [(own, name) for own, name in json.loads(unseal(kept, key.encode()))]
    rows = OwnFood.objects.of(owner_id).alive().order_by("-pk").values_list("pk", "name")[:MOST_OWN_FOODS]
    named = [(-pk, name) for pk, name in rows]
    caches[PEOPLE].set(key, seal(json.dumps(named).encode(), key.encode()), HABIT_SECONDS)
    return named


def _own_names_key(owner_id: int) -> str:
    return f"meals:own-names:{owner_id}"


def _own_hits(owner_id: int, query: str, weights: dict[int, float], limit: int) -> list[FoundFood]:
    named = _own_names(owner_id)
    if not named:
        return []
    entries = [names.Entry(key=own, text=name) for own, name in named]
    ranked = names.rank(query, entries, shelf=foods.SHELF, limit=limit, boosts=weights).hits
    facts = facts_by_key(owner_id, [hit.key for hit in ranked])
    return [FoundFood(facts=facts[hit.key], score=hit.score, kind="own") for hit in ranked if hit.key in facts]


def forget_own_names(owner_id: int) -> None:
    """Read the names of one's own foods anew at the next search."""
    caches[PEOPLE].delete(_own_names_key(owner_id))


def recents_of(owner_id: int, *, slot: str | None = None, limit: int = 12) -> list[FoundFood]:
    """List what was eaten lately (at one meal, where given) with the amounts of the last time."""
    rows = MealItem.objects.of(owner_id).alive().filter(meal__deleted_at__isnull=True)
    if slot:
        rows = rows.filter(meal__slot=slot)
    latest = rows.values("food_id", "own_food_id").annotate(last=Max("pk")).order_by("-last")[:limit]
    ids = [row["last"] for row in latest if row["food_id"] or row["own_food_id"]]
    items = MealItem.objects.of(owner_id).filter(pk__in=ids).order_by("-pk")
    return _as_found(owner_id, [(signed_key(i.food_id, i.own_food_id), i.quantity, i.unit) for i in items], "recent")


def favourites_of(owner_id: int, limit: int = 50) -> list[FoundFood]:
    """List the foods a person wants at hand, latest first."""
    rows = Favourite.objects.of(owner_id).order_by("-pk")[:limit]
    return _as_found(owner_id, [(signed_key(row.food_id, row.own_food_id), None, None) for row in rows], "favourite")


def favourite_keys(owner_id: int) -> set[int]:
    """Name the signed numbers of the favourites."""
    rows = Favourite.objects.of(owner_id).values_list("food_id", "own_food_id")
    return {key for food, own in rows if (key := signed_key(food, own)) is not None}


def _as_found(owner_id: int, rows: list[tuple[int | None, Decimal | None, str | None]], kind: str) -> list[FoundFood]:
    facts = facts_by_key(owner_id, [key for key, _, _ in rows if key is not None])
    return [
        FoundFood(
            facts=facts[key],
            score=0.0,
            kind=kind,
            favourite=kind == "favourite",
            last_quantity=quantity,
            last_unit=unit,
        )
        for key, quantity, unit in rows
        if key in facts
    ]


def in_recipes(owner_id: int, own_food_id: int) -> bool:
    """Whether one's own food is an ingredient of a recipe."""
    return Ingredient.objects.filter(
        recipe__owner_id=owner_id, recipe__deleted_at__isnull=True, own_food_id=own_food_id
    ).exists()


def at_hand(owner_id: int, *, slot: str, limit: int = 20) -> list[FoundFood]:
    """List recents of a meal, then of any meal, then favourites, each food once; at most `limit`."""
    found: dict[int, FoundFood] = {}
    liked = favourite_keys(owner_id)
    for one in [*recents_of(owner_id, slot=slot), *recents_of(owner_id), *favourites_of(owner_id)]:
        found.setdefault(one.facts.id, replace(one, favourite=one.facts.id in liked))
    return list(found.values())[:limit]
