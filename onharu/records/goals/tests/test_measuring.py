"""What may be measured, and where values go."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.records.goals.rules.measuring import Said, Seen, trend, wrong

DAY = date(2026, 11, 22)


def seen(*values, every=1):
    return [Seen(DAY + timedelta(days=every * index), Decimal(str(value))) for index, value in enumerate(values)]


@pytest.mark.parametrize(
    "said",
    [
        Said("WEIGHT", Decimal("62.4")),
        Said("WEIGHT", Decimal(2)),
        Said("WEIGHT", Decimal(400)),
        Said("WAIST", Decimal("84.5")),
        Said("BLOOD_PRESSURE", Decimal(118), Decimal(76)),
        Said("GLUCOSE", Decimal(98), context="FASTING"),
        Said("GLUCOSE", Decimal(98)),
    ],
)
def test_what_bodies_have_may_be_said(said):
    assert wrong(said) == {}


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        (Said("HEIGHT", Decimal(160)), "kind", "choice"),
        (Said("WEIGHT", Decimal("1.9")), "value", "bounds"),
        (Said("WEIGHT", Decimal("400.1")), "value", "bounds"),
        (Said("WEIGHT", Decimal("NaN")), "value", "bounds"),
        (Said("WEIGHT", Decimal("62.45")), "value", "decimals"),
        (Said("WEIGHT", Decimal(62), Decimal(40)), "value2", "unexpected"),
        (Said("WAIST", Decimal(20)), "value", "bounds"),
        (Said("BLOOD_PRESSURE", Decimal(118)), "value2", "missing"),
        (Said("BLOOD_PRESSURE", Decimal(76), Decimal(118)), "value2", "not_below"),
        (Said("BLOOD_PRESSURE", Decimal(118), Decimal(118)), "value2", "not_below"),
        (Said("BLOOD_PRESSURE", Decimal("118.5"), Decimal(76)), "value", "decimals"),
        (Said("BLOOD_PRESSURE", Decimal(301), Decimal(76)), "value", "bounds"),
        (Said("GLUCOSE", Decimal(5)), "value", "bounds"),
        (Said("GLUCOSE", Decimal(98), context="LATER"), "context", "choice"),
        (Said("WEIGHT", Decimal(62), context="FASTING"), "context", "unexpected"),
    ],
)
def test_what_cannot_be_is_named(said, field, code):
    assert wrong(said)[field] == code


def test_the_slope_is_that_of_the_line_through_the_days():
    assert trend(seen(63, 62.9, 62.8, 62.7, 62.6, 62.5, 62.4)).per_week == Decimal("-0.70")
    assert trend(seen(60, 60, 60, 60, 60, 60, 60)).per_week == 0


def test_days_without_a_value_count_as_time_and_not_as_zero():
    assert trend(seen(63, 62, 61, 60, 59, every=7)).per_week == Decimal("-1.00")


def test_few_days_have_no_slope_and_say_so():
    found = trend(seen(63, 62, 61, 60, every=7))
    assert (found.n, found.span, found.per_week, found.lack) == (4, 22, None, "few")


def test_a_short_span_has_no_slope_and_says_so():
    found = trend(seen(63, 62, 61, 60, 59, 58))
    assert (found.n, found.span, found.per_week, found.lack) == (6, 6, None, "short")


def test_nothing_measured_is_no_trend():
    found = trend([])
    assert (found.days, found.n, found.span, found.per_week) == ((), 0, 0, None)


def test_several_of_a_day_count_as_their_mean():
    found = trend([Seen(DAY, Decimal(60)), Seen(DAY, Decimal(62))])
    assert [(one.day, one.value) for one in found.days] == [(DAY, Decimal("61.0"))]
    assert found.n == 1


def test_the_moving_mean_is_of_the_week_before_and_says_of_how_many_days():
    found = trend([*seen(60, 62), Seen(DAY + timedelta(days=7), Decimal(70))])
    assert [(one.mean, one.of) for one in found.days] == [(60, 1), (61, 2), (66, 2)]


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
VALUES = st.decimals(2, 400, places=1)


@given(values=st.lists(st.tuples(DAYS, VALUES), max_size=40))
def test_a_mean_never_leaves_the_values_and_every_day_is_told_once(values):
    found = trend([Seen(day, value) for day, value in values])
    assert [one.day for one in found.days] == sorted({day for day, _ in values})
    for one in found.days:
        assert min(value for _, value in values) <= one.mean <= max(value for _, value in values)
        assert 1 <= one.of <= 7


@given(start=VALUES, slope=st.decimals(-2, 2, places=1), days=st.integers(8, 60))
def test_a_straight_line_has_its_own_slope(start, slope, days):
    values = [Seen(DAY + timedelta(days=7 * index), start + slope * index) for index in range(days)]
    assert trend(values).per_week == slope
