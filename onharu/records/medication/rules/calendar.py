"""Doses as the events of a calendar: those that come again by a rule as one event, the others one by one.

Rules are found in the doses themselves and checked against them, so that a calendar that expands an event shows exactly
the doses it was made from: what the rule has too much is an exception of it, what it lacks is an event of its own.
Times are those of the wall clock, unless the schedule keeps the time between doses: then they are of UTC. A time of the
wall clock that a change of clocks skips or repeats somewhere is not left to a calendar's reading.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from onharu.kernel import clock

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY"]
DAY = timedelta(days=1)
LEAST_REPEATED = 3
LONGEST_UID = 120
OFTEN = 0.6


@dataclass(frozen=True, slots=True)
class Told:
    """A dose for a calendar: its id, the series it is of, when, by which clock, and what is said of it."""

    id: str
    series: str
    at: datetime
    elapsed: bool
    label: str


@dataclass(frozen=True, slots=True)
class Rule:
    """When an event comes again, counted by dates; `until` is the last of them, included."""

    frequency: Frequency
    until: date
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of a calendar. `at` is in the person's zone, or in UTC; `without` are instants the rule skips."""

    uid: str
    at: datetime
    labels: tuple[str, ...]
    rule: Rule | None = None
    without: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class _Moment:
    """Doses at one instant by one clock: they are one event."""

    local: datetime
    doses: tuple[Told, ...]


def events_of(doses: Sequence[Told], zone: str) -> tuple[Event, ...]:
    """Gather doses to events, in order of their first time."""
    local = clock.zone(zone)
    groups: dict[tuple[object, ...], list[_Moment]] = {}
    for moment in _moments(doses, local):
        key = (moment.local.tzinfo is UTC, moment.local.time(), tuple((one.series, one.label) for one in moment.doses))
        groups.setdefault(key, []).append(moment)
    found = [event for moments in groups.values() for event in _told(moments)]
    return tuple(sorted(found, key=lambda event: (event.at, event.uid)))


def _moments(doses: Sequence[Told], zone: ZoneInfo) -> Iterator[_Moment]:
    ordered = sorted(doses, key=lambda one: (one.at, one.elapsed, one.series, one.id))
    for (at, elapsed), group in groupby(ordered, key=lambda one: (one.at, one.elapsed)):
        yield _Moment(local=at.astimezone(UTC if elapsed else zone), doses=tuple(group))


def _told(moments: Sequence[_Moment]) -> Iterator[Event]:
    """Say the moments of one time of day and one set of series: by a rule where one holds, and one by one."""
    days = [moment.local.date() for moment in moments]
    rule = _rule_of(days) if _is_plain(moments) else None
    said = set(occurrences(rule, days[0])) if rule else set()
    yield from (_single(moment) for moment in moments if moment.local.date() not in said)
    if rule:
        yield _repeated([moment for moment in moments if moment.local.date() in said], rule, sorted(said - set(days)))


def _is_plain(moments: Sequence[_Moment]) -> bool:
    """Whether the time of day exists once on every day from the first moment to the last."""
    at = moments[0].local
    if at.tzinfo is UTC or at.tzinfo is None:
        return True
    days = (moments[-1].local.date() - at.date()).days
    return not any(_is_odd(datetime.combine(at.date() + n * DAY, at.time(), tzinfo=at.tzinfo)) for n in range(days + 1))


def _is_odd(at: datetime) -> bool:
    return at.utcoffset() != at.replace(fold=1).utcoffset()


def _single(moment: _Moment) -> Event:
    uid = _uid("+".join(dose.id for dose in moment.doses))
    return Event(uid=uid, at=moment.local.astimezone(UTC), labels=_labels(moment))


def _repeated(moments: Sequence[_Moment], rule: Rule, skipped: Sequence[date]) -> Event:
    first = moments[0]
    clock_of = "Z" if first.local.tzinfo is UTC else ""
    name = "+".join(f"{dose.series}" for dose in first.doses)
    without = (datetime.combine(day, first.local.time(), tzinfo=first.local.tzinfo) for day in skipped)
    return Event(
        uid=_uid(f"{name}.{first.local:%H%M%S}{clock_of}"),
        at=first.local,
        labels=_labels(first),
        rule=rule,
        without=tuple(without),
    )


def _labels(moment: _Moment) -> tuple[str, ...]:
    return tuple(dose.label for dose in moment.doses)


def _uid(name: str) -> str:
    short = name if len(name) <= LONGEST_UID else hashlib.sha256(name.encode()).hexdigest()
    return f"{short}@onharu"


# ---- the rule of a row of dates


def _rule_of(days: Sequence[date]) -> Rule | None:
    """Find the rule that says these days with the fewest exceptions; None when saying them one by one is shorter."""
    if len(days) < LEAST_REPEATED:
        return None
    best, least = None, len(days) + 1
    for rule in _candidates(days):
        cost = _exceptions(rule, days)
        if cost < least:
            best, least = rule, cost
        if not least:
            break
    return best


def _exceptions(rule: Rule, days: Sequence[date]) -> int:
    """Count what a rule says wrongly; a day it lacks costs an event."""
    said, wanted = set(occurrences(rule, days[0])), set(days)
    return len(said - wanted) + 3 * len(wanted - said)


def _candidates(days: Sequence[date]) -> Iterator[Rule]:
    last = days[-1]
    yield Rule("DAILY", last, interval=min((after - before).days for before, after in pairwise(days)))
    weekdays = tuple(sorted({day.isoweekday() for day in days}))
    yield from (Rule("WEEKLY", last, interval=every, weekdays=weekdays) for every in (1, 2, 3, 4))
    for month_days in _month_days(days):
        yield from (Rule("MONTHLY", last, interval=every, month_days=month_days) for every in (1, 2, 3, 6, 12))


def _month_days(days: Sequence[date]) -> Iterator[tuple[int, ...]]:
    """Guess on which days of the month these fall, counted from the front and, for the last one, from the back."""
    from_front = Counter(day.day for day in days)
    yield _often(from_front)
    with_last = Counter(-1 if _is_last(day) else day.day for day in days)
    if with_last[-1]:
        yield _often(with_last)


def _often(counted: Counter[int]) -> tuple[int, ...]:
    most = max(counted.values())
    return tuple(sorted(day for day, times in counted.items() if times >= OFTEN * most))


def _is_last(day: date) -> bool:
    return (day + DAY).day == 1


def occurrences(rule: Rule, first: date) -> Iterator[date]:
    """List the days of a rule that begins on `first`, which is a day of it or is left out."""
    for n in range((rule.until - first).days + 1):
        day = first + n * DAY
        if _fits(rule, first, day):
            yield day


def _fits(rule: Rule, first: date, day: date) -> bool:
    if rule.frequency == "DAILY":
        return (day - first).days % rule.interval == 0
    if rule.frequency == "WEEKLY":
        weeks = ((day - timedelta(days=day.weekday())) - (first - timedelta(days=first.weekday()))).days // 7
        return weeks % rule.interval == 0 and day.isoweekday() in rule.weekdays
    months = (day.year - first.year) * 12 + day.month - first.month
    named = day.day in rule.month_days or (_is_last(day) and -1 in rule.month_days)
    return months % rule.interval == 0 and named
