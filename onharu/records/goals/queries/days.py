"""A day of targets and measurements as a frozen value, the weight of a day, and one's long goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Min, Q, QuerySet, Subquery

from onharu.catalog.intakes.public import Target
from onharu.records.goals.models import DailyTarget, Goal, Measurement
from onharu.records.goals.rules.measuring import MEASURES, WEIGHT
from onharu.records.goals.rules.targets import Version, in_force

OWN_SOURCE = "직접 정한 목표"


@dataclass(frozen=True, slots=True)
class MeasurementEntry:
    """One measurement as it was written down; `value2` is the diastolic pressure."""

    id: int
    kind: str
    day: date
    at: datetime
    value: Decimal
    value2: Decimal | None
    unit: str
    context: str
    note: str


@dataclass(frozen=True, slots=True)
class GoalDay:
    """One day: own targets in force, what was measured in clock order, and the latest weight by its end."""

    day: date
    targets: tuple[Target, ...]
    measurements: tuple[MeasurementEntry, ...]
    weight: MeasurementEntry | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A measured weight and the day it was measured on."""

    kg: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class GoalEntry:
    """One long goal. `habit` says what a day is counted by; `exercise` is the lift of a strength goal."""

    id: int
    kind: str
    title: str
    target: Decimal
    unit: str
    direction: str
    start_value: Decimal | None
    start_day: date
    due: date | None
    habit: str
    exercise: int | None
    exercise_name: str
    state: str


@dataclass(frozen=True, slots=True)
class Milestones:
    """How much was measured: on how many days, and since when; `reached` are the goals that were closed as done."""

    measured_days: int
    first_day: date | None
    goals_done: int


UNITS = {"WEIGHT": "kg", "STRENGTH": "kg", "HABIT": "일/주", "MINUTES": "분/주"}


def day_of(owner_id: int, day: date) -> GoalDay:
    """Read one day in two statements."""
    return days_of(owner_id, day, day)[day]


def empty_day(day: date) -> GoalDay:
    """A day without targets of one's own, measurements or an earlier weight."""
    return GoalDay(day=day, targets=(), measurements=(), weight=None)


def days_of(owner_id: int, first: date, last: date) -> dict[date, GoalDay]:
    """Read every day from `first` to `last`, as targets hold on days without a word too. Two statements."""
    versions = [version_of(row) for row in DailyTarget.objects.of(owner_id).filter(from_day__lte=last)]
    entries = [entry_of(row) for row in _measured(owner_id, first, last)]
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    return {day: _day(day, versions, entries) for day in days}


def _day(day: date, versions: Sequence[Version], entries: Sequence[MeasurementEntry]) -> GoalDay:
    weights = [entry for entry in entries if entry.kind == WEIGHT and entry.day <= day]
    return GoalDay(
        day=day,
        targets=in_force(versions, day),
        measurements=tuple(entry for entry in entries if entry.day == day),
        weight=weights[-1] if weights else None,
    )


def _measured(owner_id: int, first: date, last: date) -> QuerySet[Measurement]:
    """The measurements of the days and the latest weight before them, oldest first, in one statement."""
    alive = Measurement.objects.of(owner_id).alive()
    earlier = alive.filter(kind=WEIGHT, day__lt=first).order_by("-day", "-at", "-pk").values("pk")[:1]
    rows: QuerySet[Measurement] = alive.filter(Q(day__range=(first, last)) | Q(pk=Subquery(earlier)))
    return rows.order_by("day", "at", "pk")


def version_of(row: DailyTarget) -> Version:
    """Take a version of a target out of its row."""
    return Version(row.key, row.from_day, None if row.removed else target_of(row))


def target_of(row: DailyTarget) -> Target:
    """Take a target out of its row, in the shape of the reference intakes."""
    return Target(
        nutrient=row.key,
        direction=row.direction,
        low=row.low,
        high=row.high,
        source=row.reference or OWN_SOURCE,
        edition=row.edition or row.from_day.isoformat(),
    )


def entry_of(row: Measurement) -> MeasurementEntry:
    """Take a measurement out of its row."""
    return MeasurementEntry(
        id=row.pk,
        kind=row.kind,
        day=row.day,
        at=row.at,
        value=row.value,
        value2=row.value2,
        unit=MEASURES[row.kind].unit,
        context=row.context,
        note=row.note,
    )


def goal_entry(row: Goal) -> GoalEntry:
    """Take a long goal out of its row."""
    return GoalEntry(
        id=row.pk,
        kind=row.kind,
        title=row.title,
        target=row.target,
        unit=UNITS[row.kind],
        direction=row.direction,
        start_value=row.start_value,
        start_day=row.start_day,
        due=row.due,
        habit=row.habit,
        exercise=row.exercise_id,
        exercise_name=row.exercise_name,
        state=row.state,
    )


def weights_of(owner_id: int) -> QuerySet[Measurement]:
    """List living weights, the latest first."""
    rows: QuerySet[Measurement] = Measurement.objects.of(owner_id).alive().filter(kind=WEIGHT)
    return rows.order_by("-day", "-at", "-pk")


def weight_on(owner_id: int, day: date) -> Weighed | None:
    """Find the latest weight measured by the end of a day; None when there is none. One statement."""
    row = weights_of(owner_id).filter(day__lte=day).first()
    return None if row is None else Weighed(kg=row.value, day=row.day)


def goals_of(owner_id: int) -> tuple[GoalEntry, ...]:
    """List the long goals that are being pursued, the oldest first. One statement."""
    rows = Goal.objects.of(owner_id).alive().filter(state=Goal.State.ACTIVE).order_by("pk")
    return tuple(goal_entry(row) for row in rows)


def days_measured(owner_id: int, first: date, last: date) -> frozenset[date]:
    """Name the days on which anything was measured. One statement."""
    rows = Measurement.objects.of(owner_id).alive().filter(day__range=(first, last))
    return frozenset(rows.values_list("day", flat=True))


def milestones(owner_id: int) -> Milestones:
    """Count what was measured and reached. Two statements."""
    days = Measurement.objects.of(owner_id).alive().values("day").distinct()
    first = Measurement.objects.of(owner_id).alive().aggregate(first=Min("day"))["first"]
    done = Goal.objects.of(owner_id).alive().filter(state=Goal.State.DONE).count()
    return Milestones(measured_days=days.count(), first_day=first, goals_done=done)
