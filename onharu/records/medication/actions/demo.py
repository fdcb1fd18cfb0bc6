"""A believable taker for the demo: a prescription after breakfast, a vitamin, and a painkiller when it hurts.

Names are a person's own words, not products, so that nothing of it looks like advice. The doses come due and are
answered by the same actions as everybody's, only long ago.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from onharu.accounts.public import Person
from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.records.medication.actions.due import PART, write_due
from onharu.records.medication.actions.regimens import RegimenSaid, add_regimen
from onharu.records.medication.actions.stock import set_stock
from onharu.records.medication.models import Dose, DoseEvent, Regimen
from onharu.records.medication.rules.schedules.shapes import (
    AsNeeded,
    At,
    AtMeal,
    Limit,
    Phase,
    Schedule,
    Slot,
    Slots,
)

ONE_DAY = timedelta(days=1)
PRESCRIBED, VITAMIN, PAINKILLER = "처방약", "비타민 D", "두통약"
TAKEN, SKIPPED = 0.91, 0.94  # of a hundred doses 91 are taken, three skipped, six forgotten
REASONS = ("forgot", "none_left", "unwell")
LEFT = Decimal(24)


def seed_doses(*, person: Person, days: int, seed: int) -> int:
    """Write what somebody takes and how they took it; returns how many doses. Who takes something already keeps it."""
    if Regimen.objects.of(person.id).alive().exists():
        return 0
    now = clock.now()
    first = person.day_at(now) - days * ONE_DAY
    began = person.instant_of(first, time(7))
    # What came due long ago is told to nobody: reminders are on from now.
    made = [add_regimen(person=person, said={**said, "reminds": False}, at=began) for said in _said()]
    write_due([regimen.pk for regimen in made], now)
    Regimen.objects.of(person.id).update(reminds=True)
    _answer(person, Random(seed), now)  # noqa: S311 a made-up past, nothing secret
    _ache(person, made[-1], Random(seed + 1), (began, now))  # noqa: S311
    set_stock(person=person, regimen_id=made[0].pk, amount=LEFT, at=now)
    return Dose.objects.of(person.id).count()


def _said() -> tuple[RegimenSaid, ...]:
    after = Slots((Slot(AtMeal("breakfast", "after", 30)),))
    morning = Slots((Slot(At(time(8))),))
    limit = Limit(Decimal(4), timedelta(hours=4))
    return (
        {"name": PRESCRIBED, "schedule": Schedule((Phase(after),)), "tracks_stock": True, "note": "석 달마다 진료"},
        {"name": VITAMIN, "schedule": Schedule((Phase(morning),)), "unit": "capsule"},
        {"name": PAINKILLER, "schedule": Schedule((Phase(AsNeeded()),), limit=limit), "why": "머리가 아플 때"},
    )


@transaction.atomic
def _answer(person: Person, random: Random, now: datetime) -> None:
    """Take most doses a little after their time, skip some, forget some; what is due just now stays open."""
    events: list[DoseEvent] = []
    due = Dose.objects.of(person.id).filter(planned_at__lt=now - timedelta(hours=1)).order_by("planned_at", "pk")
    for dose in due:
        luck, at = random.random(), dose.planned_at + timedelta(minutes=random.choice((1, 4, 9, 12, 25, 40)))
        if luck < TAKEN:
            events.append(_event(dose, DoseEvent.Kind.TAKEN, at, amount=dose.amount))
        elif luck < SKIPPED:
            events.append(_event(dose, DoseEvent.Kind.SKIPPED, at, reason=random.choice(REASONS)))
    DoseEvent.objects.bulk_create(events)
    touch(person.id, *sorted({dose.day for dose in due}), part=PART)


@transaction.atomic
def _ache(person: Person, regimen: Regimen, random: Random, between: tuple[datetime, datetime]) -> None:
    """Take a painkiller about every ninth day."""
    version, (began, now) = regimen.versions.get(), between
    at = began + timedelta(days=random.randint(2, 6), hours=random.randint(3, 12))
    days = set()
    while at < now - timedelta(hours=5):
        dose = Dose.objects.create(
            owner_id=person.id,
            regimen=regimen,
            version=version,
            key=f"p.{random.getrandbits(64):016x}",
            day=person.day_at(at),
            amount=version.amount,
            created_at=at,
        )
        _event(dose, DoseEvent.Kind.TAKEN, at, amount=version.amount).save(force_insert=True)
        days.add(dose.day)
        at += timedelta(days=random.randint(5, 13), hours=random.randint(-3, 3))
    touch(person.id, *sorted(days), part=PART)


def _event(dose: Dose, kind: str, at: datetime, *, amount: Decimal | None = None, reason: str = "") -> DoseEvent:
    return DoseEvent(
        owner_id=dose.owner_id,
        dose=dose,
        kind=kind,
        at=at,
        amount=amount,
        reason=reason,
        by_id=dose.owner_id,
        recorded_at=at,
    )
