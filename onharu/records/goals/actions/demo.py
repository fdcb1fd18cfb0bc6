"""A believable body for the demo: a weight that wanders down, a few pressures, a waist, goals; other for every seed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from onharu.accounts.public import Person, note_weight
from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.records.goals.models import DailyTarget, Goal, Measurement
from onharu.records.goals.rules.measuring import BLOOD_PRESSURE, CONTEXTS, GLUCOSE, WAIST, WEIGHT

KG_A_DAY = Decimal("0.02")
USUAL_KG = Decimal(60)


@transaction.atomic
def seed_goals(*, person: Person, days: int, seed: int = 0) -> int:
    """Write believable measurements for the days before today, three goals and a target; returns how many rows.

    Days that were measured on keep what they have, and somebody with goals gets no others.
    """
    random = Random(f"goals {seed}")  # noqa: S311 a demo is not a secret
    today = person.day_at(clock.now())
    first = today - timedelta(days=days - 1)
    every = [first + timedelta(days=number) for number in range(days)]
    mine = Measurement.objects.of(person.id).alive().filter(day__gte=first)
    taken = set(mine.values_list("day", flat=True))
    made_up = [row for day in every if day < today for row in _measured(person, random, day, (today - day).days)]
    rows = [row for row in made_up if row.day not in taken]
    Measurement.objects.bulk_create(rows)
    weights = [row for row in rows if row.kind == WEIGHT]
    goals = [] if Goal.objects.of(person.id).alive().exists() else _goals(person, first, weights)
    Goal.objects.bulk_create(goals)
    salt = {"direction": "at_most", "high": Decimal(2000), "created_at": clock.now()}
    DailyTarget.objects.get_or_create(owner_id=person.id, key="sodium_mg", from_day=first, defaults=salt)
    if weights:
        note_weight(user_id=person.id, weight_kg=weights[-1].value, at=clock.now())
    touch(person.id, *(row.day for row in rows), today, part="goals")
    return len(rows) + len(goals)


def _measured(person: Person, random: Random, day: date, ago: int) -> list[Measurement]:
    """What is measured on one day: a weight twice in five days, the rest now and then."""
    rows = []
    morning = person.instant_of(day, time(7, random.randrange(10, 50)))
    if random.random() < 0.45:
        kg = (person.weight_kg or USUAL_KG) + KG_A_DAY * ago + Decimal(random.randrange(-4, 5)) / 10
        rows.append(_row(person, day, morning, WEIGHT, kg.quantize(Decimal("0.1"))))
    if random.random() < 0.15:
        systolic, diastolic = random.randrange(108, 127), random.randrange(68, 83)
        rows.append(_row(person, day, morning, BLOOD_PRESSURE, Decimal(systolic), Decimal(diastolic)))
    if day.day % 14 == 1:
        rows.append(_row(person, day, morning, WAIST, Decimal(76) + Decimal(ago // 12) / 2))
    if random.random() < 0.06:
        context = random.choice(CONTEXTS[:3])
        low = 88 if context == CONTEXTS[0] else 105
        rows.append(_row(person, day, morning, GLUCOSE, Decimal(low + random.randrange(0, 18)), context=context))
    return rows


def _row(
    person: Person,
    day: date,
    at: datetime,
    kind: str,
    value: Decimal,
    value2: Decimal | None = None,
    *,
    context: str = "",
) -> Measurement:
    return Measurement(
        owner_id=person.id, day=day, at=at, kind=kind, value=value, value2=value2, context=context, created_at=at
    )


def _goals(person: Person, first: date, weights: list[Measurement]) -> list[Goal]:
    common = {"owner_id": person.id, "start_day": first, "created_at": clock.now()}
    goals = [
        Goal(**common, kind=Goal.Kind.HABIT, habit=Goal.Habit.WORKOUT, target=Decimal(3), title="주 3회 운동"),
        Goal(**common, kind=Goal.Kind.MINUTES, target=Decimal(150)),
    ]
    if weights and person.height_cm and not person.hide_numbers:
        start = weights[0].value
        target = (start - 3).quantize(Decimal(1))
        down = Goal.Direction.DOWN
        goals.insert(0, Goal(**common, kind=Goal.Kind.WEIGHT, target=target, direction=down, start_value=start))
    return goals
