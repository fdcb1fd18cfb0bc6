from decimal import Decimal

from onharu.kernel.quantities import NUTRIENTS, Nutrients, total


def test_unknown_stays_unknown_when_scaled():
    scaled = Nutrients(kcal=Decimal(130)).scaled(Decimal("2.1"))
    assert scaled.kcal == Decimal("273.000")
    assert scaled.sodium_mg is None


def test_scaling_rounds_half_up_at_a_thousandth():
    assert Nutrients(fat_g=Decimal("0.0005")).scaled(Decimal(1)).fat_g == Decimal("0.001")


def test_a_total_says_how_many_rows_do_not_know():
    rows = [Nutrients(kcal=Decimal(100), sodium_mg=Decimal(5)), Nutrients(kcal=Decimal(50))]
    summed = total(rows)
    assert summed.nutrients.kcal == Decimal(150)
    assert summed.nutrients.sodium_mg == Decimal(5)
    assert summed.unknown["sodium_mg"] == 1
    assert "kcal" not in summed.unknown


def test_a_nutrient_nobody_knows_is_unknown_and_not_zero():
    summed = total([Nutrients(kcal=Decimal(1))])
    assert summed.nutrients.iron_mg is None
    assert summed.unknown["iron_mg"] == 1


def test_the_total_of_nothing_knows_nothing():
    summed = total([])
    assert summed.count == 0
    assert all(summed.nutrients.as_dict()[key] is None for key in NUTRIENTS)
