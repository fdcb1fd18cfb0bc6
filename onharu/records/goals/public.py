"""The door of the goals room: values and ids, never models."""

from onharu.records.goals.actions.demo import seed_goals
from onharu.records.goals.belongings import BELONGINGS
from onharu.records.goals.ports import Progresses
from onharu.records.goals.ports import use as use_progress
from onharu.records.goals.queries.days import (
    GoalDay,
    GoalEntry,
    MeasurementEntry,
    Milestones,
    Weighed,
    day_of,
    days_measured,
    days_of,
    empty_day,
    goals_of,
    milestones,
    weight_on,
)
from onharu.records.goals.queries.done import goals_done
from onharu.records.goals.rules.progress import Progress, counted, days_of_week, towards, week_begin
from onharu.records.goals.rules.targets import over

__all__ = [
    "BELONGINGS",
    "GoalDay",
    "GoalEntry",
    "MeasurementEntry",
    "Milestones",
    "Progress",
    "Progresses",
    "Weighed",
    "counted",
    "day_of",
    "days_measured",
    "days_of",
    "days_of_week",
    "empty_day",
    "goals_done",
    "goals_of",
    "milestones",
    "over",
    "seed_goals",
    "towards",
    "use_progress",
    "week_begin",
    "weight_on",
]
