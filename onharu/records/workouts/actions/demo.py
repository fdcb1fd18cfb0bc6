"""A believable trainee for the demo: plans by the planner from their own past, done, shortened, skipped, or missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from onharu.catalog.exercises import public as exercises
from onharu.catalog.exercises.public import ExerciseFacts
from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.records.workouts.actions.completion import planned_minutes, planned_sets
from onharu.records.workouts.actions.planning import fill_plan, task_rows
from onharu.records.workouts.actions.writing import (
    PART,
    SetValues,
    name_it,
    rate_it,
    rows_of_sets,
    time_it,
    weigh_it,
)
from onharu.records.workouts.models import MovementProfile, Task, WorkoutLog, WorkoutPlan, WorkoutSet
from onharu.records.workouts.queries.moving import LOOKS_BACK, Movement, move, mover
from onharu.records.workouts.rules.planning import Done, DoneSet, History, Move, Skipped, plan_day

HABITS = Movement(
    goal="strength",
    days_a_week=3,
    minutes=40,
    places=("home", "outdoor"),
    equipment=("dumbbell", "mat", "band"),
    level=2,
    said=True,
)
AFTER_WORK, WEEKEND_MORNING = time(19, 40), time(10, 10)
FIRST_KG = Decimal(6)
WHY_NOT = (*[Task.SkipReason.TIRED] * 3, *[Task.SkipReason.NO_TIME] * 3, Task.SkipReason.DISLIKE)


@dataclass(frozen=True, slots=True)
class Trainee:
    """Whose days are made up: until `today`, in their zone."""

    owner_id: int
    today: date
    zone: str
    day_start_hour: int


@dataclass(slots=True)
class _Diary:
    """What was written so far; the planner reads it back as the past."""

    random: Random
    moves: tuple[Move, ...]
    facts: dict[int, ExerciseFacts]
    plans: list[WorkoutPlan] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    logs: list[WorkoutLog] = field(default_factory=list)
    sets: list[WorkoutSet] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    reached: dict[tuple[int, Decimal | None], int] = field(default_factory=dict)

    def history(self, day: date) -> History:
        """The last twelve weeks before a day."""
        since = day - LOOKS_BACK
        return History(
            done=tuple(one for one in self.done if one.day >= since),
            skipped=tuple(one for one in self.skipped if one.day >= since),
        )


@transaction.atomic
def seed_workouts(*, trainee: Trainee, days: int, seed: int = 0) -> int:
    """Write believable plans and workouts for the days before today, and today's plan; returns how many workouts."""
    pool = exercises.planning_pool()
    diary = _Diary(
        random=Random(seed),  # noqa: S311 a demo is not a secret
        moves=tuple(move(facts) for facts in pool),
        facts={facts.id: facts for facts in pool},
    )
    _settle(trainee)
    first = trainee.today - timedelta(days=days - 1)
    taken = set(WorkoutPlan.objects.of(trainee.owner_id).alive().filter(day__gte=first).values_list("day", flat=True))
    cold_from = first + timedelta(days=diary.random.randrange(max(days - 6, 1)))
    for number in range(days):
        day = first + timedelta(days=number)
        if day in taken:
            continue
        ill = timedelta(0) <= day - cold_from < timedelta(days=3)
        _live(diary, trainee, day, well=not ill and diary.random.random() > 0.12)
    _save(diary)
    touch(trainee.owner_id, *sorted({plan.day for plan in diary.plans}), part=PART)
    return len(diary.logs)


def _settle(trainee: Trainee) -> None:
    """Say how the demo person wants to train, unless they did."""
    said = {
        "goal": HABITS.goal,
        "days_a_week": HABITS.days_a_week,
        "minutes": HABITS.minutes,
        "places": list(HABITS.places),
        "equipment": list(HABITS.equipment),
        "level": HABITS.level,
        "updated_at": clock.now(),
    }
    MovementProfile.objects.get_or_create(owner_id=trainee.owner_id, defaults=said)


