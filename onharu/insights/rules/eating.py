"""Rules over meals and water. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from decimal import Decimal
from itertools import pairwise

from onharu.insights.rules.cards import CAFFEINE, Card, Evidence, Source, rows, written
from onharu.insights.rules.seen import ADULT_FROM, Food, Limit, Seen, SeenDay, mean

# A mean is said from this many logged days of the last fortnight on; below it a single dinner would decide.
LEAST_DAYS, LATEST_DAYS, LOOK_BACK = 4, 7, 14
# A sum that leaves more than a fifth of the foods out says nothing about "too little".
KNOWN_FOR_LESS = Decimal("0.8")
# From two fifths unknown on, the honest sentence is that it cannot be told.
TOO_UNKNOWN, LEAST_FOODS = Decimal("0.4"), 5
LEAST_TRAINING_DAYS = 3
LATE_FROM, LATE_UNTIL = time(21), time(4)
LEAST_SKIPPED, LEAST_EATEN, MOSTLY, APART = 4, 3, Decimal("0.6"), Decimal("0.3")
WATER_HABIT_DAYS, WATER_WEEK, WATER_ASKED_FROM = 5, 7, time(15)
MOST_CAFFEINE = Decimal(400)
UNITS = {"sodium_mg": "mg", "sugars_g": "g", "fiber_g": "g", "protein_g": "g", "caffeine_mg": "mg"}


def sodium_week(seen: Seen) -> Card | None:
    """Tell that the last logged days came above the reference for sodium; unknown foods could only add to that."""
    return _above(seen, "sodium_week", "sodium_mg")


def sugars_week(seen: Seen) -> Card | None:
    """Tell the same of sugars."""
    return _above(seen, "sugars_week", "sugars_g")


def fiber_week(seen: Seen) -> Card | None:
    """Tell that the last logged days came below the reference for fibre, where nearly all foods tell theirs."""
    limit, days = seen.limits.get("fiber_g"), _eaten_days(seen)
    average = _low_mean(days, "fiber_g", LEAST_DAYS)
    if limit is None or limit.low is None or average is None or average >= limit.low:
        return None
    params: dict[str, str | int] = {"days": len(days), "mean": written(average), "low": written(limit.low)}
    return Card("fiber_week", params, _largest(days, "fiber_g"), _source(limit), _meals(seen))


def protein_training(seen: Seen) -> Card | None:
    """Tell that days of training stayed below the protein that is aimed at, where nearly all foods tell theirs."""
    limit = seen.limits.get("protein_g")
    days = [day for day in seen.finished(LOOK_BACK) if day.trained and day.sittings]
    average = _low_mean(days, "protein_g", LEAST_TRAINING_DAYS)
    if limit is None or limit.low is None or average is None or average >= limit.low:
        return None
    found = [
        Evidence("workouts", "log", day.trained[0].id, day.day, day.trained[0].name, day.known("protein_g"), "g")
        for day in reversed(days)
    ]
    params: dict[str, str | int] = {"days": len(days), "mean": written(average), "low": written(limit.low)}
    return Card("protein_training", params, rows(found), _source(limit), _meals(seen))


def unknown_share(seen: Seen) -> Card | None:
    """Tell that too many foods do not tell their sodium for anything to follow."""
    days = _eaten_days(seen)
    foods, unknown = sum(len(day.foods) for day in days), sum(day.unknown("sodium_mg") for day in days)
    if foods < LEAST_FOODS or Decimal(unknown) / foods < TOO_UNKNOWN or sodium_week(seen):
        return None
    found = [
        Evidence("meals", "item", food.id, day.day, food.name)
        for day in reversed(days)
        for food in day.foods
        if food.amounts.get("sodium_mg") is None
    ]
    return Card("unknown_share", {"foods": foods, "unknown": unknown}, rows(found), link=_meals(seen))


def caffeine_day(seen: Seen) -> Card | None:
    """Tell that a day's caffeine came above what is advised to adults."""
    known = seen.today.known("caffeine_mg")
    if known is None or known <= MOST_CAFFEINE or (seen.age is not None and seen.age < ADULT_FROM):
        return None
    params: dict[str, str | int] = {"amount": written(known, 0), "high": written(MOST_CAFFEINE)}
    source = Source(CAFFEINE.title, CAFFEINE.edition, assumed=seen.age is None)
    return Card("caffeine_day", params, _largest([seen.today], "caffeine_mg"), source, _meals(seen))


