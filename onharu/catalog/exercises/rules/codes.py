"""The words an exercise is described with. Codes are English and stored; what people read is `queries.wording`."""

from __future__ import annotations

from typing import Final

PATTERNS: Final = ("push", "pull", "squat", "hinge", "carry", "core", "cardio", "mobility")
MEASURES: Final = ("reps", "seconds", "minutes")
# 0 is "nobody said": such a row is found and logged, never planned.
LEVELS: Final = (0, 1, 2, 3)
TARGETS: Final = (
    "chest", "back", "shoulders", "biceps", "triceps", "forearms", "core", "glutes", "quads", "hamstrings", "calves",
    "hips", "full_body", "heart",
)  # fmt: skip
EQUIPMENT: Final = (
    "none", "dumbbell", "barbell", "kettlebell", "machine", "cable", "band", "bench", "pullup_bar", "mat", "treadmill",
    "bike", "rower", "elliptical", "step", "rope", "ball", "other",
)  # fmt: skip
PLACES: Final = ("gym", "home", "outdoor")
LOADS: Final = ("knee", "lower_back", "shoulder", "elbow", "wrist", "hip", "ankle", "neck")
CAUTIONS: Final = ("jump", "heavy_lower", "overhead", "heat")

# What a row carries several of: the kind of tag → the codes it may have.
TAGS: Final = {
    "target": TARGETS,
    "equipment": EQUIPMENT,
    "place": PLACES,
    "load": LOADS,
    "caution": CAUTIONS,
}
# The Compendium's highest figure is 23 (running 14 mph) and its lowest 0.95 (sleeping): nothing else can be true.
LEAST_MET: Final = "0.9"
MOST_MET: Final = "25"
