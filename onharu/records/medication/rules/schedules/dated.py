"""Doses that belong to a calendar date: by slots, spaced over the waking hours, by an interval on the wall clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from onharu.records.medication.rules.schedules.days import Span, on_days
from onharu.records.medication.rules.schedules.intervals import by_the_wall
from onharu.records.medication.rules.schedules.keys import DATED_KEY, date_of_stamp
from onharu.records.medication.rules.schedules.known import Known, Line
from onharu.records.medication.rules.schedules.shapes import (
    Anchor,
    At,
    AtMeal,
    Interval,
    Planned,
    Slot,
    Slots,
    Spaced,
)
from onharu.records.medication.rules.schedules.times import (
    AFTER_EATING,
    DAY,
    DAY_MINUTES,
    MINUTE,
    CivilDay,
    after_meal,
    civil_day,
    exists,
    instant,
    local,
    meal_of,
    minutes_of,
    ordinal_of,
    spaced,
    usual,
)

REACH = 3
LONGEST_BEFORE_USUAL = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Timed:
    """A dose of a date: `index` names it in the key, `minutes` count from midnight by the clock.

    `into` is the same as a length of time where it lies within the date; None asks for a look at the clock.
    """

    index: int
    minutes: int
    into: timedelta | None
    amount: Decimal
    anchor: Anchor | None


def dated(line: Line, span: Span, known: Known, since: datetime, until: datetime) -> Iterator[Planned]:
    """Plan the dated doses of a phase that fall from `since` on and before `until`."""
    zone = known.facts.zone
    low = max(span.first, ordinal_of(zone, since) - REACH)
    high = min(span.last, ordinal_of(zone, until) + REACH)
    timed_on = _timed(line, span, known)
    place = _placer(line, span, known, timed_on)
    stand = known.stand or None
    begins = line.stem
    for ordinal in on_days(span.phase.days, span.first, low, high):
        civil = civil_day(zone, ordinal)
        midnight = civil.midnight
        stem = f"{begins}{civil.stamp}."
        for timed in timed_on(ordinal):
            key = f"{stem}{timed.index}"
            if timed.into is not None and midnight is not None:
                at: datetime | None = midnight + timed.into
            else:
                at = place(ordinal, timed, civil)
            if stand is not None:
                at = stand.get(key, at)
            if at is not None and since <= at < until:
                yield Planned(key, at, civil.day, timed.amount, timed.anchor)


TimedOn = Callable[[int], tuple[Timed, ...]]


def _timed(line: Line, span: Span, known: Known) -> TimedOn:
    """Make the function that tells the doses of a date."""
    amount = line.amount_in(span)
    when, routine = span.phase.when, known.facts.routine
    if isinstance(when, Interval):
        return _of_interval(by_the_wall(when, minutes_of(routine.wake)), span.first, amount)
    if isinstance(when, Spaced):
        slots = _plain(spaced(when.times, routine), amount)
    else:
        elapsed = line.version.schedule.clock == "elapsed"
        said = when.slots if isinstance(when, Slots) else ()
        slots = tuple(_slot(index, slot, amount, known, elapsed=elapsed) for index, slot in enumerate(said))
    return lambda _: slots


def _plain(times: tuple[int, ...], amount: Decimal) -> tuple[Timed, ...]:
    return tuple(Timed(index, minutes, _into(minutes), amount, None) for index, minutes in enumerate(times))


def _of_interval(times_on: Callable[[int], tuple[int, ...]], first: int, amount: Decimal) -> TimedOn:
    """Tell the doses of a date by an interval; dates that look alike share them."""
    made: dict[tuple[int, ...], tuple[Timed, ...]] = {}

    def timed_on(ordinal: int) -> tuple[Timed, ...]:
        times = times_on(ordinal - first)
        if times not in made:
            made[times] = _plain(times, amount)
        return made[times]

    return timed_on


def _slot(index: int, slot: Slot, amount: Decimal, known: Known, *, elapsed: bool) -> Timed:
    anchor = slot.anchor
    minutes = usual(anchor, known.facts.routine)
    by_eating = isinstance(anchor, AtMeal) and anchor.relation in AFTER_EATING and bool(known.facts.eaten)
    looked_at = by_eating or (elapsed and isinstance(anchor, At))
    return Timed(index, minutes, None if looked_at else _into(minutes), slot.amount or amount, anchor)


def _into(minutes: int) -> timedelta | None:
    return MINUTE * minutes if 0 <= minutes < DAY_MINUTES else None


Placer = Callable[[int, Timed, CivilDay], datetime | None]


def _placer(line: Line, span: Span, known: Known, timed_on: TimedOn) -> Placer:
    """Make the function that places a dose whose time is more than so long after midnight; None where there is none."""
    zone = known.facts.zone
    elapsed = line.version.schedule.clock == "elapsed"
    frozen = _frozen_midnight(line, known) if elapsed else None
    start = line.version.start.toordinal()

    def place(ordinal: int, timed: Timed, civil: CivilDay) -> datetime | None:
        if frozen is not None and isinstance(timed.anchor, At):
            return frozen + DAY * (ordinal - start) + MINUTE * timed.minutes
        if not exists(zone, ordinal):
            return None
        at = instant(zone, ordinal, timed.minutes)
        if isinstance(span.phase.when, Interval) and _runs_into_next(zone, at, timed, timed_on(ordinal)):
            return None
        if isinstance(timed.anchor, AtMeal) and timed.anchor.relation in AFTER_EATING:
            return _armed(known, ordinal, timed.anchor, civil, at)
        return at

    return place


def _runs_into_next(zone: str, at: datetime, timed: Timed, others: tuple[Timed, ...]) -> bool:
    """Tell whether a clock time that a date lacks would fall on another one: a day of 23 hours has 23 hourly doses."""
    shown = minutes_of(local(zone, at).time())
    return shown != timed.minutes and any(other.minutes == shown for other in others)


def _armed(known: Known, ordinal: int, anchor: AtMeal, civil: CivilDay, by_clock: datetime) -> datetime:
    """Place a dose after a meal that was eaten before the clock called for the dose; else the clock does."""
    eaten = known.facts.eaten.get((civil.day, anchor.meal))
    if eaten is None:
        return by_clock
    meal_at = instant(known.facts.zone, ordinal, meal_of(known.facts.routine, anchor.meal))
    if not meal_at - LONGEST_BEFORE_USUAL <= eaten < by_clock:
        return by_clock
    return eaten + MINUTE * after_meal(anchor)


def _frozen_midnight(line: Line, known: Known) -> datetime:
    """Tell from when elapsed slots count: where the newest row says, else the first date's midnight.

    So the times between doses stay when the person is in another zone.
    """
    start = line.version.start.toordinal()
    for planned_at, row in reversed(known.rows_of(line.stem)):
        dated_key = DATED_KEY.fullmatch(row.key)
        if dated_key is None:
            continue
        ordinal = date_of_stamp(dated_key[2]).toordinal()
        minutes = _minutes_said(line, ordinal, int(dated_key[3]))
        if minutes is not None:
            return planned_at - DAY * (ordinal - start) - MINUTE * minutes
    return instant(known.facts.zone, start, 0)


def _minutes_said(line: Line, ordinal: int, index: int) -> int | None:
    """Tell the clock time of a slot of a date; None where it is not one at a time of the clock."""
    for span in line.spans:
        when = span.phase.when
        if span.first <= ordinal <= span.last and isinstance(when, Slots) and index < len(when.slots):
            anchor = when.slots[index].anchor
            return minutes_of(anchor.at) if isinstance(anchor, At) else None
    return None
