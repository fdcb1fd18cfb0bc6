"""Exercises by name, Korean first; narrowed by what they train and need."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from onharu.catalog.exercises.queries.shelf import SHELF, facts_of, ids_carrying
from onharu.catalog.exercises.rules.facts import ExerciseFacts, Found, FoundExercise
from onharu.names import public as names

# A narrowed search looks through this many names before it gives up.
MOST_NARROWED = 200


def find(
    query: str,
    *,
    limit: int = 20,
    target: str = "",
    equipment: str = "",
    pattern: str = "",
    boosts: Mapping[int, float] | None = None,
) -> Found:
    """Return the exercises whose names fit, best first, each spelling once, in two statements.

    `boosts` adds a person's habits (exercise id → 0…1). Without a query: what carries the codes, by name.
    """
    if not query.strip():
        listed = ids_carrying(target=target, equipment=equipment, pattern=pattern, limit=limit)
        facts = facts_of(listed)
        return Found(tuple(FoundExercise(facts[key], 0.0, "listed") for key in listed if key in facts))
    narrowed = bool(target or equipment or pattern)
    results = names.search(SHELF, query, limit=MOST_NARROWED if narrowed else limit, boosts=boosts, distinct=True)
    facts = facts_of(hit.key for hit in results.hits)
    fitting = (
        FoundExercise(facts[hit.key], hit.score, hit.kind)
        for hit in results.hits
        if hit.key in facts and _carries(facts[hit.key], target, equipment, pattern)
    )
    return Found(tuple(islice(fitting, limit)), results.corrected)


def _carries(facts: ExerciseFacts, target: str, equipment: str, pattern: str) -> bool:
    return (
        (not target or target in facts.targets)
        and (not equipment or equipment in facts.equipment)
        and (not pattern or pattern == facts.pattern)
    )
