"""Personal records: what is one, what it beat, and what is only estimated."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.records.workouts.rules.records import (
    HEAVIEST,
    LONGEST,
    MOST_REPS,
    ONE_REP_MAX,
    Lifted,
    bests,
    new_in,
    one_rep_max,
    records_set,
)

DAY = date(2026, 11, 1)
D = Decimal


def one(number, reps=None, kg=None, seconds=None, exercise=1, day=0):
    return Lifted(number, exercise, DAY + timedelta(days=day), reps, None if kg is None else D(kg), seconds)


@pytest.mark.parametrize(
    ("kg", "reps", "estimate"),
    [("100", 10, "133.3"), ("100", 1, "100.0"), ("60", 5, "70.0"), ("80", 12, "112.0"), ("80", 13, None)],
)
def test_the_one_rep_max_is_epleys(kg, reps, estimate):
    assert one_rep_max(D(kg), reps) == (None if estimate is None else D(estimate))


def test_without_a_weight_there_is_no_one_rep_max():
    assert one_rep_max(None, 5) is None
    assert one_rep_max(D(0), 5) is None
    assert one_rep_max(D(60), None) is None


def test_the_first_time_sets_records_and_beats_nothing():
    found = records_set([one(1, reps=8, kg="60")])
    assert {record.kind for record in found} == {HEAVIEST, ONE_REP_MAX, MOST_REPS}
    assert new_in(found, [1]) == ()


def test_more_weight_is_a_record_that_says_what_it_beat():
    found = records_set([one(1, reps=8, kg="60"), one(2, reps=5, kg="65", day=3)])
    heaviest = next(record for record in new_in(found, [2]) if record.kind == HEAVIEST)
    assert (heaviest.value, heaviest.before, heaviest.day) == (D(65), D(60), DAY + timedelta(days=3))


def test_an_equal_is_no_record():
    found = records_set([one(1, reps=8, kg="60"), one(2, reps=8, kg="60")])
    assert new_in(found, [2]) == ()


def test_repetitions_are_compared_at_the_same_weight():
    found = records_set([one(1, reps=8, kg="60"), one(2, reps=12, kg="40"), one(3, reps=9, kg="60")])
    assert [
        (record.kind, record.weight_kg, record.before) for record in new_in(found, [2, 3]) if record.kind == MOST_REPS
    ] == [(MOST_REPS, D(60), D(8))]


def test_an_estimate_is_marked_and_a_single_is_none():
    estimated, lifted = records_set([one(1, reps=5, kg="60")]), records_set([one(1, reps=1, kg="60")])
    assert [record.estimated for record in estimated if record.kind == ONE_REP_MAX] == [True]
    assert [record.estimated for record in lifted if record.kind == ONE_REP_MAX] == [False]


def test_the_longest_hold_is_a_record():
    found = bests([one(1, seconds=40), one(2, seconds=60), one(3, seconds=50)])
    assert [(record.kind, record.value) for record in found[1]] == [(LONGEST, D(60))]


def test_bests_are_kept_by_exercise():
    found = bests([one(1, reps=8, kg="60"), one(2, reps=20, exercise=2), one(3, reps=5, kg="70")])
    assert [(record.kind, record.value) for record in found[1]][:2] == [(HEAVIEST, D(70)), (ONE_REP_MAX, D("81.7"))]
    assert [(record.kind, record.value) for record in found[2]] == [(MOST_REPS, D(20))]


sets = st.lists(st.tuples(st.integers(1, 30), st.none() | st.integers(1, 100), st.integers(0, 20)), max_size=25).map(
    lambda rows: [one(n, reps=reps, kg=kg, day=day) for n, (reps, kg, day) in enumerate(rows)]
)


@given(sets)
def test_a_standing_best_is_the_highest_there_ever_was(found):
    weights = [lifted.weight_kg for lifted in found if lifted.weight_kg]
    standing = {record.kind: record for record in bests(found).get(1, ())}
    assert (standing[HEAVIEST].value if weights else None) == max(weights, default=None)
    for record in records_set(found):
        assert record.before is None or record.value > record.before
