"""Doses that come so long after the last one was taken, and doses that follow those of another regimen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from onharu.records.medication.rules.schedules.days import Span, is_on
from onharu.records.medication.rules.schedules.intervals import open_at
from onharu.records.medication.rules.schedules.keys import AFTER_TAKING_KEY, after_taking
from onharu.records.medication.rules.schedules.known import Known, Line, closing_of
from onharu.records.medication.rules.schedules.shapes import Answered, Follows, Interval, Planned
from onharu.records.medication.rules.schedules.times import EPOCH, MINUTE, instant, local, minutes_of, ordinal_of

FARTHEST_DAY_ON = 1500
Row = tuple[datetime, Answered]


def after_takings(line: Line, known: Known, until: datetime) -> Iterator[Planned]:
    """Plan the doses before `until` that come after takings: those with rows, the open one, and those projected on it.

    There is one open dose at a time: the newest row that is neither taken nor skipped, as long as nothing was taken or
    skipped after it came due, else the one after the last closing.
    """
    taken_spans = [span for span in line.spans if is_after_taking(span)]
    if not taken_spans:
        return
    rows = [row for row in known.rows_of(line.stem) if AFTER_TAKING_KEY.fullmatch(row[1].key)]
    for at, row in rows:
        on = local(known.facts.zone, at).date()
        yield Planned(row.key, at, on, _amount_on(line, taken_spans, on), None)
    last = known.last_closing()
    still_open = _still_open(rows, last)
    yield from _onward(line, known, until, still_open or last, projected=still_open is not None)


def is_after_taking(span: Span) -> bool:
    """Tell whether the doses of a phase come after takings."""
    return isinstance(span.phase.when, Interval) and span.phase.when.origin == "taken"


def _amount_on(line: Line, taken_spans: list[Span], on: date) -> Decimal:
    ordinal = on.toordinal()
    span = next((span for span in taken_spans if span.first <= ordinal <= span.last), taken_spans[-1])
    return line.amount_in(span)


def _still_open(rows: list[Row], last: datetime | None) -> datetime | None:
    """Find when the newest open row was planned; None where something was taken or skipped since."""
    return next((at for at, row in reversed(rows) if closing_of(row) is None and (last is None or at > last)), None)


def _onward(
    line: Line, known: Known, until: datetime, previous: datetime | None, *, projected: bool
) -> Iterator[Planned]:
    for span in line.spans:
        if not is_after_taking(span):
            continue
        while (at := _due(line, span, known, previous)) is not None:
            if at >= until:
                return
            key = f"{line.stem}start" if previous is None else _free_key(line, known, previous)
            yield Planned(key, at, local(known.facts.zone, at).date(), line.amount_in(span), None, projected)
            previous, projected = at, True


def _free_key(line: Line, known: Known, previous: datetime) -> str:
    """Name the dose after a taking; the minute after it where two takings fell in one minute."""
    while (key := after_taking(line.stem, previous)) in known.stand:
        previous += MINUTE
    return key


def _due(line: Line, span: Span, known: Known, previous: datetime | None) -> datetime | None:
    """Tell when the dose after `previous` is due in a phase; None where the phase is over by then."""
    interval, zone = span.phase.when, known.facts.zone
    if not isinstance(interval, Interval):
        return None
    opening = minutes_of(interval.window[0]) if interval.window else minutes_of(interval.first or EPOCH.time())
    start = instant(zone, span.first, opening if interval.first is None else minutes_of(interval.first))
    at = max(start, _whole_minute(line.since))
    if previous is not None:
        at = max(at, previous + timedelta(minutes=interval.minutes))
    while True:
        at = open_at(at, interval.window, zone)
        ordinal = ordinal_of(zone, at)
        if ordinal > span.last:
            return None
        if is_on(span.phase.days, span.first, ordinal):
            return at
        ahead = range(ordinal + 1, min(span.last, ordinal + FARTHEST_DAY_ON) + 1)
        day = next((day for day in ahead if is_on(span.phase.days, span.first, day)), None)
        if day is None:
            return None
        at = instant(zone, day, opening)


def _whole_minute(at: datetime) -> datetime:
    """Round up to a whole minute."""
    return at + (EPOCH - at) % MINUTE


# ---- following another regimen


def following(line: Line, span: Span, known: Known) -> Iterator[Planned]:
    """Plan the doses of a phase that follow those of another regimen.

    A dose that was taken is followed from when it was taken; where it was not, from when it was planned, so that a
    forgotten mark does not silence what follows.
    """
    when, facts = span.phase.when, known.facts
    if not isinstance(when, Follows):
        return
    for dose in facts.followed:
        ordinal = dose.date.toordinal()
        if not span.first <= ordinal <= span.last or not is_on(span.phase.days, span.first, ordinal):
            continue
        taken_at = facts.followed_taken.get(dose.key) if when.minutes >= 0 else None
        key = f"{line.stem}f.{dose.key}"
        at = known.stand.get(key, (taken_at or dose.at) + MINUTE * when.minutes)
        yield Planned(key, at, dose.date, line.amount_in(span), None, dose.projected and taken_at is None)
