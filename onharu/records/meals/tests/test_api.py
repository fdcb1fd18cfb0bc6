from datetime import date

import pytest

from onharu.records.meals.models import Meal, MealItem, OwnFood

JSON = "application/json"


def post(client, path, body, **headers):
    return client.post(path, body, content_type=JSON, headers=headers)


def test_a_meal_is_written_down_by_quantity_and_unit(browser, rice, noon):
    body = {"meal_type": "LUNCH", "items": [{"food": rice.pk, "quantity": 0.5, "unit": "공기"}]}
    response = post(browser, "/api/meals/", body)
    assert response.status_code == 201
    meal = response.json()
    assert (meal["log_date"], meal["meal_type"]) == ("2026-11-22", "LUNCH")
    assert meal["items"][0]["grams"] == 105
    assert meal["items"][0]["nutrients"]["sodium_mg"] is None
    assert meal["total"]["unknown"]["sodium_mg"] == 1


def test_a_clients_nutrients_are_not_taken(browser, rice, noon):
    body = {"items": [{"food": rice.pk, "grams": 100, "kcal": -5000, "nutrients": {"kcal": 1}}]}
    assert post(browser, "/api/meals/", body).json()["total"]["kcal"] == 162.5


def test_the_clock_suggests_slot_and_day(browser, rice, noon):
    meal = post(browser, "/api/meals/", {"items": [{"food": rice.pk}]}).json()
    assert (meal["meal_type"], meal["log_date"]) == ("LUNCH", "2026-11-22")
    earlier = post(browser, "/api/meals/", {"log_date": "2026-11-20", "meal_type": "DINNER"}).json()
    assert earlier["eaten_at"] == "2026-11-20T18:30:00+09:00"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"meal_type": "ELEVENSES"}, "meal_type"),
        ({"log_date": "22.11.2026"}, "log_date"),
        ({"items": [{"food": "rice"}]}, "items[0].food"),
        ({"items": [{"food": 1, "quantity": -1}]}, "items[0].quantity"),
        ({"items": [{"food": 1, "grams": "NaN"}]}, "items[0].grams"),
        ({"items": [{"quantity": 1}]}, "items[0].food"),
        ({"note": "x" * 301}, "note"),
    ],
)
def test_bad_input_is_a_problem_that_names_the_field_and_changes_nothing(browser, noon, body, field):
    response = post(browser, "/api/meals/", body)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert field in problem["errors"]
    assert problem["messages"]["ko"] and problem["messages"]["en"]
    assert problem["request_id"] == response["X-Request-ID"]
    assert Meal.objects.count() == 0


def test_broken_json_is_a_problem(browser):
    assert post(browser, "/api/meals/", "{").json()["code"] == "malformed"


