"""When to say that a medicine runs out: days ahead, on a day on which it can be fetched, at a sensible hour.

Plain Python: which days are working days and when the person is awake are told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from onharu.kernel import clock
from onharu.records.medication.rules.schedules.shapes import Routine

# Counters are open then and nobody is woken; the first at which the person is up and wants to be told is taken.
HOURS = tuple(time(hour) for hour in (10, 11, 13, 14, 15, 16, 17, 18, 12))
LATEST = time(20)
LONGEST_STRETCH = 20
Works = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Wakeful:
    """When somebody may be told: their zone, their routine, and the hours in which they want quiet."""

    zone: str
    routine: Routine
    quiet: tuple[time, time] | None = None


def warn_day(*, runs_out: date, days_before: int, works: Works) -> date:
    """Find the day to warn on: `days_before` the day it runs out, or the working day before where that is a day off."""
    wished = runs_out - timedelta(days=days_before)
    days = (wished - timedelta(days=n) for n in range(LONGEST_STRETCH))
    return next((day for day in days if works(day)), wished)


def warn_at(*, runs_out: date, days_before: int, works: Works, wakeful: Wakeful, now: datetime) -> datetime:
    """Find the moment to warn at, never at night; where it has passed already, the next moment by day."""
    day = warn_day(runs_out=runs_out, days_before=days_before, works=works)
    wished = clock.instant_of(day, told_at(wakeful), wakeful.zone)
    return wished if wished >= now else next_by_day(now, wakeful)


def told_at(wakeful: Wakeful) -> time:
    """Tell at which hour somebody is told: by day, awake, and outside their quiet hours where there is such an hour."""
    awake = [hour for hour in HOURS if is_awake(hour, wakeful.routine)]
    wanted = [hour for hour in awake if not is_quiet(hour, wakeful.quiet)]
    return (wanted or awake or [HOURS[0]])[0]


def next_by_day(now: datetime, wakeful: Wakeful) -> datetime:
    """Find the next moment by day: now, if it is one; else this day's hour or the next day's."""
    local = now.astimezone(clock.zone(wakeful.zone))
    hour = local.time().replace(tzinfo=None)
    if HOURS[0] <= hour < LATEST and is_awake(hour, wakeful.routine) and not is_quiet(hour, wakeful.quiet):
        return now
    days = (local.date() + timedelta(days=n) for n in (0, 1, 2))
    moments = (clock.instant_of(day, told_at(wakeful), wakeful.zone) for day in days)
    return next(moment for moment in moments if moment >= now)


def is_awake(hour: time, routine: Routine) -> bool:
    """Whether somebody is usually up at this time; `sleep` may lie past midnight."""
    return _within(hour, routine.wake, routine.sleep)


def is_quiet(hour: time, quiet: tuple[time, time] | None) -> bool:
    """Whether a time falls into the quiet hours, which may pass midnight."""
    return quiet is not None and quiet[0] != quiet[1] and _within(hour, *quiet)


def _within(hour: time, first: time, last: time) -> bool:
    return first <= hour < last if first <= last else hour >= first or hour < last


def is_news(*, runs_out: date, warned: date | None) -> bool:
    """Whether a run-out has not been warned of: a missed dose moves it by a day, a new stock or schedule by many."""
    return warned is None or runs_out > warned + timedelta(days=LONGEST_STRETCH)
