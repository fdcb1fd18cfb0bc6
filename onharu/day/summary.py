"""The summary of one person's day: computed from the records' doors, never stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from onharu.accounts.public import Person
from onharu.catalog.intakes import public as intakes
from onharu.day.parts import Parts, days_written, parts_between, parts_of, with_doses
from onharu.day.rules import ZERO, Progress, Room, progress, room_left
from onharu.day.standing import Standing, standing_of
from onharu.kernel import clock
from onharu.kernel.days import versions_of
from onharu.kernel.streaks import Streak, streak
from onharu.records.goals import public as goals
from onharu.records.workouts.public import WorkoutDay

Days = frozenset[date]


@dataclass(frozen=True, slots=True)
class DaySummary:
    """A day as the 오늘 page and the API show it.

    `room` is how much energy there is still room for. `streak` is how many days in a row were written up to this day;
    None when a room that knows failed; `written` are all days written. A failed part is named in `unavailable`.
    `at` is the moment at which doses are due, late or to come.
    """

    date: date
    version: int
    parts: Parts
    progress: tuple[Progress, ...]
    room: Room
    streak: Streak | None
    written: Days | None
    unavailable: tuple[str, ...]
    at: datetime = field(compare=False)


def body_of(person: Person, day: date) -> intakes.Body:
    """Take from a profile what reference intakes depend on."""
    return intakes.Body(
        sex=person.sex or "",
        age=person.age_on(day),
        height_cm=person.height_cm,
        weight_kg=person.weight_kg,
        activity=person.activity,
        maternity=person.maternity or "",
    )


def day_summary(person: Person, day: date, seen: Standing | None = None, at: datetime | None = None) -> DaySummary:
    """Compute a day from the records. A part that fails is named in `unavailable`, never shown as zero."""
    now, at = seen or standing_of(person.id, day), at or clock.now()
    parts = parts_of(person, now, at)
    return _summed(person, _Day(day, now.version, parts, at), days_written(now, {day: parts}))


def day_summaries(person: Person, first: date, last: date) -> list[DaySummary]:
    """Compute the days from `first` to `last`, the latest first; as many statements for a month as for a day."""
    now, at = standing_of(person.id, last), clock.now()
    parts = with_doses(person, now, parts_between(person.id, first, last), at)
    written, versions = days_written(now, parts), versions_of(person.id, first, last)
    days = (_Day(day, versions.get(day, 0), of_day, at) for day, of_day in parts.items())
    return [_summed(person, one, written) for one in days]


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as it was read at a moment."""

    day: date
    version: int
    parts: Parts
    at: datetime


def _summed(person: Person, one: _Day, written: Days | None) -> DaySummary:
    day, parts = one.day, one.parts
    held = progress_of_day(person, day, parts)
    return DaySummary(
        date=day,
        version=one.version,
        parts=parts,
        progress=held,
        room=room_left(
            target=next((one.target for one in held if one.nutrient == "kcal"), None),
            total=parts.meals.total if parts.meals else None,
            moved_net=net_of(parts.workouts) if parts.workouts else None,
        ),
        streak=None if written is None else streak(written, day),
        written=written,
        unavailable=parts.failed,
        at=one.at,
    )


def targets_of(person: Person, day: date, parts: Parts) -> tuple[intakes.Target, ...]:
    """List a day's targets: a person's own over the reference's. Energy has none for who keeps it out of sight."""
    found = goals.over(parts.goals.targets if parts.goals else (), intakes.targets(body_of(person, day)))
    return tuple(target for target in found if not (person.hide_numbers and target.nutrient == "kcal"))


def progress_of_day(person: Person, day: date, parts: Parts) -> tuple[Progress, ...]:
    """Hold a day against its targets; nothing can be told without the meals."""
    if parts.meals is None:
        return ()
    return progress(parts.meals.total, targets_of(person, day, parts), others_of(parts))


def others_of(parts: Parts) -> dict[str, Decimal | None]:
    """Tell the amounts of what a target may be set for and is no nutrient. Nothing logged is no movement: zero."""
    water = parts.meals.water_ml if parts.meals else None
    report = parts.journal.report if parts.journal else None
    return {
        "water_ml": None if water is None else Decimal(water),
        "workout_minutes": minutes_of(parts.workouts) if parts.workouts else None,
        "sleep_hours": report.sleep_hours if report else None,
    }


def minutes_of(moved: WorkoutDay) -> Decimal | None:
    """Tell the minutes of a day's workouts: zero without any, None when nobody knows how long they were."""
    return moved.minutes if moved.logs else ZERO


def net_of(moved: WorkoutDay) -> Decimal | None:
    """Tell what a day's workouts took beyond rest: zero without any, None when one of them is unknown."""
    if not moved.logs:
        return ZERO
    return None if moved.unknown_kcal else moved.kcal_net
