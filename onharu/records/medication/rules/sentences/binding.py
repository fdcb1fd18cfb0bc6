"""Amounts bound to moments, and relations to meals: 아침 식전 1정 저녁 식후 2정."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from onharu.records.medication.rules.schedules.shapes import MEALS, Anchor, At, AtMeal, Meal, OnWaking, Slot
from onharu.records.medication.rules.sentences.gathering import Place, Said
from onharu.records.medication.rules.sentences.tokens import AtClock, ByMeal, Dose, Doubt

USUAL_MINUTES: Final = 30
_BY_TIMES: Final[dict[int, tuple[Meal, ...]]] = {1: ("breakfast",), 2: ("breakfast", "dinner"), 3: MEALS}
MEAL_NAMES: Final[dict[Meal, str]] = {"breakfast": "아침", "lunch": "점심", "dinner": "저녁"}


def own_dose(said: Said) -> Dose | None:
    """Tell the amount that holds where no moment has its own: the first one that is not a moment's."""
    return next((dose for dose in said.doses if dose.amount), None)


def bind_doses(said: Said) -> None:
    """Give each moment the amount said after it, or before it where the stretch begins with amounts.

    Moments after the last amount take the amount before them; where others had their own, that is doubted.
    """
    ahead = _amounts_come_first(said)
    waiting: list[Place] = []
    last: Dose | None = None
    for item in said.order:
        if isinstance(item, Place):
            item.dose = item.dose or (last if ahead else None)
            waiting.append(item)
            continue
        if not waiting and last is not None and not ahead and item != last:
            said.doubts.append(Doubt("two_amounts"))
        for place in [] if ahead else waiting:
            place.dose = item
        waiting, last = [], item
    if waiting and not ahead and len(waiting) < len(said.places) and last is not None:
        said.doubts.append(Doubt("left_amount"))
    for place in waiting:
        place.dose = place.dose or last


def _amounts_come_first(said: Said) -> bool:
    """Tell whether each amount stands before its moments: 1정 아침 2정 저녁."""
    order = said.order
    apart = not any(isinstance(one, Dose) and isinstance(other, Dose) for one, other in pairwise(order))
    return len(said.doses) > 1 and apart and isinstance(order[0], Dose) and isinstance(order[-1], Place)


def slots_of(said: Said) -> tuple[Slot, ...]:
    """Make the doses of a day from the moments; a moment with an amount of zero is left out."""
    _relate(said)
    return tuple(
        Slot(_anchor(place, said), place.dose.amount if place.dose else None)
        for place in said.places
        if place.dose is None or place.dose.amount
    )


def _relate(said: Said) -> None:
    """Give meals without a relation the one that was said for all, or else the one of the meal before."""
    meals = [place for place in said.places if place.is_meal]
    if said.by is not None and not any(place.by is None for place in meals):
        _add_meals(said, len(said.places))
        meals = [place for place in said.places if place.is_meal]
    before = said.by
    for place in meals:
        place.by = place.by or before
        before = place.by


def _add_meals(said: Said, others: int) -> None:
    """Add the meals that "하루 3번 식후" means without naming them."""
    if any(place.is_meal for place in said.places):
        said.doubts.append(Doubt("twice", "by"))
        return
    waking = next((place for place in said.places if isinstance(place.anchor, OnWaking)), None)
    if waking is not None and said.by is not None and said.by.relation in ("before", "right_before"):
        waking.anchor, waking.by = "breakfast", said.by  # 아침 공복, 식전 30분
        return
    times = said.count.times - others if said.count else 0
    named = _BY_TIMES.get(times, MEALS)
    if times != len(MEALS):
        said.doubts.append(Doubt("meals", "", "·".join(MEAL_NAMES[meal] for meal in named)))
    dose = own_dose(said)
    said.order[:0] = [Place(meal, said.by, dose) for meal in named]


def _anchor(place: Place, said: Said) -> Anchor:
    if isinstance(place.anchor, AtClock):
        _doubt(said, place.anchor.hour)
        return At(place.anchor.at)
    if not isinstance(place.anchor, str):
        return place.anchor
    if place.by is None and said.fasting and place.anchor == "breakfast":
        return OnWaking()
    return _at_meal(place.anchor, place.by, said)


def _at_meal(meal: Meal, by: ByMeal | None, said: Said) -> AtMeal:
    if by is None and said.fasting:
        _doubt(said, Doubt("fasting", "", "식후 2시간"))
        return AtMeal(meal, "between")
    if by is None:
        _doubt(said, Doubt("relation"))
        return AtMeal(meal, "with")
    if by.minutes is None and by.relation in ("before", "after"):
        _doubt(said, Doubt(f"minutes_{by.relation}"))
        return AtMeal(meal, by.relation, USUAL_MINUTES)
    return AtMeal(meal, by.relation, by.minutes or 0)


def _doubt(said: Said, doubt: Doubt | None) -> None:
    if doubt is not None and doubt not in said.doubts:
        said.doubts.append(doubt)
