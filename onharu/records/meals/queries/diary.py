"""A day's meals as a frozen value, totals over days, and what was eaten before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.fields import CharField, DateTimeField, DecimalField

from onharu.kernel.quantities import NUTRIENTS, Nutrients, Total, total
from onharu.records.meals.models import Meal, MealItem, Photo, Water
from onharu.records.meals.rules import SLOTS


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """One food of a meal as it was written down; `grams` counts in `basis_unit` (g or ml)."""

    id: int
    meal_id: int
    food: int | None
    name: str
    quantity: Decimal
    unit: str
    grams: Decimal
    basis_unit: str
    grams_source: str
    origin: str
    source: str
    edition: str
    nutrients: Nutrients


@dataclass(frozen=True, slots=True)
class MealEntry:
    """One sitting with its foods and their sum."""

    id: int
    slot: str
    day: date
    eaten_at: datetime
    note: str
    photo_id: int | None
    items: tuple[ItemEntry, ...]
    total: Total


@dataclass(frozen=True, slots=True)
class MealDay:
    """What one person ate and drank on one day; `water_ml` is None when nothing was said."""

    day: date
    meals: tuple[MealEntry, ...]
    total: Total
    water_ml: int | None

    def in_slot(self, slot: str) -> tuple[MealEntry, ...]:
        """The meals of one slot, in clock order."""
        return tuple(meal for meal in self.meals if meal.slot == slot)


_WATER = "WATER"


def signed_key(food_id: int | None, own_food_id: int | None) -> int | None:
    """Name a food by one number: the catalogue's id, or minus the id of one's own food."""
    return -own_food_id if own_food_id else food_id


def day_of(owner_id: int, day: date) -> MealDay:
    """Read one day of meals and water in one statement."""
    return days_of(owner_id, day, day).get(day) or empty_day(day)


def empty_day(day: date) -> MealDay:
    """A day on which nothing was said."""
    return MealDay(day=day, meals=(), total=total([]), water_ml=None)


def days_of(owner_id: int, first: date, last: date) -> dict[date, MealDay]:
    """Read the days from `first` to `last` that have anything written on them, in one statement."""
    rows = list(_item_rows(owner_id, first, last).union(_water_rows(owner_id, first, last), all=True))
    water: dict[date, int] = {}
    items: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        if row["slot_"] == _WATER:
            water[row["day_"]] = int(row["pk_"])
        else:
            items.setdefault(row["meal_"], []).append(row)
    meals: dict[date, list[MealEntry]] = {}
    for of_meal in items.values():
        entry = _meal_entry(of_meal)
        meals.setdefault(entry.day, []).append(entry)
    return {day: _meal_day(day, meals.get(day, []), water.get(day)) for day in sorted({*meals, *water})}


def _meal_day(day: date, meals: list[MealEntry], water_ml: int | None) -> MealDay:
    ordered = tuple(sorted(meals, key=lambda meal: (meal.eaten_at, meal.id)))
    summed = total(item.nutrients for meal in ordered for item in meal.items)
    return MealDay(day=day, meals=ordered, total=summed, water_ml=water_ml)


def _item_rows(owner_id: int, first: date, last: date) -> QuerySet[Any, dict[str, Any]]:
    photo = Photo.objects.filter(meal=OuterRef("meal_id")).order_by("pk").values("pk")[:1]
    alive = MealItem.objects.of(owner_id).alive().filter(meal__deleted_at__isnull=True)
    return alive.filter(meal__day__range=(first, last)).order_by().values(
        pk_=F("pk"), meal_=F("meal_id"), food_=F("food_id"), own_=F("own_food_id"), name_=F("name"),
        quantity_=F("quantity"), unit_=F("unit"), grams_=F("grams"), basis_=F("basis"),
        how_=F("grams_source"), origin_=F("origin"), source_=F("source"), edition_=F("edition"),
        slot_=F("meal__slot"), day_=F("meal__day"), at_=F("meal__eaten_at"), note_=F("meal__note"),
        photo_=Subquery(photo), **{f"n_{key}": F(key) for key in NUTRIENTS},
    )  # fmt: skip


def _water_rows(owner_id: int, first: date, last: date) -> QuerySet[Any, dict[str, Any]]:
    """The water rows in the same columns, so that a whole day is one statement."""
    nothing = Value(None, output_field=IntegerField())
    words = Value("", output_field=CharField())
    number = Value(None, output_field=DecimalField(max_digits=10, decimal_places=3))
    return Water.objects.of(owner_id).filter(day__range=(first, last)).order_by().values(
        pk_=F("ml"), meal_=nothing, food_=nothing, own_=nothing, name_=words,
        quantity_=number, unit_=words, grams_=number, basis_=words,
        how_=words, origin_=words, source_=words, edition_=words,
        slot_=Value(_WATER, output_field=CharField()), day_=F("day"),
        at_=Value(None, output_field=DateTimeField()), note_=words,
        photo_=nothing, **{f"n_{key}": number for key in NUTRIENTS},
    )  # fmt: skip


def _meal_entry(rows: list[dict[str, Any]]) -> MealEntry:
    rows.sort(key=lambda row: int(row["pk_"]))
    items = tuple(_item_entry(row) for row in rows)
    first = rows[0]
    return MealEntry(
        id=first["meal_"],
        slot=first["slot_"],
        day=first["day_"],
        eaten_at=first["at_"],
        note=first["note_"],
        photo_id=first["photo_"],
        items=items,
        total=total(item.nutrients for item in items),
    )


def _item_entry(row: dict[str, Any]) -> ItemEntry:
    per_100 = Nutrients.of({key: row[f"n_{key}"] for key in NUTRIENTS})
    return ItemEntry(
        id=row["pk_"],
        meal_id=row["meal_"],
        food=signed_key(row["food_"], row["own_"]),
        name=row["name_"],
        quantity=row["quantity_"],
        unit=row["unit_"],
        grams=row["grams_"],
        basis_unit="ml" if row["basis_"] == "100ml" else "g",
        grams_source=row["how_"],
        origin=row["origin_"],
        source=row["source_"],
        edition=row["edition_"],
        nutrients=per_100.scaled(row["grams_"] / Decimal(100)),
    )


def days_written(owner_id: int, first: date, last: date) -> frozenset[date]:
    """Name the days from `first` to `last` on which something was eaten; one statement."""
    eaten = items_of(owner_id).filter(meal__day__range=(first, last)).order_by()
    return frozenset(eaten.values_list("meal__day", flat=True).distinct())


def meals_of(owner_id: int) -> QuerySet[Meal]:
    """This person's meals with their foods, latest first; two statements whatever their number."""
    alive = MealItem.objects.of(owner_id).alive().order_by("pk")
    from_latest = Meal.objects.of(owner_id).alive().order_by("-day", "-eaten_at", "-pk")
    return from_latest.prefetch_related(Prefetch("items", queryset=alive, to_attr="alive_items"))


