"""Staff find a receipt by its number and see what became of it; it names nobody."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from onharu.rights.models import Erasure


@admin.register(Erasure)
class ErasureAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Receipts, to be read."""

    list_display = ("receipt", "asked_by", "asked_at", "due_at", "finished_at", "percent")
    search_fields = ("=receipt",)
    ordering = ("-asked_at",)
    fields = readonly_fields = (
        "receipt",
        "asked_by",
        "asked_at",
        "due_at",
        "begun_at",
        "finished_at",
        "percent",
        "removed",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: a receipt comes with an erasure."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: it is all that is left to prove the work."""
        return False
