"""How far the goals that are pursued have come on a day: measurements from here, the rest through the port."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from onharu.records.goals import ports
from onharu.records.goals.queries.days import GoalEntry, days_measured, goals_of, weight_on
from onharu.records.goals.rules.progress import (
    HABIT,
    MINUTES,
    WEIGHT,
    Progress,
    counted,
    days_of_week,
    towards,
    week_begin,
)

MEASURE = "MEASURE"


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """One goal with how far it has come; `week` is the first day of the week that counts, for weekly goals."""

    goal: GoalEntry
    progress: Progress
    week: date | None


def progress_of(
    owner_id: int, day: date, *, goals: Sequence[GoalEntry] | None = None, week_start: int = 0
) -> tuple[GoalProgress, ...]:
    """Tell how far goals have come by a day, those pursued unless given. What it asks is asked once for all of them."""
    seen = _Seen(owner_id, day, week_begin(day, week_start))
    pursued = goals_of(owner_id) if goals is None else goals
    return tuple(
        GoalProgress(goal=goal, progress=seen.progress(goal), week=seen.week if goal.kind in (HABIT, MINUTES) else None)
        for goal in pursued
    )


class _Seen:
    """What is known on a day, asked only when a goal needs it, and then once."""

    def __init__(self, owner_id: int, day: date, week: date) -> None:
        self.owner_id, self.day, self.week = owner_id, day, week
        self._days: dict[str, Collection[date] | None] = {}

    @cached_property
    def kg(self) -> Decimal | None:
        found = weight_on(self.owner_id, self.day)
        return None if found is None else found.kg

    @cached_property
    def minutes(self) -> Decimal | None:
        return ports.elsewhere().minutes(self.owner_id, self.week, self.day)

    @cached_property
    def lifts(self) -> ports.Lifts:
        return ports.elsewhere().lifts(self.owner_id)

    def days(self, habit: str) -> Decimal | None:
        """Count the days of a habit in the week so far."""
        if habit not in self._days:
            last = min(self.day, self.week + timedelta(days=6))
            self._days[habit] = (
                days_measured(self.owner_id, self.week, last)
                if habit == MEASURE
                else ports.elsewhere().days(self.owner_id, habit, self.week, last)
            )
        found = self._days[habit]
        return None if found is None else days_of_week(found, self.week)

    def progress(self, goal: GoalEntry) -> Progress:
        """Tell how far one goal has come."""
        if goal.kind == HABIT:
            return counted(target=goal.target, now=self.days(goal.habit))
        if goal.kind == MINUTES:
            return counted(target=goal.target, now=self.minutes)
        now = self.kg if goal.kind == WEIGHT else self._lifted(goal)
        return towards(start=goal.start_value, target=goal.target, now=now, direction=goal.direction)

    def _lifted(self, goal: GoalEntry) -> Decimal | None:
        by_id = None if goal.exercise is None else self.lifts.by_id.get(goal.exercise)
        return by_id or self.lifts.by_name.get(goal.exercise_name)
