"""The sheet that adds: one press writes once, the tray changes it, everything works without scripts too."""

import re
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest

from onharu.accounts.public import person_of
from onharu.records.meals.actions import diary, own_foods
from onharu.records.meals.actions.diary import Wanted
from onharu.records.meals.actions.own_foods import OwnFoodDraft
from onharu.records.meals.models import Favourite, Meal, MealItem
from onharu.records.meals.tests.conftest import DAY

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/meals/"}


def pressed(shelved, **more):
    return {
        "key": uuid.uuid4().hex, "date": DAY.isoformat(), "slot": "LUNCH", "food": shelved.pk, "quantity": "1",
        "unit": "공기", **more,
    }  # fmt: skip


def test_pressing_a_food_writes_it_down_and_answers_with_the_tray(browser, noon, rice):
    response = browser.post("/meals/add/", pressed(rice), headers=HTMX)
    item = MealItem.objects.get()
    assert (item.name, item.quantity, item.unit, item.grams) == ("쌀밥", Decimal(1), "공기", Decimal(210))
    page = response.content.decode()
    assert 'id="add-tray"' in page
    assert "쌀밥을 담았어요." in page
    assert f"onharu:day:{DAY}" in response["HX-Trigger"]


def test_pressing_twice_with_one_key_writes_once(browser, noon, rice):
    press = pressed(rice)
    first, second = (browser.post("/meals/add/", press, headers=HTMX) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert MealItem.objects.count() == 1


def test_the_answer_carries_a_new_key_for_a_second_bowl(browser, noon, rice):
    press = pressed(rice)
    page = browser.post("/meals/add/", press, headers=HTMX).content.decode()
    fresh = re.search(r'name="key" value="(\w+)"', page)[1]
    assert fresh != press["key"]
    browser.post("/meals/add/", press | {"key": fresh}, headers=HTMX)
    assert MealItem.objects.count() == 2
    assert Meal.objects.count() == 1


def test_one_key_for_two_foods_is_refused(browser, noon, rice, stew):
    press = pressed(rice)
    browser.post("/meals/add/", press, headers=HTMX)
    assert browser.post("/meals/add/", press | {"food": stew.pk}, headers=HTMX).status_code == 422
    assert MealItem.objects.count() == 1


def test_a_press_without_a_key_is_refused(browser, noon, rice):
    assert browser.post("/meals/add/", pressed(rice, key=""), headers=HTMX).status_code == 400
    assert not MealItem.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"food": "x"}, {"food": ""}, {"food": "999999999999999999"}, {"quantity": "0"}, {"quantity": "1e9"},
        {"quantity": "-1"}, {"grams": "99999"}, {"grams": "NaN"}, {"slot": "BRUNCH"}, {"date": "soon"},
        {"added": "1;drop"},
    ],
)  # fmt: skip
def test_rubbish_is_refused_and_nothing_is_written(browser, noon, rice, wrong):
    assert browser.post("/meals/add/", pressed(rice, **wrong), headers=HTMX).status_code in {400, 404}
    assert not MealItem.objects.exists()


def test_without_scripts_a_press_comes_back_to_the_page_with_its_tray(browser, noon, rice):
    response = browser.post("/meals/add/", pressed(rice))
    assert response.status_code == 302
    page = browser.get(response["Location"]).content.decode()
    assert page.startswith("<!doctype html>")
    assert f'action="/meals/items/{MealItem.objects.get().pk}/amount/"' in page


def test_the_page_opens_without_scripts_and_searches_by_a_plain_form(browser, noon, rice):
    page = browser.get("/meals/add/", {"q": "쌀밥", "slot": "DINNER"}).content.decode()
    assert page.startswith("<!doctype html>")
    assert f'name="food" value="{rice.pk}"' in page
    assert 'name="slot" value="DINNER"' in page


def test_a_slip_of_the_finger_is_understood_and_said(browser, noon, stew):
    page = browser.get("/meals/find/", {"q": "김치찌게"}, headers=HTMX).content.decode()
    assert "‘김치찌게’ → 김치찌개로 찾았어요" in page
    assert "<mark>김치찌개</mark>" in page


def test_a_query_cannot_write_into_the_page(browser, noon):
    page = browser.get("/meals/find/", {"q": "<script>alert(1)</script>"}, headers=HTMX).content.decode()
    assert "<script>" not in page
    assert "찾지 못했어요" in page


def test_the_usual_food_is_offered_first_with_its_last_amount(browser, owner, noon, rice):
    wanted = [Wanted(food=rice.pk, quantity=Decimal("1.5"), unit="공기")]
    yesterday = DAY - timedelta(days=1)
    diary.log_meal(owner_id=owner.pk, day=yesterday, slot="LUNCH", eaten_at=noon, wanted=wanted)
    page = browser.get("/meals/add/", headers=HTMX).content.decode()
    assert "1½공기 · 315" in page
    assert 'name="quantity" value="1.5"' in page


def test_what_was_weighed_is_offered_with_that_weight(browser, owner, noon, rice):
    wanted = [Wanted(food=rice.pk, quantity=Decimal(1), unit="공기", grams=Decimal(187))]
    diary.log_meal(owner_id=owner.pk, day=DAY, slot="LUNCH", eaten_at=noon, wanted=wanted)
    page = browser.get("/meals/add/?tab=recent", headers=HTMX).content.decode()
    assert 'name="grams" value="187"' in page


