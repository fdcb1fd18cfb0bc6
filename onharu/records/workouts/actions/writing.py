"""What every log is written with: the exercise as the catalogue knows it, the weight of the day, the minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from onharu.catalog.exercises import public as exercises
from onharu.catalog.exercises.public import ExerciseFacts
from onharu.kernel.problems import Invalid
from onharu.records.workouts.models import MOST_MINUTES, MOST_SETS, Task, WorkoutLog, WorkoutSet
from onharu.records.workouts.ports import weight_on
from onharu.records.workouts.rules import energy
from onharu.records.workouts.rules.planning import DoneSet

PART = "workouts"
STEP, TENTH = Decimal("0.01"), Decimal("0.1")


class ExerciseUnknown(Invalid):
    """An exercise that the catalogue does not have, or nothing said about what was done."""

    code = "exercise_unknown"
    ko = "모르는 운동이에요. 목록에서 고르거나 이름을 적어 주세요."
    en = "This exercise is not known. Choose one from the list or write its name."


class TimesBackwards(Invalid):
    """A workout that ends before it begins, or lasts longer than a day."""

    code = "times_backwards"
    ko = "끝난 시각을 확인해 주세요. 운동은 시작보다 늦게, 하루 안에 끝나야 해요."
    en = "Check when it ended: after it began and within a day."


@dataclass(frozen=True, slots=True)
class SetValues:
    """One set as it was said; whatever was not said is None."""

    reps: int | None = None
    weight_kg: Decimal | None = None
    seconds: int | None = None
    rpe: Decimal | None = None


def facts_or_refuse(exercise: int) -> ExerciseFacts:
    """Find an exercise by id; raises ExerciseUnknown."""
    facts = exercises.facts_of([exercise]).get(exercise)
    if facts is None:
        raise ExerciseUnknown
    return facts


def name_it(row: Task | WorkoutLog, facts: ExerciseFacts | None, name: str = "") -> None:
    """Put an exercise of the catalogue, or a person's own name for it, into a row. Raises ExerciseUnknown."""
    if facts is None and not name.strip():
        raise ExerciseUnknown
    row.exercise_id = facts.id if facts else None
    row.name = facts.name if facts else name.strip()
    row.pattern = facts.pattern if facts else ""
    row.measure = facts.measure if facts else ""


def rate_it(log: WorkoutLog, facts: ExerciseFacts | None) -> None:
    """Put the energy rate into a log as the catalogue has it now; unknown stays unknown."""
    log.met = facts.met if facts else None
    log.met_source = " ".join(filter(None, (facts.met_source, facts.edition))) if facts and facts.met else ""


def weigh_it(log: WorkoutLog) -> None:
    """Put the weight of the log's day into it, with where it is from."""
    weighed = weight_on(log.owner_id, log.day)
    log.body_kg = weighed.kg.quantize(STEP, ROUND_HALF_UP) if weighed else None
    log.body_kg_source = weighed.source if weighed else ""
    log.body_kg_day = weighed.day if weighed else None


def time_it(log: WorkoutLog, said: Decimal | None, sets: Sequence[SetValues], rest_seconds: int | None) -> None:
    """Put the minutes into a log: said, else between its instants, else estimated from its sets, else unknown.

    A row of a plan (`rest_seconds`) has a rest after its last set too, as the planner counts it: the next row follows.
    """
    guess = energy.minutes_of(
        [DoneSet(one.reps, one.weight_kg, one.seconds, one.rpe) for one in sets],
        energy.USUAL_REST_SECONDS if rest_seconds is None else rest_seconds,
    )
    if guess is not None:
        guess = (guess + Decimal(rest_seconds or 0) / 60).quantize(TENTH, ROUND_HALF_UP)
    for minutes, source in (
        (said, WorkoutLog.MinutesSource.SAID),
        (_between(log.started_at, log.ended_at), WorkoutLog.MinutesSource.SAID),
        (guess, WorkoutLog.MinutesSource.ESTIMATED),
    ):
        if minutes is not None:
            log.minutes, log.minutes_source = min(minutes, Decimal(MOST_MINUTES)), source
            return
    log.minutes, log.minutes_source = None, ""


def _between(started_at: datetime, ended_at: datetime | None) -> Decimal | None:
    if ended_at is None:
        return None
    minutes = Decimal((ended_at - started_at).total_seconds()) / 60
    if not 0 <= minutes <= MOST_MINUTES:
        raise TimesBackwards
    return minutes.quantize(STEP, ROUND_HALF_UP)


def write_sets(log: WorkoutLog, sets: Sequence[SetValues]) -> None:
    """Make these the sets of a log, in their order."""
    if len(sets) > MOST_SETS:
        raise Invalid("sets_count", f"세트는 {MOST_SETS}개까지예요.", f"At most {MOST_SETS} sets.")
    WorkoutSet.objects.of(log.owner_id).filter(log=log).delete()
    WorkoutSet.objects.bulk_create(rows_of_sets(log, sets))


def rows_of_sets(log: WorkoutLog, sets: Sequence[SetValues]) -> list[WorkoutSet]:
    """Make unsaved rows for the sets of a log."""
    return [
        WorkoutSet(
            owner_id=log.owner_id,
            log=log,
            order=order,
            reps=one.reps,
            weight_kg=one.weight_kg,
            seconds=one.seconds,
            rpe=one.rpe,
        )
        for order, one in enumerate(sets)
    ]
