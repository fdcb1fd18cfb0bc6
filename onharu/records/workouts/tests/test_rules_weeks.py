"""Weeks begin where the person says, and nothing is ever more than all of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.records.workouts.rules.weeks import SUNDAY, moderate_minutes, progress, share_of_minutes, week_of

D = Decimal


@pytest.mark.parametrize(
    ("day", "starts_on", "first", "key"),
    [
        (date(2026, 11, 22), 0, date(2026, 11, 16), "2026-W47"),
        (date(2026, 11, 22), SUNDAY, date(2026, 11, 22), "2026-W48"),
        (date(2027, 1, 1), 0, date(2026, 12, 28), "2026-W53"),
        (date(2027, 1, 4), 0, date(2027, 1, 4), "2027-W01"),
    ],
)
def test_a_week_begins_on_the_persons_day(day, starts_on, first, key):
    week = week_of(day, starts_on)
    assert (week.first, week.last, week.key) == (first, first + timedelta(days=6), key)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_every_day_lies_in_its_week_once(day, starts_on):
    week = week_of(day, starts_on)
    assert day in week.days()
    assert week.first.weekday() == starts_on
    assert all(week_of(one, starts_on) == week for one in week.days())
    assert week_of(week.last + timedelta(days=1), starts_on).key != week.key


def test_progress_is_whole_percent_and_at_most_all_of_it():
    assert progress(1, 3).percent == 33
    assert progress(5, 3).percent == 100
    assert progress(0, 3).percent == 0
    assert progress(2, 0).percent is None


@given(st.integers(0, 500), st.integers(-5, 500))
def test_progress_stays_between_nothing_and_all(done, planned):
    percent = progress(done, planned).percent
    assert percent is None or 0 <= percent <= 100


def test_the_weeks_minutes_are_measured_by_the_guideline():
    assert share_of_minutes(D(75)) == 50
    assert share_of_minutes(D(400)) == 100
    assert share_of_minutes(None) is None
    assert share_of_minutes(D(75), target=0) is None


def test_vigorous_minutes_count_twice_and_light_ones_not():
    assert moderate_minutes(D(30), D("3.5")) == 30
    assert moderate_minutes(D(30), D(8)) == 60
    assert moderate_minutes(D(30), D(2)) == 0
    assert moderate_minutes(D(30), None) is None
    assert moderate_minutes(None, D(8)) is None
