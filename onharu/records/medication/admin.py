"""Staff may see that something was scrapped, and neither what nor why."""

from __future__ import annotations

from django.contrib import admin

from onharu.kernel.admin import ReadOnly
from onharu.records.medication.models import Scrap


@admin.register(Scrap)
class ScrapAdmin(ReadOnly):
    """Scraps by day, without medicines and words."""

    list_display = ["id", "owner_id", "created_at"]
    fields = ["owner", "created_at", "changed_at", "deleted_at"]
