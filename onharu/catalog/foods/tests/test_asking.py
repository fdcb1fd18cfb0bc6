from decimal import Decimal

import pytest

from onharu.catalog.foods import public as foods
from onharu.catalog.foods.actions.imports import import_foods
from onharu.catalog.foods.models import Food
from onharu.catalog.foods.tests.conftest import LATTE, RICE, STEW
from onharu.kernel.problems import Missing

pytestmark = pytest.mark.django_db


def test_facts_come_with_basis_nutrients_units_and_source(stew):
    facts = foods.food_by_code("D306-266000000-0001")
    assert (facts.name, facts.basis, facts.basis_unit) == ("김치찌개", "100g", "g")
    assert facts.per_100.kcal == Decimal(61)
    assert facts.per_100.potassium_mg is None
    assert {"인분", "그릇"} <= {unit.name for unit in facts.units}
    assert facts.source.startswith("식품의약품안전처")
    assert facts.edition == "2025-04-08"


def test_facts_of_many_foods_cost_one_statement(stew, django_assert_num_queries):
    ids = list(Food.objects.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        found = foods.facts_of(ids)
    assert set(found) == set(ids)


def test_asking_for_nothing_costs_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert foods.facts_of([]) == {}


def test_an_unknown_food_is_left_out_or_missing(stew):
    assert foods.facts_of([10**9]) == {}
    assert foods.food_by_code("none") is None
    with pytest.raises(Missing):
        foods.food_of(10**9)


def test_a_search_costs_two_statements_however_much_it_finds(starter, django_assert_max_num_queries):
    foods.find("밥")
    for query, least in (("김치찌개", 1), ("김치", 15)):
        with django_assert_max_num_queries(2):
            found = foods.find(query, limit=20)
        assert len(found.hits) >= least


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("김치찌개", "김치찌개"),
        ("ㄱㅊㅉㄱ", "김치찌개"),
        ("rlaclWlro", "김치찌개"),
        ("밥", "쌀밥"),
        ("계란", "삶은달걀"),
        ("두부", "두부"),
        ("kimchi jjigae", "김치찌개"),
    ],
)
def test_the_shipped_foods_are_found_as_people_type_them(starter, query, name):
    assert foods.find(query).hits[0].facts.name == name


def test_a_slip_of_the_hand_is_named_in_the_catalogues_spelling(starter):
    found = foods.find("김치찌게")
    assert found.hits[0].facts.name == "김치찌개"
    assert found.corrected == "김치찌개"


def test_what_is_no_food_finds_nothing_in_particular(starter):
    assert not [hit for hit in foods.find("쀍뷁꿹").hits if hit.score >= 70]


def test_a_persons_habit_comes_before_an_equal(starter):
    plain = foods.find("김치", limit=10).hits
    last = plain[-1].facts.id
    boosted = [hit.facts.id for hit in foods.find("김치", limit=10, boosts={last: 1.0}).hits]
    assert boosted.index(last) < len(plain) - 1


def test_an_analysed_official_row_leads_the_shipped_row_of_its_name(starter, table):
    assert foods.find("김치찌개").hits[0].facts.code.startswith("ST-")
    import_foods(path=table(STEW))
    assert foods.find("김치찌개").hits[0].facts.code == "D306-266000000-0001"
    every = [hit.facts.code for hit in foods.find("김치찌개", distinct=False).hits]
    assert any(code.startswith("ST-") for code in every)


def test_a_kitchens_recipe_or_a_chains_product_does_not_lead_the_shipped_row(starter, table):
    import_foods(path=table(STEW.replace("D306", "D506"), LATTE))
    assert foods.find("김치찌개").hits[0].facts.code.startswith("ST-")
    assert foods.find("카페라떼").hits[0].facts.code.startswith("ST-")


def test_each_spelling_is_shown_once_unless_all_are_asked_for(db, table):
    lines = [LATTE.replace("0315", f"{place:04}") for place in range(1, 6)]
    import_foods(path=table(*lines))
    assert len(foods.find("카페 라떼").hits) == 1
    assert len(foods.find("카페 라떼", distinct=False).hits) == 5


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("bibimbap", "비빔밥"),
        ("Kimchi Stew", "김치찌개"),
        ("ramen", "라멘"),
        ("french_fries", "감자튀김"),
        ("pizza", "피자"),
    ],
)
def test_a_pictures_label_leads_to_the_food(starter, label, name):
    match = foods.food_for_label(label)
    assert name in match.food.facts.name
    assert match.food.score >= 70


def test_a_korean_label_of_the_picture_service_is_taken_first(starter):
    match = foods.food_for_label("something", "된장찌개")
    assert (match.label_ko, match.food.facts.name) == ("된장찌개", "된장찌개")


def test_a_label_of_no_food_matches_nothing(starter):
    match = foods.food_for_label("steam locomotive")
    assert match.food is None
    assert match.label_ko == "steam locomotive"


def test_several_labels_are_matched_at_once(starter):
    found = foods.foods_for_labels(["bibimbap", "steam locomotive"])
    assert found["bibimbap"].food is not None
    assert found["steam locomotive"].food is None


def test_alternatives_are_other_foods(starter):
    match = foods.food_for_label("ramen")
    assert match.food.facts.id not in {other.facts.id for other in match.alternatives}


def test_a_sentence_leads_to_grams(starter):
    rows = foods.parse_meal_text("김치찌개 한 그릇이랑 밥 반 공기, 계란 2개")
    weighed = []
    for row in rows:
        facts = foods.find(row.name).hits[0].facts
        weighed.append((facts.name, foods.grams_of(facts, row.quantity, row.unit).grams))
    assert weighed == [("김치찌개", Decimal(400)), ("쌀밥", Decimal(105)), ("삶은달걀", Decimal(100))]


def test_the_door_exports_exactly_what_it_says():
    assert sorted(foods.__all__) == sorted(
        name for name in vars(foods) if not name.startswith("_") and name != "annotations"
    )


def test_the_shelf_is_filled_before_it_is_asked(stew):
    assert Food.objects.count() == len({STEW, RICE, LATTE})
