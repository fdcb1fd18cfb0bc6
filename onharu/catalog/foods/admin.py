"""Staff may look foods up; official figures are changed by importing a table."""

from __future__ import annotations

from django.contrib import admin

from onharu.catalog.foods.models import Food, FoodUnit
from onharu.kernel.admin import ReadOnly


class UnitInline(admin.TabularInline):  # type: ignore[type-arg]  # not generic at run time
    """The units an imported table gave the food."""

    model = FoodUnit
    extra = 0
    can_delete = False
    readonly_fields = ["name", "grams", "source", "guess", "rank"]
    max_num = 0


@admin.register(Food)
class FoodAdmin(ReadOnly):
    """Foods by code and name."""

    list_display = ["code", "name", "category", "maker", "kcal", "basis", "source", "edition"]
    list_filter = ["kind", "starter", "basis", "category"]
    search_fields = ["code", "name", "maker"]
    inlines = [UnitInline]
    show_full_result_count = False
