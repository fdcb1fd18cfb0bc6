"""Energy by MET, with golden values, and minutes guessed from sets."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.records.workouts.rules.energy import gross_kcal, minutes_of, net_kcal
from onharu.records.workouts.rules.planning import DoneSet

D = Decimal


@pytest.mark.parametrize(
    ("met", "kg", "minutes", "gross", "net"),
    [
        ("3.5", "70", "60", "245.0", "175.0"),  # walking at 4.8 km/h for an hour
        ("8", "60", "30", "240.0", "210.0"),
        ("9.8", "70", "45", "514.5", "462.0"),  # running at 9.7 km/h
        ("1", "70", "60", "70.0", "0.0"),
        ("0.95", "70", "60", "66.5", "0.0"),  # asleep: net energy is never below zero
    ],
)
def test_energy_is_met_times_weight_times_hours(met, kg, minutes, gross, net):
    assert gross_kcal(D(met), D(kg), D(minutes)) == D(gross)
    assert net_kcal(D(met), D(kg), D(minutes)) == D(net)


@pytest.mark.parametrize("missing", range(3))
def test_energy_is_unknown_when_any_part_is(missing):
    parts = [D("3.5"), D(70), D(60)]
    parts[missing] = None
    assert gross_kcal(*parts) is None
    assert net_kcal(*parts) is None


amounts = st.decimals(min_value=1, max_value=200, places=1)


@given(amounts, amounts, amounts)
def test_net_energy_is_gross_energy_without_rest(met, kg, minutes):
    gross, net = gross_kcal(met, kg, minutes), net_kcal(met, kg, minutes)
    assert 0 <= net <= gross
    assert abs(gross - net - kg * minutes / 60) <= D("0.1")


def test_minutes_are_estimated_from_sets_and_the_rests_between():
    assert minutes_of([DoneSet(reps=10)] * 3, rest_seconds=90) == D("5.0")
    assert minutes_of([DoneSet(seconds=60)], rest_seconds=90) == D("1.0")
    assert minutes_of([DoneSet(reps=15, seconds=30)] * 2, rest_seconds=60) == D("2.0")


def test_minutes_stay_unknown_where_a_set_says_nothing():
    assert minutes_of([]) is None
    assert minutes_of([DoneSet(reps=10), DoneSet(weight_kg=D(40))]) is None
