from decimal import Decimal

import pytest

from onharu.kernel.quantities import NUTRIENTS
from onharu.kernel.wording import NUTRIENT_WORDS, amount, fraction


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1850", "1,850"), ("1850.6", "1,851"), ("99.96", "100"), ("12.34", "12.3"), ("12.04", "12"),
        ("0.05", "0.1"), ("0.04", "0"), ("0", "0"), ("-0.01", "0"), ("100", "100"), ("1234567.8", "1,234,568"),
    ],
)  # fmt: skip
def test_an_amount_has_commas_and_at_most_one_decimal(value, written):
    assert amount(Decimal(value)) == written


def test_an_unknown_amount_is_a_dash_and_never_zero():
    assert amount(None) == "—"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1", "1"), ("0.5", "½"), ("1.5", "1½"), ("0.333", "⅓"), ("0.667", "⅔"), ("0.67", "⅔"), ("2.25", "2¼"),
        ("0.75", "¾"), ("1.2", "1.2"), ("10", "10"), ("210", "210"), ("1000", "1,000"), ("0.125", "0.13"),
        ("30.000", "30"), ("150.5", "150.5"),
    ],
)  # fmt: skip
def test_a_quantity_is_written_the_way_people_say_it(value, written):
    assert fraction(Decimal(value)) == written


def test_every_nutrient_has_a_name_and_the_unit_of_its_key():
    assert list(NUTRIENT_WORDS) == list(NUTRIENTS)
    assert (str(NUTRIENT_WORDS["sodium_mg"].name), NUTRIENT_WORDS["sodium_mg"].unit) == ("나트륨", "mg")
    assert (str(NUTRIENT_WORDS["kcal"].name), NUTRIENT_WORDS["kcal"].unit) == ("열량", "kcal")
    assert (str(NUTRIENT_WORDS["alcohol_g"].name), NUTRIENT_WORDS["alcohol_g"].unit) == ("알코올", "g")
