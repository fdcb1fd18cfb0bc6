"""Yesterday once more: copies of meals and days, amounts and nutrients as they were written down."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.kernel.problems import Missing
from onharu.records.meals.models import Meal, MealItem
from onharu.records.meals.queries.diary import meals_of
from onharu.records.meals.queries.shelf import forget_habits

MOST_MEALS = 20


class NothingToCopy(Missing):
    """Nothing was eaten on the day or at the meal that was to be copied."""

    code = "nothing_to_copy"
    ko = "가져올 기록이 없어요."
    en = "There is nothing to copy."


@transaction.atomic
def copy_meals(
    *,
    owner_id: int,
    to_day: date,
    zone: str,
    from_day: date | None = None,
    meal_id: int | None = None,
    slot: str | None = None,
    to_slot: str | None = None,
) -> list[MealItem]:
    """Copy a meal, or a day's meals (of one slot, where given), to another day at the same clock times.

    Foods join the latest meal of their slot on that day, if there is one. Raises NothingToCopy.
    """
    meals = meals_of(owner_id)
    if meal_id is not None:
        meals = meals.filter(pk=meal_id)
    elif from_day is not None:
        meals = meals.filter(day=from_day)
        if slot:
            meals = meals.filter(slot=slot)
    else:
        raise NothingToCopy
    copies: list[MealItem] = []
    for meal in sorted(meals[:MOST_MEALS], key=lambda one: one.eaten_at):
        copies += _copy(meal, to_day, to_slot or meal.slot, zone)
    if not copies:
        raise NothingToCopy
    forget_habits(owner_id)
    touch(owner_id, to_day, part="meals")
    return copies


def _copy(meal: Meal, to_day: date, slot: str, zone: str) -> list[MealItem]:
    items: list[MealItem] = meal.alive_items  # type: ignore[attr-defined]  # read by meals_of
    if not items:
        return []
    there = Meal.objects.of(meal.owner_id).alive().filter(day=to_day, slot=slot).order_by("-eaten_at", "-pk").first()
    target = there or Meal.objects.create(
        owner_id=meal.owner_id, day=to_day, slot=slot, eaten_at=_same_clock(meal, to_day, zone), created_at=clock.now()
    )
    copies = []
    for item in items:
        item.pk, item._state.adding = None, True  # noqa: SLF001 Django's documented way to copy a row
        item.meal, item.origin, item.created_at = target, MealItem.Origin.COPY, clock.now()
        copies.append(item)
    MealItem.objects.bulk_create(copies)
    return copies


def _same_clock(meal: Meal, to_day: date, zone: str) -> datetime:
    """Place the meal's wall-clock time on the other day; late meals stay after midnight."""
    local = meal.eaten_at.astimezone(clock.zone(zone))
    moved = local.date() - meal.day
    return datetime.combine(to_day + moved, local.time(), tzinfo=clock.zone(zone))
