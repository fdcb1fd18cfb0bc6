"""The guards of product and law, as a table."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from onharu.catalog.intakes.public import Body, eer, resting_energy
from onharu.records.goals.rules.guards import (
    Someone,
    fewest_days,
    floor_kcal,
    losing_refused,
    pace_a_week,
    target_refused,
    weight_goal_refused,
)

DAY = date(2026, 11, 22)
WOMAN = Body("FEMALE", 40, Decimal(160), Decimal(70))
MAN = Body("MALE", 40, Decimal(172), Decimal(90))
SMALL = Body("FEMALE", 70, Decimal(150), Decimal(50))


def code(refusal):
    return refusal and refusal.code


@pytest.mark.parametrize(
    ("body", "floor"),
    [
        (Body("FEMALE"), 1200),
        (Body("MALE"), 1500),
        (Body(), 1200),
        (SMALL, 1200),  # resting 926
        (Body("FEMALE", 20, Decimal(160), Decimal(55)), 1289),
        (Body("MALE", 40, Decimal(172), Decimal(66)), 1540),
        (Body("MALE", 80, Decimal(160), Decimal(55)), 1500),
    ],
)
def test_the_floor_is_that_of_the_sex_or_resting_energy_where_it_is_more(body, floor):
    assert floor_kcal(body) == floor


@pytest.mark.parametrize(
    ("body", "low", "high", "refused"),
    [
        (WOMAN, None, 1199, "target_under_floor"),
        (WOMAN, None, 1338, "target_under_floor"),  # resting energy is 1,339
        (WOMAN, None, 1339, "target_deficit_too_big"),
        (WOMAN, 1300, 2000, "target_under_floor"),
        (WOMAN, 1000, None, "target_under_floor"),
        (WOMAN, None, 1361, "target_deficit_too_big"),
        (WOMAN, None, 1362, None),
        (WOMAN, 1400, 1600, None),
        (SMALL, None, 1199, "target_under_floor"),
        (SMALL, None, 1200, None),
        (MAN, None, 1499, "target_under_floor"),
        (Body("MALE"), None, 1500, None),
        (Body(), None, 1199, "target_under_floor"),
        (Body(), None, 1200, None),
    ],
)
def test_energy_stays_above_the_floor_and_within_750_of_what_is_needed(body, low, high, refused):
    ends = {"low": low and Decimal(low), "high": high and Decimal(high)}
    assert code(target_refused(Someone(body), key="kcal", **ends)) == refused
    assert target_refused(Someone(body), key="kcal", **ends, guidance=True) is None


def test_the_numbers_of_the_table_are_those_of_the_formulas():
    assert (resting_energy(WOMAN), round(eer(WOMAN))) == (Decimal(1339), 2112)


@pytest.mark.parametrize(
    ("change", "hidden"),
    [({"maternity": "PREGNANT"}, False), ({"age": 18}, False), ({"weight_kg": Decimal(45)}, False), ({}, True)],
)
def test_who_may_not_lose_weight_gets_no_energy_below_the_need_either(change, hidden):
    someone = Someone(replace(WOMAN, **change), hide_numbers=hidden)
    refusal = target_refused(someone, key="kcal", low=None, high=Decimal(1600))
    assert code(refusal) == (None if someone.body.age == 18 else "target_deficit_not_now")
    assert target_refused(someone, key="kcal", low=None, high=Decimal(2600)) is None


@pytest.mark.parametrize(
    ("grams", "kg", "refused"),
    [(140, 70, None), (141, 70, "protein_over_limit"), (300, None, None), (110, Decimal("55.2"), None)],
)
def test_protein_is_at_most_two_grams_for_each_kilogram(grams, kg, refused):
    someone = Someone(replace(WOMAN, weight_kg=kg and Decimal(kg)))
    assert code(target_refused(someone, key="protein_g", low=Decimal(grams), high=None)) == refused
    assert target_refused(someone, key="protein_g", low=Decimal(grams), high=None, guidance=True) is None


def test_other_targets_have_no_guard():
    assert target_refused(Someone(WOMAN), key="sodium_mg", low=None, high=Decimal(1)) is None


@pytest.mark.parametrize(
    ("change", "hidden", "refused"),
    [
        ({}, False, None),
        ({"maternity": "PREGNANT"}, False, "weight_goal_pregnant"),
        ({"maternity": "LACTATING"}, False, "weight_goal_pregnant"),
        ({"age": 18}, False, "weight_goal_under_age"),
        ({"age": 19}, False, None),
        ({"weight_kg": Decimal("47.3")}, False, "weight_goal_under_bmi"),
        ({}, True, "weight_goal_numbers_hidden"),
    ],
)
def test_some_people_may_not_aim_at_losing_weight(change, hidden, refused):
    someone = Someone(replace(WOMAN, **change), hide_numbers=hidden)
    assert code(losing_refused(someone)) == refused
    lower = someone.body.weight_kg - 1
    assert code(weight_goal_refused(someone, target=lower, from_day=DAY)) == refused


def test_everybody_may_aim_at_keeping_or_gaining_weight():
    for change in ({"maternity": "PREGNANT"}, {"age": 12}, {"weight_kg": Decimal(40)}, {"height_cm": None}):
        someone = Someone(replace(WOMAN, **change), hide_numbers=True)
        assert weight_goal_refused(someone, target=someone.body.weight_kg, from_day=DAY) is None
        assert weight_goal_refused(someone, target=someone.body.weight_kg + 3, from_day=DAY) is None


@pytest.mark.parametrize(("target", "refused"), [("47.4", None), ("47.3", "weight_goal_under_bmi")])
def test_a_goal_may_not_lead_below_a_body_mass_index_of_18_5(target, refused):
    assert code(weight_goal_refused(Someone(WOMAN), target=Decimal(target), from_day=DAY)) == refused


@pytest.mark.parametrize("lacking", [{"height_cm": None}, {"age": None}])
def test_what_cannot_be_checked_is_asked_for(lacking):
    refusal = weight_goal_refused(Someone(replace(WOMAN, **lacking)), target=Decimal(65), from_day=DAY)
    assert code(refusal) == "weight_goal_needs_facts"
    unknown = Someone(replace(WOMAN, weight_kg=None))
    assert code(weight_goal_refused(unknown, target=Decimal(65), from_day=DAY)) == "weight_unknown"


def test_the_pace_is_one_percent_a_week_and_no_more_than_750_kcal_a_day():
    assert pace_a_week(Decimal(60)) == Decimal("0.60")
    assert pace_a_week(Decimal(90)).quantize(Decimal("0.001")) == Decimal("0.682")
    assert fewest_days(Decimal(60), Decimal(57)) == 35


def test_a_goal_may_not_be_due_sooner_than_the_pace_allows():
    soonest = DAY + timedelta(days=fewest_days(Decimal(70), Decimal(67)))
    refusal = weight_goal_refused(Someone(WOMAN), target=Decimal(67), from_day=DAY, due=soonest - timedelta(days=1))
    assert (refusal.code, refusal.params["soonest"]) == ("weight_goal_too_fast", soonest.isoformat())
    assert weight_goal_refused(Someone(WOMAN), target=Decimal(67), from_day=DAY, due=soonest) is None
