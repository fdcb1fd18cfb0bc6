"""Tasks: add, change, order, skip with a reason, swap for an equivalent, delete and take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.kernel.problems import Conflict, Invalid
from onharu.records.workouts.actions.completion import set_completion, task_to_change
from onharu.records.workouts.actions.writing import PART, facts_or_refuse, name_it
from onharu.records.workouts.models import Task, WorkoutPlan
from onharu.records.workouts.queries.alternatives import alternatives_of

MOST_TASKS = 40
AMOUNTS = (
    "sets", "reps_low", "reps_high", "weight_kg", "minutes", "seconds", "rpe_target", "rest_seconds",
)  # fmt: skip


class TaskDone(Conflict):
    """A done task that was to become another exercise."""

    code = "task_done"
    ko = "이미 마친 할 일이에요. 완료를 되돌린 뒤 바꿔 주세요."
    en = "This task is done. Take its completion back first."


class NotAlike(Invalid):
    """An exercise that cannot stand in for the one that was planned."""

    code = "not_alike"
    ko = "이 운동으로는 바꿀 수 없어요. 대신할 수 있는 운동에서 골라 주세요."
    en = "This exercise cannot stand in. Choose one of the alternatives."


class TooManyTasks(Invalid):
    """A plan of more than anybody does in a day."""

    code = "tasks_count"
    ko = f"할 일은 {MOST_TASKS}개까지예요."
    en = f"At most {MOST_TASKS} tasks."


class RangeBackwards(Invalid):
    """A range of repetitions whose low end is above its high end."""

    code = "range_backwards"
    ko = "반복 횟수의 최소가 최대보다 커요."
    en = "The least repetitions are more than the most."


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task to plan: an exercise of the catalogue or a name, and the amounts that are said."""

    exercise: int | None = None
    name: str = ""
    sets: int | None = None
    reps_low: int | None = None
    reps_high: int | None = None
    weight_kg: Decimal | None = None
    minutes: int | None = None
    seconds: int | None = None
    rpe_target: Decimal | None = None
    rest_seconds: int | None = None


def new_task(plan: WorkoutPlan, draft: TaskDraft, order: int) -> Task:
    """Make an unsaved task of a plan. Raises ExerciseUnknown, RangeBackwards."""
    task = Task(owner_id=plan.owner_id, plan=plan, order=order, created_at=clock.now())
    name_it(task, None if draft.exercise is None else facts_or_refuse(draft.exercise), draft.name)
    for name in AMOUNTS:
        setattr(task, name, getattr(draft, name))
    _check_range(task)
    return task


def _check_range(task: Task) -> None:
    if task.reps_low is not None and task.reps_high is not None and task.reps_low > task.reps_high:
        raise RangeBackwards


@transaction.atomic
def add_task(*, owner_id: int, draft: TaskDraft, plan_id: int | None = None, day: date | None = None) -> int:
    """Add a task to a plan, or to the plan of a day, which is made by hand where there is none. Returns its id."""
    if plan_id is not None:
        plan: WorkoutPlan = WorkoutPlan.objects.alive().select_for_update().one_of(owner_id, plan_id)
    elif day is not None:
        plan, _ = WorkoutPlan.objects.get_or_create(
            owner_id=owner_id, day=day, deleted_at=None, defaults={"created_at": clock.now()}
        )
    else:
        raise Invalid("plan_or_date", "plan 또는 date를 보내 주세요.", "Send plan or date.")
    places = list(Task.objects.of(owner_id).filter(plan=plan).values_list("order", "deleted_at"))
    if sum(deleted_at is None for _, deleted_at in places) >= MOST_TASKS:
        raise TooManyTasks
    task = new_task(plan, draft, max((order for order, _ in places), default=-1) + 1)
    task.save()
    if plan.rest_day:
        plan.rest_day = False
        plan.save(update_fields=["rest_day"])
    touch(owner_id, plan.day, part=PART)
    return task.pk


@transaction.atomic
def change_task(*, owner_id: int, task_id: int, draft: TaskDraft, said: frozenset[str]) -> int:
    """Change the amounts of a task, or its exercise while it is not done; only what is named in `said` changes."""
    task = task_to_change(owner_id, task_id)
    if said & {"exercise", "name"}:
        if task.state == Task.State.DONE:
            raise TaskDone
        name_it(task, None if draft.exercise is None else facts_or_refuse(draft.exercise), draft.name)
        task.swapped_from = None
    for name in said & set(AMOUNTS):
        setattr(task, name, getattr(draft, name))
    _check_range(task)
    task.save()
    touch(owner_id, task.plan.day, part=PART)
    return task.pk


