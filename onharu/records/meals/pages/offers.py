"""Foods that a press writes down: from habits, favourites, another day, one's own shelf, or a search."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from onharu.accounts.public import Visit
from onharu.catalog.foods.public import FoodFacts
from onharu.kernel.wording import amount
from onharu.records.meals.models import MealItem
from onharu.records.meals.pages import words
from onharu.records.meals.queries import shelf, wording
from onharu.records.meals.queries.amounts import Amount, AmountRefused, amount_of
from onharu.records.meals.queries.diary import MealDay, day_of
from onharu.records.meals.queries.recent import Usual, foods_of_day, usual_foods

TABS = ("recent", "favourites", "yesterday", "own")
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Offer:
    """One food to press, with the amount the press writes down. `key` makes the press count once."""

    food: int
    key: str
    name: SafeString
    plain_name: str
    about: str
    portion: str
    kcal: str
    guess: bool
    quantity: str
    unit: str
    grams: str
    favourite: bool | None = None
    added: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """What the sheet lists: of a tab, or found by a query that may have been understood as `corrected`."""

    tab: str
    query: str
    corrected: str
    rows: tuple[Offer, ...]
    yesterday: MealDay | None = None
    again_key: str = ""


def offers(visit: Visit, *, tab: str, query: str, day: date, slot: str) -> Offers:
    """List what a press could write down: answers to a query, else the tab's foods."""
    if query:
        return _found(visit, query, slot)
    owner_id = visit.person.id
    if tab == "favourites":
        liked = shelf.favourites_of(owner_id)
        return Offers(tab, "", "", tuple(replace(default_offer(one.facts), favourite=True) for one in liked))
    if tab == "own":
        own = (shelf.own_facts(food) for food in shelf.own_foods_of(owner_id)[: shelf.MOST_OWN_FOODS])
        return Offers(tab, "", "", tuple(default_offer(facts) for facts in own))
    if tab == "yesterday":
        before = day_of(owner_id, day - timedelta(days=1))
        usual = _usual(foods_of_day(owner_id, before, slot=slot))
        return Offers(tab, "", "", usual, before, uuid.uuid4().hex)
    return Offers("recent", "", "", _usual(usual_foods(owner_id, slot=slot, today=visit.today)))


def _found(visit: Visit, query: str, slot: str) -> Offers:
    found = shelf.search_foods(visit.person.id, query, slot=slot, today=visit.today, limit=MOST_FOUND)
    corrected = words.found_words(query, found.corrected) if found.corrected else ""
    rows = tuple(default_offer(hit.facts, query=found.corrected or query) for hit in found.hits)
    return Offers("", query, corrected, rows)


def _usual(usual: Iterable[Usual]) -> tuple[Offer, ...]:
    return tuple(offer(one.facts, one.quantity, one.unit, one.grams) for one in usual)


def default_offer(facts: FoodFacts, query: str = "") -> Offer:
    """Offer a food in its usual portion."""
    return offer(facts, Decimal(1), "", None, query)


def offer(facts: FoodFacts, quantity: Decimal, unit: str, grams: Decimal | None, query: str = "") -> Offer:
    """Offer a food in an amount; one that cannot be resolved any more falls back to the usual portion."""
    try:
        resolved = amount_of(facts, quantity, unit, grams)
    except AmountRefused:
        resolved, grams = amount_of(facts, Decimal(1), "", None), None
    return _offer(facts, resolved, grams, query)


def _offer(facts: FoodFacts, resolved: Amount, grams: Decimal | None, query: str) -> Offer:
    kcal = facts.nutrients_of(resolved.grams).kcal
    return Offer(
        food=facts.id,
        key=uuid.uuid4().hex,
        name=words.marked(facts.name, query),
        plain_name=wording.food_name(facts.name),
        about=facts.maker or (_("내 음식") if facts.id < 0 else ""),
        portion=wording.portion(resolved.quantity, resolved.unit, resolved.grams, facts.basis_unit),
        kcal=amount(kcal),
        guess=wording.is_guess(resolved.grams_source),
        quantity=f"{resolved.quantity.normalize():f}",
        unit=resolved.unit,
        grams="" if grams is None else f"{grams.normalize():f}",
    )


def offer_again(owner_id: int, item: MealItem) -> Offer:
    """Offer what was just written down once more, under a new key."""
    weighed = item.grams if item.grams_source == MealItem.GramsSource.WEIGHED else None
    facts = shelf.facts_or_missing(owner_id, -item.own_food_id if item.own_food_id else item.food_id or 0)
    return replace(offer(facts, item.quantity, item.unit, weighed), added=True)
