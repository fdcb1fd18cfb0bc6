"""The one card that asks for something now: the meal the clock suggests, and whether it was written down."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import structlog
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from onharu.accounts.public import Visit
from onharu.kernel.quantities import total
from onharu.kernel.wording import amount
from onharu.records.meals import public as meals
from onharu.records.meals.public import MealDay, MealEntry

log = structlog.get_logger(__name__)
SLOT_WORDS: Mapping[str, Promise] = {
    "BREAKFAST": gettext_lazy("아침"),
    "LUNCH": gettext_lazy("점심"),
    "DINNER": gettext_lazy("저녁"),
    "SNACK": gettext_lazy("간식"),
}
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class NextThing:
    """What the card says and offers. With `source`, one press writes that day's meal down again, once for `key`."""

    slot: str
    when: str
    what: str
    about: str
    eaten: bool
    source: date | None
    again_words: str
    key: str


def week_before(visit: Visit, day: date) -> dict[date, MealDay] | None:
    """Read the week before a day and the rest of its own week, for the strip and the card; None when it fails."""
    sunday = day + timedelta(days=6 - day.weekday())
    try:
        return meals.days_of(visit.person.id, day - timedelta(days=7), sunday)
    except Exception:
        log.exception("day_part_failed", part="week")
        return None


def next_thing(visit: Visit, today: MealDay, before: Mapping[date, MealDay]) -> NextThing:
    """Suggest the next record of today from the clock and from what was eaten at the same meal before."""
    slot = meals.slot_at(visit.clock_time)
    word = str(SLOT_WORDS[slot])
    eaten = today.in_slot(slot)
    if eaten:
        return _eaten(slot, word, eaten)
    when = (
        _("간식 생각날 때예요")
        if slot == "SNACK"
        else _("{meal} 먹을 시간이에요").format(meal=word, meal_small=word.lower())
    )
    source = _source(slot, today.day, before)
    if source is None:
        return _card(slot, when, _("무엇을 드셨나요?"), _("이름을 적거나 사진을 찍으면 한 끼가 기록돼요."))
    return _offered(slot, when, source, _day_word(source, today.day), before[source].in_slot(slot))


def _source(slot: str, today: date, before: Mapping[date, MealDay]) -> date | None:
    """Find yesterday's meal, else that of the same weekday a week ago."""
    for back in (1, 7):
        day = today - timedelta(days=back)
        if day in before and before[day].in_slot(slot):
            return day
    return None


def _day_word(source: date, today: date) -> str:
    return pgettext("whose", "어제") if (today - source).days == 1 else pgettext("whose", "지난주 오늘")


def _offered(slot: str, when: str, source: date, whose: str, eaten: Sequence[MealEntry]) -> NextThing:
    meal = str(SLOT_WORDS[slot])
    what = _("{whose} {meal}을 그대로 담을까요?").format(whose=whose, meal=meal, meal_small=meal.lower())
    return NextThing(
        slot=slot,
        when=when,
        what=what,
        about=_foods(eaten),
        eaten=False,
        source=source,
        again_words=_("{whose} {meal} 그대로").format(whose=whose, meal=meal, meal_small=meal.lower()),
        key=uuid.uuid4().hex,
    )


def _eaten(slot: str, word: str, eaten: Sequence[MealEntry]) -> NextThing:
    what = _("{meal}을 기록했어요").format(meal=word, meal_small=word.lower())
    return NextThing(slot, _("잘 챙기고 있어요"), what, _foods(eaten), eaten=True, source=None, again_words="", key="")


def _card(slot: str, when: str, what: str, about: str) -> NextThing:
    return NextThing(slot, when, what, about, eaten=False, source=None, again_words="", key="")


def _foods(eaten: Sequence[MealEntry]) -> str:
    """Name the first foods and the energy of them all: "쌀밥, 된장찌개 외 2개 · 612 kcal"."""
    items = [item for meal in eaten for item in meal.items]
    named = ", ".join(item.name.replace("_", " ") for item in items[:MOST_NAMES])
    rest = len(items) - MOST_NAMES
    if rest > 0:
        named = ngettext("{names} 외 {count}개", "{names} 외 {count}개", rest).format(names=named, count=rest)
    energy = amount(total(item.nutrients for item in items).nutrients.kcal)
    return f"{named} · {energy}\N{NO-BREAK SPACE}kcal"