@transaction.atomic
def reorder_tasks(*, owner_id: int, plan_id: int, task_ids: Sequence[int]) -> None:
    """Put the tasks of a plan in this order; those that are not named stay behind them. Unknown ids are refused."""
    plan: WorkoutPlan = WorkoutPlan.objects.alive().select_for_update().one_of(owner_id, plan_id)
    tasks = {task.pk: task for task in Task.objects.of(owner_id).alive().filter(plan=plan).order_by("order", "id")}
    if len(set(task_ids)) != len(task_ids) or not set(task_ids) <= tasks.keys():
        raise Invalid("order_unknown", "이 계획의 할 일만 한 번씩 적어 주세요.", "Name tasks of this plan, each once.")
    named = [*task_ids, *(pk for pk in tasks if pk not in set(task_ids))]
    for order, pk in enumerate(named):
        tasks[pk].order = order
    Task.objects.bulk_update(tasks.values(), ["order"])
    touch(owner_id, plan.day, part=PART)


@transaction.atomic
def skip_task(
    *, owner_id: int, task_id: int, skipped: bool, at: datetime, today: date, reason: str = Task.SkipReason.OTHER
) -> None:
    """Say whether a task is left out, and why; a completion is taken back first. Saying it twice changes nothing."""
    task = task_to_change(owner_id, task_id)
    if skipped and task.state == Task.State.DONE:
        set_completion(owner_id=owner_id, task_id=task_id, completed=False, at=at, today=today)
        task = task_to_change(owner_id, task_id)
    elif not skipped and task.state != Task.State.SKIPPED:
        return
    wanted = (Task.State.SKIPPED, reason) if skipped else (Task.State.PLANNED, "")
    if (task.state, task.skip_reason) == wanted:
        return
    task.state, task.skip_reason = wanted
    task.save(update_fields=["state", "skip_reason"])
    touch(owner_id, task.plan.day, part=PART)


@transaction.atomic
def swap_task(*, owner_id: int, task_id: int, exercise: int) -> None:
    """Put an equivalent exercise in place of a task's; the weight is to be found anew. Raises NotAlike, TaskDone."""
    task = task_to_change(owner_id, task_id)
    if task.exercise_id == exercise:
        return
    if task.state == Task.State.DONE:
        raise TaskDone
    facts = facts_or_refuse(exercise)
    if exercise not in (
        task.swapped_from_id,
        *(one.id for one in alternatives_of(owner_id, task.exercise_id, task.plan.day)),
    ):
        raise NotAlike
    task.swapped_from_id = None if exercise == task.swapped_from_id else task.swapped_from_id or task.exercise_id
    _take_on(task, facts.measure)
    name_it(task, facts)
    task.save()
    touch(owner_id, task.plan.day, part=PART)


def _take_on(task: Task, measure: str) -> None:
    """Keep the amounts that mean the same for another exercise; a weight never does."""
    task.weight_kg, task.reason, task.state, task.skip_reason = None, None, Task.State.PLANNED, ""
    if measure != task.measure:
        reps = (8, 12) if measure == "reps" else (None, None)
        task.reps_low, task.reps_high = reps
        task.seconds = 30 if measure == "seconds" else None
        task.minutes = 10 if measure == "minutes" else None


@transaction.atomic
def delete_task(*, owner_id: int, task_id: int) -> None:
    """Delete a task; `restore_task` takes it back for a day. What was done of it stays in the log."""
    _mark(owner_id, task_id, clock.now())


@transaction.atomic
def restore_task(*, owner_id: int, task_id: int) -> None:
    """Take a deletion back."""
    _mark(owner_id, task_id, None)


def _mark(owner_id: int, task_id: int, deleted_at: datetime | None) -> None:
    task: Task = Task.objects.select_related("plan").select_for_update(of=("self",)).one_of(owner_id, task_id)
    if (task.deleted_at is None) != (deleted_at is None):
        task.deleted_at = deleted_at
        task.save(update_fields=["deleted_at"])
        touch(owner_id, task.plan.day, part=PART)
