"""What one room asks of another, answered: the rooms never meet, the day stands above them and introduces them."""

from __future__ import annotations

from datetime import date

from onharu.records.goals import public as goals
from onharu.records.goals.public import Weighed
from onharu.records.journal import public as journal
from onharu.records.workouts import public as workouts


def introduce() -> None:
    """Let workouts ask for the weight of a day, and the journal for the day of a plan."""
    workouts.use_weights(weight_on)
    journal.use_plan_days(workouts.plan_day)


def weight_on(owner_id: int, day: date) -> Weighed | None:
    """Find the latest weight measured by the end of a day."""
    return goals.weight_on(owner_id, day)
