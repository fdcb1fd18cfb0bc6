"""The starter catalogue is plausible row by row: a figure that cannot be true does not ship."""

from collections import Counter
from decimal import Decimal

import pytest

from onharu.catalog.foods.tests.starter_files import amount, foods, units
from onharu.kernel.quantities import NUTRIENTS

FOODS = foods()
UNITS = units()
CODES = {row["code"] for row in FOODS}
CATEGORIES = {row["category"] for row in FOODS}
MACRONUTRIENTS = ("carbohydrate_g", "protein_g", "fat_g")


def folded(name):
    return name.replace(" ", "").lower()


def known(row, *columns):
    return [value for value in (amount(row, column) for column in columns) if value is not None]


def energy_range(row):
    """Energy by 4/4/9/7. Fibre yields 0 to 4 kcal a gram. The RDA table takes % of alcohol as grams, at 7.1 kcal."""
    carbohydrate, protein, fat = (amount(row, column) for column in MACRONUTRIENTS)
    alcohol = amount(row, "alcohol_g") or Decimal(0)
    food = 4 * carbohydrate + 4 * protein + 9 * fat
    lowest = food + 7 * alcohol - 4 * (amount(row, "fiber_g") or Decimal(0))
    return lowest, food + Decimal("7.1") * alcohol / Decimal("0.789")


def energy_is_explained(row):
    if len(known(row, *MACRONUTRIENTS)) < 3:
        return True
    kcal = Decimal(row["kcal"])
    tolerance = max(kcal * Decimal("0.15"), Decimal(20))
    lowest, highest = energy_range(row)
    return lowest - tolerance <= kcal <= highest + tolerance


def test_there_are_enough_foods_to_eat_for_a_week():
    assert len(FOODS) >= 450


def test_every_category_has_foods():
    counts = Counter(row["category"] for row in FOODS)
    assert len(counts) >= 20
    assert "" not in counts
    assert min(counts.values()) >= 5


def test_codes_are_unique_and_ours():
    assert len(CODES) == len(FOODS)
    assert all(code.startswith("ST-") and len(code) == 7 and code[3:].isdigit() for code in CODES)


def test_a_name_or_an_alias_means_one_food():
    words = Counter()
    for row in FOODS:
        words.update({folded(word) for word in [row["name"], *row["aliases"].split("|")] if word})
    assert [word for word, count in words.items() if count > 1] == []


def test_no_name_has_stray_spaces_or_separators():
    for row in FOODS:
        for word in [row["name"], row["name_en"], *row["aliases"].split("|")]:
            assert word == " ".join(word.split()), word
        assert row["name"], row
        assert row["name_en"], row


def test_every_row_names_its_source():
    for row in FOODS:
        cited = [row[column].split("+") for column in ("source", "edition", "source_code")]
        assert len({len(parts) for parts in cited}) == 1, row["name"]
        assert all(part for parts in cited for part in parts), row["name"]
        assert row["kind"] in {"dish", "ingredient", "product"}, row["name"]
        assert row["basis"] in {"100g", "100ml"}, row["name"]


def test_energy_follows_from_the_macronutrients():
    assert [row["name"] for row in FOODS if not energy_is_explained(row)] == []


def test_a_hundred_grams_hold_no_more_than_a_hundred_grams():
    assert [row["name"] for row in FOODS if sum(known(row, *MACRONUTRIENTS, "alcohol_g")) > 101] == []


def test_sugars_and_fibre_fit_into_carbohydrate():
    for row in FOODS:
        carbohydrate = amount(row, "carbohydrate_g")
        if carbohydrate is not None:
            # they come from other assays than carbohydrate, which is what the others leave over
            assert sum(known(row, "sugars_g", "fiber_g")) <= carbohydrate + max(Decimal(1), carbohydrate / 10), row[
                "name"
            ]


def test_saturated_fat_is_part_of_fat():
    for row in FOODS:
        if len(known(row, "fat_g", "saturated_fat_g")) == 2:
            assert amount(row, "saturated_fat_g") <= amount(row, "fat_g") + Decimal("0.1"), row["name"]


def test_amounts_are_possible():
    for row in FOODS:
        assert all(value >= 0 for value in known(row, *NUTRIENTS)), row["name"]
        assert Decimal(row["kcal"]) <= 930, row["name"]
        assert sum(known(row, "sodium_mg")) <= 40_000, row["name"]
        assert sum(known(row, "caffeine_mg")) <= 500, row["name"]


def test_every_food_can_be_counted_in_something():
    assert CODES - {unit["food"] for unit in UNITS} == set()


def test_a_serving_is_also_a_unit():
    servings = {unit["food"]: Decimal(unit["grams"]) for unit in UNITS if unit["unit"] == "인분"}
    for row in FOODS:
        if row["serving_grams"]:
            assert servings[row["code"]] == Decimal(row["serving_grams"]), row["name"]


def test_every_unit_belongs_to_a_food_or_a_category():
    assert {unit["food"] for unit in UNITS} - CODES - CATEGORIES == {"*"}
    assert len({(unit["food"], unit["unit"]) for unit in UNITS}) == len(UNITS)


def test_unit_weights_are_sane_and_guesses_say_so():
    for unit in UNITS:
        assert 0 < Decimal(unit["grams"]) <= 1500, unit
        assert (unit["guess"] == "1") == unit["source"].startswith("추정"), unit


@pytest.mark.parametrize(
    ("name", "unit", "grams"),
    [("쌀밥", "공기", 210), ("삶은달걀", "개", 50), ("우유", "컵", 200), ("설탕", "큰술", 12), ("참기름", "작은술", 5)],
)
def test_household_weights_are_the_published_ones(name, unit, grams):
    code = next(row["code"] for row in FOODS if row["name"] == name)
    found = next(row for row in UNITS if (row["food"], row["unit"]) == (code, unit))
    assert Decimal(found["grams"]) == grams
    assert found["guess"] == "0"


@pytest.mark.parametrize(
    "word", ["밥", "공깃밥", "계란", "달걀", "김치", "라면", "아아", "치킨", "소주", "바나나", "두부", "kimchi"]
)
def test_everyday_words_name_a_food(word):
    words = {name for row in FOODS for name in [row["name"], *row["aliases"].split("|")]}
    assert word in words
