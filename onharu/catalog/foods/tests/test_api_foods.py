import pytest

from onharu.catalog.foods.models import Food
from onharu.kernel.quantities import NUTRIENTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def rice(starter):
    return Food.objects.get(name="쌀밥")


def test_a_food_tells_nutrients_units_and_sources(browser, rice):
    body = browser.get(f"/api/foods/{rice.pk}/").json()
    assert (body["id"], body["name"], body["basis"], body["basis_unit"]) == (rice.pk, "쌀밥", "100g", "g")
    assert tuple(body["per_100"]) == NUTRIENTS
    assert body["per_100"]["kcal"] == 166
    assert body["per_100"]["iron_mg"] is None
    assert body["units"][0] == {
        "name": "공기",
        "grams": 210,
        "source": "송파구보건소 식품구성탑 밥 1공기 210 g",
        "guess": False,
    }
    assert (body["portion"]["unit"], body["portion"]["grams"]) == ("공기", 210)
    assert body["source"]
    assert body["edition"]


def test_an_unchanged_food_is_not_sent_again(browser, rice):
    first = browser.get(f"/api/foods/{rice.pk}/")
    again = browser.get(f"/api/foods/{rice.pk}/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_a_changed_food_is_sent_again(browser, rice):
    first = browser.get(f"/api/foods/{rice.pk}/")
    Food.objects.filter(pk=rice.pk).update(kcal=170)
    again = browser.get(f"/api/foods/{rice.pk}/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.json()["per_100"]["kcal"]) == (200, 170)


def test_an_unknown_food_is_a_problem(browser, db):
    answer = browser.get("/api/foods/999999999/")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "no_such_food"


def test_nobody_is_told_without_signing_in(client, rice):
    answer = client.get(f"/api/foods/{rice.pk}/")
    assert answer.status_code == 401
    assert answer.json()["code"] == "unsigned"


def test_the_catalogue_is_the_same_for_everybody(browser, stranger_browser, rice):
    path = f"/api/foods/{rice.pk}/"
    assert browser.get(path).content == stranger_browser.get(path).content


def test_a_number_beyond_the_database_is_no_food(browser, db):
    assert browser.get(f"/api/foods/{2**70}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_catalogue_is_changed_by_nobody(browser, rice, method):
    assert getattr(browser, method)(f"/api/foods/{rice.pk}/").status_code == 405


def test_reading_a_food_costs_the_same_with_many_units(browser, rice, django_assert_max_num_queries):
    browser.get(f"/api/foods/{rice.pk}/")
    with django_assert_max_num_queries(3):
        browser.get(f"/api/foods/{rice.pk}/")
