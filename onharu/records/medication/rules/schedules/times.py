"""Clock times on calendar dates as instants. Minutes count from midnight by the clock; they may lie past the day's end.

A time that a date lacks (clocks are put forward) is as long after the change as it would have been without it; one that
comes twice (clocks are put back) is its first. A date that a zone never had (Samoa, 30 December 2011) has no times.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from onharu.kernel import clock
from onharu.records.medication.rules.schedules.shapes import (
    Anchor,
    At,
    AtBedtime,
    AtMeal,
    Meal,
    OnWaking,
    Relation,
    Routine,
)

DAY_MINUTES = 1440
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
BETWEEN_MEALS = 120
LAST_YEAR = 9990
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
AFTER_EATING: frozenset[Relation] = frozenset({"right_after", "after", "between"})


@dataclass(frozen=True, slots=True)
class CivilDay:
    """A calendar date in a zone; `midnight` is its first instant where no clock is changed on it, else None."""

    day: date
    stamp: str
    midnight: datetime | None


@lru_cache(maxsize=16384)
def civil_day(zone: str, ordinal: int) -> CivilDay:
    """Look at a calendar date in a zone."""
    day = date.fromordinal(ordinal)
    here = clock.zone(zone)
    start = datetime.combine(day, time(), tzinfo=here)
    end = datetime.combine(date.fromordinal(ordinal + 1), time(), tzinfo=here)
    offsets = {edge.replace(fold=fold).utcoffset() for edge in (start, end) for fold in (0, 1)}
    return CivilDay(day, f"{day:%Y%m%d}", start.astimezone(UTC) if len(offsets) == 1 else None)


def instant(zone: str, ordinal: int, minutes: int) -> datetime:
    """Place minutes from midnight of a date by the clock on the wall."""
    shift, rest = divmod(minutes, DAY_MINUTES)
    civil = civil_day(zone, ordinal + shift)
    if civil.midnight is not None:
        return civil.midnight + timedelta(minutes=rest)
    at = time(*divmod(rest, 60))
    return datetime.combine(civil.day, at, tzinfo=clock.zone(zone)).astimezone(UTC)


def exists(zone: str, ordinal: int) -> bool:
    """Tell whether a zone ever had a date."""
    return civil_day(zone, ordinal).midnight is not None or instant(zone, ordinal, 0) != instant(zone, ordinal + 1, 0)


def local(zone: str, at: datetime) -> datetime:
    """Tell what the clocks of a zone show at an instant."""
    return at.astimezone(clock.zone(zone))


def ordinal_of(zone: str, at: datetime) -> int:
    """Number the calendar date of an instant in a zone; instants beyond the calendar's end count as its end."""
    if at.year > LAST_YEAR:
        return date(LAST_YEAR, 1, 1).toordinal()
    return local(zone, at).toordinal()


def minutes_of(at: time) -> int:
    """Count a clock time's minutes from midnight."""
    return at.hour * 60 + at.minute


# ---- by the routine


def sleep_of(routine: Routine) -> int:
    """Count minutes from midnight of a date to going to bed on that evening, past 24:00 where it is."""
    sleep = minutes_of(routine.sleep)
    return sleep + DAY_MINUTES if sleep <= minutes_of(routine.wake) else sleep


def meal_of(routine: Routine, meal: Meal) -> int:
    """Count minutes from midnight to a usual meal; one between midnight and bed belongs to the evening before."""
    at: time = getattr(routine, meal)
    minutes = minutes_of(at)
    return minutes + DAY_MINUTES if minutes + DAY_MINUTES <= sleep_of(routine) else minutes


def after_meal(anchor: AtMeal) -> int:
    """Tell how many minutes after a meal (negative: before it) a dose is."""
    if anchor.relation == "between":
        return anchor.minutes or BETWEEN_MEALS
    return -anchor.minutes if anchor.relation in ("before", "right_before") else anchor.minutes


def usual(anchor: Anchor, routine: Routine) -> int:
    """Count minutes from midnight to where an anchor usually falls."""
    match anchor:
        case At(at):
            return minutes_of(at)
        case AtMeal(meal):
            return meal_of(routine, meal) + after_meal(anchor)
        case AtBedtime(minutes):
            return sleep_of(routine) - minutes
        case OnWaking(minutes):
            return minutes_of(routine.wake) + minutes


def spaced(times: int, routine: Routine) -> tuple[int, ...]:
    """Spread so many doses over the waking hours, to five minutes."""
    wake = minutes_of(routine.wake)
    awake = sleep_of(routine) - wake
    step = min(DAY_MINUTES / times, awake / max(times - 1, 1))
    return tuple(wake + int(step * index) // 5 * 5 for index in range(times))
