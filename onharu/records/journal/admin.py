"""Staff may see that something was written on a day, and nothing of what."""

from __future__ import annotations

from django.contrib import admin

from onharu.kernel.admin import ReadOnly
from onharu.records.journal.models import DailyReport, Feedback


@admin.register(DailyReport)
class ReportAdmin(ReadOnly):
    """Reports by day, without answers and words."""

    list_display = ["id", "owner_id", "day"]
    fields = ["owner", "day", "created_at", "changed_at", "deleted_at"]


@admin.register(Feedback)
class FeedbackAdmin(ReadOnly):
    """Notes by day, without words."""

    list_display = ["id", "owner_id", "day"]
    fields = ["owner", "day", "created_at", "changed_at", "deleted_at"]
