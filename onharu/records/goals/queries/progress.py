"""How far the goals that are pursued have come on a day, as the day answers; a weight is told from here too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onharu.accounts.public import Person
from onharu.records.goals import ports
from onharu.records.goals.queries.days import GoalEntry, goals_of, weight_on
from onharu.records.goals.rules.progress import WEIGHT, Progress, towards

UNKNOWN = Progress(percent=None, now=None, reached=False)


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """One goal with how far it has come."""

    goal: GoalEntry
    progress: Progress


def progress_of(person: Person, day: date) -> tuple[GoalProgress, ...]:
    """Tell how far the goals have come that are pursued, the oldest first; what nobody knows is unknown."""
    goals = goals_of(person.id)
    answer = ports.asked()
    known = answer(person, day) if answer is not None and goals else _by_itself(person, day, goals)
    return tuple(GoalProgress(goal=goal, progress=known.get(goal.id, UNKNOWN)) for goal in goals)


def _by_itself(person: Person, day: date, goals: Sequence[GoalEntry]) -> Mapping[int, Progress]:
    weights = [goal for goal in goals if goal.kind == WEIGHT]
    found = weight_on(person.id, day) if weights else None
    now = None if found is None else found.kg
    return {
        goal.id: towards(start=goal.start_value, target=goal.target, now=now, direction=goal.direction)
        for goal in weights
    }
