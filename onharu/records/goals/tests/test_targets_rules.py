"""Which version of a target is in force, and which targets have a form."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.catalog.intakes.public import Target
from onharu.records.goals.rules.targets import KEYS, Version, in_force, over, wrong

DAY = date(2026, 11, 22)


def target(key="sodium_mg", high=2000):
    return Target(key, "at_most", None, Decimal(high), "직접", "1")


def version(days, key="sodium_mg", high=2000, *, removed=False):
    return Version(key, DAY + timedelta(days=days), None if removed else target(key, high))


def test_the_newest_that_began_is_in_force():
    versions = [version(0, high=1800), version(-10, high=2000), version(5, high=1500)]
    assert [one.high for one in in_force(versions, DAY - timedelta(days=1))] == [2000]
    assert [one.high for one in in_force(versions, DAY)] == [1800]
    assert [one.high for one in in_force(versions, DAY + timedelta(days=5))] == [1500]


def test_before_the_first_version_and_after_a_removal_nothing_of_ones_own_is_in_force():
    versions = [version(0), version(3, removed=True)]
    assert in_force(versions, DAY - timedelta(days=1)) == ()
    assert len(in_force(versions, DAY + timedelta(days=2))) == 1
    assert in_force(versions, DAY + timedelta(days=3)) == ()


def test_ones_own_stands_in_the_place_of_the_reference():
    found = over([target("sodium_mg", 1500)], [target("sodium_mg", 2300), target("sugars_g", 105)])
    assert [(one.nutrient, one.high) for one in found] == [("sugars_g", 105), ("sodium_mg", 1500)]


VERSIONS = st.lists(
    st.builds(
        lambda days, key, high, removed: version(days, key, high, removed=removed),
        st.integers(-30, 30), st.sampled_from(KEYS), st.integers(1, 5000), st.booleans(),
    ),
    unique_by=lambda one: (one.key, one.from_day),
)  # fmt: skip


@given(versions=VERSIONS, ahead=st.integers(-30, 30))
def test_each_key_has_at_most_one_target_and_it_is_the_newest(versions, ahead):
    day = DAY + timedelta(days=ahead)
    found = {one.nutrient: one for one in in_force(versions, day)}
    assert len(found) == len(in_force(versions, day))
    for key in KEYS:
        began = sorted(
            (one for one in versions if one.key == key and one.from_day <= day), key=lambda one: one.from_day
        )
        assert found.get(key) == (began[-1].target if began else None)


@given(versions=VERSIONS, more=st.integers(0, 30), high=st.integers(1, 5000))
def test_a_change_from_today_on_leaves_every_day_before_as_it_was(versions, more, high):
    changed = [*versions, version(0, "sodium_mg", high)]
    yesterday = DAY - timedelta(days=1 + more)
    assert in_force(changed, yesterday) == in_force(versions, yesterday)


@pytest.mark.parametrize(
    ("key", "direction", "low", "high"),
    [
        ("protein_g", "at_least", 60, None),
        ("sodium_mg", "at_most", None, 2000),
        ("alcohol_g", "at_most", None, 0),
        ("kcal", "within", 1800, 2000),
        ("kcal", "within", 1800, 1800),
        ("sleep_hours", "at_least", 7, None),
    ],
)
def test_a_target_has_the_ends_of_its_direction(key, direction, low, high):
    assert wrong(key, direction, low and Decimal(low), high if high is None else Decimal(high)) == {}


@pytest.mark.parametrize(
    ("key", "direction", "low", "high", "field", "code"),
    [
        ("love", "at_least", 1, None, "key", "choice"),
        ("kcal", "about", 1, None, "direction", "choice"),
        ("kcal", "at_least", None, None, "low", "missing"),
        ("kcal", "at_least", 1500, 1800, "high", "unexpected"),
        ("kcal", "at_most", 1500, 1800, "low", "unexpected"),
        ("kcal", "within", 1500, None, "high", "missing"),
        ("kcal", "within", 1900, 1800, "low", "not_below"),
        ("kcal", "at_most", None, 10001, "high", "bounds"),
        ("sodium_mg", "at_most", None, -1, "high", "bounds"),
        ("sodium_mg", "at_most", None, "NaN", "high", "bounds"),
        ("workout_minutes", "at_least", 1441, None, "low", "bounds"),
        ("sleep_hours", "at_least", 25, None, "low", "bounds"),
    ],
)
def test_a_target_without_a_form_names_the_field(key, direction, low, high, field, code):
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    assert wrong(key, direction, *ends)[field] == code
