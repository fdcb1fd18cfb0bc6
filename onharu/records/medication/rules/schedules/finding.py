"""Where in time to look for the dose that a key names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from onharu.records.medication.rules.schedules.intervals import instant_of_count
from onharu.records.medication.rules.schedules.keys import (
    AFTER_TAKING_KEY,
    COUNTED_KEY,
    DATED_KEY,
    FOLLOWING_KEY,
    date_of_stamp,
)
from onharu.records.medication.rules.schedules.known import Known, Line
from onharu.records.medication.rules.schedules.times import EPOCH, MINUTE, instant

NEAR = timedelta(days=4)
SOON = timedelta(days=32)
FAR = timedelta(days=1500)
VERSION = re.compile(r"v(\d{1,9})\.", re.ASCII)
Stretch = tuple[datetime, datetime]


def version_of(key: str) -> int:
    """Tell of which version a key is; 0 where it is of none (a dose without a plan)."""
    found = VERSION.match(key)
    return int(found[1]) if found else 0


def around(lines: Sequence[Line], known: Known, key: str) -> tuple[Stretch, ...]:
    """Tell between which instants the dose of a key may lie, the likeliest first; none where there is no such dose."""
    line = next((line for line in lines if line.version.n == version_of(key)), None)
    if line is None or not line.spans:
        return ()
    if key in known.stand:
        return ((known.stand[key], known.stand[key] + MINUTE),)
    at = _about(line, known, key)
    if at is not None:
        return ((at - NEAR, at + NEAR),)
    return _after_some_taking(line, known, key)


def _about(line: Line, known: Known, key: str) -> datetime | None:
    if found := DATED_KEY.fullmatch(key):
        return _about_date(line, known, found[2])
    if found := COUNTED_KEY.fullmatch(key):
        span = next((span for span in line.spans if span.number == int(found[2] or 0)), None)
        return None if span is None else instant_of_count(line, span, known, int(found[3]))
    if found := FOLLOWING_KEY.fullmatch(key):
        return next((dose.at for dose in known.facts.followed if dose.key == found[2]), None)
    return None


def _about_date(line: Line, known: Known, stamp: str) -> datetime | None:
    try:
        ordinal = date_of_stamp(stamp).toordinal()
    except ValueError:
        return None
    if not any(span.first <= ordinal <= span.last for span in line.spans):
        return None
    return instant(known.facts.zone, ordinal, 0)


def _after_some_taking(line: Line, known: Known, key: str) -> tuple[Stretch, ...]:
    """Tell where the dose after a taking may lie: from the taking on, for as long as a phase may let it wait."""
    found = AFTER_TAKING_KEY.fullmatch(key)
    if found is None:
        return ()
    low = max(line.since, EPOCH + MINUTE * int(found[2] or 0), instant(known.facts.zone, line.spans[0].first, 0))
    return (low, low + SOON), (low + SOON, low + FAR)
