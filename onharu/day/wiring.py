"""What one room asks of another, answered: the rooms never meet, the day stands above them and introduces them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from onharu.accounts.public import Person
from onharu.day.aims import aims_between
from onharu.records.goals import public as goals
from onharu.records.goals.public import Progress, Weighed
from onharu.records.journal import public as journal
from onharu.records.workouts import public as workouts


def introduce() -> None:
    """Let workouts ask for the weight of a day, the journal for the day of a plan, goals for how far they have come."""
    workouts.use_weights(weight_on)
    goals.use_progress(progress_on)
    journal.use_plan_days(workouts.plan_day)


def weight_on(owner_id: int, day: date) -> Weighed | None:
    """Find the latest weight measured by the end of a day."""
    return goals.weight_on(owner_id, day)


def progress_on(person: Person, day: date) -> Mapping[int, Progress]:
    """Tell how far each goal that is pursued has come by a day."""
    return {
        aim.goal.id: Progress(percent=aim.percent, now=aim.now, reached=aim.reached)
        for aim in aims_between(person, day, day).goals
    }
