"""Staff may look at meals to help, and change nothing."""

from __future__ import annotations

from django.contrib import admin

from onharu.kernel.admin import ReadOnly
from onharu.records.meals.models import Meal, MealItem, Water


@admin.register(Meal)
class MealAdmin(ReadOnly):
    """Meals by day, without notes."""

    list_display = ["id", "owner_id", "day", "slot"]
    fields = ["owner", "day", "slot", "eaten_at", "created_at", "deleted_at"]


@admin.register(MealItem)
class ItemAdmin(ReadOnly):
    """Eaten foods by id."""

    list_display = ["id", "owner_id", "meal_id", "food_code", "grams"]
    fields = ["owner", "meal", "food_code", "grams", "source", "edition", "origin"]


@admin.register(Water)
class WaterAdmin(ReadOnly):
    """Water by day."""

    list_display = ["id", "owner_id", "day"]
    fields = ["owner", "day", "ml"]