def test_the_tabs_list_favourites_yesterday_and_own_foods(browser, owner, noon, rice, stew):
    own_foods.set_favourite(owner_id=owner.pk, food=rice.pk, wanted=True)
    own_foods.save_own_food(owner_id=owner.pk, draft=OwnFoodDraft(name="엄마 김밥", amounts={"kcal": Decimal(150)}))
    diary.log_meal(
        owner_id=owner.pk, day=DAY - timedelta(days=1), slot="LUNCH", eaten_at=noon, wanted=[Wanted(food=stew.pk)]
    )
    listed = {
        tab: browser.get("/meals/find/", {"tab": tab}, headers=HTMX).content.decode()
        for tab in ("favourites", "yesterday", "own")
    }
    assert "쌀밥" in listed["favourites"]
    assert 'aria-pressed="true"' in listed["favourites"]
    assert "김치찌개" in listed["yesterday"]
    assert "점심 그대로" in listed["yesterday"]
    assert "엄마 김밥" in listed["own"]


@pytest.mark.parametrize("tab", ["recent", "favourites", "yesterday", "own"])
def test_an_empty_tab_says_what_will_gather_there(browser, noon, tab):
    assert "없어요" in browser.get("/meals/find/", {"tab": tab}, headers=HTMX).content.decode()


@pytest.mark.parametrize("asked", [{"tab": "recent"}, {"q": "쌀밥"}, {"tab": "yesterday"}])
def test_listing_costs_at_most_three_statements(browser, owner, noon, rice, stew, django_assert_max_num_queries, asked):
    wanted = [Wanted(food=rice.pk), Wanted(food=stew.pk)]
    for day in (DAY, DAY - timedelta(days=1)):
        diary.log_meal(owner_id=owner.pk, day=day, slot="LUNCH", eaten_at=noon, wanted=wanted)
    browser.get("/meals/find/", asked, headers=HTMX)
    with django_assert_max_num_queries(3):
        assert "쌀밥" in browser.get("/meals/find/", asked, headers=HTMX).content.decode()


def test_a_stranger_is_offered_nothing_of_it_and_sees_no_tray(stranger_browser, owner, lunch):
    item = MealItem.objects.get()
    own = own_foods.save_own_food(owner_id=owner.pk, draft=OwnFoodDraft(name="엄마 김밥"))
    for tab in ("recent", "favourites", "yesterday", "own"):
        page = stranger_browser.get("/meals/add/", {"tab": tab, "added": item.pk}, headers=HTMX).content.decode()
        assert "쌀밥" not in page
        assert "엄마 김밥" not in page
    assert stranger_browser.post("/meals/add/", pressed(own, food=-own.pk), headers=HTMX).status_code == 400


def test_the_tray_steps_amounts_and_takes_back(browser, noon, rice):
    browser.post("/meals/add/", pressed(rice), headers=HTMX)
    item = MealItem.objects.get()
    said = {"step": "1.5", "unit": "공기", "added": item.pk, "tray": "1"}
    page = browser.post(f"/meals/items/{item.pk}/amount/", said, headers=HTMX).content.decode()
    assert "쌀밥: 1½공기" in page
    item.refresh_from_db()
    assert item.grams == Decimal(315)
    response = browser.post("/meals/items/delete/", {"ids": item.pk, "added": item.pk, "tray": "1"}, headers=HTMX)
    assert "쌀밥을 지웠어요." in response.content.decode()
    assert re.search(r'id="add-tray"[^>]* hidden>', response.content.decode())
    item.refresh_from_db()
    assert item.deleted_at is not None


@pytest.mark.parametrize(("unit", "quantity", "grams"), [("g", 210, 210), ("그릇", 1, 210)])
def test_another_unit_keeps_the_sense_of_the_amount(browser, noon, rice, unit, quantity, grams):
    browser.post("/meals/add/", pressed(rice), headers=HTMX)
    item = MealItem.objects.get()
    said = {"unit": unit, "added": item.pk, "tray": "1"}
    assert browser.post(f"/meals/items/{item.pk}/unit/", said, headers=HTMX).status_code == 200
    item.refresh_from_db()
    assert (item.quantity, item.unit, item.grams) == (quantity, unit, grams)


def test_a_tray_forgets_what_is_gone_or_not_yours(browser, owner, stranger, noon, rice):
    theirs = diary.log_meal(
        owner_id=stranger.pk, day=DAY, slot="LUNCH", eaten_at=noon, wanted=[Wanted(food=rice.pk)]
    ).items.get()
    page = browser.get("/meals/add/", {"added": f"{theirs.pk},424242"}, headers=HTMX).content.decode()
    assert re.search(r'id="add-tray"[^>]* hidden>', page)


def test_a_favourite_is_a_state(browser, owner, noon, rice):
    for _ in range(2):
        page = browser.post("/meals/favourites/", {"food": rice.pk, "wanted": "1", "name": "쌀밥"}, headers=HTMX)
        assert 'aria-pressed="true"' in page.content.decode()
    assert Favourite.objects.count() == 1
    assert browser.post("/meals/favourites/", {"food": rice.pk, "wanted": "0"}).status_code == 302
    assert not Favourite.objects.exists()


def test_dinner_at_noon_takes_its_usual_time_and_lunch_the_present(browser, owner, noon, rice):
    for slot in ("LUNCH", "DINNER"):
        browser.post("/meals/add/", pressed(rice, slot=slot), headers=HTMX)
    times = dict(Meal.objects.values_list("slot", "eaten_at"))
    assert times["LUNCH"] == noon
    assert times["DINNER"].astimezone(noon.tzinfo) == noon + timedelta(hours=6, minutes=30)
    assert person_of(owner).day_at(times["DINNER"]) == DAY
