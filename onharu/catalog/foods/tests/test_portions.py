from decimal import Decimal

import pytest

from onharu.catalog.foods.rules.facts import FoodFacts, UnitFacts
from onharu.catalog.foods.rules.household import general_unit, korean_names, plain_name, units_of
from onharu.catalog.foods.rules.portions import default_portion, grams_of
from onharu.kernel.problems import Invalid
from onharu.kernel.quantities import Nutrients

BOWL = UnitFacts("공기", Decimal(210), "송파구보건소")
RICE = FoodFacts(1, "R", "쌀밥", "100g", Nutrients(kcal=Decimal(166)), units=(BOWL,))
MILK = FoodFacts(2, "M", "우유", "100ml", Nutrients(kcal=Decimal(65)))
EGG = FoodFacts(3, "E", "달걀", "100g", Nutrients(), units=(UnitFacts("개", Decimal(50), "송파구보건소"),))
PLAIN = FoodFacts(4, "P", "무엇", "100g", Nutrients())


@pytest.mark.parametrize(
    ("food", "quantity", "unit", "grams", "guess"),
    [
        (RICE, "1", "공기", "210", False),
        (RICE, "0.5", "공기", "105", False),
        (RICE, "2", "", "420", False),
        (RICE, "150", "g", "150", False),
        (RICE, "150", "그램", "150", False),
        (RICE, "0.2", "kg", "200", False),
        (RICE, "1", "그릇", "210", True),
        (RICE, "200", "ml", "200", True),
        (RICE, "1", "주먹", "210", True),
        (MILK, "200", "ml", "200", False),
        (MILK, "200", "ML", "200", False),
        (MILK, "200", "cc", "200", False),
        (MILK, "0.5", "L", "500", False),
        (MILK, "1", "컵", "200", False),
        (MILK, "2", "큰술", "30", False),
        (MILK, "2", "스푼", "30", False),
        (MILK, "1", "작은술", "5", False),
        (MILK, "1", "티스푼", "5", False),
        (MILK, "200", "g", "200", True),
        (EGG, "2", "개", "100", False),
        (EGG, "2", "알", "100", True),
        (EGG, "1", "큰술", "15", True),
        (PLAIN, "1", "", "100", True),
        (PLAIN, "2", "개", "200", True),
        (PLAIN, "1", "컵", "200", True),
        (PLAIN, "1/3", "g", None, None),
    ],
)
def test_an_amount_is_weighed(food, quantity, unit, grams, guess):
    if grams is None:
        quantity, grams, guess = "0.333", "0.33", False
    answer = grams_of(food, Decimal(quantity), unit)
    assert (answer.grams, answer.guess) == (Decimal(grams), guess)
    assert answer.source


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "Infinity", "100001"])
def test_an_amount_that_is_none_is_refused(quantity):
    with pytest.raises(Invalid) as caught:
        grams_of(RICE, Decimal(quantity), "공기")
    assert caught.value.code == "bad_quantity"


def test_a_guess_says_what_it_was_guessed_from():
    assert grams_of(RICE, Decimal(1), "그릇").source == "추정: 1공기만큼으로 봄 (송파구보건소)"
    assert grams_of(PLAIN, Decimal(1)).source == "추정: 100 g으로 봄"


def test_the_usual_portion_is_the_first_unit():
    portion = default_portion(RICE)
    assert (portion.quantity, portion.unit, portion.grams, portion.guess) == (1, "공기", 210, False)


def test_a_food_nobody_has_weighed_is_offered_by_the_hundred_as_a_guess():
    portion = default_portion(PLAIN)
    assert (portion.quantity, portion.unit, portion.grams, portion.guess) == (100, "g", 100, True)
    assert default_portion(MILK).unit == "ml"


def test_nutrients_follow_the_amount():
    assert RICE.nutrients_of(Decimal(210)).kcal == Decimal("348.600")
    assert RICE.nutrients_of(Decimal(210)).sodium_mg is None


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("김치찌개", "김치찌개"),
        ("김치 찌개", "김치찌개"),
        ("국밥_순대국밥", "순대국밥"),
        ("국밥_돼지머리", "돼지머리국밥"),
        ("닭볶음(닭갈비)", "닭볶음"),
        ("커피_카페 라떼", "카페라떼커피"),
        ("\u1107\u1161\u11b8", "밥"),
    ],
)
def test_rows_of_one_dish_share_a_plain_name(name, plain):
    assert plain_name(name) == plain


def test_an_official_row_shares_the_bowls_of_the_shipped_dish():
    units = units_of(own=(), name="쌀밥", basis="100g", category="밥")
    assert (units[0].name, units[0].grams, units[0].guess) == ("공기", Decimal(210), False)


def test_an_alias_shares_them_too():
    assert units_of(own=(), name="계란", basis="100g", category="")[0].grams == 50


def test_its_own_unit_comes_first_and_wins():
    own = UnitFacts("공기", Decimal(200), "검사")
    units = units_of(own=[own], name="쌀밥", basis="100g", category="밥")
    assert units[0] == own
    assert [unit.name for unit in units].count("공기") == 1


def test_a_weight_shared_across_grams_and_millilitres_is_a_guess():
    unit = units_of(own=(), name="쌀밥", basis="100ml", category="")[0]
    assert unit.guess
    assert "1 ml를 1 g으로 봄" in unit.source


def test_a_dish_nobody_weighed_takes_the_median_of_its_category_as_a_guess():
    unit = units_of(own=(), name="듣도 보도 못한 찌개", basis="100g", category="찌개·전골")[0]
    assert (unit.name, unit.guess) == ("인분", True)
    assert 200 <= unit.grams <= 600
    assert "가운데 값" in unit.source


def test_kitchen_measures_are_the_korean_ones():
    assert [general_unit(name).grams for name in ("컵", "큰술", "작은술")] == [200, 15, 5]
    assert general_unit("공기") is None


@pytest.mark.parametrize("label", ["apple_pie", "Apple Pie", "apple pie"])
def test_a_label_is_known_however_it_is_written(label):
    assert korean_names(label) == ("사과파이",)


def test_an_unknown_label_has_no_name():
    assert korean_names("steam locomotive") == ()
