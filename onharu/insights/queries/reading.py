"""Five weeks of one person, read through the records' doors and handed to the rules as plain values."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

import structlog

from onharu.accounts.public import Person, Visit
from onharu.catalog.intakes import public as intakes
from onharu.insights.queries.standing import Standing, kept
from onharu.insights.rules.seen import (
    WINDOW,
    Beaten,
    Food,
    Limit,
    Planned,
    Seen,
    SeenDay,
    Sitting,
    Trained,
    Weight,
)
from onharu.kernel import clock
from onharu.records.goals import public as goals
from onharu.records.goals.public import GoalDay
from onharu.records.journal import public as journal
from onharu.records.journal.public import JournalDay
from onharu.records.meals import public as meals
from onharu.records.meals.public import ItemEntry, MealDay
from onharu.records.workouts import public as workouts
from onharu.records.workouts.public import LogEntry, Record, WorkoutDay

T = TypeVar("T")
log = structlog.get_logger(__name__)
LOOKED_AT = ("kcal", "protein_g", "sodium_mg", "sugars_g", "fiber_g", "caffeine_mg")
WEIGHT = "WEIGHT"
MOST_REPS = "most_reps"
RECORD_ORDER = ("heaviest", "one_rep_max", MOST_REPS, "longest")
MEALS, WORKOUTS, GOALS, JOURNAL = "meals", "workouts", "goals", "journal"


def seen_by(visit: Visit, day: date, standing: Standing) -> Seen:
    """Tell what the rules look at: the day and the five weeks before it; none to seven statements."""
    found = kept(visit, standing, ("seen", day), lambda: _read(visit.person, day), whole=lambda seen: not seen.failed)
    return replace(found, now=visit.clock_time if day == visit.today else None)


def _read(person: Person, day: date) -> Seen:
    first = day - timedelta(days=WINDOW - 1)
    failed: set[str] = set()
    eaten = tried(MEALS, lambda: meals.days_of(person.id, first, day), failed) or {}
    moved = tried(WORKOUTS, lambda: workouts.days_of(person.id, first, day), failed) or {}
    aimed = tried(GOALS, lambda: goals.days_of(person.id, first, day), failed) or {}
    told = tried(JOURNAL, lambda: journal.days_of(person.id, first, day), failed) or {}
    days = (day - timedelta(days=back) for back in range(WINDOW))
    found = (_day(person, one, eaten.get(one), moved.get(one), aimed.get(one), told.get(one)) for one in days)
    own = aimed[day].targets if day in aimed else ()
    return Seen(
        day=day,
        days={one.day: one for one in found if one != SeenDay(one.day)},
        limits=limits_of(goals.over(own, intakes.targets(body_of(person, day)))),
        age=person.age_on(day),
        beaten=_beaten(person.id, day, moved.get(day), failed),
        failed=frozenset(failed),
    )


def tried(room: str, read: Callable[[], T], failed: set[str]) -> T | None:
    """Read a room; one that fails is logged and named, and the others still speak."""
    try:
        return read()
    except Exception:
        log.exception("insights_room_failed", room=room)
        failed.add(room)
        return None


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


def limits_of(targets: Iterable[intakes.Target]) -> dict[str, Limit]:
    """Lay targets out by key."""
    return {
        one.nutrient: Limit(one.nutrient, one.low, one.high, one.source, one.edition, assumed=one.assumed)
        for one in targets
    }


def _day(
    person: Person,
    day: date,
    eaten: MealDay | None,
    moved: WorkoutDay | None,
    aimed: GoalDay | None,
    told: JournalDay | None,
) -> SeenDay:
    report = told.report if told and told.report and told.report.says_something else None
    return SeenDay(
        day=day,
        sittings=_sittings(person, eaten),
        water_ml=eaten.water_ml if eaten else None,
        trained=_trained(moved),
        minutes=moved.minutes if moved else None,
        planned=_planned(moved),
        rest_day=bool(moved and moved.plan and moved.plan.rest_day),
        report_id=report.id if report else None,
        sleep_hours=report.sleep_hours if report else None,
        mood=report.mood if report else None,
        condition=report.condition if report else None,
        said=tuple(text for text in (report.highlights, report.challenges) if text) if report else (),
        weights=tuple(Weight(one.id, one.value) for one in (aimed.measurements if aimed else ()) if one.kind == WEIGHT),
    )


def _sittings(person: Person, eaten: MealDay | None) -> tuple[Sitting, ...]:
    zone = clock.zone(person.zone)
    return tuple(
        Sitting(
            id=meal.id,
            slot=meal.slot,
            at=meal.eaten_at.astimezone(zone).time(),
            foods=tuple(Food(one.id, meals.food_name(one.name), _amounts(one)) for one in meal.items),
        )
        for meal in (eaten.meals if eaten else ())
    )


def _amounts(item: ItemEntry) -> dict[str, Decimal | None]:
    return {key: getattr(item.nutrients, key) for key in LOOKED_AT}


def _trained(moved: WorkoutDay | None) -> tuple[Trained, ...]:
    return tuple(
        Trained(one.id, one.name, one.minutes, one.rpe, len(one.sets)) for one in (moved.logs if moved else ())
    )


def _planned(moved: WorkoutDay | None) -> tuple[Planned, ...]:
    tasks = moved.tasks if moved else ()
    return tuple(Planned(one.id, one.name, one.state, one.rpe_target, one.skip_reason) for one in tasks)


def _beaten(owner_id: int, day: date, moved: WorkoutDay | None, failed: set[str]) -> tuple[Beaten, ...]:
    """The best record of each exercise of the day, over what stood before; nothing is asked without sets."""
    written = {one.id: entry for entry in (moved.logs if moved else ()) for one in entry.sets}
    history = (tried(WORKOUTS, lambda: workouts.records_history(owner_id), failed) or ()) if written else ()
    stood: dict[Hashable, Decimal] = {}
    best: dict[int, tuple[int, Beaten]] = {}
    for one in history:
        key = (one.exercise_id, one.kind, one.weight_kg if one.kind == MOST_REPS else None)
        if one.day < day:
            stood[key] = one.value
        elif one.set_id in written and key in stood:
            rank = RECORD_ORDER.index(one.kind)
            if one.exercise_id not in best or rank <= best[one.exercise_id][0]:
                best[one.exercise_id] = rank, _as_beaten(one, written[one.set_id], stood[key])
    return tuple(found for _, found in best.values())


def _as_beaten(record: Record, entry: LogEntry, before: Decimal) -> Beaten:
    return Beaten(
        log_id=entry.id,
        name=entry.name,
        kind=record.kind,
        value=record.value,
        before=before,
        reps=record.reps,
        weight_kg=record.weight_kg,
        estimated=record.estimated,
    )
