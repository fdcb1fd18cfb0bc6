"""How a day is written as JSON. Parts that this installation does not keep are null or empty, never zero."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from onharu.day.aims import Aims, DayAims, LongAim, Row
from onharu.day.rules import Progress, Room
from onharu.day.summary import DaySummary
from onharu.kernel.quantities import Total
from onharu.kernel.streaks import Streak
from onharu.records.goals.public import GoalDay, MeasurementEntry
from onharu.records.journal.public import ReportEntry
from onharu.records.meals.public import MealEntry
from onharu.records.medication.public import DoseDay, DoseEntry
from onharu.records.workouts.public import PlanEntry, TaskEntry, WorkoutDay


def as_json(summary: DaySummary) -> dict[str, Any]:
    """Shape a summary for the API."""
    eaten, moved, told = summary.parts.meals, summary.parts.workouts, summary.parts.journal
    return {
        "date": summary.date.isoformat(),
        "version": summary.version,
        "nutrition": nutrition_json(eaten.total) if eaten else None,
        "targets": {one.nutrient: target_json(one) for one in summary.progress},
        "progress": {one.nutrient: progress_json(one) for one in summary.progress},
        "may_still_eat": room_json(summary.room),
        "meals": [meal_json(meal) for meal in eaten.meals] if eaten else [],
        "water_ml": eaten.water_ml if eaten else None,
        **_workouts_json(moved),
        "doses": doses_json(summary.parts.doses, summary.at),
        "measurements": measurements_json(summary.parts.goals) if summary.parts.goals else None,
        "report": report_json(told.report) if told and told.report else None,
        "streak_days": summary.streak.days if summary.streak else None,
        "streak": streak_json(summary.streak) if summary.streak else None,
        "tips": [],
        "unavailable": list(summary.unavailable),
    }


def nutrition_json(summed: Total) -> dict[str, Any]:
    """Shape a total: an amount or null for each nutrient, and how many rows do not know it."""
    return {**summed.nutrients.as_dict(), "unknown": summed.unknown, "items": summed.count}


def meal_json(meal: MealEntry) -> dict[str, Any]:
    """Shape a meal of the day."""
    return {
        "id": meal.id,
        "meal_type": meal.slot,
        "eaten_at": meal.eaten_at.isoformat(),
        "note": meal.note,
        "photo": meal.photo_id,
        "kcal": meal.total.nutrients.kcal,
        "items": [
            {
                "id": item.id,
                "food": item.food,
                "name": item.name,
                "quantity": item.quantity,
                "unit": item.unit,
                "grams": item.grams,
                "basis_unit": item.basis_unit,
                "guess": item.grams_source == "GUESS",
                "kcal": item.nutrients.kcal,
            }
            for item in meal.items
        ],
    }


def _workouts_json(moved: WorkoutDay | None) -> dict[str, Any]:
    return {
        "plan": plan_json(moved.plan) if moved and moved.plan else None,
        "tasks": [task_json(task) for task in moved.tasks] if moved else [],
        "workouts": len(moved.logs) if moved else None,
        "workout_minutes": moved.minutes if moved else None,
        "workout_kcal": moved.kcal_gross if moved else None,
        "workout_kcal_net": moved.kcal_net if moved else None,
        "workout_kcal_unknown": moved.unknown_kcal if moved else None,
        "workout_equation": moved.equation if moved else "",
    }


def plan_json(plan: PlanEntry) -> dict[str, Any]:
    """Shape what the day's plan is about."""
    return {
        "id": plan.id,
        "focus": plan.focus,
        "title": plan.title,
        "source": plan.source,
        "deload": plan.deload,
        "rest_day": plan.rest_day,
        "minutes": plan.minutes,
    }


def task_json(task: TaskEntry) -> dict[str, Any]:
    """Shape a task of the day's plan; what does not apply is null."""
    return {
        "id": task.id,
        "plan": task.plan_id,
        "order": task.order,
        "exercise": task.exercise,
        "name": task.name,
        "state": task.state,
        "completed": task.done,
        "sets": task.sets,
        "reps_low": task.reps_low,
        "reps_high": task.reps_high,
        "weight_kg": task.weight_kg,
        "minutes": task.minutes,
        "seconds": task.seconds,
        "log": task.log_id,
    }


