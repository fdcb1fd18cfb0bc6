"""The door of the food shelf: frozen values and ids, never models."""

from onharu.catalog.foods.actions.imports import import_foods
from onharu.catalog.foods.actions.starter import load_starter
from onharu.catalog.foods.queries import (
    SHELF,
    facts_of,
    find,
    food_by_code,
    food_for_label,
    food_of,
    foods_for_labels,
    forget_labels,
    keys_for_label,
)
from onharu.catalog.foods.rules.facts import (
    FoodFacts,
    Found,
    FoundFood,
    GramsAnswer,
    LabelKeys,
    LabelMatch,
    Portion,
    UnitFacts,
)
from onharu.catalog.foods.rules.portions import default_portion, grams_of
from onharu.catalog.foods.rules.sentence import MealPhrase, parse_meal_text

__all__ = [
    "SHELF",
    "FoodFacts",
    "Found",
    "FoundFood",
    "GramsAnswer",
    "LabelKeys",
    "LabelMatch",
    "MealPhrase",
    "Portion",
    "UnitFacts",
    "default_portion",
    "facts_of",
    "find",
    "food_by_code",
    "food_for_label",
    "food_of",
    "foods_for_labels",
    "forget_labels",
    "grams_of",
    "import_foods",
    "keys_for_label",
    "load_starter",
    "parse_meal_text",
]
