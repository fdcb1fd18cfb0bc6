"""What a photograph or a sentence could be, each suggestion with its origin.

Evidence in order of strength: one's own photograph of the same scene (memory), a named recognition (model),
what this person eats at this meal (habit). A weak recognition names nothing: the row says so and offers a
pick-list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from onharu.catalog.foods import public as foods
from onharu.catalog.foods.public import FoodFacts
from onharu.records.meals.models import Analysis, MealItem, Photo
from onharu.records.meals.queries.amounts import Amount, AmountRefused, amount_of
from onharu.records.meals.queries.diary import signed_key
from onharu.records.meals.queries.shelf import facts_by_key, search_foods, weights_of
from onharu.upstream import food_vision

MOST_ALTERNATIVES = 8
MOST_HABITS = 5
MOST_REMEMBERED = 300
TEXT_THRESHOLD = 70.0
MODEL, MEMORY, HABIT, TEXT = "model", "memory", "habit", "text"
NOT_SEEN: dict[str, Any] = {
    "is_food": None,
    "understood": False,
    "source": "none",
    "model": "",
    "leaves_home": False,
    "fallback_of": "",
    "guesses": [],
}


@dataclass(frozen=True, slots=True)
class Row:
    """One suggestion: a food by signed number or none, others to pick from, and an amount.

    `confidence` (0-1) is the calibrated recognition's, None where no model spoke. `origin`: model, memory,
    habit or text. Amounts are decimal texts, as the row is kept as JSON until it is confirmed.
    """

    photo: int | None
    label: str
    label_ko: str
    confidence: float | None
    origin: str
    why: str
    food: int | None
    alternatives: list[int] = field(default_factory=list)
    quantity: str = "1"
    unit: str = ""
    grams: str | None = None
    grams_source: str = "GUESS"


def rows_of_photos(analysis: Analysis, photos: Sequence[Photo]) -> tuple[list[Row], dict[int, FoodFacts]]:
    """Suggest what each photograph shows; the facts that were read for it come along, to be shown."""
    habits = _habits(analysis.owner_id, analysis.slot, analysis.day)
    rows: list[Row] = []
    for photo in photos:
        rows += _remembered(photo) or [_seen(photo, habits)]
    facts = facts_by_key(analysis.owner_id, {key for row in rows for key in [row.food, *row.alternatives] if key})
    weighed = [_with_portion(row, facts.get(row.food)) if row.food and row.grams is None else row for row in rows]
    return weighed, facts


def _habits(owner_id: int, slot: str, day: date) -> list[int]:
    """Name the foods this person most likely eats at this meal, likeliest first."""
    weights = weights_of(owner_id, slot, day)
    return sorted(weights, key=lambda key: -weights[key])


def _remembered(photo: Photo) -> list[Row]:
    """Find the same scene among one's own confirmed photographs; its foods and amounts are suggested again."""
    if photo.feature is None:
        return []
    rows = (
        Photo.objects.of(photo.owner_id)
        .filter(meal__isnull=False, meal__deleted_at__isnull=True, feature__isnull=False)
        .exclude(pk=photo.pk)
        .order_by("-pk")
        .values_list("meal_id", "meal__day", "feature")[:MOST_REMEMBERED]
    )
    kept = [(meal_id, day, bytes(feature)) for meal_id, day, feature in rows]
    best = food_vision.most_alike(bytes(photo.feature), [feature for _, _, feature in kept])
    if best is None or best.similarity < food_vision.SAME_SCENE:
        return []
    meal_id, day, _ = kept[best.index]
    items = MealItem.objects.of(photo.owner_id).alive().filter(meal_id=meal_id).order_by("pk")
    return [_again(photo, item, day) for item in items]


def _again(photo: Photo, item: MealItem, day: date) -> Row:
    return Row(
        photo=photo.pk,
        label="",
        label_ko=item.name,
        confidence=None,
        origin=MEMORY,
        why=day.isoformat(),
        food=signed_key(item.food_id, item.own_food_id),
        quantity=format(item.quantity.normalize(), "f"),
        unit=item.unit,
        grams=str(item.grams),
        grams_source=item.grams_source,
    )


