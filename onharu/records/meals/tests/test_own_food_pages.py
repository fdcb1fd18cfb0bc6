"""Pages of one's own foods and recipes: labels converted honestly, written once, gone and back, nobody else's."""

import re
from datetime import date
from decimal import Decimal

import pytest

from onharu.records.meals.actions import own_foods
from onharu.records.meals.actions.own_foods import OwnFoodDraft
from onharu.records.meals.models import Favourite, OwnFood
from onharu.records.meals.queries.shelf import own_facts, search_foods
from onharu.records.meals.tests.test_photo_pages import HTMX, rows, words

DAY = date(2026, 11, 22)


@pytest.fixture
def granola(owner):
    draft = OwnFoodDraft(name="그래놀라", amounts={"kcal": Decimal(475)}, serving_grams=Decimal(40))
    return own_foods.save_own_food(owner_id=owner.pk, draft=draft)


def label(**said):
    form = {"name": "그래놀라", "basis": "100g", "said_for": "100", "serving_name": "인분", "key": "k1"}
    return form | said


def new(client, **said):
    return client.post("/meals/foods/new/", label(**said))


def recipe(*foods, **said):
    return rows(*foods) | {"name": "감자국", "servings": "2", "do": "save", "key": "r1"} | said


def test_an_empty_shelf_says_what_it_is_for(browser):
    page = words(browser.get("/meals/foods/"))
    assert "아직 내 음식이 없어요" in page and "/meals/foods/recipes/new/" in page


def test_a_label_for_100_is_kept_as_it_stands_and_the_unknown_stays_unknown(browser):
    assert new(browser, kcal="475", sodium_mg="88,5", fat_g="").status_code == 302
    food = OwnFood.objects.get()
    assert (food.kcal, food.sodium_mg, food.fat_g) == (Decimal(475), Decimal("88.5"), None)


def test_a_label_for_a_serving_is_converted_by_the_servings_weight(browser):
    new(browser, said_for="serving", serving_grams="40", kcal="190", sodium_mg="35.4", iron_mg="")
    food = OwnFood.objects.get()
    assert (food.kcal, food.sodium_mg, food.iron_mg) == (Decimal(475), Decimal("88.5"), None)
    assert own_facts(food).nutrients_of(Decimal(40)).kcal == 190