def doses_json(doses: DoseDay | None, at: datetime) -> dict[str, Any]:
    """Shape how the day's doses stand; `open` came due and were not answered, `next` is the first that is to come."""
    if doses is None:
        return dict.fromkeys(("planned", "taken", "open", "next"))
    following = doses.next(at)
    return {
        "planned": doses.planned,
        "taken": doses.taken,
        "open": len(doses.open()),
        "next": _dose_json(following) if following else None,
    }


def _dose_json(dose: DoseEntry) -> dict[str, Any]:
    return {
        "id": dose.id,
        "regimen": dose.regimen_id,
        "name": dose.name,
        "planned_at": dose.planned_at.isoformat() if dose.planned_at else None,
        "amount": dose.amount,
        "unit": dose.unit,
    }


def measurements_json(aimed: GoalDay) -> dict[str, Any]:
    """Shape what was measured: the weight that holds on the day, with its own day, and the day's entries."""
    return {
        "weight": measurement_json(aimed.weight) if aimed.weight else None,
        "entries": [measurement_json(entry) for entry in aimed.measurements],
    }


def measurement_json(entry: MeasurementEntry) -> dict[str, Any]:
    """Shape one measurement; `value2` is the lower number of a blood pressure."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "date": entry.day.isoformat(),
        "value": entry.value,
        "value2": entry.value2,
        "unit": entry.unit,
        "context": entry.context,
    }


def report_json(report: ReportEntry) -> dict[str, Any]:
    """Shape how the day went, by its numbers; the words stay in the journal."""
    return {"id": report.id, "mood": report.mood, "condition": report.condition, "sleep_hours": report.sleep_hours}


def streak_json(run: Streak) -> dict[str, Any]:
    """Shape the days in a row."""
    return {
        "days": run.days,
        "first": run.first.isoformat() if run.first else None,
        "free_days": [day.isoformat() for day in run.free_days],
        "at_risk": run.at_risk,
    }


def room_json(room: Room) -> dict[str, Any]:
    """Shape how much may still be eaten, in kcal: `kcal` = `target_high` − `eaten` + `workout_net`."""
    return {
        "kcal": room.kcal,
        "target_high": room.target_high,
        "eaten": room.eaten,
        "workout_net": room.workout_net,
        "unknown": list(room.unknown),
    }


def target_json(one: Progress) -> dict[str, Any]:
    """Shape a target with where it is from."""
    target = one.target
    return {
        "direction": target.direction,
        "low": target.low,
        "high": target.high,
        "source": target.source,
        "edition": target.edition,
        "assumed": target.assumed,
    }


def progress_json(one: Progress) -> dict[str, Any]:
    """Shape how a measure stands; `score` is 0 to 100, `percent` may be more."""
    return {
        "amount": one.amount,
        "percent": one.percent,
        "state": one.state,
        "score": one.score,
        "unknown_rows": one.unknown_rows,
    }


def aims_json(first: date, last: date, aims: Aims) -> dict[str, Any]:
    """Shape how far everything aimed at has come."""
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "days": [_day_aims_json(day) for day in aims.days],
        "goals": [_long_aim_json(aim) for aim in aims.goals],
    }


def _day_aims_json(day: DayAims) -> dict[str, Any]:
    return {
        "date": day.day.isoformat(),
        "targets": [{"key": one.nutrient, **target_json(one), **progress_json(one)} for one in day.progress],
        "rows": [_row_json(row) for row in day.rows],
        "unavailable": list(day.unavailable),
    }


def _long_aim_json(aim: LongAim) -> dict[str, Any]:
    goal = aim.goal
    return {
        "id": goal.id,
        "kind": goal.kind,
        "title": goal.title,
        "target": goal.target,
        "unit": goal.unit,
        "start_value": goal.start_value,
        "start_day": goal.start_day.isoformat(),
        "due": goal.due.isoformat() if goal.due else None,
        "now": aim.now,
        "percent": aim.percent,
        "reached": aim.reached,
        "rows": [_row_json(row) for row in aim.rows],
    }


def _row_json(row: Row) -> dict[str, Any]:
    return {"room": row.room, "id": row.id, "date": row.day.isoformat()}
