"""The one card that asks for something now: a dose that is due, the meal of the hour, what is left of the plan."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from onharu.accounts.public import Visit
from onharu.day.pages.doses import doses_now, now_words
from onharu.day.pages.timeline import workouts_url
from onharu.day.standing import Standing, kept, tried
from onharu.kernel.quantities import total
from onharu.kernel.wording import amount
from onharu.records.meals import public as meals
from onharu.records.meals.public import MealDay, MealEntry
from onharu.records.medication.public import DoseDay
from onharu.records.workouts import public as workouts
from onharu.records.workouts.public import TaskEntry, WorkoutDay

MOST_NAMES = 3
SNACK = "SNACK"


@dataclass(frozen=True, slots=True)
class NextThing:
    """What the card says and offers.

    With `source`, one press writes that day's meal down again, once for `key`. With `url`, one press opens what is
    to be done, and with `task`, the last exercise that is left, one press says it was; with `doses` one press says
    that they were taken; otherwise a meal of `slot` is looked for.
    """

    when: str
    what: str
    about: str
    slot: str = ""
    eaten: bool = False
    source: date | None = None
    again_words: str = ""
    key: str = ""
    url: str = ""
    begun: bool = False
    task: int | None = None
    doses: tuple[str, ...] = ()


def week_before(standing: Standing) -> Mapping[date, MealDay]:
    """Read the meals of the week before a day, kept until a meal changes anywhere; none when that fails."""
    owner_id, day = standing.owner_id, standing.day
    stamp = standing.by_part.get("meals", 0)

    def read() -> dict[date, MealDay]:
        return meals.days_of(owner_id, day - timedelta(days=7), day - timedelta(days=1))

    return tried("before", lambda: kept(standing, "before", day, stamp, read) if stamp else {}) or {}


def next_dose(doses: DoseDay | None, at: datetime) -> NextThing | None:
    """Suggest the doses that are due or nearly so; they come before meals and plans, which wait better."""
    now = doses_now(doses, at)
    if now is None:
        return None
    when, what, about = now_words(now)
    return NextThing(when=when, what=what, about=about, doses=now.ids)


def next_thing(
    visit: Visit,
    today: MealDay,
    moving: WorkoutDay | None,
    before: Mapping[date, MealDay],
    *,
    hide_energy: bool = False,
) -> NextThing:
    """Suggest what comes next: the clock's meal until it is written down, then the plan, then praise for the meal.

    A snack waits for the plan, as nobody has to eat one.
    """
    slot = meals.slot_at(visit.clock_time)
    eaten = today.in_slot(slot)
    left = left_to_do(moving)
    if moving and left and (eaten or slot == SNACK):
        return _plan(moving, left)
    if eaten:
        return _eaten(slot, eaten, hide_energy=hide_energy)
    source = _source(slot, today.day, before)
    if source is None:
        about = _("이름을 적거나 사진을 찍으면 한 끼가 기록돼요.")
        return NextThing(slot=slot, when=_when(slot), what=_("무엇을 드셨나요?"), about=about)
    return _offered(slot, source, today.day, _foods(before[source].in_slot(slot), hide_energy=hide_energy))


def left_to_do(moving: WorkoutDay | None) -> list[TaskEntry]:
    """List what is left of the day's plan, in its order."""
    return [task for task in moving.tasks if task.state == "planned"] if moving else []


def _plan(moving: WorkoutDay, left: Sequence[TaskEntry]) -> NextThing:
    begun = moving.done > 0
    focus = plan_words(moving)
    count = ngettext("{count}가지", "{count}가지", len(left)).format(count=len(left))
    minutes = moving.plan.minutes if moving.plan and not begun else None
    said = f"{focus} {count}".strip() if focus else count
    long = "" if minutes is None else _("약 {minutes}분").format(minutes=minutes)
    names = ", ".join(task.name for task in left[:MOST_NAMES])
    return NextThing(
        when=_("이어서 움직여 볼까요") if begun else _("움직일 시간이에요"),
        what=_("오늘 운동: {said}").format(said=" · ".join(part for part in (said, long) if part)),
        about=_more(names, len(left) - MOST_NAMES),
        url=workouts_url(moving.day),
        begun=begun,
        task=left[0].id if len(left) == 1 else None,
    )


def plan_words(moving: WorkoutDay) -> str:
    """Name the day's plan: a person's own title, else what the planner is about."""
    if moving.plan is None:
        return ""
    return moving.plan.title or workouts.focus_words(moving.plan.focus)


def _when(slot: str) -> str:
    if slot == SNACK:
        return _("간식 생각날 때예요")
    word = str(meals.SLOT_WORDS[slot])
    return _("{meal} 먹을 시간이에요").format(meal=word, meal_small=word.lower())


def _source(slot: str, today: date, before: Mapping[date, MealDay]) -> date | None:
    """Find yesterday's meal, else that of the same weekday a week ago."""
    for back in (1, 7):
        day = today - timedelta(days=back)
        if day in before and before[day].in_slot(slot):
            return day
    return None


def _day_word(source: date, today: date) -> str:
    return pgettext("whose", "어제") if (today - source).days == 1 else pgettext("whose", "지난주 오늘")


def _offered(slot: str, source: date, today: date, foods: str) -> NextThing:
    meal, whose = str(meals.SLOT_WORDS[slot]), _day_word(source, today)
    return NextThing(
        slot=slot,
        when=_when(slot),
        what=_("{whose} {meal}을 그대로 담을까요?").format(whose=whose, meal=meal, meal_small=meal.lower()),
        about=foods,
        source=source,
        again_words=_("{whose} {meal} 그대로").format(whose=whose, meal=meal, meal_small=meal.lower()),
        key=uuid.uuid4().hex,
    )


def _eaten(slot: str, eaten: Sequence[MealEntry], *, hide_energy: bool) -> NextThing:
    word = str(meals.SLOT_WORDS[slot])
    what = _("{meal}을 기록했어요").format(meal=word, meal_small=word.lower())
    about = _foods(eaten, hide_energy=hide_energy)
    return NextThing(slot=slot, when=_("잘 챙기고 있어요"), what=what, about=about, eaten=True)


def _foods(eaten: Sequence[MealEntry], *, hide_energy: bool) -> str:
    """Name the first foods and the energy of them all: "쌀밥, 된장찌개 외 2개 · 612 kcal"."""
    items = [item for meal in eaten for item in meal.items]
    named = meals.some_names(item.name for item in items)
    if hide_energy:
        return named
    energy = amount(total(item.nutrients for item in items).nutrients.kcal)
    return f"{named} · {energy}\N{NO-BREAK SPACE}kcal"


def _more(names: str, rest: int) -> str:
    if rest < 1:
        return names
    return ngettext("{names} 외 {count}개", "{names} 외 {count}개", rest).format(names=names, count=rest)
