"""The planner's parts by themselves: clocks of zones, days, rounds of an interval, names of doses, years of planning."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from onharu.records.medication.rules.schedules import shapes as s
from onharu.records.medication.rules.schedules.days import is_on, on_days, spans
from onharu.records.medication.rules.schedules.intervals import by_the_wall, on_the_wall, open_at, wait
from onharu.records.medication.rules.schedules.known import know, lines_of
from onharu.records.medication.rules.schedules.planning import knows, next_at, plan
from onharu.records.medication.rules.schedules.times import (
    civil_day,
    exists,
    instant,
    meal_of,
    ordinal_of,
    sleep_of,
    usual,
)
from onharu.records.medication.tests import plain_plan

ONE = Decimal(1)


def ordinal(text):
    return date.fromisoformat(text).toordinal()


def local(zone, at):
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def at(*clock_times):
    return s.Slots(tuple(s.Slot(s.At(time.fromisoformat(text))) for text in clock_times))


def version(when, *, start="2026-01-01", days=None, gap=None, clock="wall", n=1, since=None, end=None):
    limit = s.Limit(None, None if gap is None else timedelta(minutes=gap))
    schedule = s.Schedule((s.Phase(when, days or s.Daily()),), clock, limit)
    first = date.fromisoformat(start)
    begins = since or datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=1)
    return s.Version(n, begins, schedule, ONE, first, end and date.fromisoformat(end))


# ---- clocks


@pytest.mark.parametrize(
    ("zone", "day", "clock", "shown"),
    [
        ("Asia/Seoul", "2026-11-22", "08:00", "2026-11-22 08:00"),
        ("Asia/Seoul", "1988-05-08", "02:30", "1988-05-08 03:30"),
        ("Asia/Seoul", "1988-10-09", "02:30", "1988-10-09 02:30"),
        ("America/New_York", "2026-03-08", "02:00", "2026-03-08 03:00"),
        ("America/New_York", "2026-03-08", "02:59", "2026-03-08 03:59"),
        ("Europe/London", "2026-03-29", "01:15", "2026-03-29 02:15"),
        ("Australia/Lord_Howe", "2026-10-04", "02:10", "2026-10-04 02:40"),
        ("America/Sao_Paulo", "2018-11-04", "00:20", "2018-11-04 01:20"),
        ("Antarctica/Troll", "2026-03-29", "01:30", "2026-03-29 03:30"),
        ("Pacific/Apia", "2011-12-30", "09:00", "2011-12-31 09:00"),
    ],
)
def test_a_clock_time_is_placed(zone, day, clock, shown):
    minutes = int(clock[:2]) * 60 + int(clock[3:])
    assert local(zone, instant(zone, ordinal(day), minutes)) == shown


@pytest.mark.parametrize(
    ("zone", "day", "minutes", "utc"),
    [
        ("America/New_York", "2026-11-01", 90, "2026-11-01T05:30"),
        ("Europe/London", "2026-10-25", 75, "2026-10-25T00:15"),
        ("Australia/Lord_Howe", "2026-04-05", 105, "2026-04-04T14:45"),
        ("America/Sao_Paulo", "2019-02-16", 23 * 60 + 30, "2019-02-17T01:30"),
        ("America/New_York", "2026-10-31", 24 * 60 + 90, "2026-11-01T05:30"),
        ("America/New_York", "2026-11-02", -22 * 60 - 30, "2026-11-01T05:30"),
    ],
)
def test_a_clock_time_that_comes_twice_is_its_first(zone, day, minutes, utc):
    assert instant(zone, ordinal(day), minutes) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "there"),
    [
        ("Pacific/Apia", "2011-12-29", True),
        ("Pacific/Apia", "2011-12-30", False),
        ("Pacific/Apia", "2011-12-31", True),
        ("Pacific/Kwajalein", "1993-08-21", False),
        ("America/Sao_Paulo", "2018-11-04", True),
        ("Asia/Seoul", "2028-02-29", True),
    ],
)
def test_dates_that_a_zone_never_had(zone, day, there):
    assert exists(zone, ordinal(day)) is there


def test_a_date_on_which_clocks_are_changed_has_no_single_offset():
    assert civil_day("America/New_York", ordinal("2026-03-08")).midnight is None
    assert civil_day("America/New_York", ordinal("2026-03-09")).midnight == datetime(2026, 3, 9, 4, tzinfo=UTC)


def test_the_end_of_the_calendar_is_only_far_away():
    assert ordinal_of("Asia/Seoul", datetime.max.replace(tzinfo=UTC)) == date(9990, 1, 1).toordinal()


@pytest.mark.parametrize("place", ["America/New_York", "Australia/Lord_Howe", "Pacific/Apia"])
def test_every_minute_is_placed_as_its_clocks_were_read(place):
    first = {"America/New_York": date(2026, 3, 1), "Australia/Lord_Howe": date(2026, 9, 27)}.get(
        place, date(2011, 12, 20)
    )
    seen = plain_plan.clocks(place, first)
    for ahead in range(20):
        day = first + timedelta(days=ahead)
        for minutes in range(0, 1440, 7):
            assert instant(place, day.toordinal(), minutes) == seen.at(plain_plan.wall_of(day, minutes))


# ---- the routine


@pytest.mark.parametrize(
    ("routine", "sleep", "dinner"),
    [
        (s.Routine(), 23 * 60, 18 * 60 + 30),
        (s.Routine(sleep=time(0)), 24 * 60, 18 * 60 + 30),
        (s.Routine(sleep=time(1, 30)), 25 * 60 + 30, 18 * 60 + 30),
        (s.Routine(wake=time(9), breakfast=time(8), sleep=time(1)), 25 * 60, 18 * 60 + 30),
        (s.Routine(time(16), time(17), time(22), time(2), time(8)), 32 * 60, 26 * 60),
    ],
)
def test_bed_and_meals_past_midnight_belong_to_the_evening(routine, sleep, dinner):
    assert (sleep_of(routine), meal_of(routine, "dinner")) == (sleep, dinner)
    assert usual(s.AtBedtime(30), routine) == sleep - 30
    assert usual(s.AtMeal("dinner", "before", 30), routine) == dinner - 30
    assert usual(s.AtMeal("dinner", "between"), routine) == dinner + 120


# ---- days


@pytest.mark.parametrize(
    "days",
    [
        s.Daily(),
        s.EveryDays(1),
        s.EveryDays(3),
        s.Weekdays(frozenset({1, 3, 7})),
        s.Weekdays(frozenset({2, 6}), 2),
        s.Weekdays(frozenset({7}), 4),
        s.Monthly(frozenset({1, 15})),
        s.Monthly(frozenset({31})),
        s.Monthly(frozenset({29, 30, -1})),
        s.Monthly(frozenset({-1}), 2),
        s.Monthly(frozenset({30}), 12),
        s.Cycle(21, 7),
        s.Cycle(1, 1),
        s.Cycle(5, 2),
    ],
)
@pytest.mark.parametrize("start", ["2026-11-22", "2027-12-31", "2028-02-29", "2024-01-31"])
def test_days_asked_for_from_anywhere_are_those_walked(days, start):
    first = date.fromisoformat(start)
    walked = [day.toordinal() for day in plain_plan.days_on(days, first, first + timedelta(days=800))]
    for low in (0, 1, 13, 400):
        asked = list(on_days(days, first.toordinal(), first.toordinal() + low, first.toordinal() + 800))
        assert asked == [one for one in walked if one >= first.toordinal() + low]
        assert all(is_on(days, first.toordinal(), one) for one in asked)


def test_phases_lie_end_to_end_until_the_course_ends():
    phases = tuple(s.Phase(at("08:00"), length=length) for length in (3, 4, None))
    course = s.Version(1, datetime(2026, 1, 1, tzinfo=UTC), s.Schedule(phases), ONE, date(2026, 1, 1), date(2026, 1, 9))
    first = ordinal("2026-01-01")
    assert [(span.first - first, span.last - first) for span in spans(course)] == [(0, 2), (3, 6), (7, 8)]
    short = replace(course, end=date(2026, 1, 2))
    assert [(span.first - first, span.last - first) for span in spans(short)] == [(0, 1)]


# ---- intervals


@pytest.mark.parametrize(
    ("interval", "clock", "walls"),
    [
        (s.Interval(480), "wall", True),
        (s.Interval(480), "elapsed", False),
        (s.Interval(420), "wall", False),
        (s.Interval(420, window=(time(7), time(23))), "wall", True),
        (s.Interval(2880), "wall", True),
    ],
)
def test_which_intervals_keep_to_the_wall(interval, clock, walls):
    assert on_the_wall(interval, clock) is walls


def test_rounds_of_an_interval_close():
    two_days = by_the_wall(s.Interval(2880, first=time(9)), 0)
    assert [two_days(day) for day in range(4)] == [(540,), (), (540,), ()]
    odd = by_the_wall(s.Interval(660, first=time(9), window=(time(7), time(22))), 0)
    assert [odd(day) for day in (0, 1, 2, 1000)] == [(540, 1200), (420, 1080), (420, 1080), (420, 1080)]
    narrow_night = by_the_wall(s.Interval(700, first=time(8), window=(time(6), time(5))), 0)
    far = [minutes + day * 1440 for day in range(3000) for minutes in narrow_night(day)]
    steps = {later - earlier for earlier, later in pairwise(far)}
    assert min(steps) == 700
    assert max(steps) <= 760


@pytest.mark.parametrize(
    ("minutes", "window", "waits"),
    [
        (420, (7, 23), 0),
        (1380, (7, 23), 0),
        (1381, (7, 23), 479),
        (0, (7, 23), 420),
        (600, (22, 6), 720),
        (0, (22, 6), 0),
    ],
)
def test_how_long_a_clock_time_waits_for_its_window(minutes, window, waits):
    assert wait(minutes, (time(window[0]), time(window[1]))) == waits
    assert wait(minutes, None) == 0


def test_a_window_that_opens_in_the_hour_that_comes_twice_opens_for_the_second_too():
    zone, window = "America/New_York", (time(1, 30), time(20))
    second_one = datetime(2026, 11, 1, 6, 10, tzinfo=UTC)
    assert local(zone, second_one) == "2026-11-01 01:10"
    assert open_at(second_one, window, zone) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert open_at(second_one - timedelta(hours=1), window, zone) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert open_at(datetime(2026, 11, 2, 2, tzinfo=UTC), window, zone) == datetime(2026, 11, 2, 6, 30, tzinfo=UTC)


def test_a_row_of_a_counted_dose_moves_those_after_it_and_no_other():
    course = version(s.Interval(420, first=time(8)))
    facts = s.Facts("Asia/Seoul")
    fifth = knows([course], facts, "v1.k5")
    moved = s.Answered("v1.k5", fifth.at + timedelta(minutes=50), None, None)
    known = replace(facts, answered=(moved,))
    assert knows([course], known, "v1.k4") == knows([course], facts, "v1.k4")
    assert knows([course], known, "v1.k5").at == moved.planned_at
    assert knows([course], known, "v1.k9").at == knows([course], facts, "v1.k9").at + timedelta(minutes=50)


def test_counted_doses_of_two_phases_have_different_keys():
    phases = (s.Phase(s.Interval(420, first=time(8)), length=2), s.Phase(s.Interval(660, first=time(8)), length=2))
    course = s.Version(1, datetime(2025, 12, 31, tzinfo=UTC), s.Schedule(phases), ONE, date(2026, 1, 1))
    doses = plan([course], s.Facts("Asia/Seoul"), course.since, course.since + timedelta(days=9))
    assert [dose.key for dose in doses][-5:] == ["v1.k5", "v1.k1.0", "v1.k1.1", "v1.k1.2", "v1.k1.3"]
    assert all(knows([course], s.Facts("Asia/Seoul"), dose.key) == dose for dose in doses)


# ---- what the planner knows


def test_versions_are_in_force_one_after_the_other_however_they_are_given():
    first, second, third = (
        version(at("08:00"), n=n, since=datetime(2026, 1, day, tzinfo=UTC)) for n, day in ((1, 1), (2, 9), (3, 5))
    )
    lines = lines_of([third, first, second])
    assert [(line.version.n, line.until and line.until.day) for line in lines] == [(1, 5), (2, 5), (3, None)]
    assert lines_of([]) == []


def test_rows_are_known_by_key_and_closings_by_the_latest():
    noon = datetime(2026, 1, 1, 3, tzinfo=UTC)
    rows = (
        s.Answered("v1.start", noon, noon + timedelta(hours=1), None),
        s.Answered("own.2", None, None, noon + timedelta(hours=5)),
        s.Answered("v1.t9", noon + timedelta(hours=2), None, None),
    )
    known = know(s.Facts("Asia/Seoul", answered=rows))
    assert known.stand == {"v1.start": noon, "v1.t9": noon + timedelta(hours=2)}
    assert known.last_closing() == noon + timedelta(hours=5)
    assert [row.key for _, row in known.rows_of("v1.")] == ["v1.start", "v1.t9"]
    assert know(s.Facts("Asia/Seoul")).last_closing() is None


# ---- gaps


def test_a_dose_with_a_row_is_not_put_off_but_puts_off():
    course = version(at("08:00", "12:00", "16:00"), gap=240, start="2026-11-22")
    facts = s.Facts("Asia/Seoul")
    noon = knows([course], facts, "v1.20261122.1")
    late = s.Answered(noon.key, noon.at + timedelta(minutes=30), None, None)
    doses = plan([course], replace(facts, answered=(late,)), noon.at, noon.at + timedelta(hours=9))
    assert [local("Asia/Seoul", dose.at)[-5:] for dose in doses] == ["12:30", "16:30"]


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
@pytest.mark.parametrize("minutes", [240, 480, 720])
def test_an_interval_as_long_as_its_gap_keeps_it_for_five_years(zone, minutes):
    course = version(s.Interval(minutes, first=time(2)), gap=minutes)
    facts = s.Facts(zone)
    doses = plan([course], facts, course.since, course.since + timedelta(days=1830))
    assert all(later.at - earlier.at >= timedelta(minutes=minutes) for earlier, later in pairwise(doses))
    for low in (200, 900, 1500):
        start = course.since + timedelta(days=low)
        piece = plan([course], facts, start, start + timedelta(days=3))
        assert list(piece) == [dose for dose in doses if start <= dose.at < start + timedelta(days=3)]


def test_waits_end_where_there_is_room():
    course = version(at("00:30", "08:00", "16:00"), gap=450)
    facts = s.Facts("America/New_York")
    doses = plan([course], facts, datetime(2026, 3, 8, 5, tzinfo=UTC), datetime(2026, 3, 10, 4, tzinfo=UTC))
    assert [local("America/New_York", dose.at)[-11:] for dose in doses] == [
        "03-08 00:30", "03-08 09:00", "03-08 16:30", "03-09 00:30", "03-09 08:00", "03-09 16:00",
    ]  # fmt: skip


# ---- after takings


def test_a_second_phase_goes_on_from_the_taking_before_it():
    phases = (s.Phase(s.Interval(360, "taken"), length=1), s.Phase(s.Interval(720, "taken"), amount=Decimal(2)))
    course = s.Version(1, datetime(2026, 1, 1, tzinfo=UTC), s.Schedule(phases), ONE, date(2026, 1, 1))
    taken = s.Answered("v1.start", course.since, datetime(2026, 1, 1, 11, tzinfo=UTC), None)
    facts = s.Facts("Asia/Seoul", answered=(taken,))
    doses = plan([course], facts, course.since, course.since + timedelta(days=2))
    assert [(local("Asia/Seoul", dose.at)[8:], dose.amount, dose.projected) for dose in doses] == [
        ("01 09:00", ONE, False),
        ("02 08:00", Decimal(2), False),
        ("02 20:00", Decimal(2), True),
        ("03 08:00", Decimal(2), True),
    ]


def test_a_course_that_is_over_waits_for_nothing():
    course = version(s.Interval(360, "taken"), start="2026-01-01", end="2026-01-01")
    late = s.Answered("v1.start", course.since, datetime(2026, 1, 1, 14, tzinfo=UTC), None)
    facts = s.Facts("Asia/Seoul", answered=(late,))
    assert next_at([course], facts, datetime(2026, 1, 1, 14, 1, tzinfo=UTC)) is None


def test_a_projected_dose_is_known_by_its_key_and_gone_once_another_is_taken():
    course = version(s.Interval(360, "taken", first=time(8)))
    facts = s.Facts("Asia/Seoul")
    first, second, third = plan([course], facts, course.since, course.since + timedelta(days=2))[:3]
    assert (first.projected, second.projected, third.projected) == (False, True, True)
    taken = replace(facts, answered=(s.Answered(first.key, first.at, first.at + timedelta(minutes=9), None),))
    assert knows([course], taken, second.key) is None
    assert next_at([course], taken, second.at) == second.at + timedelta(minutes=9)


# ---- following


def test_what_follows_a_projected_dose_is_projected_and_what_follows_a_missed_one_is_not():
    noon = datetime(2026, 1, 2, 3, tzinfo=UTC)
    led = (
        s.Planned("v1.start", noon, date(2026, 1, 2), ONE, None),
        s.Planned("v1.t7", noon + timedelta(hours=6), date(2026, 1, 2), ONE, None, projected=True),
    )
    course = version(s.Follows(4, 45))
    doses = plan([course], s.Facts("Asia/Seoul", followed=led), noon, noon + timedelta(days=1))
    assert [(dose.at - noon, dose.projected) for dose in doses] == [
        (timedelta(minutes=45), False),
        (timedelta(hours=6, minutes=45), True),
    ]


def test_only_doses_of_the_days_and_the_course_are_followed():
    led = plan([version(at("08:00"))], s.Facts("UTC"), *(datetime(2026, 1, day, tzinfo=UTC) for day in (1, 20)))
    course = version(s.Follows(4, 0), days=s.EveryDays(3), start="2026-01-05", end="2026-01-11")
    facts = s.Facts("UTC", followed=led)
    doses = plan([course], facts, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 20, tzinfo=UTC))
    assert [dose.date.day for dose in doses] == [5, 8, 11]
