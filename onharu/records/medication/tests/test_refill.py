"""When a refill is warned of: days ahead, on working days, by day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.kernel import clock, holidays
from onharu.records.medication.rules import refill
from onharu.records.medication.rules.refill import Wakeful
from onharu.records.medication.rules.schedules.shapes import Routine

SEOUL = "Asia/Seoul"
WAKEFUL = Wakeful(zone=SEOUL, routine=Routine())


def works_in_korea(day):
    return day.weekday() < 5 and day not in holidays._official(day.year)


def seoul(*parts):
    return datetime(*parts, tzinfo=clock.zone(SEOUL)).astimezone(UTC)


def warned(runs_out, days_before, now=None, wakeful=WAKEFUL):
    return refill.warn_at(
        runs_out=runs_out,
        days_before=days_before,
        works=works_in_korea,
        wakeful=wakeful,
        now=now or seoul(2026, 1, 2, 9),
    )


def test_an_ordinary_week_is_warned_of_so_many_days_ahead_at_ten():
    assert warned(date(2026, 11, 27), 7) == seoul(2026, 11, 20, 10)


def test_a_sunday_is_moved_to_the_friday_before():
    assert warned(date(2026, 11, 29), 7) == seoul(2026, 11, 20, 10)


def test_a_saturday_is_moved_to_the_friday_before():
    assert warned(date(2026, 11, 28), 7) == seoul(2026, 11, 20, 10)


def test_a_warning_within_chuseok_comes_before_it():
    # 추석 2026 is 24 to 26 September, Thursday to Saturday.
    assert warned(date(2026, 9, 27), 1) == seoul(2026, 9, 23, 10)


def test_the_ten_days_of_october_2025_are_warned_of_before_them():
    assert refill.warn_day(runs_out=date(2025, 10, 9), days_before=0, works=works_in_korea) == date(2025, 10, 2)


def test_zero_days_ahead_is_the_day_it_runs_out():
    assert warned(date(2026, 11, 25), 0) == seoul(2026, 11, 25, 10)


def test_what_should_have_been_said_earlier_is_said_at_once_by_day():
    now = seoul(2026, 11, 24, 15, 20)
    assert warned(date(2026, 11, 25), 7, now=now) == now


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (seoul(2026, 11, 24, 3), seoul(2026, 11, 24, 10)),
        (seoul(2026, 11, 24, 20), seoul(2026, 11, 25, 10)),
        (seoul(2026, 11, 24, 23, 59), seoul(2026, 11, 25, 10)),
    ],
)
def test_what_should_have_been_said_earlier_waits_for_the_day(now, told):
    assert warned(date(2026, 11, 25), 7, now=now) == told


def test_somebody_who_works_at_night_is_told_when_up():
    asleep_till_three = Wakeful(zone=SEOUL, routine=Routine(wake=time(15), sleep=time(7)))
    assert warned(date(2026, 11, 27), 7, wakeful=asleep_till_three) == seoul(2026, 11, 20, 15)


def test_quiet_hours_are_kept_where_the_day_leaves_an_hour():
    quiet = Wakeful(zone=SEOUL, routine=Routine(), quiet=(time(9), time(13)))
    assert warned(date(2026, 11, 27), 7, wakeful=quiet) == seoul(2026, 11, 20, 13)


def test_quiet_all_day_still_leaves_a_warning_by_day():
    quiet = Wakeful(zone=SEOUL, routine=Routine(), quiet=(time(6), time(5, 59)))
    assert warned(date(2026, 11, 27), 7, wakeful=quiet) == seoul(2026, 11, 20, 10)


def test_the_hour_is_that_of_the_persons_zone():
    abroad = Wakeful(zone="America/New_York", routine=Routine())
    assert warned(date(2026, 11, 27), 7, wakeful=abroad) == datetime(2026, 11, 20, 15, tzinfo=UTC)


def test_a_country_without_working_days_is_warned_on_the_wished_day():
    assert refill.warn_day(runs_out=date(2026, 11, 27), days_before=7, works=lambda _: False) == date(2026, 11, 20)


def test_a_missed_dose_makes_no_second_warning_and_a_new_stock_does():
    assert refill.is_news(runs_out=date(2026, 11, 27), warned=None)
    assert not refill.is_news(runs_out=date(2026, 11, 28), warned=date(2026, 11, 27))
    assert not refill.is_news(runs_out=date(2026, 11, 20), warned=date(2026, 11, 27))
    assert refill.is_news(runs_out=date(2026, 12, 27), warned=date(2026, 11, 27))


hours = st.times(time(0), time(23, 59)).map(lambda hour: hour.replace(second=0, microsecond=0))


@given(
    runs_out=st.dates(date(2024, 1, 1), date(2027, 12, 1)),
    days_before=st.integers(0, 60),
    ahead=st.timedeltas(timedelta(days=-10), timedelta(days=90)),
    zone=st.sampled_from([SEOUL, "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    wake=hours,
    sleep=hours,
    quiet=st.none() | st.tuples(hours, hours),
)
def test_no_warning_is_in_the_night_or_in_the_past(runs_out, days_before, ahead, zone, wake, sleep, quiet):
    wakeful = Wakeful(zone=zone, routine=Routine(wake=wake, sleep=sleep), quiet=quiet)
    now = datetime.combine(runs_out, time(12), tzinfo=UTC) - ahead
    at = warned(runs_out, days_before, now=now, wakeful=wakeful)
    assert at >= now
    assert time(10) <= at.astimezone(clock.zone(zone)).time() < time(20)


@given(runs_out=st.dates(date(2024, 2, 1), date(2027, 12, 1)), days_before=st.integers(0, 60))
def test_a_warning_in_time_is_on_a_working_day_and_early_enough(runs_out, days_before):
    day = refill.warn_day(runs_out=runs_out, days_before=days_before, works=works_in_korea)
    assert works_in_korea(day)
    wished = runs_out - timedelta(days=days_before)
    assert day <= wished
    assert not any(works_in_korea(day + timedelta(days=n)) for n in range(1, (wished - day).days + 1))
