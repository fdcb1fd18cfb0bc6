"""Today's plan, once: built by the planner from what was done, however often and in parallel it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from onharu.kernel.days import touch
from onharu.records.workouts.actions.writing import PART
from onharu.records.workouts.models import Task, WorkoutPlan
from onharu.records.workouts.queries.moving import history_of, mover_of, pool
from onharu.records.workouts.rules.planning import Move, Planned, PlannedTask, Reason, plan_day

NO_SET_UP = Reason("no_set_up")


@dataclass(frozen=True, slots=True)
class Ensured:
    """The plan of a day, and whether this call built it."""

    plan_id: int
    created: bool


def ensure_today(*, owner_id: int, day: date, at: datetime) -> Ensured:
    """Make sure that a day has a plan, a rest day being one too; builds it once, and answers the one that is there."""
    there = _living(owner_id, day)
    if there is not None:
        return Ensured(there, created=False)
    try:
        with transaction.atomic():
            return Ensured(_build(owner_id, day, at), created=True)
    except IntegrityError:
        there = _living(owner_id, day)
        if there is None:
            raise
        return Ensured(there, created=False)


@transaction.atomic
def train_anyway(*, owner_id: int, plan_id: int, at: datetime) -> None:
    """Make a day of rest a day of training, because its person wants it. Saying it twice changes nothing.

    What was done already stays; what was only offered for a day of rest goes. Raises Missing.
    """
    plan: WorkoutPlan = WorkoutPlan.objects.alive().select_for_update().one_of(owner_id, plan_id)
    if not plan.rest_day:
        return
    mover, said = mover_of(owner_id, plan.day)
    moves = pool()
    history = history_of(owner_id, plan.day)
    built = plan_day(mover=mover, pool=moves, history=history, day=plan.day, anyway=True)
    if not built.tasks:
        return
    tasks = Task.objects.of(owner_id).alive().filter(plan=plan)
    tasks.exclude(state=Task.State.DONE).update(deleted_at=at)
    last = tasks.aggregate(last=Max("order"))["last"]
    fill_plan(plan, built, extra=() if said else (NO_SET_UP,))
    plan.rest_day = False
    plan.save()
    Task.objects.bulk_create(task_rows(plan, built.tasks, moves, after=0 if last is None else last + 1))
    touch(owner_id, plan.day, part=PART)


def _living(owner_id: int, day: date) -> int | None:
    plans = WorkoutPlan.objects.of(owner_id).alive().filter(day=day)
    found: int | None = plans.values_list("id", flat=True).first()
    return found


def _build(owner_id: int, day: date, at: datetime) -> int:
    """Claim the day first, so that whoever comes second waits for this plan and does not work out another."""
    plan = WorkoutPlan.objects.create(owner_id=owner_id, day=day, source=WorkoutPlan.Source.RULES, created_at=at)
    mover, said = mover_of(owner_id, day)
    moves = pool()
    built = plan_day(mover=mover, pool=moves, history=history_of(owner_id, day), day=day)
    fill_plan(plan, built, extra=() if said else (NO_SET_UP,))
    plan.save()
    Task.objects.bulk_create(task_rows(plan, built.tasks, moves))
    touch(owner_id, day, part=PART)
    return plan.pk


def fill_plan(plan: WorkoutPlan, built: Planned, extra: Iterable[Reason] = ()) -> None:
    """Put what the planner answered about the whole day into a plan."""
    plan.focus, plan.edition = built.focus, built.edition
    plan.deload, plan.rest_day, plan.minutes = built.deload, built.rest_day, built.minutes
    plan.reasons = [reason.as_dict() for reason in (*built.reasons, *extra)]


def task_rows(plan: WorkoutPlan, planned: Sequence[PlannedTask], moves: Iterable[Move], after: int = 0) -> list[Task]:
    """Make unsaved tasks of a plan from what the planner answered; `after` moves them behind tasks that stay."""
    known = {move.id: move for move in moves}
    return [
        Task(
            owner_id=plan.owner_id,
            plan=plan,
            order=after + one.order,
            exercise_id=one.exercise_id,
            name=known[one.exercise_id].name,
            pattern=known[one.exercise_id].pattern,
            measure=known[one.exercise_id].measure,
            sets=one.sets,
            reps_low=one.reps_low,
            reps_high=one.reps_high,
            weight_kg=one.weight_kg,
            minutes=one.minutes,
            seconds=one.seconds,
            rpe_target=one.rpe_target,
            rest_seconds=one.rest_seconds,
            reason=one.reason.as_dict(),
            created_at=plan.created_at,
        )
        for one in planned
    ]
