from decimal import Decimal

import pytest

from onharu.catalog.intakes.public import Body, Target, targets
from onharu.day.rules import progress
from onharu.kernel.quantities import Nutrients, total

AT_LEAST = Target("protein_g", "at_least", Decimal(50), None, "시험", "1")
AT_MOST = Target("sodium_mg", "at_most", None, Decimal(2300), "시험", "1")
WITHIN = Target("kcal", "within", Decimal(1800), Decimal(2200), "시험", "1")


def of(target, **amounts):
    known = {key: Decimal(value) for key, value in amounts.items()}
    return progress(total([Nutrients(**known)]), [target])[0]


@pytest.mark.parametrize(
    ("target", "amounts", "state", "percent"),
    [
        (AT_LEAST, {"protein_g": 49}, "below", 98),
        (AT_LEAST, {"protein_g": 50}, "within", 100),
        (AT_LEAST, {"protein_g": 100}, "within", 200),
        (AT_MOST, {"sodium_mg": 2300}, "within", 100),
        (AT_MOST, {"sodium_mg": 2301}, "over", 100),
        (AT_MOST, {"sodium_mg": 4600}, "over", 200),
        (AT_MOST, {"sodium_mg": 0}, "within", 0),
        (WITHIN, {"kcal": 1799}, "below", 82),
        (WITHIN, {"kcal": 2200}, "within", 100),
        (WITHIN, {"kcal": 2201}, "over", 100),
    ],
)
def test_a_target_has_a_direction(target, amounts, state, percent):
    found = of(target, **amounts)
    assert (found.state, found.percent) == (state, percent)


def test_eating_twice_a_limit_is_over_and_never_a_score():
    assert of(AT_MOST, sodium_mg=4600).state == "over"


def test_what_no_row_knows_is_unknown_and_not_zero():
    found = of(AT_MOST, kcal=100)
    assert (found.amount, found.percent, found.state, found.unknown_rows) == (None, None, "unknown", 1)


def test_an_empty_day_has_eaten_nothing():
    (found,) = progress(total([]), [AT_LEAST])
    assert (found.amount, found.state) == (0, "below")


def test_every_target_of_a_body_gets_its_progress():
    wanted = targets(Body("FEMALE", 40, Decimal(160), Decimal(55)))
    assert [one.nutrient for one in progress(total([]), wanted)] == [target.nutrient for target in wanted]
