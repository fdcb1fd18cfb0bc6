"""Days as the rules see them, for tests."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

from onharu.insights.rules.seen import Food, Limit, Planned, Seen, SeenDay, Sitting, Trained, Weight

DAY = date(2026, 11, 22)
NOON, EVENING = time(12), time(20)
SODIUM = Limit("sodium_mg", None, Decimal(2300), "기준표", "2020")
SUGARS = Limit("sugars_g", None, Decimal(100), "기준표", "2025")
FIBER = Limit("fiber_g", Decimal(20), None, "기준표", "2020")
PROTEIN = Limit("protein_g", Decimal(50), None, "기준표", "2020")
LIMITS = {one.key: one for one in (SODIUM, SUGARS, FIBER, PROTEIN)}


def back(days: int) -> date:
    """Name a day before the asked one."""
    return DAY - timedelta(days=days)


def food(number: int = 1, name: str = "김치찌개", **amounts: object) -> Food:
    """A food; an amount that is left out is unknown."""
    known = {key: None if amount is None else Decimal(str(amount)) for key, amount in amounts.items()}
    return Food(number, name, known)


def meal(*foods: Food, slot: str = "LUNCH", at: time = NOON, number: int = 1) -> Sitting:
    """A meal of these foods."""
    return Sitting(number, slot, at, foods or (food(),))


def trained(minutes: object = 30, rpe: object = None, number: int = 7, name: str = "걷기") -> Trained:
    """A workout."""
    return Trained(
        number,
        name,
        None if minutes is None else Decimal(str(minutes)),
        None if rpe is None else Decimal(str(rpe)),
    )


def moved(day: date, *ones: Trained) -> SeenDay:
    """A day with workouts."""
    logs = ones or (trained(),)
    known = [one.minutes for one in logs if one.minutes is not None]
    return SeenDay(day, trained=logs, minutes=sum(known, Decimal(0)) if known else None)


def eaten(day: date, **amounts: object) -> SeenDay:
    """A day with one meal of one food."""
    return SeenDay(day, sittings=(meal(food(**amounts)),))


def reported(day: date, sleep: object = None, mood: int | None = 3, *, moved_too: bool = False) -> SeenDay:
    """A day with a report."""
    logs = (trained(),) if moved_too else ()
    hours = None if sleep is None else Decimal(str(sleep))
    return SeenDay(day, trained=logs, report_id=day.toordinal(), sleep_hours=hours, mood=mood)


def weighed(day: date, kg: object) -> SeenDay:
    """A day with a weight."""
    return SeenDay(day, weights=(Weight(day.toordinal(), Decimal(str(kg))),))


def task(state: str = "planned", rpe: object = None, reason: str = "") -> Planned:
    """A planned exercise."""
    return Planned(3, "스쿼트", state, None if rpe is None else Decimal(str(rpe)), reason)


def seen(*days: SeenDay, now: time | None = EVENING, **more: object) -> Seen:
    """Five weeks in which only these days have anything written."""
    facts: dict[str, object] = {"limits": LIMITS, "age": 40, **more}
    return Seen(day=DAY, days={one.day: one for one in days}, now=now, **facts)  # type: ignore[arg-type]
