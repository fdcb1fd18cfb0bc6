"""Everything that achievements are made of, over all the years, in six statements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from onharu.accounts.public import Visit
from onharu.insights.queries.reading import GOALS, JOURNAL, MEALS, WORKOUTS, tried
from onharu.insights.queries.standing import kept, standing_of
from onharu.insights.rules.achievements import Achievement, Broken, Closed, Life, Moved, achievements_of
from onharu.records.goals import public as goals
from onharu.records.journal import public as journal
from onharu.records.meals import public as meals
from onharu.records.workouts import public as workouts
from onharu.records.workouts.public import Record

FIRST_DAY = date(1900, 1, 1)


def achievements_of_visitor(visit: Visit) -> tuple[Achievement, ...]:
    """Work out what somebody has come to; one statement when warm, at most seven."""
    standing, whose, today = standing_of(visit), visit.person.id, visit.today
    life = kept(visit, standing, ("life", today), lambda: life_of(whose, today), whole=lambda found: not found.failed)
    return achievements_of(life)


def life_of(owner_id: int, today: date) -> Life:
    """Read all days and rows that achievements stand on, up to a day."""
    failed: set[str] = set()
    span = (owner_id, FIRST_DAY, today)
    moved = tried(WORKOUTS, lambda: workouts.moved_days(*span), failed) or {}
    records = tried(WORKOUTS, lambda: workouts.records_history(owner_id), failed) or ()
    done = tried(GOALS, lambda: goals.goals_done(owner_id), failed) or ()
    return Life(
        meals=tried(MEALS, lambda: meals.days_written(*span), failed) or frozenset(),
        moved={day: Moved(one.minutes, one.first_log) for day, one in moved.items()},
        records=_broken(records, today),
        reports=tried(JOURNAL, lambda: journal.days_written(*span), failed) or frozenset(),
        measured=tried(GOALS, lambda: goals.days_measured(*span), failed) or frozenset(),
        goals=[Closed(one.id, one.start_day, one.title) for one in done if one.start_day <= today],
        failed=frozenset(failed),
    )


def _broken(records: Iterable[Record], today: date) -> list[Broken]:
    """The records that beat another day; the sets of a first day beat nobody."""
    first: dict[int, date] = {}
    for one in records:
        first.setdefault(one.exercise_id, one.day)
    return [
        Broken(one.day, one.set_id)
        for one in records
        if one.before is not None and first[one.exercise_id] < one.day <= today
    ]
