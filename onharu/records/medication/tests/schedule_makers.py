"""Schedules, people and places for property tests: zones with their clock changes, routines, versions, meals."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from onharu.records.medication.rules.schedules import shapes as s
from onharu.records.medication.rules.schedules.checks import faults

PLACES = (
    ("Asia/Seoul", date(2026, 11, 20)),
    ("Asia/Seoul", date(2028, 2, 20)),
    ("Asia/Seoul", date(1988, 5, 1)),
    ("Asia/Seoul", date(1988, 10, 1)),
    ("America/New_York", date(2026, 3, 1)),
    ("America/New_York", date(2026, 10, 25)),
    ("Europe/London", date(2026, 3, 22)),
    ("Europe/London", date(2026, 10, 18)),
    ("Australia/Lord_Howe", date(2026, 9, 27)),
    ("Australia/Lord_Howe", date(2026, 3, 29)),
    ("Pacific/Apia", date(2011, 12, 20)),
    ("Pacific/Apia", date(2012, 2, 20)),
    ("America/Sao_Paulo", date(2018, 10, 28)),
    ("America/Sao_Paulo", date(2019, 2, 8)),
    ("America/Havana", date(2026, 3, 1)),
    ("Antarctica/Troll", date(2026, 3, 22)),
    ("Asia/Pyongyang", date(2018, 4, 28)),
    ("Africa/Casablanca", date(2026, 2, 10)),
    ("UTC", date(2028, 2, 20)),
)
ODD_TIMES = (time(0), time(0, 30), time(1, 30), time(2), time(2, 15), time(2, 30), time(3), time(23, 30), time(23, 59))
times = st.one_of(st.sampled_from(ODD_TIMES), st.builds(time, st.integers(0, 23), st.sampled_from((0, 10, 30, 45))))
amounts = st.sampled_from([Decimal(text) for text in ("0.5", "1", "2", "1.25")])
routines = st.sampled_from(
    (
        s.Routine(),
        s.Routine(sleep=time(1)),
        s.Routine(sleep=time(0)),
        s.Routine(wake=time(5), breakfast=time(5, 30), sleep=time(20, 30)),
        s.Routine(wake=time(9), breakfast=time(8), sleep=time(2, 30)),
        s.Routine(time(16), time(17), time(22), time(2, 30), time(8)),
    )
)
days = st.one_of(
    st.just(s.Daily()),
    st.builds(s.EveryDays, st.integers(1, 6)),
    st.builds(s.Weekdays, st.frozensets(st.integers(1, 7), min_size=1), st.integers(1, 3)),
    st.builds(s.Monthly, st.frozensets(st.sampled_from((-1, *range(1, 32))), min_size=1), st.integers(1, 2)),
    st.builds(s.Cycle, st.integers(1, 21), st.integers(1, 7)),
)
anchors = st.one_of(
    st.builds(s.At, times),
    st.builds(
        s.AtMeal,
        st.sampled_from(s.MEALS),
        st.sampled_from(("before", "right_before", "with", "right_after", "after", "between")),
        st.sampled_from((0, 10, 30, 60, 120)),
    ),
    st.builds(s.AtBedtime, st.sampled_from((0, 30, 60))),
    st.builds(s.OnWaking, st.sampled_from((0, 30))),
)
slots = st.builds(s.Slots, st.lists(st.builds(s.Slot, anchors, st.none() | amounts), min_size=1, max_size=4).map(tuple))
windows = st.none() | st.sampled_from(
    ((time(7), time(23)), (time(2, 30), time(22)), (time(1, 30), time(23, 59)), (time(18), time(12)))
)
interval_minutes = st.one_of(
    st.sampled_from((60, 120, 240, 360, 480, 720, 1440, 2880)), st.integers(6, 70).map(lambda tens: tens * 10)
)
intervals = st.builds(s.Interval, interval_minutes, st.just("plan"), st.none() | times, windows)
whens = st.one_of(slots, slots, st.builds(s.Spaced, st.integers(1, 8)), intervals, intervals, st.just(s.AsNeeded()))
gaps = st.sampled_from((None, None, *(timedelta(minutes=minutes) for minutes in (30, 60, 120, 240, 360, 480))))
OPEN_LENGTH = (None, 1, 3, 8)


@st.composite
def schedules(draw, gap=gaps, when=whens):
    """Make a schedule; where something is at fault with it, it has no gap: its own times might break it without end."""
    count = draw(st.sampled_from((1, 1, 2, 3)))
    phases = []
    for number in range(count):
        lengths = OPEN_LENGTH if number == count - 1 else OPEN_LENGTH[1:]
        length = draw(st.sampled_from(lengths))
        phases.append(s.Phase(draw(when), draw(days), length, draw(st.none() | amounts)))
    clock = draw(st.sampled_from(("wall", "wall", "elapsed")))
    made = s.Schedule(tuple(phases), clock, s.Limit(None, draw(gap)))
    if faults(made, Decimal(1), date(2026, 1, 1), None):
        return s.Schedule(made.phases, clock)
    return made


@st.composite
def eaten(draw, zone, first):
    """Make meals that were eaten on some days, early or late."""
    found = {}
    for ahead, meal, minutes in draw(
        st.lists(st.tuples(st.integers(0, 20), st.sampled_from(s.MEALS), st.integers(0, 1439)), max_size=6)
    ):
        day = first + timedelta(days=ahead)
        at = datetime(day.year, day.month, day.day, *divmod(minutes, 60), tzinfo=ZoneInfo(zone))
        found[day, meal] = at.astimezone(UTC)
    return found


@st.composite
def courses(draw, most_versions=3, gap=gaps, when=whens):
    """Make a regimen somewhere: the place's first date, its versions, what is known."""
    zone, first = draw(st.sampled_from(PLACES))
    since = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=1)
    versions = []
    for n in range(1, draw(st.integers(1, most_versions)) + 1):
        start = first + timedelta(days=draw(st.integers(0, 5)))
        end = draw(st.none() | st.integers(0, 25).map(lambda ahead, start=start: start + timedelta(days=ahead)))
        versions.append(s.Version(n, since, draw(schedules(gap=gap, when=when)), draw(amounts), start, end))
        since += timedelta(minutes=draw(st.integers(1, 14 * 1440)))
    facts = s.Facts(zone, draw(routines), draw(eaten(zone, first)))
    return first, tuple(versions), facts


def stretch_of(first):
    """Tell the stretch in which the long way knows the clocks."""
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    return start - timedelta(days=2), start + timedelta(days=30)
