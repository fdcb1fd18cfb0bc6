"""Staff may look and change nothing; jobs that died are seen here. Temporary holidays are theirs to write."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from onharu.kernel.holidays import ExtraHoliday
from onharu.kernel.jobs import Job


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Rows that nobody changes by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        """Nobody changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        """Nobody deletes."""
        return False


@admin.register(Job)
class JobAdmin(ReadOnly):
    """The queue: what is owed, what died and of what."""

    list_display = ["id", "name", "state", "run_at", "attempts", "error"]
    list_filter = ["state", "name"]


@admin.register(ExtraHoliday)
class ExtraHolidayAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Temporary holidays: the one table of the kernel that staff write, as a proclamation is everybody's."""

    list_display = ["day", "name"]
