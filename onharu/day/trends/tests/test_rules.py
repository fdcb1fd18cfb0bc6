"""Spans and sums: unknown is a gap, and every mean knows of how many days it is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from onharu.day.trends.rules import MONTH, WEEK, Span, known_on_both, over, summed

SUNDAY = date(2026, 11, 22)
A_WEEK = Span(WEEK, SUNDAY)


def test_a_week_is_seven_days_and_a_month_thirty():
    assert (A_WEEK.first, A_WEEK.last, len(A_WEEK.days)) == (date(2026, 11, 16), SUNDAY, 7)
    assert (Span(MONTH, SUNDAY).first, len(Span(MONTH, SUNDAY).days)) == (date(2026, 10, 24), 30)
    assert A_WEEK.days[0] == A_WEEK.first
    assert A_WEEK.days[-1] == A_WEEK.last


@pytest.mark.parametrize("kind", [WEEK, MONTH])
def test_the_span_before_ends_where_this_one_begins(kind):
    span = Span(kind, SUNDAY)
    assert span.before.last == span.first - timedelta(days=1)
    assert span.before.length == span.length
    assert set(span.before.days).isdisjoint(span.days)


def test_going_back_and_forth_returns():
    assert A_WEEK.before.after(SUNDAY) == A_WEEK


def test_the_span_after_stops_at_today():
    assert A_WEEK.after(SUNDAY) is None
    assert Span(WEEK, SUNDAY - timedelta(days=3)).after(SUNDAY) == A_WEEK


def test_a_sum_leaves_the_unknown_out_and_says_of_how_many():
    found = summed([Decimal(10), None, Decimal(20), None])
    assert found is not None
    assert (found.n, found.total, found.mean) == (2, 30, 15)


def test_zero_is_known():
    found = summed([Decimal(0), None])
    assert found is not None
    assert (found.n, found.mean) == (1, 0)


@pytest.mark.parametrize("nothing", [[], [None], [None, None]])
def test_nothing_known_has_no_sum(nothing):
    assert summed(nothing) is None


def test_a_day_that_is_not_over_may_be_left_out():
    values = {SUNDAY: Decimal(100), SUNDAY - timedelta(days=1): Decimal(2000)}
    whole = over(A_WEEK.days, values, leaving_out=None)
    yet = over(A_WEEK.days, values, leaving_out=SUNDAY)
    assert whole is not None
    assert yet is not None
    assert (whole.n, yet.n, yet.mean) == (2, 1, 2000)
    assert over(A_WEEK.days, {SUNDAY: Decimal(1)}, leaving_out=SUNDAY) is None


def test_only_days_known_on_both_sides_stand_side_by_side():
    days = A_WEEK.days
    one = {days[0]: Decimal(1), days[1]: Decimal(2), days[2]: None, days[6]: Decimal(0)}
    other = {days[1]: Decimal(5), days[2]: Decimal(6), days[6]: Decimal(7)}
    assert list(known_on_both(days, one, other)) == [(days[6], 0, 7), (days[1], 2, 5)]