def _seen(photo: Photo, habits: list[int]) -> Row:
    """Suggest from what the model saw, a habit among its candidates first; without a name only a pick-list."""
    sight: dict[str, Any] = photo.sight or {}
    guesses: list[dict[str, Any]] = sight.get("guesses", [])
    matches = [foods.keys_for_label(guess["label"], guess["label_ko"]) for guess in guesses]
    candidates = _distinct(key for match in matches for key in match.keys)
    usual = [key for key in habits if key in candidates]
    sure = bool(sight.get("understood"))
    rest = [*candidates, *habits[:MOST_HABITS]] if sure else [*habits[:MOST_HABITS], *candidates]
    picks = _distinct([*usual, *rest])
    top = {**guesses[0], "label_ko": matches[0].label_ko} if guesses else {}
    if sure and candidates:
        food, origin = picks[0], HABIT if usual else MODEL
        return _seen_row(photo, top, origin, food, picks)
    return _seen_row(photo, top, HABIT if habits else MODEL, None, picks)


def _seen_row(photo: Photo, top: dict[str, Any], origin: str, food: int | None, picks: list[int]) -> Row:
    return Row(
        photo=photo.pk,
        label=str(top.get("label", "")),
        label_ko=str(top.get("label_ko", "")),
        confidence=top.get("confidence"),
        origin=origin,
        why="" if (photo.sight or {}).get("is_food") is not False else "not_food",
        food=food,
        alternatives=[key for key in picks if key != food][:MOST_ALTERNATIVES],
    )


def _distinct(keys: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(keys))


def rows_of_text(owner_id: int, text: str, *, slot: str, today: date) -> list[Row]:
    """Suggest a food and an amount for each phrase of a sentence."""
    rows = []
    for phrase in foods.parse_meal_text(text):
        found = search_foods(owner_id, phrase.name, slot=slot, today=today, limit=MOST_ALTERNATIVES + 1)
        best = found.hits[0] if found.hits and found.hits[0].score >= TEXT_THRESHOLD else None
        row = Row(
            photo=None,
            label=phrase.name,
            label_ko=phrase.name,
            confidence=None,
            origin=TEXT,
            why=found.corrected or "",
            food=best.facts.id if best else None,
            alternatives=[hit.facts.id for hit in found.hits if hit is not best][:MOST_ALTERNATIVES],
            quantity=str(phrase.quantity),
            unit=phrase.unit,
        )
        weighed = _with_portion(row, best.facts if best else None)
        rows.append(replace(weighed, grams_source="GUESS") if phrase.guess else weighed)
    return rows


def _with_portion(row: Row, facts: FoodFacts | None) -> Row:
    """Weigh a row: by what was said, else by the food's usual portion."""
    if facts is None:
        return row
    try:
        amount = amount_of(facts, Decimal(row.quantity), row.unit, None)
    except AmountRefused:
        amount = amount_of(facts, Decimal(1), "", None)
    return _weighed(row, amount)


def _weighed(row: Row, amount: Amount) -> Row:
    return replace(
        row,
        quantity=format(amount.quantity.normalize(), "f"),
        unit=amount.unit,
        grams=str(amount.grams),
        grams_source=amount.grams_source,
    )


def sight_json(sight: food_vision.Sight) -> dict[str, Any]:
    """Keep what a model saw, so that the same bytes are never looked at twice."""
    return {
        "is_food": sight.is_food,
        "understood": sight.understood,
        "source": sight.source,
        "model": sight.model,
        "leaves_home": sight.leaves_home,
        "fallback_of": sight.fallback_of,
        "guesses": [
            {"label": one.label, "label_ko": one.label_ko, "confidence": one.confidence} for one in sight.guesses
        ],
    }
