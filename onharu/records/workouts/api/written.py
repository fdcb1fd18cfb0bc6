"""Answers written straight from frozen values. The serializers in `answers` describe them to readers of the API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from onharu.catalog.exercises.public import ExerciseFacts
from onharu.records.workouts.actions.copying import CopiedWeek
from onharu.records.workouts.actions.proposing import ModelPlan
from onharu.records.workouts.queries.entries import LogEntry, PlannedDay, TaskEntry, WorkoutDay
from onharu.records.workouts.queries.moving import Movement
from onharu.records.workouts.queries.records import ExerciseRecords
from onharu.records.workouts.queries.weeks import WeekProgress
from onharu.records.workouts.queries.wording import reason_words
from onharu.records.workouts.rules.planning import Reason
from onharu.records.workouts.rules.weeks import Progress, progress

_PLAN = ("title", "focus", "note", "source", "deload", "rest_day", "minutes", "edition")
_TASK = (
    "id", "order", "exercise", "name", "pattern", "measure", "state", "sets", "reps_low", "reps_high", "weight_kg",
    "minutes", "seconds", "rpe_target", "rest_seconds", "skip_reason", "swapped_from",
)  # fmt: skip
_LOG = (
    "id", "exercise", "name", "pattern", "measure", "minutes", "minutes_source", "counted_minutes", "source",
    "external_id", "rpe", "note", "met", "met_source", "body_kg", "body_kg_source", "body_kg_day", "kcal_gross",
    "kcal_net", "as_planned", "by_hand",
)  # fmt: skip


def reason(written: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Write a reason with its words in the reader's language."""
    if written is None:
        return None
    said = Reason.of(written)
    return {"code": said.code, "params": dict(said.params), "text": reason_words(said)}


def plan(entry: PlannedDay | None, day: date) -> dict[str, Any]:
    """Write a plan with its tasks; a day without one has the same keys, `id` null and no tasks."""
    tasks = entry.tasks if entry else ()
    head = {name: getattr(entry.plan, name) for name in _PLAN} if entry else dict.fromkeys(_PLAN)
    return {
        "id": entry.plan.id if entry else None,
        "date": day,
        **head,
        "reasons": [reason(one) for one in entry.plan.reasons] if entry else [],
        "tasks": [task(one) for one in tasks],
        "progress": task_progress(tasks),
    }


def task_progress(tasks: tuple[TaskEntry, ...]) -> dict[str, Any]:
    """Write how many tasks are done, of how many."""
    skipped = sum(one.state == "skipped" for one in tasks)
    return {**share(progress(sum(one.done for one in tasks), len(tasks))), "skipped": skipped}


def share(found: Progress) -> dict[str, Any]:
    """Write how far one has come."""
    return {"done": found.done, "planned": found.planned, "percent": found.percent}


def task(entry: TaskEntry) -> dict[str, Any]:
    """Write a task; `completed`, `title` and `duration_min` are what old clients call things."""
    return {
        **{name: getattr(entry, name) for name in _TASK},
        "plan": entry.plan_id,
        "date": entry.day,
        "reason": reason(entry.reason),
        "done_at": localtime(entry.done_at) if entry.done_at else None,
        "log": entry.log_id,
        "completed": entry.done,
        "title": entry.name,
        "duration_min": entry.minutes,
    }


def log(entry: LogEntry) -> dict[str, Any]:
    """Write a log with its sets."""
    return {
        **{name: getattr(entry, name) for name in _LOG},
        "task": entry.task_id,
        "date": entry.day,
        "started_at": localtime(entry.started_at),
        "ended_at": localtime(entry.ended_at) if entry.ended_at else None,
        "sets": [
            {
                "order": one.order,
                "reps": one.reps,
                "weight_kg": one.weight_kg,
                "seconds": one.seconds,
                "rpe": one.rpe,
            }
            for one in entry.sets
        ],
    }


def summary(day: WorkoutDay) -> dict[str, Any]:
    """Write a day in numbers; null where nothing is known."""
    done = task_progress(day.tasks)
    return {
        "date": day.day,
        "plan": day.plan.id if day.plan else None,
        "tasks_total": done["planned"],
        "tasks_completed": done["done"],
        "tasks_skipped": done["skipped"],
        "percent": done["percent"],
        "logs": len(day.logs),
        "total_minutes": day.minutes,
        "total_kcal": day.kcal_gross,
        "kcal_net": day.kcal_net,
        "unknown_kcal": day.unknown_kcal,
        "overlap_minutes": day.overlap_minutes,
        "equation": day.equation,
    }


def week(found: WeekProgress) -> dict[str, Any]:
    """Write a week."""
    return {
        "week": found.week.key,
        "from": found.week.first,
        "to": found.week.last,
        **share(found.tasks),
        "skipped": found.skipped,
        "minutes": found.minutes,
        "minutes_target": found.minutes_target,
        "minutes_percent": found.minutes_percent,
        "active_days": found.active_days,
        "days": [
            {"date": one.day, **share(one.tasks), "skipped": one.skipped, "minutes": one.minutes, "logs": one.logs}
            for one in found.days
        ],
    }


def copied(found: CopiedWeek) -> dict[str, Any]:
    """Write what a copy of a week did."""
    return {
        "copied": [
            {"from": one.from_day, "date": one.day, "plan": one.plan_id, "tasks": one.tasks, "replaced": one.replaced}
            for one in found.copied
        ],
        "kept": [{"date": one.day, "plan": one.plan_id, "why": one.why} for one in found.kept],
    }


def model_plan(found: ModelPlan) -> dict[str, Any]:
    """Write what became of a model's proposal."""
    return {
        "accepted": found.accepted,
        "refused": [{"what": one.what, "reason": reason(one.reason.as_dict())} for one in found.refused],
        "source": found.source,
        "model": found.model,
        "leaves_home": found.leaves_home,
    }


def alternative(facts: ExerciseFacts) -> dict[str, Any]:
    """Write an exercise that can stand in."""
    names = ("id", "code", "name", "name_en", "pattern", "measure", "level", "targets", "equipment", "places", "met")
    return {name: getattr(facts, name) for name in names}


def records(found: ExerciseRecords) -> dict[str, Any]:
    """Write the records of one exercise."""
    return {
        "exercise": found.exercise,
        "name": found.name,
        "records": [
            {
                "kind": one.kind,
                "value": one.value,
                "weight_kg": one.weight_kg,
                "reps": one.reps,
                "date": one.day,
                "estimated": one.estimated,
                "before": one.before,
            }
            for one in found.records
        ],
    }


def movement(said: Movement) -> dict[str, Any]:
    """Write how somebody wants to train."""
    return {
        "goal": said.goal,
        "days_a_week": said.days_a_week,
        "minutes": said.minutes,
        "places": list(said.places),
        "equipment": list(said.equipment),
        "level": said.level,
        "spare": list(said.spare),
        "avoid": list(said.avoid),
        "week_start": said.week_start,
        "set_up": said.said,
    }
