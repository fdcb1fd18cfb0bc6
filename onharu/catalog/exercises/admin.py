"""Staff may look exercises up; official figures are changed by importing a table."""

from __future__ import annotations

from django.contrib import admin

from onharu.catalog.exercises.models import Exercise, ExerciseTag
from onharu.kernel.admin import ReadOnly


class TagInline(admin.TabularInline):  # type: ignore[type-arg]  # not generic at run time
    """What an exercise carries."""

    model = ExerciseTag
    extra = 0
    can_delete = False
    readonly_fields = ["kind", "value", "rank"]
    max_num = 0


@admin.register(Exercise)
class ExerciseAdmin(ReadOnly):
    """Exercises by code and name."""

    list_display = ["code", "name", "pattern", "level", "met", "met_source", "edition", "planned"]
    list_filter = ["planned", "starter", "pattern", "level", "measure"]
    search_fields = ["code", "name", "name_en"]
    inlines = [TagInline]
    show_full_result_count = False
