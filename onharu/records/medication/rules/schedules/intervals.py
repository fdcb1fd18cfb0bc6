"""Every so many minutes by the plan: on the wall clock, or as time goes by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import lru_cache

from onharu.records.medication.rules.schedules.days import Span, is_on
from onharu.records.medication.rules.schedules.keys import COUNTED_KEY, counted
from onharu.records.medication.rules.schedules.known import Known, Line
from onharu.records.medication.rules.schedules.shapes import Clock, Interval, Planned
from onharu.records.medication.rules.schedules.times import (
    DAY_MINUTES,
    MINUTE,
    instant,
    local,
    minutes_of,
    ordinal_of,
)

MOST_COUNTED = DAY_MINUTES * 366 * 20
Window = tuple[time, time]
Pattern = tuple[tuple[tuple[int, ...], ...], int, int]


def on_the_wall(interval: Interval, clock: Clock) -> bool:
    """Tell whether an interval by the plan keeps to the clock on the wall."""
    divides = DAY_MINUTES % interval.minutes == 0 or interval.minutes % DAY_MINUTES == 0
    return clock == "wall" and (divides or interval.window is not None)


def wait(minutes: int, window: Window | None) -> int:
    """Tell how many minutes a clock time waits for the opening of a window; both edges are inside."""
    if window is None:
        return 0
    opening, closing = (minutes_of(edge) for edge in window)
    at = minutes % DAY_MINUTES
    inside = opening <= at <= closing if opening <= closing else at >= opening or at <= closing
    return 0 if inside else (opening - at) % DAY_MINUTES


# ---- on the wall


def by_the_wall(interval: Interval, wake: int) -> Callable[[int], tuple[int, ...]]:
    """Make the function that tells the clock times on the n-th date of a phase, counted from 0."""
    first = wake if interval.first is None else minutes_of(interval.first)
    days, lead, period = _pattern(interval.minutes, first, interval.window)

    def times_on(day: int) -> tuple[int, ...]:
        return days[day] if day < lead else days[lead + (day - lead) % period]

    return times_on


@lru_cache(maxsize=512)
def _pattern(minutes: int, first: int, window: Window | None) -> Pattern:
    """Work out the clock times date by date, until they come round again.

    What follows a dose hangs on its clock time only, so a clock time that comes again closes the round.
    """
    at = first + wait(first, window)
    fell: dict[int, int] = {}
    said: list[int] = []
    while at % DAY_MINUTES not in fell:
        fell[at % DAY_MINUTES] = at
        said.append(at)
        at += minutes + wait(at + minutes, window)
    came = fell[at % DAY_MINUTES]
    lead, period = came // DAY_MINUTES + 1, (at - came) // DAY_MINUTES
    end = (lead + period) * DAY_MINUTES
    while at < end:
        said.append(at)
        at += minutes + wait(at + minutes, window)
    days: list[list[int]] = [[] for _ in range(lead + period)]
    for one in said:
        if one < end:
            days[one // DAY_MINUTES].append(one % DAY_MINUTES)
    return tuple(tuple(day) for day in days), lead, period


# ---- as time goes by


def elapsed(line: Line, span: Span, known: Known, since: datetime, until: datetime) -> Iterator[Planned]:
    """Plan the doses of an elapsed interval that fall from `since` on and before `until`."""
    interval = span.phase.when
    if not isinstance(interval, Interval):
        return
    zone, amount = known.facts.zone, line.amount_in(span)
    stem = counted(line.stem, span.number)
    for index, at in _chain(line, span, known, since):
        ordinal = ordinal_of(zone, at)
        if at >= until or ordinal > span.last + 1:
            return
        if at >= since and span.first <= ordinal <= span.last and is_on(span.phase.days, span.first, ordinal):
            yield Planned(f"{stem}{index}", at, local(zone, at).date(), amount, None)


def _chain(line: Line, span: Span, known: Known, since: datetime) -> Iterator[tuple[int, datetime]]:
    """Count doses on from the phase's first; a dose that has a row stands there, and what follows counts from it."""
    interval = span.phase.when
    if not isinstance(interval, Interval):
        return
    marks = _marks(line, span, known, interval)
    stops = [*(index for index, _ in marks[1:]), None]
    for mark, stop in zip(marks, stops, strict=True):
        yield from _steps(interval, known.facts.zone, mark, stop, since)


def instant_of_count(line: Line, span: Span, known: Known, index: int) -> datetime | None:
    """Tell when the dose of that number is, without regard to where the phase ends; None beyond what is counted."""
    interval = span.phase.when
    if not isinstance(interval, Interval):
        return None
    mark, at = max(found for found in _marks(line, span, known, interval) if found[0] <= index)
    if (index - mark) * interval.minutes > MOST_COUNTED:
        return None
    since = at + MINUTE * interval.minutes * (index - mark)
    return next(here for number, here in _steps(interval, known.facts.zone, (mark, at), None, since) if number == index)


def _steps(
    interval: Interval, zone: str, mark: tuple[int, datetime], stop: int | None, since: datetime
) -> Iterator[tuple[int, datetime]]:
    """Count on from a dose up to the one numbered `stop`; what is before `since` is passed over where it can be."""
    index, at = mark
    step = timedelta(minutes=interval.minutes)
    if interval.window is None and at < since:
        ahead = (since - at) // step
        index, at = index + ahead, at + step * ahead
    while stop is None or index < stop:
        yield index, at
        index, at = index + 1, open_at(at + step, interval.window, zone)


def open_at(at: datetime, window: Window | None, zone: str) -> datetime:
    """Let an instant wait for the opening of a window of the day."""
    if window is None:
        return at
    here = local(zone, at)
    waits = wait(minutes_of(here.time()), window)
    if not waits:
        return at
    opening = minutes_of(window[0])
    today = instant(zone, here.toordinal(), opening)
    if today >= at:
        return today
    second = at + MINUTE * waits
    if minutes_of(local(zone, second).time()) == opening and ordinal_of(zone, second) == here.toordinal():
        return second
    return instant(zone, here.toordinal() + 1, opening)


def _marks(line: Line, span: Span, known: Known, interval: Interval) -> list[tuple[int, datetime]]:
    zone = known.facts.zone
    first = interval.first or known.facts.routine.wake
    marks = {0: open_at(instant(zone, span.first, minutes_of(first)), interval.window, zone)}
    for planned_at, row in known.rows_of(counted(line.stem, span.number)):
        key = COUNTED_KEY.fullmatch(row.key)
        if key is not None and int(key[2] or 0) == span.number:
            marks[int(key[3])] = planned_at
    return sorted(marks.items())