def _live(diary: _Diary, trainee: Trainee, day: date, *, well: bool) -> None:
    """Plan a day and do what a person does of it; today is planned only."""
    built = plan_day(mover=mover(HABITS), pool=diary.moves, history=diary.history(day), day=day)
    at = _clock(trainee, diary.random, day)
    plan = WorkoutPlan(owner_id=trainee.owner_id, day=day, source=WorkoutPlan.Source.RULES, created_at=at)
    fill_plan(plan, built)
    tasks = task_rows(plan, built.tasks, diary.moves)
    diary.plans.append(plan)
    diary.tasks += tasks
    rests = plan.rest_day and diary.random.random() < 0.6
    if day == trainee.today or rests or not well:
        return
    for task, planned in zip(tasks, built.tasks, strict=True):
        facts = diary.facts[planned.exercise_id]
        if diary.random.random() < 0.08:
            _skip(diary, task, facts)
        else:
            at = _do(diary, task, facts, at)


def _clock(trainee: Trainee, random: Random, day: date) -> datetime:
    usual = WEEKEND_MORNING if day.weekday() >= 5 else AFTER_WORK
    at = clock.instant_of(day, usual, trainee.zone, trainee.day_start_hour)
    return at + timedelta(minutes=random.randrange(-20, 35))


def _skip(diary: _Diary, task: Task, facts: ExerciseFacts) -> None:
    task.state = Task.State.SKIPPED
    task.skip_reason = diary.random.choice(WHY_NOT)
    diary.skipped.append(Skipped(task.plan.day, facts.id, task.skip_reason))


def _do(diary: _Diary, task: Task, facts: ExerciseFacts, at: datetime) -> datetime:
    """Do a task: its sets as planned or a repetition more or less, an honest RPE. Returns when it was over."""
    sets = [_lifted(diary, task, facts, one) for one in planned_sets(task)]
    rpe = Decimal(diary.random.choice(("6", "6.5", "7", "7", "7.5", "8")))
    log = WorkoutLog(
        owner_id=task.owner_id,
        task=task,
        day=task.plan.day,
        started_at=at,
        rpe=rpe,
        source=WorkoutLog.Source.TASK,
        created_at=at,
    )
    name_it(log, facts)
    rate_it(log, facts)
    time_it(log, planned_minutes(task), sets, task.rest_seconds)
    over = at + timedelta(minutes=float(log.minutes or 0))
    task.state, task.done_at = Task.State.DONE, over
    if sets and all(one.reps is not None for one in sets):
        diary.reached[facts.id, sets[0].weight_kg] = 1 + min(one.reps or 0 for one in sets)
    diary.logs.append(log)
    diary.sets += rows_of_sets(log, sets)
    diary.done.append(
        Done(
            day=log.day,
            exercise_id=facts.id,
            sets=tuple(DoneSet(one.reps, one.weight_kg, one.seconds, one.rpe) for one in sets),
            minutes=log.minutes,
            rpe=rpe,
        )
    )
    return over + timedelta(minutes=1)


def _lifted(diary: _Diary, task: Task, facts: ExerciseFacts, planned: SetValues) -> SetValues:
    """Do a set: about as many repetitions as the last time at this weight and a little more, up to the range's top."""
    weight = planned.weight_kg
    if weight is None and "dumbbell" in facts.equipment:
        weight = FIRST_KG
    if planned.reps is None:
        return SetValues(weight_kg=weight, seconds=planned.seconds)
    least = max(planned.reps, diary.reached.get((facts.id, weight), 0))
    reps = min(task.reps_high or planned.reps, least + diary.random.choice((0, 0, 1, 1)))
    return SetValues(reps=reps, weight_kg=weight)


def _save(diary: _Diary) -> None:
    """Write everything in five statements or so; weights are those of each day."""
    WorkoutPlan.objects.bulk_create(diary.plans)
    Task.objects.bulk_create(diary.tasks)
    _weigh(diary.logs)
    WorkoutLog.objects.bulk_create(diary.logs)
    WorkoutSet.objects.bulk_create(diary.sets)


def _weigh(logs: Iterable[WorkoutLog]) -> None:
    """Put the weight of each day into its logs, asked once a day."""
    of_day: dict[date, WorkoutLog] = {}
    for log in logs:
        known = of_day.get(log.day)
        if known is None:
            weigh_it(log)
            of_day[log.day] = log
        else:
            log.body_kg, log.body_kg_source = known.body_kg, known.body_kg_source
            log.body_kg_day = known.body_kg_day
