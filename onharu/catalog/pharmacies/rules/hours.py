"""Opening hours in plain Python: read as official tables write them, spelled in one way, told at an instant.

All hours are Seoul's, which has no summer time. Unknown is never closed: a day of which nobody said anything stays
unknown, but an evening that spills over midnight into it is known.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from onharu.catalog.pharmacies.rules.facts import Hours, State
from onharu.catalog.pharmacies.rules.week import DAY_MINUTES, HOLIDAY, KINDS, Day, Interval, Week
from onharu.kernel import clock

SEOUL = clock.zone(clock.DEFAULT_ZONE)
# How many days after today are looked at for when it opens next, or closes.
AHEAD = 8
DIGITS, LATEST_WRITTEN = 4, 3000
HOUR = 60

# The kinds of yesterday, today and the days ahead.
Kinds = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as hours look at it: the day and minute in Seoul, what kinds of day are around, today's holiday."""

    day: date
    minute: int
    kinds: Kinds
    holiday: str


@dataclass(frozen=True, slots=True)
class Run:
    """Open minutes without a gap, from the midnight that began today. `closes` None: nobody knows, or never."""

    start: int
    end: int
    closes: int | None


def read(opens: str, closes: str) -> Day:
    """Read one day's hours as written, "0900" and "1900"; None when they are not understood.

    Zeros in front may be lost ("900", "30" is 00:30), ".0" may follow. What closes at or before it opens, or after
    2400, closes on the next day; 0000 to 2400 is round the clock. Junk: minutes beyond 59, anything beyond 3000,
    opening at 2400 or later, more than 24 hours at a stretch, and opening and closing at the same time.
    """
    first, last = _minutes(opens), _minutes(closes)
    if first is None or last is None or first == last or first >= DAY_MINUTES:
        return None
    if last < first:
        last += DAY_MINUTES
    return ((first, last),) if last - first <= DAY_MINUTES else None


def _minutes(written: str) -> int | None:
    """Read "0930" as minutes after midnight; None for what is no time."""
    text = written.strip().removesuffix(".0")
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        return None
    hours, minutes = divmod(int(text), 100)
    return None if hours * 100 + minutes > LATEST_WRITTEN or minutes >= HOUR else hours * HOUR + minutes


def spell(week: Week) -> str:
    """Spell a week in the one way in which it is kept."""
    return json.dumps(week, separators=(",", ":"))


def parse(text: str) -> Week:
    """Read a kept week back; ValueError for what `spell` never wrote."""
    days = json.loads(text)
    if not isinstance(days, list) or len(days) != KINDS:
        raise ValueError("a week has eight kinds of day")
    monday, tuesday, wednesday, thursday, friday, saturday, sunday, holiday = map(_day, days)
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday, holiday


def _day(intervals: list[list[int]] | None) -> Day:
    return None if intervals is None else tuple((opens, closes) for opens, closes in intervals)


def moment(at: datetime, holidays: Mapping[date, str]) -> Moment:
    """Look at an aware instant; `holidays` names those from the day before it to eight days after."""
    local = at.astimezone(SEOUL)
    today = local.date()
    days = (today + timedelta(days=ahead) for ahead in range(-1, AHEAD + 1))
    kinds = tuple(HOLIDAY if day in holidays else day.weekday() for day in days)
    return Moment(today, local.hour * HOUR + local.minute, kinds, holidays.get(today, ""))


def told(week: Week | None, at: datetime, holidays: Mapping[date, str]) -> Hours:
    """Tell what is known at an aware instant; `holidays` as for `moment`."""
    return told_at(week, moment(at, holidays))


def told_at(week: Week | None, now: Moment) -> Hours:
    """Tell what is known at a moment.

    A holiday takes its own hours only, whatever its weekday's are. `closes_at` is the end of what is said without a
    gap, even where the day after is unknown; but 24 hours that run into an unknown day do not say that anybody
    closes then: None, as where it stays open for all the days ahead.
    """
    if week is None:
        return Hours("unknown", holiday=now.holiday)
    runs, starts = _runs(week, now.kinds)
    place = bisect_right(starts, now.minute) - 1
    if place >= 0 and now.minute < runs[place].end:
        return Hours("open", _instant(now, runs[place].closes), None, always(week), now.holiday)
    opens = runs[place + 1].start if place + 1 < len(runs) else None
    return Hours(_shut(week, now), None, _instant(now, opens), always=False, holiday=now.holiday)


def state_at(week: Week | None, now: Moment) -> State:
    """Tell only whether it is open, closed or unknown: what the database is asked by."""
    if week is None:
        return "unknown"
    yesterday, today = week[now.kinds[0]] or (), week[now.kinds[1]] or ()
    if any(opens <= now.minute < closes for opens, closes in today):
        return "open"
    return "open" if yesterday and yesterday[-1][1] > now.minute + DAY_MINUTES else _shut(week, now)


def _shut(week: Week, now: Moment) -> State:
    return "unknown" if week[now.kinds[1]] is None else "closed"


@lru_cache(maxsize=4096)
def always(week: Week) -> bool:
    """Tell whether it is open round the clock on every kind of day that is known."""
    last = {day[-1] if day else None for day in week if day is not None}
    return len(last) == 1 and _is_whole(last.pop())


def _is_whole(interval: Interval | None) -> bool:
    return interval is not None and interval[1] - interval[0] == DAY_MINUTES


@lru_cache(maxsize=4096)
def _runs(week: Week, kinds: Kinds) -> tuple[tuple[Run, ...], tuple[int, ...]]:
    """Lay the days beside each other and join what touches; and where each run starts. Asked by all of one day."""
    joined: list[tuple[int, int, bool]] = []
    for ahead, kind in enumerate(kinds, start=-1):
        for interval in week[kind] or ():
            opens, closes = interval[0] + ahead * DAY_MINUTES, interval[1] + ahead * DAY_MINUTES
            if joined and opens <= joined[-1][1]:
                if closes > joined[-1][1]:
                    joined[-1] = (joined[-1][0], closes, _is_whole(interval))
            else:
                joined.append((opens, closes, _is_whole(interval)))
    runs = tuple(Run(start, end, _closing(week, kinds, end, whole=whole)) for start, end, whole in joined)
    return runs, tuple(run.start for run in runs)


def _closing(week: Week, kinds: Kinds, end: int, *, whole: bool) -> int | None:
    """Tell when a run closes: not after the days ahead, nor where 24 hours end in an unknown day."""
    day = end // DAY_MINUTES
    if day > AHEAD:
        return None
    return None if whole and week[kinds[day + 1]] is None else end


def _instant(now: Moment, minute: int | None) -> datetime | None:
    """Name the instant so many minutes after the midnight with which the moment's day began."""
    if minute is None:
        return None
    days, rest = divmod(minute, DAY_MINUTES)
    return datetime.combine(now.day + timedelta(days=days), time(*divmod(rest, HOUR)), tzinfo=SEOUL)
