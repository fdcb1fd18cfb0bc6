from datetime import date, time
from decimal import Decimal

import pytest

from onharu.kernel.quantities import Nutrients
from onharu.records.meals.rules import (
    Use,
    habit_weights,
    per_100_of,
    portion_grams,
    quantity_in,
    recipe_per_100,
    slot_at,
    steps_around,
)

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("at", "slot"),
    [
        (time(3, 59), "SNACK"), (time(4, 0), "BREAKFAST"), (time(9, 59), "BREAKFAST"), (time(10, 0), "LUNCH"),
        (time(14, 59), "LUNCH"), (time(15, 0), "SNACK"), (time(17, 0), "DINNER"), (time(20, 59), "DINNER"),
        (time(21, 0), "SNACK"), (time(0, 0), "SNACK"),
    ],
)  # fmt: skip
def test_the_clock_suggests_the_meal(at, slot):
    assert slot_at(at) == slot


def test_what_is_eaten_at_this_meal_weighs_more():
    uses = [Use(1, "BREAKFAST", date(2026, 11, 20)), Use(2, "DINNER", date(2026, 11, 20))]
    weights = habit_weights(uses, "BREAKFAST", SUNDAY)
    assert weights[1] == 1.0
    assert weights[2] == pytest.approx(1 / 3)


def test_a_habit_halves_in_two_weeks():
    uses = [Use(1, "LUNCH", SUNDAY), Use(2, "LUNCH", date(2026, 11, 8))]
    assert habit_weights(uses, "LUNCH", SUNDAY)[2] == pytest.approx(0.5)


def test_somebody_without_habits_has_no_weights():
    assert habit_weights([], "LUNCH", SUNDAY) == {}


def test_a_recipe_is_the_sum_of_its_parts_over_the_cooked_weight():
    parts = [
        (Nutrients(kcal=Decimal(200), protein_g=Decimal(10)), Decimal(100)),
        (Nutrients(kcal=Decimal(100)), Decimal(300)),
    ]
    per_100 = recipe_per_100(parts, Decimal(500))
    assert per_100.kcal == Decimal(60)
    assert per_100.protein_g is None


def test_without_a_cooked_weight_the_raw_weights_are_added():
    assert recipe_per_100([(Nutrients(kcal=Decimal(300)), Decimal(150))], None).kcal == Decimal(200)


def test_a_recipe_of_nothing_holds_nothing_known():
    assert recipe_per_100([], None).kcal is None


@pytest.mark.parametrize(
    ("quantity", "unit", "down", "up"),
    [
        ("1", "공기", "0.5", "1.5"), ("0.5", "그릇", "0.25", "1"), ("0.25", "그릇", None, "0.5"),
        ("0.667", "공기", "0.5", "1"), ("5", "공기", "4.5", "6"), ("2", "개", "1", "3"), ("1", "개", "0.5", "2"),
        ("210", "g", "200", "220"), ("5", "g", None, "10"), ("300", "ml", "290", "350"), ("9999", "g", "2000", "10000"),
    ],
)  # fmt: skip
def test_a_press_of_minus_or_plus_goes_to_an_amount_people_say(quantity, unit, down, up):
    assert steps_around(Decimal(quantity), unit) == (down and Decimal(down), Decimal(up))


@pytest.mark.parametrize(
    ("unit", "weighs", "quantity", "unit_before", "grams", "said"),
    [
        ("g", "1", "1.5", "공기", "315", "315"), ("공기", "210", "315", "g", "315", "1.5"),
        ("공기", "210", "200", "g", "200", "1"), ("그릇", "300", "1", "공기", "210", "1"), ("개", "50", "5", "g", "5", "0.25"),
    ],
)  # fmt: skip
def test_an_amount_said_in_another_unit_keeps_its_sense(unit, weighs, quantity, unit_before, grams, said):
    found = quantity_in(
        unit, Decimal(weighs), quantity=Decimal(quantity), unit_before=unit_before, grams=Decimal(grams)
    )
    assert found == Decimal(said)


def test_a_label_of_one_serving_is_converted_to_100_and_back_to_the_same():
    said = {"kcal": Decimal(190), "sodium_mg": Decimal("0.3"), "fat_g": None}
    per_100 = per_100_of(said, Decimal(40))
    assert (per_100["kcal"], per_100["sodium_mg"], per_100["fat_g"]) == (Decimal(475), Decimal("0.75"), None)
    assert Nutrients.of(per_100).scaled(Decimal("0.4")).kcal == Decimal(190)


@pytest.mark.parametrize(
    ("cooked", "servings", "grams"), [(None, 2, "150.00"), (Decimal(900), 3, "300.00"), (Decimal(100), 3, "33.33")]
)
def test_a_recipe_is_shared_out_by_the_pot_or_by_what_went_in(cooked, servings, grams):
    assert portion_grams([Decimal(100), Decimal(200)], cooked, Decimal(servings)) == Decimal(grams)
