"""Ready-made schedules, regimens and rows for the tests of doses."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from onharu.accounts.public import person_of
from onharu.records.medication.actions import regimens
from onharu.records.medication.rules.schedules.shapes import (
    AsNeeded,
    At,
    AtMeal,
    Follows,
    Interval,
    Limit,
    Phase,
    Schedule,
    Slot,
    Slots,
)

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def seoul(hour, minute=0, day=DAY):
    """An instant by the clock of Seoul."""
    return datetime.combine(day, time(hour, minute), UTC) - timedelta(hours=9)


def at_times(*hours, **more):
    """Every day at these full hours."""
    slots = tuple(Slot(At(time(hour))) for hour in hours)
    return Schedule((Phase(Slots(slots)),), **more)


def after_meals(*meals, minutes=30):
    return Schedule((Phase(Slots(tuple(Slot(AtMeal(meal, "after", minutes)) for meal in meals))),))


def when_needed(most=None, gap=None):
    limit = Limit(None if most is None else Decimal(most), gap)
    return Schedule((Phase(AsNeeded()),), limit=limit)


def after_the_last(hours):
    return Schedule((Phase(Interval(hours * 60, "taken")),), clock="elapsed")


def following(regimen_id, minutes):
    return Schedule((Phase(Follows(regimen_id, minutes)),))


def regimen(user, schedule, at=NOON, name="혈압약", **said):
    """Add a regimen for a person."""
    words = {"name": name, "schedule": schedule, "start": DAY - timedelta(days=30), **said}
    return regimens.add_regimen(person=person_of(user), said=words, at=at)