def items_of(owner_id: int) -> QuerySet[MealItem]:
    """This person's eaten foods, latest first."""
    return MealItem.objects.of(owner_id).alive().filter(meal__deleted_at__isnull=True).order_by("-pk")


def meal_entry(meal: Meal, items: Iterable[MealItem]) -> MealEntry:
    """Freeze a meal that was just read or written."""
    entries = tuple(item_entry(item) for item in items)
    return MealEntry(
        id=meal.pk,
        slot=meal.slot,
        day=meal.day,
        eaten_at=meal.eaten_at,
        note=meal.note,
        photo_id=None,
        items=entries,
        total=total(entry.nutrients for entry in entries),
    )


def item_entry(item: MealItem) -> ItemEntry:
    """Freeze an eaten food."""
    return ItemEntry(
        id=item.pk,
        meal_id=item.meal_id,
        food=signed_key(item.food_id, item.own_food_id),
        name=item.name,
        quantity=item.quantity,
        unit=item.unit,
        grams=item.grams,
        basis_unit=item.basis_unit,
        grams_source=item.grams_source,
        origin=item.origin,
        source=item.source,
        edition=item.edition,
        nutrients=item.nutrients,
    )


def last_like(owner_id: int, slot: str, before: date, days: int = 7) -> MealDay | None:
    """Find the latest earlier day, within `days`, on which something was eaten in a slot."""
    found = days_of(owner_id, before - timedelta(days=days), before - timedelta(days=1))
    for day in sorted(found, reverse=True):
        meals = found[day].in_slot(slot)
        if meals:
            return _meal_day(day, list(meals), None)
    return None


def slots_in_order(day: MealDay) -> list[tuple[str, tuple[MealEntry, ...]]]:
    """Lay a day out by slot: 아침, 점심, 저녁, 간식."""
    return [(slot, day.in_slot(slot)) for slot in SLOTS]
