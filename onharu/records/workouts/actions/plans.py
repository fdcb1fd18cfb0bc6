"""Plans by hand: make, change, move, delete and take back; how somebody wants to train."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.kernel.problems import Conflict
from onharu.records.workouts.actions.tasks import MOST_TASKS, TaskDraft, TooManyTasks, new_task
from onharu.records.workouts.actions.writing import PART
from onharu.records.workouts.models import MovementProfile, Task, WorkoutPlan


class PlanExists(Conflict):
    """A second plan for a day that has one."""

    code = "plan_exists"
    ko = "그날에는 이미 계획이 있어요."
    en = "That day already has a plan."


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan by hand."""

    day: date
    title: str = ""
    focus: str = ""
    note: str = ""
    rest_day: bool = False
    tasks: Sequence[TaskDraft] = field(default=())


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What of a plan changes; None keeps what is there."""

    day: date | None = None
    title: str | None = None
    focus: str | None = None
    note: str | None = None
    rest_day: bool | None = None


@transaction.atomic
def make_plan(*, owner_id: int, draft: PlanDraft) -> int:
    """Make a plan by hand with its tasks; returns its id. Raises PlanExists, ExerciseUnknown."""
    if len(draft.tasks) > MOST_TASKS:
        raise TooManyTasks
    plan = WorkoutPlan(
        owner_id=owner_id,
        day=draft.day,
        title=draft.title,
        focus=draft.focus,
        note=draft.note,
        rest_day=draft.rest_day,
        created_at=clock.now(),
    )
    save_once(plan)
    Task.objects.bulk_create([new_task(plan, one, order) for order, one in enumerate(draft.tasks)])
    touch(owner_id, plan.day, part=PART)
    return plan.pk


def save_once(plan: WorkoutPlan) -> None:
    """Save a plan; raises PlanExists where its day has another."""
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        raise PlanExists from None


@transaction.atomic
def change_plan(*, owner_id: int, plan_id: int, change: PlanChange) -> int:
    """Change a plan's words or move it to another day; what was logged stays where it is. Raises PlanExists."""
    plan: WorkoutPlan = WorkoutPlan.objects.alive().select_for_update().one_of(owner_id, plan_id)
    before = plan.day
    for name in ("day", "title", "focus", "note", "rest_day"):
        if (said := getattr(change, name)) is not None:
            setattr(plan, name, said)
    save_once(plan)
    touch(owner_id, before, plan.day, part=PART)
    return plan.pk


@transaction.atomic
def delete_plan(*, owner_id: int, plan_id: int) -> None:
    """Delete a plan; `restore_plan` takes it back for a day. What was done of it stays in the log."""
    plan: WorkoutPlan = WorkoutPlan.objects.select_for_update().one_of(owner_id, plan_id)
    if plan.deleted_at is None:
        plan.deleted_at = clock.now()
        plan.save(update_fields=["deleted_at"])
        touch(owner_id, plan.day, part=PART)


@transaction.atomic
def restore_plan(*, owner_id: int, plan_id: int) -> None:
    """Take a deletion back. Raises PlanExists where the day has another plan by now."""
    plan: WorkoutPlan = WorkoutPlan.objects.select_for_update().one_of(owner_id, plan_id)
    if plan.deleted_at is not None:
        plan.deleted_at = None
        save_once(plan)
        touch(owner_id, plan.day, part=PART)


@transaction.atomic
def set_movement(*, owner_id: int, today: date, said: dict[str, Any]) -> None:
    """Say how somebody wants to train; the columns that are not said get their defaults. Plans made before stay."""
    MovementProfile.objects.update_or_create(owner_id=owner_id, defaults={**said, "updated_at": clock.now()})
    touch(owner_id, today, part=PART)
