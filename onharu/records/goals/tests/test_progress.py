"""How far a goal has come."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.records.goals.rules.progress import counted, days_of_week, towards, week_begin

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("start", "target", "now", "direction", "percent", "reached"),
    [
        (70, 65, 70, "DOWN", 0, False),
        (70, 65, 68, "DOWN", 40, False),
        (70, 65, "65.01", "DOWN", 99, False),
        (70, 65, 65, "DOWN", 100, True),
        (70, 65, 60, "DOWN", 100, True),
        (70, 65, 74, "DOWN", 0, False),
        (0, 60, 42, "UP", 70, False),
        (0, 60, 61, "UP", 100, True),
        (50, 55, 49, "UP", 0, False),
        (70, 70, 71, "DOWN", 0, False),
        (60, 65, 66, "DOWN", 0, False),  # the target was moved behind the start
        (None, 65, 68, "DOWN", None, False),
        (None, 65, 64, "DOWN", 100, True),
        (70, 65, None, "DOWN", None, False),
    ],
)
def test_progress_is_the_way_that_lies_behind(start, target, now, direction, percent, reached):
    numbers = {
        name: None if value is None else Decimal(value)
        for name, value in {"start": start, "target": target, "now": now}.items()
    }
    found = towards(**numbers, direction=direction)
    assert (found.percent, found.reached) == (percent, reached)


NUMBERS = st.decimals(0, 1000, places=1)


@given(start=st.none() | NUMBERS, target=NUMBERS, now=st.none() | NUMBERS, direction=st.sampled_from(["UP", "DOWN"]))
def test_progress_is_never_outside_0_to_100_and_full_only_when_reached(start, target, now, direction):
    found = towards(start=start, target=target, now=now, direction=direction)
    assert found.percent is None or 0 <= found.percent <= 100
    assert (found.percent == 100) == found.reached


def test_three_days_a_week_are_days_and_not_times():
    monday = SUNDAY - timedelta(days=6)
    assert days_of_week([monday, monday, SUNDAY, SUNDAY + timedelta(days=1)], monday) == 2


@pytest.mark.parametrize(("now", "percent"), [(0, 0), (1, 33), (2, 66), (3, 100), (7, 100)])
def test_a_habit_is_counted_and_capped(now, percent):
    assert counted(target=Decimal(3), now=Decimal(now)).percent == percent


def test_minutes_that_nobody_knows_are_not_zero():
    assert counted(target=Decimal(150), now=None).percent is None
    assert counted(target=Decimal(150), now=Decimal(60)).percent == 40


@pytest.mark.parametrize(("week_start", "begin"), [(0, date(2026, 11, 16)), (6, SUNDAY), (5, date(2026, 11, 21))])
def test_a_week_begins_on_the_persons_day(week_start, begin):
    assert week_begin(SUNDAY, week_start) == begin
