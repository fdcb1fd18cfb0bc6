"""The door of the meals room: values and ids, never models."""

from onharu.records.meals.actions.demo import Eater, seed_meals
from onharu.records.meals.belongings import BELONGINGS
from onharu.records.meals.queries.diary import (
    ItemEntry,
    MealDay,
    MealEntry,
    day_of,
    days_of,
    days_written,
    empty_day,
)
from onharu.records.meals.queries.wording import SLOT_ICONS, SLOT_WORDS, food_name, is_guess, portion, some_names
from onharu.records.meals.rules import SLOTS, slot_at

__all__ = [
    "BELONGINGS",
    "SLOTS",
    "SLOT_ICONS",
    "SLOT_WORDS",
    "Eater",
    "ItemEntry",
    "MealDay",
    "MealEntry",
    "day_of",
    "days_of",
    "days_written",
    "empty_day",
    "food_name",
    "is_guess",
    "portion",
    "seed_meals",
    "slot_at",
    "some_names",
]
