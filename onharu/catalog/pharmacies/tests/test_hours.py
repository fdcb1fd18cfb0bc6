"""Hours as tables write them, their one spelling, and what is told of them against a scan minute by minute."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onharu.catalog.pharmacies.rules.hours import AHEAD, SEOUL, always, moment, parse, read, spell, state_at, told
from onharu.catalog.pharmacies.rules.week import DAY_MINUTES, HOLIDAY, UNKNOWN

DAY = DAY_MINUTES


@pytest.mark.parametrize(
    ("opens", "closes", "interval"),
    [
        ("0900", "1900", (540, 1140)),
        ("900", "1900", (540, 1140)),
        ("30", "600", (30, 360)),
        ("0", "600", (0, 360)),
        ("900.0", "1830.0", (540, 1110)),
        (" 0900 ", "\t1900", (540, 1140)),
        ("0900", "2400", (540, 1440)),
        ("0900", "0", (540, 1440)),
        ("0900", "2430", (540, 1470)),
        ("0900", "2630", (540, 1590)),
        ("0900", "3000", (540, 1800)),
        ("2200", "0100", (1320, 1500)),
        ("0830", "0030", (510, 1470)),
        ("0000", "2400", (0, 1440)),
        ("0100", "2500", (60, 1500)),
        ("2359", "2358", (1439, 2878)),
    ],
)
def test_hours_are_read_as_tables_write_them(opens, closes, interval):
    assert read(opens, closes) == (interval,)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ("", ""),
        ("0900", ""),
        ("", "1900"),
        ("0900", "0900"),
        ("0", "0"),
        ("0900", "9960"),
        ("0960", "1900"),
        ("0900", "1860"),
        ("0900", "3030"),
        ("2400", "2600"),
        ("2500", "2600"),
        ("0000", "2430"),
        ("-900", "1900"),
        ("9시", "19시"),
        ("０９００", "1900"),
        ("0900", "휴무"),
        ("9.5", "19.5"),
        ("9" * 5000, "1900"),
    ],
)
def test_what_is_no_hours_is_not_known(opens, closes):
    assert read(opens, closes) is None


@given(st.text(max_size=6), st.text(max_size=6))
def test_nothing_that_is_written_breaks_the_reading(opens, closes):
    day = read(opens, closes)
    assert day is None or (0 <= day[0][0] < DAY and 0 < day[0][1] - day[0][0] <= DAY)


@st.composite
def days(draw):
    """A day that is unknown, closed, or open at up to three stretches, the last one possibly over midnight."""
    if draw(st.integers(0, 4)) == 0:
        return None
    if draw(st.integers(0, 5)) == 0:
        opens = draw(st.sampled_from([0, 0, 60, 540]))
        return ((opens, opens + DAY),)
    at = st.one_of(st.sampled_from(range(0, DAY, 60)), st.integers(0, DAY - 1))
    edges = sorted(draw(st.lists(at, unique=True, max_size=6)))
    if len(edges) % 2:
        first = edges[0]
        last = draw(st.one_of(st.just(DAY), st.integers(edges[-1] + 1, first + DAY), st.just(first + DAY)))
        edges.append(max(last, edges[-1] + 1))
    return tuple((edges[place], edges[place + 1]) for place in range(0, len(edges), 2))


weeks = st.tuples(*[days()] * 8)
instants = st.datetimes(datetime(2019, 12, 20), datetime(2032, 3, 10)).map(lambda at: at.replace(tzinfo=SEOUL))
holidays_by_offset = st.sets(st.integers(-1, AHEAD + 1), max_size=5)


class Scan:
    """Asks of every minute by itself whether it is open; knows nothing of joining, sorting or where a day ends."""

    def __init__(self, week, at, offsets):
        self.week, self.midnight = week, at.replace(hour=0, minute=0, second=0, microsecond=0)
        self.off = {(self.midnight + timedelta(days=offset)).date() for offset in offsets}
        self.now = at.hour * 60 + at.minute

    def kind(self, day):
        date = (self.midnight + timedelta(days=day)).date()
        return HOLIDAY if date in self.off else date.weekday()

    def covering(self, minute):
        for day in (minute // DAY - 1, minute // DAY):
            for opens, closes in self.week[self.kind(day)] or ():
                if opens <= minute - day * DAY < closes:
                    yield opens, closes

    def is_open(self, minute):
        return any(True for _ in self.covering(minute))

    def state(self):
        if self.is_open(self.now):
            return "open"
        return "unknown" if self.week[self.kind(0)] is None else "closed"

    def closes(self):
        minute = self.now
        while self.is_open(minute):
            minute += 1
            if minute == (AHEAD + 1) * DAY:
                return None
        whole = all(closes - opens == DAY for opens, closes in self.covering(minute - 1))
        return None if whole and self.week[self.kind(minute // DAY)] is None else minute

    def opens(self):
        return next((minute for minute in range(self.now, (AHEAD + 1) * DAY) if self.is_open(minute)), None)

    def instant(self, minute):
        return None if minute is None else self.midnight + timedelta(minutes=minute)


@pytest.mark.slow
@settings(max_examples=400)
@given(weeks, instants, holidays_by_offset)
def test_what_is_told_agrees_with_a_scan_minute_by_minute(week, at, offsets):
    scan = Scan(week, at, offsets)
    hours = told(week, at, dict.fromkeys(scan.off, "쉬는 날"))
    assert hours.state == scan.state()
    assert hours.holiday == ("쉬는 날" if 0 in offsets else "")
    if hours.state == "open":
        assert (hours.closes_at, hours.opens_next) == (scan.instant(scan.closes()), None)
    else:
        assert (hours.closes_at, hours.opens_next) == (None, scan.instant(scan.opens()))


@given(weeks, instants, holidays_by_offset)
def test_the_state_alone_is_the_state_told(week, at, offsets):
    off = dict.fromkeys(Scan(week, at, offsets).off, "쉬는 날")
    assert state_at(week, moment(at, off)) == told(week, at, off).state


@given(weeks, instants)
def test_round_the_clock_is_open_at_any_time_of_a_known_day(week, at):
    known = tuple(day if day is not None else ((0, DAY),) for day in week)
    if always(week) and week[0] and week[0][-1][0] == 0:
        assert told(known, at, {}).state == "open"
    if told(week, at, {}).always:
        assert told(week, at, {}).closes_at is None


@given(weeks)
def test_a_week_is_read_back_as_it_was_spelled(week):
    assert parse(spell(week)) == week
    assert len(spell(week)) <= 600


def test_the_spelling_is_the_one_that_is_kept():
    week = (((540, 1140),), ((540, 780), (840, 1140)), (), None, None, None, None, None)
    assert spell(week) == "[[[540,1140]],[[540,780],[840,1140]],[],null,null,null,null,null]"
    assert parse(spell(UNKNOWN)) == UNKNOWN


@pytest.mark.parametrize("text", ["[]", "{}", "null", "[null]", "nonsense", ""])
def test_what_was_never_spelled_is_no_week(text):
    with pytest.raises(ValueError):
        parse(text)


def test_seconds_do_not_matter():
    week = (read("0900", "1900"),) * 8
    at = datetime(2026, 11, 24, 8, 59, 59, 999_999, tzinfo=SEOUL)
    assert told(week, at, {}).opens_next == datetime(2026, 11, 24, 9, 0, tzinfo=SEOUL)
    assert told(week, at + timedelta(microseconds=1), {}).state == "open"
