"""A week once more: its plans on the same weekdays of another week, over what is there or around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch

from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.kernel.problems import Invalid, Missing
from onharu.records.workouts.actions.plans import save_once
from onharu.records.workouts.actions.writing import PART
from onharu.records.workouts.models import Task, WorkoutPlan
from onharu.records.workouts.queries.moving import movement_of
from onharu.records.workouts.rules.planning import Reason
from onharu.records.workouts.rules.weeks import week_of


class NothingToCopy(Missing):
    """Nothing was planned in the week that was to be copied."""

    code = "nothing_to_copy"
    ko = "가져올 계획이 없어요."
    en = "There is no plan to copy."


class SameWeek(Invalid):
    """A week that was to be copied onto itself."""

    code = "same_week"
    ko = "다른 주로만 가져올 수 있어요."
    en = "Choose another week to copy to."


@dataclass(frozen=True, slots=True)
class CopiedDay:
    """One plan that was copied: from which day, to which, as which plan, with how many tasks."""

    from_day: date
    day: date
    plan_id: int
    tasks: int
    replaced: int | None


@dataclass(frozen=True, slots=True)
class KeptDay:
    """One day that was left as it is: it has a plan (`planned`), or things were done on it already (`done`)."""

    day: date
    plan_id: int
    why: str


@dataclass(frozen=True, slots=True)
class CopiedWeek:
    """What a copy of a week did, by day."""

    copied: tuple[CopiedDay, ...]
    kept: tuple[KeptDay, ...]


@transaction.atomic
def copy_week(*, owner_id: int, from_day: date, to_day: date, overwrite: bool) -> CopiedWeek:
    """Copy the plans of the week of `from_day` into the week of `to_day`.

    A day with a plan is kept, or replaced with `overwrite`; one on which a task is done is always kept.
    Raises NothingToCopy, SameWeek, and PlanExists where another plan was made at the same moment.
    """
    starts_on = movement_of(owner_id).week_start
    source, target = week_of(from_day, starts_on), week_of(to_day, starts_on)
    if source == target:
        raise SameWeek
    living = Prefetch("tasks", Task.objects.of(owner_id).alive().order_by("order", "id"), to_attr="living")
    alive = WorkoutPlan.objects.of(owner_id).alive()
    plans = list(alive.filter(day__range=(source.first, source.last)).order_by("day").prefetch_related(living))
    if not plans:
        raise NothingToCopy
    done = Exists(Task.objects.alive().filter(plan=OuterRef("pk"), state=Task.State.DONE))
    there = {one.day: one for one in alive.filter(day__range=(target.first, target.last)).annotate(has_done=done)}
    copied, kept = [], []
    for plan in plans:
        day = plan.day + (target.first - source.first)
        standing = there.get(day)
        if standing is not None and (standing.has_done or not overwrite):
            kept.append(KeptDay(day, standing.pk, "done" if standing.has_done else "planned"))
        else:
            copied.append(_copy(plan, day, standing))
    touch(owner_id, *(one.day for one in copied), part=PART)
    return CopiedWeek(tuple(copied), tuple(kept))


def _copy(plan: WorkoutPlan, day: date, standing: WorkoutPlan | None) -> CopiedDay:
    at = clock.now()
    if standing is not None:
        standing.deleted_at = at
        standing.save(update_fields=["deleted_at"])
    tasks: list[Task] = plan.living  # type: ignore[attr-defined]  # read by copy_week
    reason = Reason("copied", {"day": plan.day.isoformat()}).as_dict()
    from_day = plan.day
    plan.pk, plan._state.adding = None, True  # noqa: SLF001 Django's documented way to copy a row
    plan.day, plan.source, plan.created_at, plan.reasons = day, WorkoutPlan.Source.COPY, at, [reason]
    save_once(plan)
    for task in tasks:
        task.pk, task._state.adding = None, True  # noqa: SLF001 Django's documented way to copy a row
        task.plan, task.state, task.done_at, task.skip_reason, task.created_at = plan, Task.State.PLANNED, None, "", at
    Task.objects.bulk_create(tasks)
    return CopiedDay(from_day, day, plan.pk, len(tasks), standing.pk if standing else None)
