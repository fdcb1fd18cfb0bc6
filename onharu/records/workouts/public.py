"""The door of the workouts room: values and ids, never models."""

from onharu.records.workouts.actions.demo import Trainee, seed_workouts
from onharu.records.workouts.belongings import BELONGINGS
from onharu.records.workouts.ports import use as use_weights
from onharu.records.workouts.queries.days import day_of, days_of, days_written
from onharu.records.workouts.queries.entries import (
    LogEntry,
    PlanEntry,
    SetEntry,
    TaskEntry,
    WorkoutDay,
    empty_day,
)
from onharu.records.workouts.queries.moved import MovedDay, moved_days
from onharu.records.workouts.queries.records import (
    ExerciseRecords,
    Milestones,
    Nth,
    milestones,
    records_history,
    records_of,
)
from onharu.records.workouts.queries.rows import plan_day
from onharu.records.workouts.queries.weeks import WeekDay, WeekProgress, weekly_progress
from onharu.records.workouts.queries.wording import focus_words
from onharu.records.workouts.rules.records import Record

__all__ = [
    "BELONGINGS",
    "ExerciseRecords",
    "LogEntry",
    "Milestones",
    "MovedDay",
    "Nth",
    "PlanEntry",
    "Record",
    "SetEntry",
    "TaskEntry",
    "Trainee",
    "WeekDay",
    "WeekProgress",
    "WorkoutDay",
    "day_of",
    "days_of",
    "days_written",
    "empty_day",
    "focus_words",
    "milestones",
    "moved_days",
    "plan_day",
    "records_history",
    "records_of",
    "seed_workouts",
    "use_weights",
    "weekly_progress",
]