def test_a_serving_without_a_weight_is_asked_for(browser):
    refused = new(browser, said_for="serving", kcal="190")
    assert refused.status_code == 422
    assert "몇 g(ml)인지 적어 주세요" in words(refused)
    assert not OwnFood.objects.exists()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"kcal": "-5"}, "숫자로 적어 주세요"),
        ({"kcal": "많이"}, "숫자로 적어 주세요"),
        ({"kcal": "5000"}, "들어 있을 수 없는 양"),
        ({"fat_g": "80", "protein_g": "80"}, "들어 있을 수 없는 양"),
        ({"name": ""}, "id_name_error"),
        ({"serving_grams": "0"}, "0보다 크고"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(browser, said, reason):
    refused = new(browser, maker="우리집", **said)
    assert refused.status_code == 422
    assert reason in words(refused)
    assert 'value="우리집"' in words(refused)
    assert not OwnFood.objects.exists()


def test_a_press_twice_writes_one_food(browser):
    assert [new(browser, kcal="100").status_code for _ in range(2)] == [302, 302]
    assert OwnFood.objects.count() == 1


def test_an_own_food_is_corrected_and_listed_by_its_serving(browser, granola):
    page = words(browser.get(f"/meals/foods/{granola.pk}/"))
    assert 'value="475"' in page and 'value="40"' in page
    browser.post(f"/meals/foods/{granola.pk}/", label(kcal="500", serving_grams="50"))
    assert "1인분 · 50\N{NO-BREAK SPACE}g · 250&nbsp;kcal" in words(browser.get("/meals/foods/"))


def test_a_deleted_food_comes_back(browser, owner, granola):
    gone = browser.post(f"/meals/foods/{granola.pk}/delete/", headers=HTMX)
    assert gone.status_code == 200 and "아직 내 음식이 없어요" in words(gone)
    assert not search_foods(owner.pk, "그래놀라", slot="LUNCH", today=DAY).hits
    undo = re.search(r'"undo": "([^"]+)"', gone["HX-Trigger"])[1]
    back = browser.post(undo, headers=HTMX)
    assert "onharu:own-foods" in back["HX-Trigger"]
    assert search_foods(owner.pk, "그래놀라", slot="LUNCH", today=DAY).hits[0].facts.id == -granola.pk


def test_restoring_twice_and_what_was_never_gone_changes_nothing(owner, granola):
    for _ in range(2):
        assert own_foods.restore_own_food(owner_id=owner.pk, own_food_id=granola.pk).deleted_at is None
    assert OwnFood.objects.alive().count() == 1


def test_deleting_without_scripts_leads_back_to_the_list(browser, granola):
    gone = browser.post(f"/meals/foods/{granola.pk}/delete/")
    assert (gone.status_code, gone["Location"]) == (302, "/meals/foods/")
    assert browser.post(f"/meals/foods/{granola.pk}/restore/")["Location"] == "/meals/foods/"


def test_a_food_that_a_recipe_needs_is_not_deleted(browser, owner, granola):
    browser.post("/meals/foods/recipes/new/", recipe((-granola.pk, "40", "g")))
    refused = browser.post(f"/meals/foods/{granola.pk}/delete/", headers=HTMX)
    assert (refused.status_code, refused.json()["code"]) == (409, "food_in_recipe")


def test_a_recipe_is_reckoned_from_its_ingredients_and_shared_out(browser, rice, stew):
    made = browser.post("/meals/foods/recipes/new/", recipe((stew.pk, "1", "그릇"), (rice.pk, "200", "g")))
    assert made.status_code == 302
    food = OwnFood.objects.get()
    assert (food.is_recipe, food.serving_grams) == (True, 300)
    facts = own_facts(food)
    assert facts.nutrients_of(Decimal(600)).kcal == Decimal(525)
    assert facts.per_100.sodium_mg is None


def test_the_pots_own_weight_counts_where_it_is_known(browser, stew):
    browser.post("/meals/foods/recipes/new/", recipe((stew.pk, "1", "그릇"), cooked_grams="250", servings="2,5"))
    food = OwnFood.objects.get()
    assert food.serving_grams == 100
    assert own_facts(food).per_100.kcal == 80


def test_a_recipe_opens_with_what_it_says_and_is_corrected(browser, rice, stew):
    browser.post("/meals/foods/recipes/new/", recipe((stew.pk, "1", "그릇")))
    food = OwnFood.objects.get()
    assert browser.get(f"/meals/foods/{food.pk}/")["Location"] == f"/meals/foods/recipes/{food.pk}/"
    page = words(browser.get(f"/meals/foods/recipes/{food.pk}/"))
    assert "감자국" in page and "김치찌개" in page and 'value="2"' in page
    browser.post(f"/meals/foods/recipes/{food.pk}/", recipe((rice.pk, "1", "공기"), key="r2", servings="1"))
    assert [part.name for part in food.ingredients.all()] == ["쌀밥"]
    assert OwnFood.objects.get().serving_grams == 210


def test_a_recipe_press_twice_writes_one(browser, stew):
    for _ in range(2):
        browser.post("/meals/foods/recipes/new/", recipe((stew.pk, "1", "그릇")))
    assert OwnFood.objects.count() == 1


def test_a_recipe_needs_ingredients_with_foods_and_amounts(browser, stew):
    for form, reason in (
        (recipe(), "재료를 하나 이상"),
        (recipe((None, "1", "")), "음식을 골라 주세요"),
        (recipe((stew.pk, "0", "그릇")), "양을 확인해 주세요"),
        (recipe((stew.pk, "1", "그릇"), servings="0"), "0보다 크고"),
    ):
        refused = browser.post("/meals/foods/recipes/new/", form)
        assert (refused.status_code, reason in words(refused)) == (422, True)
    assert not OwnFood.objects.exists()


def test_a_recipe_cannot_hold_itself(browser, stew):
    browser.post("/meals/foods/recipes/new/", recipe((stew.pk, "1", "그릇")))
    food = OwnFood.objects.get()
    refused = browser.post(f"/meals/foods/recipes/{food.pk}/", recipe((-food.pk, "1", "인분"), key="r2"))
    assert refused.status_code == 422
    assert food.ingredients.get().name == "김치찌개"


def test_without_scripts_ingredients_are_found_and_added(browser, rice):
    searched = browser.post("/meals/foods/recipes/new/", recipe((None, "1", "")) | {"q-0": "쌀밥", "do": "find-0"})
    assert "쌀밥" in words(searched) and 'value="감자국"' in words(searched)
    longer = browser.post("/meals/foods/recipes/new/", recipe((rice.pk, "1", "공기")) | {"do": "add"})
    assert words(longer).count('class="pick"') == 2
    assert "쌀밥" in words(browser.get("/meals/foods/recipes/find/0/?q-0=밥"))
    assert 'name="row"' in words(browser.get("/meals/foods/recipes/row/"))


def test_a_stranger_finds_nothing(browser, stranger_browser, granola):
    for method, path in (
        ("get", f"/meals/foods/{granola.pk}/"),
        ("post", f"/meals/foods/{granola.pk}/"),
        ("post", f"/meals/foods/{granola.pk}/delete/"),
        ("post", f"/meals/foods/{granola.pk}/restore/"),
        ("get", f"/meals/foods/recipes/{granola.pk}/"),
        ("post", f"/meals/foods/recipes/{granola.pk}/"),
    ):
        assert getattr(stranger_browser, method)(path, label()).status_code == 404, path
    assert "그래놀라" not in words(stranger_browser.get("/meals/foods/"))
    stolen = stranger_browser.post("/meals/foods/recipes/new/", recipe((-granola.pk, "1", "인분")))
    assert stolen.status_code == 422
    assert OwnFood.objects.get().name == "그래놀라"
    assert not Favourite.objects.exists()


def test_nobody_comes_in_without_signing_in(client, db):
    for path in ("/meals/foods/", "/meals/foods/new/", "/meals/foods/recipes/new/"):
        assert client.get(path)["Location"].startswith("/login/")


def test_the_list_costs_the_same_for_one_or_twenty(browser, owner, stew, django_assert_max_num_queries):
    browser.post("/meals/foods/recipes/new/", recipe((stew.pk, "1", "그릇")))
    browser.get("/meals/foods/")
    for at in range(20):
        own_foods.save_own_food(owner_id=owner.pk, draft=OwnFoodDraft(name=f"반찬 {at}"))
    with django_assert_max_num_queries(2):
        browser.get("/meals/foods/")


def test_a_search_that_finds_nothing_leads_to_writing_the_food_down(browser, rice):
    found = words(browser.get("/meals/find/?q=뿡빵뿡", headers=HTMX))
    address = re.search(r'href="(/meals/foods/new/\?name=[^"]+)"', found)[1]
    assert 'value="뿡빵뿡"' in words(browser.get(address))


def test_the_way_to_ones_own_foods_starts_in_the_list_of_them(browser, granola):
    assert 'href="/meals/foods/"' in words(browser.get("/meals/find/?tab=own", headers=HTMX))


def test_the_form_speaks_english_to_those_who_do(browser):
    browser.cookies["onharu_language"] = "en"
    refused = words(new(browser, kcal="many"))
    assert "Write a number" in refused and "Unknown is not 0" in refused


def test_a_drink_is_counted_in_ml(browser):
    new(browser, basis="100ml", said_for="serving", serving_grams="355", serving_name="캔", kcal="142", name="내 음료")
    food = OwnFood.objects.get()
    assert (food.kcal, food.basis_unit) == (40, "ml")
    assert "1캔 · 355\N{NO-BREAK SPACE}ml · 142&nbsp;kcal" in words(browser.get("/meals/foods/"))
