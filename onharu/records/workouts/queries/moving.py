"""What the planner is asked with: who moves, what there is to choose from, and the last twelve weeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from onharu.accounts.public import User
from onharu.catalog.exercises import public as exercises
from onharu.catalog.exercises.public import ExerciseFacts
from onharu.records.workouts.models import MovementProfile, Task, WorkoutLog
from onharu.records.workouts.queries.days import logs_with_sets
from onharu.records.workouts.queries.entries import SetEntry
from onharu.records.workouts.rules.planning import Done, DoneSet, History, Move, Mover, Skipped

LOOKS_BACK = timedelta(weeks=12)
SAID = ("goal", "days_a_week", "minutes", "places", "equipment", "level", "spare", "avoid", "week_start")


@dataclass(frozen=True, slots=True)
class Movement:
    """How somebody wants to train; `said` is False where nothing was set up and these are the defaults."""

    goal: str = "health"
    days_a_week: int = 3
    minutes: int = 30
    places: tuple[str, ...] = ("home", "outdoor")
    equipment: tuple[str, ...] = ()
    level: int = 1
    spare: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    week_start: int = 0
    said: bool = False


def movement_of(owner_id: int) -> Movement:
    """Read how somebody wants to train, defaults where nothing was said; one statement."""
    row = MovementProfile.objects.of(owner_id).values(*SAID).first()
    return Movement() if row is None else movement_from(row)


def movement_from(row: dict[str, Any]) -> Movement:
    """Freeze the columns of a profile of movement."""
    said: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Movement(**said, said=True)


def mover_of(owner_id: int, day: date) -> tuple[Mover, bool]:
    """Describe somebody to the planner, and tell whether they set anything up; two statements."""
    said = movement_of(owner_id)
    body = User.objects.filter(pk=owner_id).values_list("profile__birth_year", "profile__weight_kg").first()
    born, kg = body or (None, None)
    return mover(said, age=None if born is None else max(0, day.year - born), weight_kg=kg), said.said


def mover(said: Movement, *, age: int | None = None, weight_kg: Any = None) -> Mover:
    """Turn what was said into what the planner takes."""
    return Mover(
        goal=said.goal,
        days_a_week=said.days_a_week,
        minutes=said.minutes,
        places=frozenset(said.places),
        equipment=frozenset(said.equipment),
        level=said.level,
        spare=frozenset(said.spare),
        avoid=frozenset(said.avoid),
        age=age,
        weight_kg=weight_kg,
    )


def pool() -> tuple[Move, ...]:
    """List what may be planned, as the planner sees it; one statement, two when the shelf changed."""
    return tuple(move(facts) for facts in exercises.planning_pool())


def move(facts: ExerciseFacts) -> Move:
    """See an exercise of the catalogue as the planner does."""
    return Move(
        id=facts.id,
        name=facts.name,
        pattern=facts.pattern,
        measure=facts.measure,
        level=facts.level,
        targets=facts.targets,
        equipment=facts.equipment,
        places=facts.places,
        loads=facts.loads,
        cautions=facts.cautions,
        met=facts.met,
        code=facts.code,
        name_en=facts.name_en,
    )


def history_of(owner_id: int, day: date) -> History:
    """Gather what was done and skipped in the twelve weeks before a day, oldest first; two statements."""
    window = (day - LOOKS_BACK, day - timedelta(days=1))
    logs = WorkoutLog.objects.of(owner_id).alive().filter(day__range=window, exercise__isnull=False)
    tasks = Task.objects.of(owner_id).alive().filter(state=Task.State.SKIPPED, exercise__isnull=False)
    skipped = tasks.filter(plan__deleted_at__isnull=True, plan__day__range=window).order_by("plan__day", "id")
    rows = skipped.values_list("plan__day", "exercise_id", "skip_reason")
    done = sorted(logs_with_sets(logs), key=lambda one: (one[0]["day"], one[0]["id"]))
    return History(
        done=tuple(_done(row, sets) for row, sets in done),
        skipped=tuple(Skipped(day=on, exercise_id=exercise, reason=said) for on, exercise, said in rows),
    )


def _done(row: dict[str, Any], sets: Iterable[SetEntry]) -> Done:
    return Done(
        day=row["day"],
        exercise_id=row["exercise_id"],
        sets=tuple(DoneSet(one.reps, one.weight_kg, one.seconds, one.rpe) for one in sets),
        minutes=row["minutes"],
        rpe=row["rpe"],
    )
