"""Personal records and how far somebody has come, worked out from the logs whenever they are asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from onharu.catalog.exercises import public as exercises
from onharu.records.workouts.models import WorkoutLog
from onharu.records.workouts.rules.records import Lifted, Record, bests, records_set

NTH = (1, 3, 7, 10, 30, 50, 100, 200, 300, 365, 500, 1000)


@dataclass(frozen=True, slots=True)
class ExerciseRecords:
    """The standing records of one exercise."""

    exercise: int
    name: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Nth:
    """The day of the nth day with a workout, and the log that made it one."""

    n: int
    day: date
    log_id: int


@dataclass(frozen=True, slots=True)
class Milestones:
    """How many workouts, on how many days, and when each round number came."""

    workouts: int
    days: int
    first_day: date | None
    last_day: date | None
    nth_day: tuple[Nth, ...]


def records_of(owner_id: int) -> list[ExerciseRecords]:
    """Gather the standing records of every exercise, by name; two statements."""
    standing = bests(_lifted(owner_id))
    facts = exercises.facts_of(standing)
    named = [
        ExerciseRecords(exercise=one, name=facts[one].name, records=records)
        for one, records in standing.items()
        if one in facts
    ]
    return sorted(named, key=lambda one: one.name)


def records_history(owner_id: int) -> tuple[Record, ...]:
    """List every record in the order it was set; one statement."""
    return records_set(_lifted(owner_id))


def sets_with_records(owner_id: int, of_exercises: Collection[int]) -> frozenset[int]:
    """Name the sets of these exercises that beat an earlier one when they were done; one statement, none for none."""
    if not of_exercises:
        return frozenset()
    records = records_set(_lifted(owner_id, of_exercises))
    return frozenset(record.set_id for record in records if record.before is not None)


def _lifted(owner_id: int, of_exercises: Collection[int] | None = None) -> list[Lifted]:
    """Gather the sets that records are made of: not what only a plan said, and no stretching."""
    logs = WorkoutLog.objects.of(owner_id).alive().filter(exercise__isnull=False, as_planned=False)
    logs = logs.exclude(pattern="mobility")
    if of_exercises is not None:
        logs = logs.filter(exercise__in=of_exercises)
    columns = ("sets__id", "exercise_id", "day", "sets__reps", "sets__weight_kg", "sets__seconds")
    return [Lifted(*row) for row in logs.filter(sets__isnull=False).order_by().values_list(*columns)]


def milestones(owner_id: int) -> Milestones:
    """Count workouts and find the day of each round number; one statement, a row a day."""
    logs = WorkoutLog.objects.of(owner_id).alive().order_by("day")
    grouped = logs.values("day").annotate(first=Min("id"), number=Count("id"))
    rows = list(grouped.values_list("day", "first", "number"))
    return Milestones(
        workouts=sum(number for _, _, number in rows),
        days=len(rows),
        first_day=rows[0][0] if rows else None,
        last_day=rows[-1][0] if rows else None,
        nth_day=tuple(Nth(n, rows[n - 1][0], rows[n - 1][1]) for n in NTH if n <= len(rows)),
    )
