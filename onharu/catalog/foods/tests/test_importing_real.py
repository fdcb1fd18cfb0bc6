import collections
import csv

import pytest
from django.db.models import Count, Q

from onharu.catalog.foods.actions.imports import import_foods
from onharu.catalog.foods.models import Food, FoodUnit

pytestmark = pytest.mark.django_db
DISHES = "mfds_dishes_20250408.csv"


@pytest.fixture
def dishes(real):
    return import_foods(path=real / DISHES)


def test_every_code_of_the_dish_table_is_kept_without_three_figures_that_cannot_be_true(dishes, real):
    assert (dishes.read, dishes.new, dishes.changed, dishes.same) == (14_584, 14_584, 0, 0)
    assert dishes.refused == ()
    assert [one.line for one in dishes.made_unknown] == [867, 874, 8756]
    assert all("당류" in one.reason for one in dishes.made_unknown)
    assert Food.objects.count() == 14_584
    with (real / DISHES).open(encoding="utf-8-sig") as file:
        listed = list(csv.DictReader(file))
    assert len({line["식품명"] for line in listed}) == 11_086
    assert Food.objects.values("name").distinct().count() == 11_086
    bases = collections.Counter(Food.objects.values_list("basis", flat=True))
    assert bases == {"100g": 7_602, "100ml": 6_982}


def test_what_the_dish_table_leaves_open_stays_open(dishes):
    unknown = Food.objects.aggregate(
        **{
            key: Count("pk", filter=Q(**{f"{key}__isnull": True}))
            for key in ("kcal", "protein_g", "fat_g", "carbohydrate_g", "sugars_g", "sodium_mg", "fiber_g")
        }
    )
    assert unknown == {
        "kcal": 0,
        "protein_g": 0,
        "fat_g": 8_790,
        "carbohydrate_g": 8_280,
        "sugars_g": 105 + 3,
        "sodium_mg": 0,
        "fiber_g": 14_584,
    }


def test_the_dish_table_may_be_imported_again(dishes, real):
    again = import_foods(path=real / DISHES)
    assert (again.new, again.changed, again.same) == (0, 0, 14_584)


def test_servings_join_the_dish_table(dishes, real):
    report = import_foods(path=real / "serving_size_join_2025_to_2023.csv")
    assert (report.read, report.new, report.passed, report.refused) == (2_294, 940, 1_354, ())
    assert FoodUnit.objects.get(food__code="D101-004310000-0001").grams == 900


def test_the_older_table_counts_per_hundred_after_import(real):
    report = import_foods(path=real / "mfds_dishes_20230715_per_serving.csv")
    assert (report.read, report.new, len(report.refused)) == (7_683, 7_659, 24)
    pheasant = Food.objects.get(code="D000006")
    assert (str(pheasant.kcal), str(pheasant.serving_grams)) == ("73.760", "500.00")
    assert Food.objects.filter(maker="스타벅스").count() == 293


@pytest.mark.slow
def test_the_workbook_says_the_same_as_the_csv(real):
    import_foods(path=real / "mfds_dishes_20230715_per_serving.csv")
    workbook = import_foods(path=real / "mfds_dishes_20230715_per_serving.xlsx")
    assert (workbook.new, workbook.changed, workbook.same) == (0, 0, 7_659)
    assert len(workbook.refused) == 24


def test_ingredients_without_codes_are_all_kept(real):
    report = import_foods(path=real / "rda_ingredients_20250426.csv")
    assert (report.read, report.new, report.refused) == (3_270, 3_270, ())
    assert Food.objects.filter(sugars_g__isnull=True).count() == 1_509
    assert Food.objects.filter(kind="ingredient").count() == 3_270
