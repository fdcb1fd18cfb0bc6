"""The diary of a day by 아침·점심·저녁·간식, and the day's water for the 오늘 page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel.days import version_of
from onharu.kernel.quantities import Total, total
from onharu.kernel.wording import NUTRIENT_WORDS, amount
from onharu.records.meals.pages import door, words
from onharu.records.meals.queries import wording
from onharu.records.meals.queries.diary import ItemEntry, MealDay, MealEntry, day_of, days_of, empty_day
from onharu.records.meals.rules import SLOTS, slot_at

SUMS = ("kcal", "carbohydrate_g", "protein_g", "fat_g", "sodium_mg")
TOLD_UNKNOWN = {"kcal", "sodium_mg"}
GLASS_ML, MOST_ML = 200, 20000
SHEETS = {"search": "/meals/add/", "photo": "/meals/photo/", "text": "/meals/text/", "water": "/meals/water/"}


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One food of a meal as a row."""

    id: int
    name: str
    portion: str
    kcal: str
    guess: bool


@dataclass(frozen=True, slots=True)
class MealShown:
    """One sitting with its rows; its time stands in the person's zone."""

    entry: MealEntry
    word: str
    icon: str
    kcal: str
    unknown: int
    rows: tuple[ItemShown, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """What can be written down once more: whose day, which foods, how much energy; `key` makes the press count once."""

    key: str
    day: date
    foods: str
    kcal: str


@dataclass(frozen=True, slots=True)
class SlotShown:
    """One of the four meals of the day, with yesterday's for an empty one."""

    code: str
    word: str
    icon: str
    kcal: str
    unknown: int
    meals: tuple[MealShown, ...]
    again: Again | None
    suggested: bool


@dataclass(frozen=True, slots=True)
class SumShown:
    """One sum of the day; `unknown` says that some foods do not know it, where that matters most."""

    name: str
    value: str
    unit: str
    unknown: str


@dataclass(frozen=True, slots=True)
class WaterShown:
    """A day's water, None when nothing was said, and the amounts of one glass less and more."""

    ml: int | None
    less: int
    more: int


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of the strip."""

    day: date
    url: str
    selected: bool
    is_today: bool
    marked: bool
    future: bool


def meal_shown(entry: MealEntry) -> MealShown:
    """Show a sitting."""
    return MealShown(
        entry=entry,
        word=str(wording.SLOT_WORDS[entry.slot]),
        icon=wording.SLOT_ICONS[entry.slot],
        kcal=amount(entry.total.nutrients.kcal),
        unknown=entry.total.unknown.get("kcal", 0),
        rows=tuple(_item_shown(item) for item in entry.items),
    )


def _item_shown(item: ItemEntry) -> ItemShown:
    return ItemShown(
        id=item.id,
        name=wording.food_name(item.name),
        portion=wording.portion(item.quantity, item.unit, item.grams, item.basis_unit),
        kcal=amount(item.nutrients.kcal),
        guess=wording.is_guess(item.grams_source),
    )


def again(day: date, meals: Sequence[MealEntry]) -> Again | None:
    """Offer meals once more; None where nothing was eaten."""
    items = [item for meal in meals for item in meal.items]
    if not items:
        return None
    summed = total(item.nutrients for item in items)
    foods = wording.some_names(item.name for item in items)
    return Again(key=uuid.uuid4().hex, day=day, foods=foods, kcal=amount(summed.nutrients.kcal))


def week_of(visit: Visit, day: date, entered: Sequence[date], path: str) -> list[WeekDay]:
    """Lay out the week of a day, Monday first."""
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=ahead) for ahead in range(7)]
    return [
        WeekDay(
            day=one,
            url=f"{path}?{urlencode({'date': one.isoformat()})}",
            selected=one == day,
            is_today=one == visit.today,
            marked=one in entered,
            future=one > visit.today,
        )
        for one in week
    ]


def diary_context(visit: Visit, day: date) -> dict[str, Any]:
    """Read a diary's day, its week and the day before: two statements."""
    version = version_of(visit.person.id, day)
    sunday = day + timedelta(days=6 - day.weekday())
    found = days_of(visit.person.id, day - timedelta(days=7), sunday)
    today, before = found.get(day) or empty_day(day), found.get(day - timedelta(days=1))
    before_day, after_day = words.neighbours(day)
    return {
        "day": day,
        "version": version,
        "is_today": day == visit.today,
        "week": week_of(visit, day, [one for one in found if found[one].meals], "/meals/"),
        "previous_url": door.diary_url(before_day),
        "next_url": door.diary_url(after_day) if day < visit.today else "",
        "today_url": "/meals/",
        "found": today,
        "water": water_shown(today),
        "slots": [_slot(visit, slot, today, before) for slot in SLOTS],
        "sums": sums_of(today.total),
        "again": again(before.day, before.meals) if before and not today.meals else None,
    }


def _slot(visit: Visit, slot: str, day: MealDay, before: MealDay | None) -> SlotShown:
    meals = day.in_slot(slot)
    summed = total(item.nutrients for meal in meals for item in meal.items)
    return SlotShown(
        code=slot,
        word=str(wording.SLOT_WORDS[slot]),
        icon=wording.SLOT_ICONS[slot],
        kcal=amount(summed.nutrients.kcal),
        unknown=summed.unknown.get("kcal", 0),
        meals=tuple(meal_shown(meal) for meal in meals),
        again=again(before.day, before.in_slot(slot)) if before and not meals else None,
        suggested=day.day == visit.today and slot == slot_at(visit.clock_time),
    )


def water_shown(day: MealDay) -> WaterShown:
    """Show a day's water and the amounts a press says."""
    ml = day.water_ml
    return WaterShown(ml=ml, less=max((ml or 0) - GLASS_ML, 0), more=min((ml or 0) + GLASS_ML, MOST_ML))


def sums_of(summed: Total) -> list[SumShown]:
    """Show the sums people look for first."""
    return [
        SumShown(
            name=str(NUTRIENT_WORDS[key].name),
            value=amount(getattr(summed.nutrients, key) if summed.count else 0),
            unit=NUTRIENT_WORDS[key].unit,
            unknown=words.unknown_words(key, summed.unknown.get(key, 0)) if key in TOLD_UNKNOWN else "",
        )
        for key in SUMS
    ]


@signed_in
@require_safe
def diary(request: HttpRequest) -> HttpResponse:
    """Show the diary of a day; `?add=` opens the sheet of that kind over it."""
    visit = visit_of(request)
    day = visit.day(request.GET.get("date"))
    sheet = SHEETS.get(request.GET.get("add", ""), "")
    where = {"date": day.isoformat(), "slot": door.slot_said(request.GET.get("slot"), visit)}
    context = diary_context(visit, day)
    context["sheet_url"] = f"{sheet}?{urlencode(where)}" if sheet else ""
    return door.shown(request, visit, "meals/diary.html", context)


@signed_in
@require_safe
def diary_part(request: HttpRequest) -> HttpResponse:
    """Show the part of the diary that changes; 204 when the screen has this version already."""
    visit = visit_of(request)
    day = visit.day(request.GET.get("date"))
    context = diary_context(visit, day)
    if request.GET.get("seen") == str(context["version"]):
        return HttpResponse(status=204)
    return door.shown(request, visit, "meals/diary_part.html", context)


@signed_in
@require_safe
def water_part(request: HttpRequest) -> HttpResponse:
    """Show a day's water for the 오늘 page; 204 when the screen has this version already."""
    visit = visit_of(request)
    day = visit.day(request.GET.get("date"))
    version = version_of(visit.person.id, day)
    if request.GET.get("seen") == str(version):
        return HttpResponse(status=204)
    context = {"day": day, "version": version, "water": water_shown(day_of(visit.person.id, day))}
    return door.shown(request, visit, "meals/water_part.html", context)
