"""Writing down what was eaten: add, change, move, delete and take back, copy, water."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from onharu.catalog.foods.public import FoodFacts
from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.kernel.problems import Invalid
from onharu.kernel.quantities import NUTRIENTS
from onharu.records.meals.models import Eaten, Meal, MealItem, Water
from onharu.records.meals.queries.amounts import Amount, amount_of, change_of
from onharu.records.meals.queries.shelf import facts_by_key, forget_habits

MOST_ITEMS = 50


class FoodUnknown(Invalid):
    """A food that is neither in the catalogue nor this person's own."""

    code = "food_unknown"
    ko = "모르는 음식이 들어 있어요."
    en = "One of the foods is not known."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A food to write down: its signed number and an amount, as quantity and unit or as plain grams."""

    food: int
    quantity: Decimal = Decimal(1)
    unit: str = ""
    grams: Decimal | None = None
    origin: str = MealItem.Origin.SEARCH


def write(row: Eaten, facts: FoodFacts, amount: Amount) -> None:
    """Put a food and an amount into a row: the catalogue's nutrients as they are now, with their source."""
    row.food_id = facts.id if facts.id > 0 else None
    row.own_food_id = -facts.id if facts.id < 0 else None
    row.name, row.basis = facts.name, facts.basis
    row.source, row.edition, row.food_code = facts.source, facts.edition, facts.code
    row.quantity, row.unit = amount.quantity, amount.unit
    row.grams, row.grams_source = amount.grams, amount.grams_source
    for key in NUTRIENTS:
        setattr(row, key, getattr(facts.per_100, key))


def new_items(owner_id: int, wanted: Sequence[Wanted]) -> list[MealItem]:
    """Make unsaved rows for wanted foods. Raises FoodUnknown, AmountRefused."""
    if not 1 <= len(wanted) <= MOST_ITEMS:
        raise Invalid(
            "items_count", f"한 번에 1~{MOST_ITEMS}개까지 담을 수 있어요.", f"Send 1 to {MOST_ITEMS} foods at a time."
        )
    known = facts_by_key(owner_id, [one.food for one in wanted])
    rows = []
    for one in wanted:
        facts = known.get(one.food)
        if facts is None:
            raise FoodUnknown
        row = MealItem(owner_id=owner_id, origin=one.origin, created_at=clock.now())
        write(row, facts, amount_of(facts, one.quantity, one.unit, one.grams))
        rows.append(row)
    return rows


@transaction.atomic
def log_meal(
    *, owner_id: int, day: date, slot: str, eaten_at: datetime, wanted: Sequence[Wanted] = (), note: str = ""
) -> Meal:
    """Write a new meal down with its foods."""
    rows = new_items(owner_id, wanted) if wanted else []
    meal = Meal.objects.create(
        owner_id=owner_id, day=day, slot=slot, eaten_at=eaten_at, note=note, created_at=clock.now()
    )
    _save(meal, rows)
    return meal


@transaction.atomic
def add_items(*, owner_id: int, meal_id: int, wanted: Sequence[Wanted]) -> list[MealItem]:
    """Add foods to a meal that is there."""
    meal = Meal.objects.of(owner_id).alive().one_of(owner_id, meal_id)
    return _save(meal, new_items(owner_id, wanted))


@transaction.atomic
def add_to_slot(*, owner_id: int, day: date, slot: str, eaten_at: datetime, wanted: Sequence[Wanted]) -> list[MealItem]:
    """Add foods to the day's latest meal of a slot; the first of a slot starts the meal."""
    meal = _meal_at(owner_id, day, slot, eaten_at)
    return add_items(owner_id=owner_id, meal_id=meal.pk, wanted=wanted)


def _meal_at(owner_id: int, day: date, slot: str, eaten_at: datetime) -> Meal:
    latest: Meal | None = (
        Meal.objects.of(owner_id).alive().filter(day=day, slot=slot).order_by("-eaten_at", "-pk").first()
    )
    return latest or log_meal(owner_id=owner_id, day=day, slot=slot, eaten_at=eaten_at)


def _save(meal: Meal, rows: list[MealItem]) -> list[MealItem]:
    for row in rows:
        row.meal = meal
    MealItem.objects.bulk_create(rows)
    forget_habits(meal.owner_id)
    touch(meal.owner_id, meal.day, part="meals")
    return rows


