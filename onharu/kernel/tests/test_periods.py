"""When periodic jobs are owed: the same beginning for whoever asks, on Seoul's clock."""

from datetime import UTC, datetime, time, timedelta

import pytest

from onharu.kernel.jobs import Period, registry
from onharu.kernel.jobs.periods import DAY, WEEK, Line, key_of

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # a Sunday, noon in Seoul


def seoul(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=9)


@pytest.mark.parametrize(
    ("period", "began"),
    [
        (Period(timedelta(minutes=1)), NOON),
        (Period(timedelta(hours=6)), seoul(22, 12)),
        (Period(timedelta(hours=1)), seoul(22, 12)),
        (Period(DAY), seoul(22, 0)),
        (Period(DAY, time(3, 40)), seoul(22, 3, 40)),
        (Period(DAY, time(12, 0)), seoul(22, 12)),
        (Period(DAY, time(12, 1)), seoul(21, 12, 1)),
        (Period(WEEK, time(4, 40)), seoul(22, 4, 40)),
        (Period(WEEK, time(12, 1)), seoul(15, 12, 1)),
    ],
)
def test_a_period_begins_by_the_clock_of_seoul(period, began):
    assert period.began(NOON) == began


@pytest.mark.parametrize("name", sorted(registry.periods))
def test_a_period_and_its_line_of_the_schedule_begin_at_the_same_time(name):
    period = registry.periods[name]
    for hours in range(0, 24 * 9, 5):
        at = NOON + timedelta(hours=hours, minutes=7, seconds=3)
        assert period.line().latest(at) == period.began(at), at


@pytest.mark.parametrize("every", [timedelta(minutes=7), timedelta(hours=5), timedelta(days=2), timedelta(seconds=30)])
def test_what_no_schedule_can_say_is_refused(every):
    with pytest.raises(ValueError, match="no schedule"):
        Period(every)


def test_a_time_of_the_day_is_for_days_and_weeks_alone():
    with pytest.raises(ValueError, match="no schedule"):
        Period(timedelta(hours=1), time(3))


def test_a_line_that_is_never_due_is_told():
    with pytest.raises(ValueError, match="never"):
        Line([0], [0], days=[31], months=[2]).latest(NOON)


def test_a_line_of_some_weekdays_and_months_is_found_backwards():
    assert Line([30], [4], weekdays=[3]).latest(NOON) == seoul(18, 4, 30)
    assert Line([0, 30], [9, 21], days=[1]).latest(NOON) == seoul(1, 21, 30)


def test_a_key_names_the_instant_whatever_zone_it_is_written_in():
    there = NOON.astimezone()
    assert key_of("a.b", NOON) == key_of("a.b", there) == "a.b@20261122T0300Z"