def test_the_same_key_writes_one_meal_and_answers_byte_for_byte(browser, rice, noon):
    body = {"items": [{"food": rice.pk}]}
    first = post(browser, "/api/meals/", body, **{"Idempotency-Key": "k-1"})
    again = post(browser, "/api/meals/", body, **{"Idempotency-Key": "k-1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert again["Idempotent-Replayed"] == "true"
    assert Meal.objects.count() == 1
    other = post(browser, "/api/meals/", {"note": "x"}, **{"Idempotency-Key": "k-1"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_meals_are_listed_by_day_and_paged(browser, lunch):
    listed = browser.get("/api/meals/?log_date=2026-11-22&limit=1000").json()
    assert (listed["count"], listed["results"][0]["id"]) == (1, lunch.pk)
    assert browser.get("/api/meals/?log_date=2026-11-21").json()["count"] == 0
    assert browser.get("/api/meals/?log_date=yesterday").json()["code"] == "date_invalid"


def test_a_day_comes_at_once(browser, lunch):
    day = browser.get("/api/meals/by-date/?log_date=2026-11-22").json()
    assert day["nutrition"]["kcal"] == 341.25
    assert day["water_ml"] is None


def test_a_meal_is_moved_deleted_and_restored(browser, lunch):
    path = f"/api/meals/{lunch.pk}/"
    moved = browser.patch(path, {"meal_type": "DINNER", "note": "늦은 점심"}, content_type=JSON).json()
    assert (moved["meal_type"], moved["note"]) == ("DINNER", "늦은 점심")
    assert browser.delete(path).status_code == 204
    assert browser.get(path).status_code == 404
    assert browser.put(f"{path}restore/").status_code == 200
    assert browser.get(path).json()["items"][0]["name"] == "쌀밥"


def test_a_food_is_added_corrected_deleted_and_restored(browser, lunch, stew):
    added = post(browser, "/api/mealitems/", {"meal": lunch.pk, "food": stew.pk, "unit": "그릇"}).json()
    path = f"/api/mealitems/{added['id']}/"
    assert browser.patch(path, {"quantity": 2}, content_type=JSON).json()["grams"] == 800
    assert browser.patch(path, {"grams": 333}, content_type=JSON).json()["grams_source"] == "WEIGHED"
    assert browser.delete(path).status_code == 204
    assert browser.get(path).status_code == 404
    assert browser.put(f"{path}restore/").json()["grams"] == 333
    assert browser.get(f"/api/mealitems/?meal={lunch.pk}").json()["count"] == 2


def test_yesterdays_lunch_is_copied_in_one_call(browser, lunch):
    body = {"from_date": "2026-11-22", "meal_type": "LUNCH", "to_date": "2026-11-23"}
    copied = post(browser, "/api/meals/copy/", body)
    assert (copied.status_code, copied.json()["created"]) == (201, 1)
    assert browser.get("/api/meals/by-date/?log_date=2026-11-23").json()["nutrition"]["kcal"] == 341.25
    assert post(browser, "/api/meals/copy/", {"to_date": "2026-11-23"}).status_code == 400
    assert post(browser, "/api/meals/copy/", {"from_date": "2026-01-01"}).json()["code"] == "nothing_to_copy"


def test_water_is_a_state(browser, owner):
    for _ in range(2):
        assert browser.put("/api/water/2026-11-22/", {"ml": 600}, content_type=JSON).json()["ml"] == 600
    assert browser.get("/api/meals/by-date/?log_date=2026-11-22").json()["water_ml"] == 600
    assert browser.put("/api/water/2026-11-22/", {"ml": -1}, content_type=JSON).status_code == 400
    assert browser.put("/api/water/2026-02-30/", {"ml": 1}, content_type=JSON).status_code == 404


def test_day_totals_are_computed_for_a_range(browser, lunch):
    listed = browser.get("/api/nutritionlogs/?from=2026-11-01&to=2026-11-30").json()
    assert [row["log_date"] for row in listed["results"]] == ["2026-11-22"]
    assert browser.get("/api/intakes/?from=2026-11-01&to=2026-11-30").json() == listed
    assert browser.get("/api/nutritionlogs/?from=2026-01-01&to=2026-12-31").json()["code"] == "range_invalid"
    ensured = browser.post("/api/nutritionlogs/ensure/?log_date=2026-11-22").json()
    assert ensured["nutrition"]["kcal"] == 341.25


def test_a_search_understands_initials_and_says_what_it_corrected(browser, rice, stew):
    assert browser.get("/api/foods/?q=ㄱㅊㅉㄱ").json()["results"][0]["name"] == "김치찌개"
    found = browser.get("/api/foods/?q=김치찌게").json()
    assert (found["corrected"], found["results"][0]["id"]) == ("김치찌개", stew.pk)


def test_without_a_query_what_was_eaten_lately_is_at_hand_with_its_amount(browser, lunch, rice):
    (recent,) = browser.get("/api/foods/").json()["results"]
    assert (recent["id"], recent["last_quantity"], recent["last_unit"]) == (rice.pk, 1, "공기")


def test_favourites_are_a_state(browser, rice):
    path = f"/api/foods/{rice.pk}/favourite/"
    for _ in range(2):
        assert browser.put(path, {"favourite": True}, content_type=JSON).json() == {"favourite": True}
    assert browser.get("/api/foods/").json()["results"][0]["favourite"] is True
    browser.put(path, {"favourite": False}, content_type=JSON)
    assert browser.get("/api/foods/").json()["count"] == 0
    assert browser.put("/api/foods/99999999/favourite/", {"favourite": True}, content_type=JSON).status_code == 404


BAR = {"name": "수제 견과바", "kcal": 480, "protein_g": 12, "serving_name": "개", "serving_grams": 35}


def test_an_own_food_is_found_eaten_changed_and_taken_off_the_shelf(browser, noon):
    own = post(browser, "/api/foods/", BAR).json()
    assert own["id"] < 0 and own["own"] is True
    path = f"/api/foods/{own['id']}/"
    assert browser.get("/api/foods/?q=견과바").json()["results"][0]["id"] == own["id"]
    eaten = post(browser, "/api/meals/", {"items": [{"food": own["id"], "quantity": 2, "unit": "개"}]}).json()
    assert (eaten["items"][0]["grams"], eaten["total"]["kcal"]) == (70, 336)
    assert browser.patch(path, {**BAR, "kcal": 500}, content_type=JSON).json()["per_100"]["kcal"] == 500
    assert browser.get(f"/api/meals/{eaten['id']}/").json()["total"]["kcal"] == 336
    assert browser.delete(path).status_code == 204
    assert browser.get("/api/foods/?q=견과바").json()["count"] == 0
    assert browser.get(f"/api/meals/{eaten['id']}/").json()["items"][0]["name"] == "수제 견과바"


def test_a_recipe_is_the_sum_of_its_ingredients(browser, rice, stew):
    body = {
        "name": "김치죽", "cooked_grams": 600,
        "ingredients": [{"food": rice.pk, "grams": 200}, {"food": stew.pk, "grams": 200}],
    }  # fmt: skip
    recipe = post(browser, "/api/foods/", body).json()
    assert recipe["per_100"]["kcal"] == pytest.approx((325 + 100) / 6, abs=0.001)
    assert recipe["per_100"]["sodium_mg"] is None
    assert recipe["source"] == "내 레시피"


def test_an_ingredient_cannot_be_taken_off_the_shelf(browser, rice):
    own = post(browser, "/api/foods/", BAR).json()
    post(browser, "/api/foods/", {"name": "바 요거트", "ingredients": [{"food": own["id"], "grams": 35}]})
    response = browser.delete(f"/api/foods/{own['id']}/")
    assert (response.status_code, response.json()["code"]) == (409, "food_in_recipe")


@pytest.mark.parametrize("wrong", [{"kcal": 4800}, {"protein_g": 60, "fat_g": 60}, {"kcal": -1}, {"name": ""}])
def test_an_own_food_that_cannot_be_is_refused(browser, wrong):
    assert post(browser, "/api/foods/", {**BAR, **wrong}).status_code == 400
    assert OwnFood.objects.count() == 0


def test_listing_meals_costs_the_same_for_one_or_fifty(browser, lunch, rice, django_assert_max_num_queries):
    for _ in range(3):
        post(browser, "/api/meals/", {"items": [{"food": rice.pk}, {"food": rice.pk}]})
    with django_assert_max_num_queries(4):
        assert len(browser.get("/api/meals/").json()["results"]) == 4
    with django_assert_max_num_queries(2):
        browser.get("/api/meals/by-date/")


def test_searching_costs_two_statements_once_habits_are_known(browser, lunch, django_assert_max_num_queries):
    browser.get("/api/foods/?q=밥")
    with django_assert_max_num_queries(2):
        assert browser.get("/api/foods/?q=밥").json()["count"] == 1


PRIVATE = [
    ("get", "/api/meals/{meal}/", None),
    ("patch", "/api/meals/{meal}/", {"note": "x"}),
    ("delete", "/api/meals/{meal}/", None),
    ("put", "/api/meals/{meal}/restore/", None),
    ("get", "/api/mealitems/{item}/", None),
    ("patch", "/api/mealitems/{item}/", {"quantity": 2}),
    ("delete", "/api/mealitems/{item}/", None),
    ("put", "/api/mealitems/{item}/restore/", None),
    ("delete", "/api/ai/meal-entry/{item}/", None),
    ("post", "/api/mealitems/", {"meal": "{meal}", "food": "{food}"}),
    ("post", "/api/meals/copy/", {"meal": "{meal}", "to_date": "2026-11-23"}),
    ("get", "/api/foods/-{own}/", None),
    ("patch", "/api/foods/-{own}/", BAR),
    ("delete", "/api/foods/-{own}/", None),
    ("put", "/api/foods/-{own}/favourite/", {"favourite": True}),
]


@pytest.mark.parametrize(("method", "path", "body"), PRIVATE)
def test_a_strangers_id_answers_like_a_missing_one(browser, stranger_browser, lunch, rice, method, path, body):
    own = -post(browser, "/api/foods/", BAR).json()["id"]
    ids = {"meal": lunch.pk, "item": MealItem.objects.get().pk, "own": own, "food": rice.pk}
    gone = {"meal": 987654, "item": 987654, "own": 987654, "food": rice.pk}

    def ask(numbers):
        sent = {
            key: int(value.format(**numbers)) if "{" in str(value) else value for key, value in (body or {}).items()
        }
        call = getattr(stranger_browser, method)
        response = (
            call(path.format(**numbers), sent or None, content_type=JSON) if body else call(path.format(**numbers))
        )
        problem = response.json()
        problem.pop("request_id")
        return response.status_code, problem

    theirs, nobodys = ask(ids), ask(gone)
    assert theirs == nobodys
    assert theirs[0] == 404
    assert browser.get("/api/meals/by-date/?log_date=2026-11-22").json()["nutrition"]["kcal"] == 341.25


@pytest.mark.parametrize(
    "path",
    [
        "/api/meals/", "/api/meals/1/", "/api/meals/by-date/", "/api/mealitems/", "/api/foods/?q=밥", "/api/foods/-1/",
        "/api/nutritionlogs/", "/api/intakes/", "/api/today/summary/", "/api/today/", "/api/days/",
        f"/api/days/{date(2026, 11, 22)}/summary/",
    ],
)  # fmt: skip
def test_nobody_sees_anything_without_signing_in(client, db, path):
    response = client.get(path)
    assert (response.status_code, response.json()["code"]) == (401, "unsigned")
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_cookie_without_the_csrf_token_writes_nothing(owner, rice):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="onharu.accounts.backends.AccountBackend")
    assert post(client, "/api/meals/", {"items": [{"food": rice.pk}]}).status_code == 403
    assert Meal.objects.count() == 0
