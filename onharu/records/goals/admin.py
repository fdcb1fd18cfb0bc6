"""Staff may see that goals and measurements are there, without their values, and change nothing."""

from __future__ import annotations

from django.contrib import admin

from onharu.kernel.admin import ReadOnly
from onharu.records.goals.models import DailyTarget, Goal, Measurement


@admin.register(Goal)
class GoalAdmin(ReadOnly):
    """Goals by kind, without their numbers and words."""

    list_display = ["id", "owner_id", "kind", "state"]
    fields = ["owner", "kind", "state", "start_day", "created_at", "deleted_at"]


@admin.register(DailyTarget)
class DailyTargetAdmin(ReadOnly):
    """Targets by key, without their numbers."""

    list_display = ["id", "owner_id", "key", "from_day"]
    fields = ["owner", "key", "from_day", "source", "edition", "created_at"]


@admin.register(Measurement)
class MeasurementAdmin(ReadOnly):
    """Measurements by kind and day, without values and notes."""

    list_display = ["id", "owner_id", "kind", "day"]
    fields = ["owner", "kind", "day", "at", "created_at", "deleted_at"]
