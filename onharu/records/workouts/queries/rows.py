"""Plans, tasks and logs as rows: what lists page through and what one address answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from onharu.kernel.owned import AliveQuerySet
from onharu.kernel.problems import Missing
from onharu.records.workouts.models import Task, WorkoutLog, WorkoutPlan
from onharu.records.workouts.queries.days import log_entries, planned
from onharu.records.workouts.queries.entries import TASK_COLUMNS, LogEntry, PlannedDay, TaskEntry, task_entry


def plans_of(owner_id: int) -> QuerySet[WorkoutPlan, int]:
    """List the ids of this person's plans, the latest day first."""
    return WorkoutPlan.objects.of(owner_id).alive().order_by("-day", "-id").values_list("id", flat=True)


def plans_by_id(owner_id: int, ids: Iterable[int]) -> list[PlannedDay]:
    """Read this person's plans with their tasks, in the order of the ids; one statement."""
    wanted = list(ids)
    found = planned(WorkoutPlan.objects.of(owner_id).alive().filter(pk__in=wanted))
    return [found[plan_id] for plan_id in wanted if plan_id in found]


def plan_by_id(owner_id: int, plan_id: int) -> PlannedDay:
    """Read one plan with its tasks; one statement. Raises Missing."""
    try:
        (found,) = plans_by_id(owner_id, [plan_id])
    except (ValueError, OverflowError):
        raise Missing from None
    return found


def plan_on(owner_id: int, day: date) -> PlannedDay | None:
    """Read the plan of a day with its tasks; one statement."""
    found = planned(WorkoutPlan.objects.of(owner_id).alive().filter(day=day))
    return next(iter(found.values()), None)


def plan_day(owner_id: int, plan_id: int) -> date | None:
    """Tell the day of a plan of this person; None for any other id."""
    try:
        rows = WorkoutPlan.objects.of(owner_id).alive().filter(pk=plan_id)
        day: date | None = rows.values_list("day", flat=True).first()
    except OverflowError:
        return None
    return day


def tasks_of(owner_id: int) -> AliveQuerySet:
    """This person's living tasks of living plans, the latest day first, each plan in order."""
    rows = Task.objects.of(owner_id).alive().filter(plan__deleted_at__isnull=True)
    ordered: AliveQuerySet = rows.order_by("-plan__day", "order", "id")
    return ordered


def task_rows(tasks: QuerySet[Task]) -> QuerySet[Task, dict[str, Any]]:
    """Choose the columns that `task_of` freezes; one statement."""
    log = WorkoutLog.objects.filter(task=OuterRef("id"), deleted_at__isnull=True).values("id")[:1]
    rows: QuerySet[Task, dict[str, Any]]
    rows = tasks.annotate(day_=F("plan__day"), log_id_=Subquery(log)).values(*TASK_COLUMNS, "day_", "log_id_")
    return rows


def task_of(row: dict[str, Any]) -> TaskEntry:
    """Freeze a row of `task_rows`."""
    return task_entry(row, row["day_"], row["log_id_"])


def task_by_id(owner_id: int, task_id: int) -> TaskEntry:
    """Read one task; one statement. Raises Missing."""
    try:
        row = task_rows(tasks_of(owner_id).filter(pk=task_id)).first()
    except OverflowError:
        raise Missing from None
    if row is None:
        raise Missing
    return task_of(row)


def logs_of(owner_id: int) -> AliveQuerySet:
    """This person's living logs, the latest first."""
    rows: AliveQuerySet = WorkoutLog.objects.of(owner_id).alive().order_by("-day", "-started_at", "-id")
    return rows


def log_by_id(owner_id: int, log_id: int) -> LogEntry:
    """Read one log with its sets; three statements. Raises Missing."""
    log = logs_of(owner_id).one_of(owner_id, log_id)
    (entry,) = log_entries(owner_id, [log.pk])
    return entry
