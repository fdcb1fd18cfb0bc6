"""No figure was invented: each cell equals the public row that its food cites."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from onharu.catalog.foods.tests.starter_files import amount, foods, public_amount, public_rows, units
from onharu.kernel.quantities import NUTRIENTS

MFDS_2025 = {
    "kcal": "에너지(kcal)",
    "carbohydrate_g": "탄수화물(g)",
    "sugars_g": "당류(g)",
    "protein_g": "단백질(g)",
    "fat_g": "지방(g)",
    "sodium_mg": "나트륨(mg)",
}
MFDS_2023 = {
    "kcal": "에너지(㎉)",
    "carbohydrate_g": "탄수화물(g)",
    "sugars_g": "총당류(g)",
    "fiber_g": "총 식이섬유(g)",
    "protein_g": "단백질(g)",
    "fat_g": "지방(g)",
    "saturated_fat_g": "총 포화 지방산(g)",
    "cholesterol_mg": "콜레스테롤(㎎)",
    "sodium_mg": "나트륨(㎎)",
    "potassium_mg": "칼륨(㎎)",
    "calcium_mg": "칼슘(㎎)",
    "iron_mg": "철(㎎)",
    "caffeine_mg": "카페인(㎎)",
}
RDA = {column: MFDS_2025[column] for column in ("kcal", "carbohydrate_g", "sugars_g", "protein_g", "fat_g")}
MAY_BE_LEFT_EMPTY = {"sugars_g", "fiber_g", "saturated_fat_g", "caffeine_mg"}
ETHANOL_G_PER_ML = Decimal("0.789")


@cache
def public(name, key):
    return {row[key]: row for row in reversed(public_rows(name))}


def rounded(value, column):
    coarse = column == "kcal" or (column.endswith("_mg") and column != "iron_mg")
    return value.quantize(Decimal("0.1" if coarse else "0.01"), ROUND_HALF_UP)


def per_hundred(row, columns, serving=Decimal(100)):
    values = {column: public_amount(row[theirs]) for column, theirs in columns.items()}
    return {column: rounded(value * 100 / serving, column) for column, value in values.items() if value is not None}


def cited(code):
    """The figures of one cited public row per 100 g or ml, and its basis."""
    if re.fullmatch(r"D\d{3}-\d{9}-\d{4}", code):
        row = public("mfds_dishes_20250408.csv", "식품코드")[code]
        return per_hundred(row, MFDS_2025), row["영양성분함량기준량"]
    if re.fullmatch(r"D\d{6}", code):
        row = public("mfds_dishes_20230715_per_serving.csv", "식품코드")[code]
        basis = "100" + row["내용량_단위"].lower()
        return per_hundred(row, MFDS_2023, Decimal(row["1회제공량"])), basis
    figures = per_hundred(public("rda_ingredients_20250426.csv", "식품명")[code], RDA)
    if strength := re.search(r"알코올 ([\d.]+)%", code):
        figures["alcohol_g"] = rounded(Decimal(strength[1]) * ETHANOL_G_PER_ML, "alcohol_g")
    return figures, "100g"


def differences(food):
    """The columns in which a starter row says something else than the rows it cites."""
    figures = {}
    for code in reversed(food["source_code"].split("+")):  # the first cited row wins
        theirs, basis = cited(code)
        assert basis == food["basis"], food["name"]
        figures |= theirs
    ours = {column: amount(food, column) for column in NUTRIENTS}
    return [
        column
        for column in NUTRIENTS
        if ours[column] != figures.get(column) and not (ours[column] is None and column in MAY_BE_LEFT_EMPTY)
    ]


def test_each_figure_is_the_cited_one():
    assert {food["code"]: found for food in foods() if (found := differences(food))} == {}


def test_few_published_figures_are_left_empty():
    left = [
        food["code"]
        for food in foods()
        for code in food["source_code"].split("+")[-1:]
        if any(cited(code)[0].get(column) is not None and not food[column] for column in ("sugars_g", "fiber_g"))
    ]
    assert len(left) < 70


def test_joined_editions_agree_on_energy():
    for food in foods():
        codes = food["source_code"].split("+")
        if len(codes) > 1:
            first, second = (cited(code)[0]["kcal"] for code in codes)
            assert abs(first - second) <= max(Decimal(1), second / 20), food["name"]


def test_official_servings_are_the_published_ones():
    codes = {row["code"]: row["source_code"].split("+")[-1] for row in foods()}
    joined = {
        row["식품코드_2025"]: row["1회제공량"]
        for row in public_rows("serving_size_join_2025_to_2023.csv")
        if row["consistent_5pct"] == "Y"
    }
    served = public("mfds_dishes_20230715_per_serving.csv", "식품코드")
    for unit in units():
        if unit["source"] == "식약처 1회제공량 2023-07-15":
            code = codes[unit["food"]]
            published = served[code]["1회제공량"] if code in served else joined[code]
            assert Decimal(unit["grams"]) == Decimal(published), unit
