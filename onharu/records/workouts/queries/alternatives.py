"""What can stand in for a planned exercise, given who moves."""

from __future__ import annotations

from datetime import date

from onharu.catalog.exercises import public as exercises
from onharu.catalog.exercises.public import ExerciseFacts
from onharu.records.workouts.queries.moving import move, mover_of
from onharu.records.workouts.rules.planning import equivalents


def alternatives_of(owner_id: int, exercise: int | None, day: date) -> list[ExerciseFacts]:
    """List exercises that can stand in for one, the nearest first: equipment at hand, nothing to be spared used.

    Empty for an exercise that the catalogue does not have.
    """
    if exercise is None:
        return []
    known = {facts.id: facts for facts in exercises.planning_pool()}
    mine = known.get(exercise) or exercises.facts_of([exercise]).get(exercise)
    if mine is None:
        return []
    mover, _ = mover_of(owner_id, day)
    moves = [move(facts) for facts in known.values()]
    return [known[one.id] for one in equivalents(mover=mover, move=move(mine), pool=moves)]