def late_breakfast(seen: Seen) -> Card | None:
    """Tell that mornings without breakfast mostly followed late evenings, and the others did not. No cause is named."""
    mornings = [(day, seen.on(before.day)) for before, day in _pairs(seen) if before.sittings and day.sittings]
    skipped = [(day, before) for day, before in mornings if not _has(day, "BREAKFAST")]
    eaten = [(day, before) for day, before in mornings if _has(day, "BREAKFAST")]
    if len(skipped) < LEAST_SKIPPED or len(eaten) < LEAST_EATEN:
        return None
    after_late = [before for _, before in skipped if _late(before)]
    others = [before for _, before in eaten if _late(before)]
    share, other = Decimal(len(after_late)) / len(skipped), Decimal(len(others)) / len(eaten)
    if share < MOSTLY or share - other < APART:
        return None
    found = [
        Evidence("meals", "meal", sitting.id, before.day, sitting.foods[0].name if sitting.foods else "")
        for before in reversed(after_late)
        for sitting in before.sittings
        if _is_late(sitting.at)
    ]
    params: dict[str, str | int] = {
        "skipped": len(skipped),
        "late": len(after_late),
        "eaten": len(eaten),
        "other_late": len(others),
    }
    return Card("late_breakfast", params, rows(found), link=_meals(seen))


def water_today(seen: Seen) -> Card | None:
    """Remind of water in the afternoon, only somebody who writes it down on most days."""
    days = [day for day in seen.last(WATER_WEEK, today=False) if day.water_ml]
    if seen.now is None or seen.now < WATER_ASKED_FROM or seen.today.water_ml is not None:
        return None
    if len(days) < WATER_HABIT_DAYS:
        return None
    found = [Evidence("meals", "water", None, day.day, "", Decimal(day.water_ml or 0), "ml") for day in reversed(days)]
    average = mean(Decimal(day.water_ml or 0) for day in days)
    params: dict[str, str | int] = {"days": len(days), "mean": written(average, 0)}
    return Card("water_today", params, rows(found), link=f"/meals/?add=water&date={seen.day}")


def _above(seen: Seen, rule: str, nutrient: str) -> Card | None:
    limit, days = seen.limits.get(nutrient), _eaten_days(seen)
    if limit is None or limit.high is None or len(days) < LEAST_DAYS:
        return None
    amounts = [known for day in days if (known := day.known(nutrient)) is not None]
    if len(amounts) < LEAST_DAYS or mean(amounts) <= limit.high:
        return None
    params: dict[str, str | int] = {
        "days": len(amounts),
        "mean": written(mean(amounts), 0),
        "high": written(limit.high, 0),
        "over": sum(amount > limit.high for amount in amounts),
        "unknown": sum(day.unknown(nutrient) for day in days),
    }
    return Card(rule, params, _largest(days, nutrient), _source(limit), _meals(seen))


def _eaten_days(seen: Seen) -> list[SeenDay]:
    """The last finished days with meals: at most seven of the last fortnight."""
    return [day for day in seen.finished(LOOK_BACK) if day.foods][-LATEST_DAYS:]


def _low_mean(days: Sequence[SeenDay], nutrient: str, least: int) -> Decimal | None:
    """The mean of the days, where it may be held to be all that was eaten; None when too much is unknown for that."""
    foods, unknown = sum(len(day.foods) for day in days), sum(day.unknown(nutrient) for day in days)
    amounts = [known for day in days if (known := day.known(nutrient)) is not None]
    if len(amounts) < max(least, len(days)) or 1 - Decimal(unknown) / foods < KNOWN_FOR_LESS:
        return None
    return mean(amounts)


def _largest(days: Sequence[SeenDay], nutrient: str) -> tuple[Evidence, ...]:
    """The foods that hold the most of it."""
    holding: list[tuple[Decimal, SeenDay, Food]] = [
        (amount, day, food) for day in days for food in day.foods if (amount := food.amounts.get(nutrient)) is not None
    ]
    holding.sort(key=lambda one: (-one[0], -one[1].day.toordinal(), one[2].id))
    return rows(
        Evidence("meals", "item", food.id, day.day, food.name, amount, UNITS[nutrient]) for amount, day, food in holding
    )


def _pairs(seen: Seen) -> list[tuple[SeenDay, SeenDay]]:
    return list(pairwise(seen.finished(LOOK_BACK + 1)))


def _has(day: SeenDay, slot: str) -> bool:
    return any(sitting.slot == slot for sitting in day.sittings)


def _late(day: SeenDay) -> bool:
    return any(_is_late(sitting.at) for sitting in day.sittings)


def _is_late(at: time) -> bool:
    return at >= LATE_FROM or at < LATE_UNTIL


def _source(limit: Limit) -> Source:
    return Source(title=limit.source, edition=limit.edition, assumed=limit.assumed)


def _meals(seen: Seen) -> str:
    return f"/meals/?date={seen.day}"
