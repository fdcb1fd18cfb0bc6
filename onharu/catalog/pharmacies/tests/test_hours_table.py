"""Hours told at an instant, by a table written by hand, with the public holidays as the kernel knows them."""

from datetime import UTC, date, datetime

import pytest

from onharu.catalog.pharmacies.public import holidays_around, told
from onharu.catalog.pharmacies.rules.hours import SEOUL, moment, state_at
from onharu.catalog.pharmacies.tests.hours_table import TEMPORARY, WEEKS, rows, week_of
from onharu.kernel.holidays import ExtraHoliday

pytestmark = pytest.mark.django_db
ROWS = [pytest.param(*row[:5], id=f"{row[0]} {row[1]} {row[5]}") for row in rows()]


@pytest.fixture(autouse=True)
def _temporary_holiday(db):
    ExtraHoliday.objects.create(day=date.fromisoformat(TEMPORARY))


def instant(text):
    return None if text == "-" else datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def test_the_table_is_as_long_as_was_promised_and_uses_every_week():
    assert len(ROWS) >= 80
    assert {row[0] for row in rows()} == set(WEEKS)


@pytest.mark.parametrize(("week", "when", "state", "closes", "opens"), ROWS)
def test_hours_are_told_as_the_calendar_says(week, when, state, closes, opens):
    at = instant(when)
    hours = told(week_of(week), at, holidays_around(at.date()))
    assert (hours.state, hours.closes_at, hours.opens_next) == (state, instant(closes), instant(opens))
    assert told(week_of(week), at.astimezone(UTC), holidays_around(at.date())) == hours
    assert state_at(week_of(week), moment(at, holidays_around(at.date()))) == state


@pytest.mark.parametrize(
    ("week", "always"),
    [("always", True), ("always?", True), ("from one", True), ("always-", False), ("three", False), ("nothing", False)],
)
def test_round_the_clock_is_every_kind_of_day_that_is_known(week, always):
    at = instant("2026-11-24 12:00")
    hours = told(week_of(week), at, holidays_around(at.date()))
    assert hours.always is always


def test_the_holiday_is_named_whatever_the_hours():
    at = instant("2028-10-03 12:00")
    for week in (week_of("always"), week_of("unsaid"), None):
        assert told(week, at, holidays_around(at.date())).holiday == "개천절 · 추석"
    assert told(None, instant("2026-11-24 12:00"), {}).holiday == ""
    assert (
        told(week_of("office"), instant("2026-11-30 12:00"), holidays_around(date(2026, 11, 30))).holiday
        == "임시공휴일"
    )


def test_no_hours_at_all_are_unknown_and_never_closed():
    hours = told(None, instant("2026-11-24 12:00"), {})
    assert (hours.state, hours.closes_at, hours.opens_next, hours.always) == ("unknown", None, None, False)


def test_holidays_are_asked_for_once_a_minute(django_assert_num_queries):
    at = instant("2026-11-24 12:00")
    with django_assert_num_queries(1):
        for _ in range(3):
            assert TEMPORARY in map(str, holidays_around(at.date()))
