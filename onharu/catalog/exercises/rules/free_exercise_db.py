"""The words of free-exercise-db in ours: an English list of strength exercises, given away (Unlicense), without MET."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

SOURCE = "free-exercise-db (Unlicense)"
LEVELS = {"beginner": 1, "intermediate": 2, "expert": 3}
MUSCLES = {
    "abdominals": "core", "abductors": "hips", "adductors": "hips", "biceps": "biceps", "calves": "calves",
    "chest": "chest", "forearms": "forearms", "glutes": "glutes", "hamstrings": "hamstrings", "lats": "back",
    "lower back": "back", "middle back": "back", "quadriceps": "quads", "shoulders": "shoulders", "traps": "back",
    "triceps": "triceps",
}  # fmt: skip
EQUIPMENT = {
    "bands": "band", "barbell": "barbell", "body only": "none", "cable": "cable", "dumbbell": "dumbbell",
    "e-z curl bar": "barbell", "exercise ball": "ball", "foam roll": "other", "kettlebells": "kettlebell",
    "machine": "machine", "medicine ball": "other", "other": "other",
}  # fmt: skip
UPPER = frozenset({"back", "biceps", "chest", "forearms", "shoulders", "triceps"})


def facts_in(entry: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the fields of ours that an entry says, and the values that have no code here."""
    muscles = [*_words(entry.get("primarymuscles")), *_words(entry.get("secondarymuscles"))]
    tools = _words(entry.get("equipment"))
    unknown = [word for word in muscles if word not in MUSCLES] + [word for word in tools if word not in EQUIPMENT]
    targets = tuple(dict.fromkeys(MUSCLES[word] for word in muscles if word in MUSCLES))
    facts = {
        "level": LEVELS.get(str(entry.get("level")), 0),
        "targets": targets,
        "equipment": tuple(EQUIPMENT[word] for word in tools if word in EQUIPMENT),
        "pattern": _pattern(entry, targets),
        "measure": _measure(entry),
    }
    return facts, tuple(dict.fromkeys(unknown))


def _words(said: Any) -> list[str]:
    if said is None:
        return []
    listed: Iterable[Any] = said if isinstance(said, list) else [said]
    return [str(word) for word in listed]


def _pattern(entry: Mapping[str, Any], targets: tuple[str, ...]) -> str:
    """Name the pattern where the list makes it certain; squats and hinges are not told apart there."""
    category = entry.get("category")
    if category in {"stretching", "cardio"}:
        return "mobility" if category == "stretching" else "cardio"
    first = targets[0] if targets else ""
    if first == "core":
        return "core"
    force = entry.get("force")
    return str(force) if first in UPPER and force in {"push", "pull"} else ""


def _measure(entry: Mapping[str, Any]) -> str:
    if entry.get("category") == "cardio":
        return "minutes"
    return "seconds" if entry.get("category") == "stretching" or entry.get("force") == "static" else "reps"
