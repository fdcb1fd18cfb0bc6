"""How far everything that is aimed at has come: daily targets by day, long goals up to a day, with the rows behind.

Computed whenever it is asked, from the rooms that keep the rows; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from onharu.accounts.public import Person
from onharu.day.parts import GOALS, JOURNAL, MEALS, WORKOUTS, Parts, parts_between
from onharu.day.rules import Progress
from onharu.day.summary import progress_of_day
from onharu.records.goals import public as goals
from onharu.records.goals.public import GoalEntry
from onharu.records.workouts import public as workouts
from onharu.records.workouts.public import Record

HEAVIEST = "heaviest"
SETS = "sets"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that an answer stands on: which room keeps it, its number and its day."""

    room: str
    id: int
    day: date


@dataclass(frozen=True, slots=True)
class DayAims:
    """A day held against its targets, and the rows that were counted."""

    day: date
    progress: tuple[Progress, ...]
    rows: tuple[Row, ...]
    unavailable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LongAim:
    """How far a long goal has come by a day; `now` and `percent` (0 to 100) are None while nobody can tell."""

    goal: GoalEntry
    now: Decimal | None
    percent: int | None
    reached: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Aims:
    """The days, the latest first, and the long goals as of the last of them."""

    days: tuple[DayAims, ...]
    goals: tuple[LongAim, ...]


def aims_between(person: Person, first: date, last: date) -> Aims:
    """Tell how everything aimed at went from `first` to `last`; ten statements at most, whatever their number."""
    aimed = goals.goals_of(person.id)
    of_weeks = any(goal.kind in ("HABIT", "MINUTES") for goal in aimed)
    week_first = workouts.weekly_progress(person.id, last).week.first if of_weeks else first
    parts = parts_between(person.id, min(first, week_first), last)
    lifted = workouts.records_history(person.id) if any(goal.kind == "STRENGTH" for goal in aimed) else ()
    week = {day: one for day, one in parts.items() if day >= week_first}
    asked = _Asked(week=week, today=parts[last], lifted=tuple(one for one in lifted if one.day <= last))
    return Aims(
        days=tuple(_of_day(person, day, one) for day, one in parts.items() if day >= first),
        goals=tuple(_long(goal, asked) for goal in aimed),
    )


def _of_day(person: Person, day: date, parts: Parts) -> DayAims:
    rows = [Row(MEALS, item.id, day) for meal in (parts.meals.meals if parts.meals else ()) for item in meal.items]
    rows += [Row(WORKOUTS, log.id, day) for log in (parts.workouts.logs if parts.workouts else ())]
    if parts.journal and parts.journal.report and parts.journal.report.sleep_hours is not None:
        rows.append(Row(JOURNAL, parts.journal.report.id, day))
    return DayAims(day=day, progress=progress_of_day(person, day, parts), rows=tuple(rows), unavailable=parts.failed)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What long goals are told from: the week up to the last day, that day, and the records set by then."""

    week: Mapping[date, Parts]
    today: Parts
    lifted: tuple[Record, ...]


def _long(goal: GoalEntry, asked: _Asked) -> LongAim:
    now, rows = _FIGURES[goal.kind](goal, asked)
    if goal.kind in ("HABIT", "MINUTES"):
        come = goals.counted(target=goal.target, now=now)
    else:
        come = goals.towards(start=goal.start_value, target=goal.target, now=now, direction=goal.direction)
    return LongAim(goal=goal, now=come.now, percent=come.percent, reached=come.reached, rows=rows)


Figure = tuple[Decimal | None, tuple[Row, ...]]


def _weight(_: GoalEntry, asked: _Asked) -> Figure:
    measured = asked.today.goals.weight if asked.today.goals else None
    return (None, ()) if measured is None else (measured.value, (Row(GOALS, measured.id, measured.day),))


def _lift(goal: GoalEntry, asked: _Asked) -> Figure:
    """The heaviest set of the goal's exercise that was lifted by the day."""
    lifted = [one for one in asked.lifted if one.kind == HEAVIEST and one.exercise_id == goal.exercise]
    if not lifted:
        return None, ()
    best = max(lifted, key=lambda record: record.value)
    return best.value, (Row(SETS, best.set_id, best.day),)


def _minutes(_: GoalEntry, asked: _Asked) -> Figure:
    moved = [parts.workouts for parts in asked.week.values()]
    known = [day.minutes for day in moved if day and day.minutes is not None]
    if any(day is None for day in moved) or (not known and any(day.logs for day in moved if day)):
        return None, ()
    rows = tuple(Row(WORKOUTS, log.id, day.day) for day in moved if day for log in day.logs)
    return sum(known, Decimal(0)), rows


def _habit(goal: GoalEntry, asked: _Asked) -> Figure:
    """The days of the week on which what the habit counts was written, one row each."""
    found = {day: _rows_of_habit(goal.habit, parts) for day, parts in asked.week.items()}
    if any(rows is None for rows in found.values()):
        return None, ()
    rows = tuple(Row(room, ids[0], day) for day, told in sorted(found.items()) if told for room, ids in [told] if ids)
    return Decimal(len(rows)), rows


def _rows_of_habit(habit: str, parts: Parts) -> tuple[str, list[int]] | None:
    """Name the rows of a day that a habit counts; None where their room failed."""
    if habit == "MEALS":
        return None if parts.meals is None else (MEALS, [meal.id for meal in parts.meals.meals])
    if habit == "WORKOUT":
        return None if parts.workouts is None else (WORKOUTS, [log.id for log in parts.workouts.logs])
    if habit == "MEASURE":
        return None if parts.goals is None else (GOALS, [entry.id for entry in parts.goals.measurements])
    if parts.journal is None:
        return None
    report = parts.journal.report
    return JOURNAL, [report.id] if report and report.says_something else []


_FIGURES = {"WEIGHT": _weight, "STRENGTH": _lift, "MINUTES": _minutes, "HABIT": _habit}
