"""Golden values: the four EER examples that the ministry published, and the tables as printed."""

from decimal import Decimal

import pytest

from onharu.catalog.intakes.rules import Body, eer, resting_energy, shares, targets


@pytest.mark.parametrize(
    ("body", "published"),
    [
        (Body("FEMALE", 20, Decimal(160), Decimal(55), "LOW"), 2093),
        (Body("MALE", 20, Decimal(174), Decimal(69), "LOW"), 2732),
        (Body("MALE", 40, Decimal(172), Decimal(66), "LOW"), 2477),
        (Body("MALE", 40, Decimal(172), Decimal(66), "ACTIVE"), 2754),
    ],
)
def test_the_energy_requirement_equals_the_published_examples(body, published):
    assert round(eer(body)) == published


@pytest.mark.parametrize(
    ("body", "published"),
    [
        (Body("FEMALE", 20, Decimal(160), Decimal(55)), Decimal(1289)),
        (Body("MALE", 40, Decimal(172), Decimal(66)), Decimal(1540)),
    ],
)
def test_resting_energy_equals_mifflin_st_jeor(body, published):
    assert resting_energy(body).quantize(Decimal(1)) == published


@pytest.mark.parametrize(
    ("sex", "age", "energy"),
    [
        ("MALE", 19, 2600), ("MALE", 30, 2500), ("MALE", 50, 2200), ("MALE", 65, 2000), ("MALE", 75, 1900),
        ("FEMALE", 29, 2000), ("FEMALE", 49, 1900), ("FEMALE", 64, 1700), ("FEMALE", 74, 1600), ("FEMALE", 90, 1500),
    ],
)  # fmt: skip
def test_without_height_and_weight_the_age_group_decides(sex, age, energy):
    assert eer(Body(sex, age)) == energy


@pytest.mark.parametrize("body", [Body(), Body("FEMALE"), Body("", 30), Body("MALE", 18, Decimal(170), Decimal(60))])
def test_too_little_is_known_to_estimate_energy(body):
    assert eer(body) is None


def by_nutrient(body):
    return {target.nutrient: target for target in targets(body)}


@pytest.mark.parametrize(("age", "limit"), [(19, 2300), (64, 2300), (65, 2100), (74, 2100), (75, 1700)])
def test_the_sodium_limit_falls_with_age(age, limit):
    sodium = by_nutrient(Body("MALE", age))["sodium_mg"]
    assert (sodium.direction, sodium.high, sodium.assumed) == ("at_most", limit, False)


@pytest.mark.parametrize(
    ("sex", "age", "grams"), [("MALE", 30, 65), ("MALE", 50, 60), ("FEMALE", 29, 55), ("FEMALE", 30, 50)]
)
def test_protein_is_the_recommended_intake(sex, age, grams):
    assert by_nutrient(Body(sex, age))["protein_g"].low == grams


def test_an_unknown_age_takes_the_adult_sodium_limit_and_says_so():
    (sodium,) = targets(Body())
    assert (sodium.nutrient, sodium.high, sodium.assumed) == ("sodium_mg", 2300, True)


def test_nobody_under_nineteen_gets_an_adults_target():
    assert targets(Body("FEMALE", 15, Decimal(160), Decimal(50))) == ()


@pytest.mark.parametrize("state", ["PREGNANT", "LACTATING"])
def test_who_is_pregnant_or_nurses_gets_no_other_adults_target(state):
    assert targets(Body("FEMALE", 30, Decimal(160), Decimal(55), maternity=state)) == ()


def test_shares_follow_the_energy_they_are_asked_for():
    carbohydrate, fat, sugars = shares(Decimal(1600))
    assert (carbohydrate.low, carbohydrate.high) == (200, 260)
    assert (fat.low, fat.high, sugars.high) == (27, 53, 80)


def test_shares_of_energy_are_those_of_2025():
    found = by_nutrient(Body("FEMALE", 20, Decimal(160), Decimal(55), "LOW"))
    assert (found["carbohydrate_g"].low, found["carbohydrate_g"].high) == (262, 340)
    assert (found["fat_g"].low, found["fat_g"].high) == (35, 70)
    assert found["sugars_g"].high == 105
    assert found["carbohydrate_g"].edition == "KDRI 2025"


def test_every_target_names_source_and_edition():
    assert all(target.source and target.edition for target in targets(Body("MALE", 40, Decimal(172), Decimal(66))))
