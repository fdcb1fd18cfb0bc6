"""The door of the meals room: values and ids, never models."""

from onharu.records.meals.actions.demo import Eater, seed_meals
from onharu.records.meals.queries.diary import ItemEntry, MealDay, MealEntry, day_of, days_of, empty_day
from onharu.records.meals.rules import SLOTS, slot_at

__all__ = [
    "SLOTS",
    "Eater",
    "ItemEntry",
    "MealDay",
    "MealEntry",
    "day_of",
    "days_of",
    "empty_day",
    "seed_meals",
    "slot_at",
]
