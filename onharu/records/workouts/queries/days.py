"""A day of workouts as a frozen value: its plan with tasks, its logs with sets, every minute counted once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery

from onharu.records.workouts.models import WorkoutLog, WorkoutPlan
from onharu.records.workouts.queries.entries import (
    LOG_COLUMNS,
    PLAN_COLUMNS,
    SET_COLUMNS,
    TASK_COLUMNS,
    LogEntry,
    PlannedDay,
    SetEntry,
    WorkoutDay,
    empty_day,
    log_entry,
    plan_entry,
    set_entry,
    task_entry,
)
from onharu.records.workouts.queries.wording import equation_words
from onharu.records.workouts.rules import energy
from onharu.records.workouts.rules.overlap import Counted, Timed, counted

Row = dict[str, Any]


def day_of(owner_id: int, day: date) -> WorkoutDay:
    """Read one day of plan, tasks and logs in two statements."""
    return days_of(owner_id, day, day).get(day) or empty_day(day)


def days_of(owner_id: int, first: date, last: date) -> dict[date, WorkoutDay]:
    """Read the days from `first` to `last` that have a plan or a log, in two statements."""
    alive = WorkoutPlan.objects.of(owner_id).alive().filter(day__range=(first, last))
    plans = {one.plan.day: one for one in planned(alive).values()}
    logs: dict[date, list[tuple[Row, tuple[SetEntry, ...]]]] = {}
    written = WorkoutLog.objects.of(owner_id).alive().filter(day__range=(first, last))
    for row, sets in logs_with_sets(written):
        logs.setdefault(row["day"], []).append((row, sets))
    return {day: _day(day, plans.get(day), logs.get(day, [])) for day in sorted({*plans, *logs})}


def days_written(owner_id: int, first: date, last: date) -> frozenset[date]:
    """List the days that something was done on, in one statement."""
    rows = WorkoutLog.objects.of(owner_id).alive().filter(day__range=(first, last))
    return frozenset(rows.order_by().values_list("day", flat=True).distinct())


def planned(plans: QuerySet[WorkoutPlan]) -> dict[int, PlannedDay]:
    """Read plans with their living tasks, by id, in one statement."""
    living = FilteredRelation("tasks", condition=Q(tasks__deleted_at__isnull=True))
    log = WorkoutLog.objects.filter(task=OuterRef("living__id"), deleted_at__isnull=True).values("id")[:1]
    columns = (*PLAN_COLUMNS, *(f"living__{name}" for name in TASK_COLUMNS))
    rows = plans.annotate(living=living, log_id_=Subquery(log)).order_by("day", "id", "living__order", "living__id")
    found: dict[int, tuple[Row, list[Row]]] = {}
    for row in rows.values(*columns, "log_id_"):
        _, tasks = found.setdefault(row["id"], (row, []))
        if row["living__id"] is not None:
            tasks.append(row)
    return {
        plan_id: PlannedDay(
            plan=plan_entry(plan),
            tasks=tuple(task_entry(row, plan["day"], row["log_id_"], "living__") for row in tasks),
        )
        for plan_id, (plan, tasks) in found.items()
    }


def logs_with_sets(logs: QuerySet[WorkoutLog]) -> list[tuple[Row, tuple[SetEntry, ...]]]:
    """Read logs with their sets in clock order, in one statement."""
    columns = (*LOG_COLUMNS, *(f"sets__{name}" for name in SET_COLUMNS))
    found: dict[int, tuple[Row, list[SetEntry]]] = {}
    for row in logs.order_by("started_at", "id", "sets__order").values(*columns):
        _, sets = found.setdefault(row["id"], (row, []))
        if row["sets__id"] is not None:
            sets.append(set_entry(row, "sets__"))
    return [(row, tuple(sets)) for row, sets in found.values()]


def timed(row: Row) -> Timed:
    """See a log the way overlaps are counted."""
    imported = row["source"] == WorkoutLog.Source.IMPORT
    return Timed(id=row["id"], started_at=row["started_at"], minutes=row["minutes"], imported=imported)


def _day(day: date, plan: PlannedDay | None, logs: list[tuple[Row, tuple[SetEntry, ...]]]) -> WorkoutDay:
    once = counted([timed(row) for row, _ in logs])
    entries = tuple(log_entry(row, sets, once.minutes_by_log.get(row["id"])) for row, sets in logs)
    return WorkoutDay(
        day=day,
        plan=plan.plan if plan else None,
        tasks=plan.tasks if plan else (),
        logs=entries,
        minutes=once.total,
        kcal_gross=_sum(energy.gross_kcal(log.met, log.body_kg, log.counted_minutes) for log in entries),
        kcal_net=_sum(energy.net_kcal(log.met, log.body_kg, log.counted_minutes) for log in entries),
        unknown_kcal=sum(log.kcal_gross is None for log in entries),
        overlap_minutes=once.overlap_minutes,
        equation=_equation(once),
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _equation(once: Counted) -> str:
    return equation_words(once) if once.equation else ""


def counted_on(owner_id: int, days: Iterable[date]) -> dict[int, Decimal]:
    """Tell what each log of these days counts of its minutes, in one statement."""
    rows = WorkoutLog.objects.of(owner_id).alive().filter(day__in=set(days)).order_by()
    by_day: dict[date, list[Timed]] = {}
    for row in rows.values("id", "day", "started_at", "minutes", "source"):
        by_day.setdefault(row["day"], []).append(timed(row))
    found: dict[int, Decimal] = {}
    for logs in by_day.values():
        found.update(counted(logs).minutes_by_log)
    return found


def log_entries(owner_id: int, ids: Iterable[int]) -> list[LogEntry]:
    """Freeze this person's logs by id, in the order of the ids; two statements."""
    wanted = list(ids)
    rows = logs_with_sets(WorkoutLog.objects.of(owner_id).filter(pk__in=wanted))
    once = counted_on(owner_id, (row["day"] for row, _ in rows))
    by_id = {row["id"]: log_entry(row, sets, once.get(row["id"])) for row, sets in rows}
    return [by_id[log_id] for log_id in wanted if log_id in by_id]
