"""Exercises by id, by code, by what they carry; the pool that plans are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from onharu.catalog.exercises.models import Exercise, ExerciseTag, Loaded
from onharu.catalog.exercises.rules.facts import ExerciseFacts
from onharu.catalog.exercises.rules.likeness import equivalents
from onharu.kernel.problems import Missing

SHELF = "exercises"
MOST_ID = 2**63 - 1
_PLAIN = (
    "id", "code", "name", "name_en", "pattern", "measure", "level", "met", "met_source", "edition", "source", "planned",
)  # fmt: skip
_SEVERAL = {
    "target": "targets",
    "equipment": "equipment",
    "place": "places",
    "load": "loads",
    "caution": "cautions",
}
# Replaced as a whole, never changed: threads may read it while another puts a newer pool in.
_held: dict[str, tuple[str, tuple[ExerciseFacts, ...]]] = {}


def facts_of(ids: Iterable[int]) -> dict[int, ExerciseFacts]:
    """Return the facts of these exercises by id, in one statement; an unknown id is not in the answer."""
    # No database holds a number beyond 63 bits, and some refuse to be asked for one.
    wanted = [exercise_id for exercise_id in dict.fromkeys(ids) if abs(exercise_id) <= MOST_ID]
    return _facts(Q(id__in=wanted)) if wanted else {}


def exercise_of(exercise_id: int) -> ExerciseFacts:
    """Return the facts of one exercise, or raise Missing."""
    found = facts_of([exercise_id])
    if exercise_id not in found:
        raise Missing("no_such_exercise", "그런 운동이 없어요.", "There is no such exercise.")
    return found[exercise_id]


def exercise_by_code(code: str) -> ExerciseFacts | None:
    """Return the exercise of a table's code, or None."""
    return next(iter(_facts(Q(code=code)).values()), None)


def ids_carrying(*, target: str = "", equipment: str = "", pattern: str = "", limit: int | None = None) -> list[int]:
    """Return the ids of the exercises that carry these codes, those that can be planned first, then by name."""
    rows = Exercise.objects.filter(**({"pattern": pattern} if pattern else {}))
    for kind, value in (("target", target), ("equipment", equipment)):
        if value:
            tagged = ExerciseTag.objects.filter(kind=kind, value=value).values("exercise_id")
            rows = rows.filter(id__in=tagged)
    return list(rows.order_by("-planned", "name", "id").values_list("id", flat=True)[:limit])


def planning_pool() -> tuple[ExerciseFacts, ...]:
    """Return every exercise that may be planned, in order of code: one statement, one more when the shelf changed."""
    stamp = Loaded.objects.filter(table=SHELF).values_list("edition", flat=True).first()
    held = _held.get(SHELF)
    if stamp is not None and held is not None and held[0] == stamp:
        return held[1]
    pool = tuple(sorted(_facts(Q(planned=True)).values(), key=lambda one: one.code))
    if stamp is not None:
        _held[SHELF] = (stamp, pool)
    return pool


def alike(exercise_id: int) -> tuple[ExerciseFacts, ...]:
    """Return what can stand in for an exercise: same pattern, shared targets, nearest level first. Raises Missing."""
    pool = planning_pool()
    mine = next((one for one in pool if one.id == exercise_id), None)
    return equivalents(mine or exercise_of(exercise_id), pool)


def let_go() -> None:
    """Drop the pool this process holds; the next call reads it again."""
    _held.clear()


def _facts(which: Q) -> dict[int, ExerciseFacts]:
    columns = (*_PLAIN, "instructions", "tags__kind", "tags__value")
    rows: dict[int, tuple[Mapping[str, Any], dict[str, list[str]]]] = {}
    ordered = Exercise.objects.filter(which).order_by("id", "tags__rank", "tags__id")
    for row in ordered.values(*columns):
        _, several = rows.setdefault(row["id"], (row, {name: [] for name in _SEVERAL.values()}))
        if row["tags__kind"] is not None:
            several[_SEVERAL[row["tags__kind"]]].append(row["tags__value"])
    return {exercise_id: _fact(row, several) for exercise_id, (row, several) in rows.items()}


def _fact(row: Mapping[str, Any], several: Mapping[str, list[str]]) -> ExerciseFacts:
    said: dict[str, Any] = {column: row[column] for column in _PLAIN}
    said.update((name, tuple(values)) for name, values in several.items())
    return ExerciseFacts(**said, instructions=tuple(row["instructions"].splitlines()))
