"""The planner's door: what it is asked with and what it answers. Plain Python."""

from __future__ import annotations

from onharu.records.workouts.rules.shapes import (
    DAYS_A_WEEK,
    EDITION,
    FOCUSES,
    GOALS,
    MINUTES,
    SKIP_REASONS,
    Checked,
    Done,
    DoneSet,
    History,
    Move,
    Mover,
    Planned,
    PlannedTask,
    Proposed,
    Reason,
    Refusal,
    Skipped,
)

__all__ = [
    "DAYS_A_WEEK",
    "EDITION",
    "FOCUSES",
    "GOALS",
    "MINUTES",
    "SKIP_REASONS",
    "Checked",
    "Done",
    "DoneSet",
    "History",
    "Move",
    "Mover",
    "Planned",
    "PlannedTask",
    "Proposed",
    "Reason",
    "Refusal",
    "Skipped",
]
