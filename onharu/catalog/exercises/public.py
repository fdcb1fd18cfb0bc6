"""The door of the exercise shelf: frozen values and ids, never models."""

from onharu.catalog.exercises.actions.imports import import_exercises
from onharu.catalog.exercises.actions.starter import load_starter
from onharu.catalog.exercises.queries.search import find
from onharu.catalog.exercises.queries.shelf import (
    SHELF,
    alike,
    exercise_by_code,
    exercise_of,
    facts_of,
    ids_carrying,
    let_go,
    planning_pool,
)
from onharu.catalog.exercises.queries.wording import (
    CAUTION_WORDS,
    EQUIPMENT_WORDS,
    LEVEL_WORDS,
    LOAD_WORDS,
    MEASURE_WORDS,
    PATTERN_WORDS,
    PLACE_WORDS,
    TARGET_WORDS,
)
from onharu.catalog.exercises.rules.codes import (
    CAUTIONS,
    EQUIPMENT,
    LEVELS,
    LOADS,
    MEASURES,
    PATTERNS,
    PLACES,
    TARGETS,
)
from onharu.catalog.exercises.rules.facts import ExerciseFacts, Found, FoundExercise

__all__ = [
    "CAUTIONS",
    "CAUTION_WORDS",
    "EQUIPMENT",
    "EQUIPMENT_WORDS",
    "LEVELS",
    "LEVEL_WORDS",
    "LOADS",
    "LOAD_WORDS",
    "MEASURES",
    "MEASURE_WORDS",
    "PATTERNS",
    "PATTERN_WORDS",
    "PLACES",
    "PLACE_WORDS",
    "SHELF",
    "TARGETS",
    "TARGET_WORDS",
    "ExerciseFacts",
    "Found",
    "FoundExercise",
    "alike",
    "exercise_by_code",
    "exercise_of",
    "facts_of",
    "find",
    "ids_carrying",
    "import_exercises",
    "let_go",
    "load_starter",
    "planning_pool",
]
