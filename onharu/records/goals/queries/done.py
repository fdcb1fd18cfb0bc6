"""The long goals that were reached."""

from __future__ import annotations

from onharu.records.goals.models import Goal
from onharu.records.goals.queries.days import GoalEntry, goal_entry


def goals_done(owner_id: int) -> tuple[GoalEntry, ...]:
    """List the long goals that were closed as reached, the oldest first. One statement."""
    rows = Goal.objects.of(owner_id).alive().filter(state=Goal.State.DONE).order_by("pk")
    return tuple(goal_entry(row) for row in rows)