@transaction.atomic
def change_item(
    *,
    owner_id: int,
    item_id: int,
    food: int | None = None,
    quantity: Decimal | None = None,
    unit: str | None = None,
    grams: Decimal | None = None,
) -> MealItem:
    """Correct a food of a meal. Another amount keeps the nutrients as first written; another food takes its own."""
    item: MealItem = MealItem.objects.alive().select_for_update().one_of(owner_id, item_id)
    key = food or (-item.own_food_id if item.own_food_id else item.food_id)
    facts = facts_by_key(owner_id, [key]).get(key) if key else None
    said = item.quantity if quantity is None else quantity
    in_unit = item.unit if unit is None else unit
    if food is not None:
        if facts is None:
            raise FoodUnknown
        write(item, facts, amount_of(facts, said, in_unit, grams))
    else:
        if facts is None and unit not in (None, item.unit):
            raise FoodUnknown
        amount = change_of(item, facts, said, in_unit, grams)
        item.quantity, item.unit = amount.quantity, amount.unit
        item.grams, item.grams_source = amount.grams, amount.grams_source
    item.save()
    forget_habits(owner_id)
    touch(owner_id, item.meal.day, part="meals")
    return item


@transaction.atomic
def move_item(*, owner_id: int, item_id: int, day: date, slot: str, eaten_at: datetime) -> MealItem:
    """Move a food to the day's latest meal of a slot; where it already is, nothing changes."""
    item: MealItem = MealItem.objects.alive().select_for_update().one_of(owner_id, item_id)
    before = item.meal
    if (before.day, before.slot) != (day, slot):
        item.meal = _meal_at(owner_id, day, slot, eaten_at)
        item.save(update_fields=["meal"])
        forget_habits(owner_id)
        touch(owner_id, before.day, day, part="meals")
    return item


@transaction.atomic
def change_meal(
    *,
    owner_id: int,
    meal_id: int,
    day: date | None = None,
    slot: str | None = None,
    eaten_at: datetime | None = None,
    note: str | None = None,
) -> Meal:
    """Move a meal to another day, slot or time, or change its note."""
    meal: Meal = Meal.objects.alive().select_for_update().one_of(owner_id, meal_id)
    before = meal.day
    meal.day = day or meal.day
    meal.slot = slot or meal.slot
    meal.eaten_at = eaten_at or meal.eaten_at
    meal.note = meal.note if note is None else note
    meal.save()
    forget_habits(owner_id)
    touch(owner_id, before, meal.day, part="meals")
    return meal


@transaction.atomic
def delete_meal(*, owner_id: int, meal_id: int) -> Meal:
    """Delete a meal; `restore_meal` takes it back for a day. Saying it twice changes nothing."""
    meal: Meal = Meal.objects.select_for_update().one_of(owner_id, meal_id)
    if meal.deleted_at is None:
        Meal.objects.filter(pk=meal.pk).update(deleted_at=clock.now())
        forget_habits(owner_id)
        touch(owner_id, meal.day, part="meals")
    return meal


@transaction.atomic
def restore_meal(*, owner_id: int, meal_id: int) -> Meal:
    """Take a deletion back."""
    meal: Meal = Meal.objects.select_for_update().one_of(owner_id, meal_id)
    if meal.deleted_at is not None:
        meal.deleted_at = None
        meal.save(update_fields=["deleted_at"])
        forget_habits(owner_id)
        touch(owner_id, meal.day, part="meals")
    return meal


@transaction.atomic
def delete_items(*, owner_id: int, item_ids: Sequence[int]) -> int:
    """Delete foods of meals; strangers' and unknown ids are as if not there. Returns how many were there."""
    rows = MealItem.objects.of(owner_id).filter(pk__in=item_ids)
    days = list(rows.values_list("meal__day", flat=True))
    if rows.filter(deleted_at__isnull=True).update(deleted_at=clock.now()):
        forget_habits(owner_id)
        touch(owner_id, *days, part="meals")
    return len(days)


@transaction.atomic
def restore_items(*, owner_id: int, item_ids: Sequence[int]) -> int:
    """Take deletions back; returns how many foods are there again."""
    rows = MealItem.objects.of(owner_id).filter(pk__in=item_ids)
    days = list(rows.values_list("meal__day", flat=True))
    if rows.filter(deleted_at__isnull=False).update(deleted_at=None):
        forget_habits(owner_id)
        touch(owner_id, *days, part="meals")
    return len(days)


@transaction.atomic
def set_water(*, owner_id: int, day: date, ml: int) -> Water:
    """Say how much water was drunk on a day. Saying it twice changes nothing."""
    row, _ = Water.objects.update_or_create(owner_id=owner_id, day=day, defaults={"ml": ml})
    touch(owner_id, day, part="meals")
    return row
