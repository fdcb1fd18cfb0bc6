"""Targets by profile: published examples, a careful deficit, and what is left out."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.catalog.intakes.public import Body
from onharu.records.goals.rules.guards import Someone, floor_kcal, needed_kcal, target_refused
from onharu.records.goals.rules.suggestion import Aim, suggestion

DAY = date(2026, 11, 22)
WOMAN = Body("FEMALE", 40, Decimal(160), Decimal(70))


def by_key(found):
    return {target.nutrient: target for target in found.targets}


@pytest.mark.parametrize(
    ("body", "resting", "required"),
    [
        (Body("FEMALE", 20, Decimal(160), Decimal(55)), 1289, 2093),
        (Body("MALE", 40, Decimal(172), Decimal(66)), 1540, 2477),
        (Body("MALE", 40, Decimal(172), Decimal(66), "ACTIVE"), 1540, 2754),
        (Body("MALE", 20, Decimal(174), Decimal(69)), 1683, 2732),
    ],
)
def test_energies_equal_the_published_examples(body, resting, required):
    found = suggestion(Someone(body), day=DAY)
    assert (found.resting, found.requirement, found.deficit) == (resting, required, 0)
    assert by_key(found)["kcal"].edition == "KDRI 2020"


def test_without_an_aim_the_reference_is_suggested():
    kcal = by_key(suggestion(Someone(WOMAN), day=DAY))["kcal"]
    assert (kcal.low, kcal.high) == (1901, 2324)


def test_a_weight_goal_suggests_half_a_percent_a_week():
    found = suggestion(Someone(WOMAN), day=DAY, aim=Aim(Decimal(65)))
    assert found.deficit == 385  # 70 kg × 0.5 % × 7,700 kcal / 7 days
    kcal = by_key(found)["kcal"]
    assert (kcal.direction, kcal.low, kcal.high) == ("within", 1641, 1727)
    assert "385 kcal" in kcal.source
    assert "Mifflin" in kcal.source
    assert by_key(found)["carbohydrate_g"].high == 281


def test_a_day_that_is_near_asks_for_more_and_never_over_750():
    near = suggestion(Someone(WOMAN), day=DAY, aim=Aim(Decimal(65), DAY + timedelta(days=70)))
    assert near.deficit == 550
    nearer = suggestion(Someone(WOMAN), day=DAY, aim=Aim(Decimal(65), DAY + timedelta(days=53)))
    assert nearer.deficit == 726


def test_the_floor_cuts_a_deficit_and_says_so():
    small = Body("FEMALE", 60, Decimal(150), Decimal(52))
    found = suggestion(Someone(small), day=DAY, aim=Aim(Decimal(45), DAY + timedelta(days=95)))
    assert by_key(found)["kcal"].high >= floor_kcal(small)
    assert "floor" not in found.notes or found.deficit < 567


@pytest.mark.parametrize("change", [{"maternity": "PREGNANT"}, {"age": 18}])
def test_who_is_outside_of_the_tables_gets_no_targets_and_a_reason(change):
    found = suggestion(Someone(replace(WOMAN, **change)), day=DAY, aim=Aim(Decimal(65)))
    assert found.targets == ()
    assert found.notes == (("maternity",) if "maternity" in change else ("under_age",))


def test_hidden_numbers_leave_energy_out():
    found = suggestion(Someone(WOMAN, hide_numbers=True), day=DAY, aim=Aim(Decimal(65)))
    assert "kcal" not in by_key(found)
    assert "protein_g" in by_key(found)
    assert (found.resting, found.requirement, found.deficit) == (None, None, 0)
    assert "numbers_hidden" in found.notes


def test_what_is_not_known_is_named():
    found = suggestion(Someone(Body("FEMALE", 40)), day=DAY)
    assert found.missing == ("height_cm", "weight_kg")
    assert found.notes == ("age_table",)
    assert (found.resting, found.requirement) == (None, 1900)
    assert suggestion(Someone(Body()), day=DAY).missing == ("sex", "birth_year", "height_cm", "weight_kg")


def test_from_65_the_note_on_protein_stands_there():
    assert "protein_for_older" in suggestion(Someone(replace(WOMAN, age=65)), day=DAY).notes
    assert "protein_for_older" not in suggestion(Someone(replace(WOMAN, age=64)), day=DAY).notes


@given(
    sex=st.sampled_from(["FEMALE", "MALE"]),
    age=st.integers(19, 95),
    height=st.integers(140, 200),
    kg=st.decimals(40, 160, places=1),
    lose=st.decimals("0.1", 60, places=1),
    days=st.none() | st.integers(1, 700),
)
def test_no_suggestion_is_one_that_the_guards_refuse(sex, age, height, kg, lose, days):
    someone = Someone(Body(sex, age, Decimal(height), kg))
    due = None if days is None else DAY + timedelta(days=days)
    found = suggestion(someone, day=DAY, aim=Aim(max(kg - lose, Decimal(2)), due))
    kcal = by_key(found)["kcal"]
    assert 0 <= found.deficit <= 750
    assert needed_kcal(someone.body) - kcal.high <= 750
    if floor_kcal(someone.body) <= kcal.high:
        assert target_refused(someone, key="kcal", low=kcal.low, high=kcal.high) is None
