"""Which exercises can stand in for another."""

from __future__ import annotations

from collections.abc import Iterable

from onharu.catalog.exercises.rules.facts import ExerciseFacts


def equivalents(exercise: ExerciseFacts, pool: Iterable[ExerciseFacts]) -> tuple[ExerciseFacts, ...]:
    """Return the exercises of the same pattern that share a target, the nearest level first.

    Of one level those that share more targets come first, then those with the same first target.
    """
    if not exercise.pattern:
        return ()
    wanted = set(exercise.targets)
    fitting = [
        other
        for other in pool
        if other.id != exercise.id and other.pattern == exercise.pattern and wanted & set(other.targets)
    ]

    def distance(other: ExerciseFacts) -> tuple[int, int, bool, str]:
        away = abs(other.level - exercise.level)
        return away, -len(wanted & set(other.targets)), other.targets[0] != exercise.targets[0], other.code

    return tuple(sorted(fitting, key=distance))
