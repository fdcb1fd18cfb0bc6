"""Staff may look at workouts to help, and change nothing."""

from __future__ import annotations

from django.contrib import admin

from onharu.kernel.admin import ReadOnly
from onharu.records.workouts.models import Task, WorkoutLog, WorkoutPlan


@admin.register(WorkoutPlan)
class PlanAdmin(ReadOnly):
    """Plans by day, without notes."""

    list_display = ["id", "owner_id", "day", "focus", "source"]
    fields = ["owner", "day", "focus", "source", "deload", "rest_day", "edition", "created_at", "deleted_at"]


@admin.register(Task)
class TaskAdmin(ReadOnly):
    """Tasks by plan, without why one was skipped."""

    list_display = ["id", "owner_id", "plan_id", "exercise_id", "state"]
    fields = ["owner", "plan", "order", "exercise", "state", "done_at", "created_at", "deleted_at"]


@admin.register(WorkoutLog)
class LogAdmin(ReadOnly):
    """Logs by day, without weight and notes."""

    list_display = ["id", "owner_id", "day", "exercise_id", "source"]
    fields = ["owner", "task", "exercise", "day", "source", "as_planned", "by_hand", "created_at", "deleted_at"]
