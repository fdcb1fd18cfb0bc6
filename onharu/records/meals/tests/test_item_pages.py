"""Correcting, moving, deleting and taking back; copies; water; photographs; and the stranger at every address."""

import json
import re
import uuid
from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from onharu.records.meals.actions import diary
from onharu.records.meals.actions.diary import Wanted
from onharu.records.meals.models import Meal, MealItem, Photo, Water
from onharu.records.meals.tests.conftest import DAY

YESTERDAY = DAY - timedelta(days=1)
HTMX = {"HX-Request": "true"}


def told(response):
    return json.loads(response["HX-Trigger"])


@pytest.fixture
def item(lunch):
    return MealItem.objects.get()


@pytest.fixture
def photo(owner, lunch, noon):
    made = Photo(owner=owner, meal=lunch, digest="d" * 64, width=2, height=2, created_at=noon)
    made.file.save("large.jpg", ContentFile(b"large"), save=False)
    made.thumb.save("small.jpg", ContentFile(b"small"), save=False)
    made.save()
    return made


def test_the_sheet_shows_what_a_food_holds_and_where_that_comes_from(browser, item):
    page = browser.get(f"/meals/items/{item.pk}/", headers=HTMX).content.decode()
    assert "공기 (210 g)" in page
    assert re.search(r"<dt>나트륨</dt><dd>정보 없음</dd>", page)
    assert re.search(r"<dt>열량</dt><dd>341 kcal</dd>", page)
    assert "시험표 (1)" in page


def test_saving_closes_the_sheet_and_tells_the_day(browser, item):
    response = browser.post(f"/meals/items/{item.pk}/", {"quantity": "0.5", "unit": "공기"}, headers=HTMX)
    assert response.status_code == 204
    assert {"onharu:close-sheet", f"onharu:day:{DAY}", "onharu:toast"} == set(told(response))
    item.refresh_from_db()
    assert item.grams == Decimal(105)


def test_a_weight_put_on_the_scales_wins(browser, item):
    browser.post(f"/meals/items/{item.pk}/", {"quantity": "1", "unit": "공기", "grams": "187,5"}, headers=HTMX)
    item.refresh_from_db()
    assert (item.grams, item.grams_source) == (Decimal("187.5"), "WEIGHED")
    assert "직접 잰 무게" in browser.get(f"/meals/items/{item.pk}/", headers=HTMX).content.decode()


def test_a_press_of_plus_saves_at_once_and_shows_the_new_sums(browser, item):
    response = browser.post(f"/meals/items/{item.pk}/", {"step": "2", "quantity": "1", "unit": "공기"}, headers=HTMX)
    assert "683" in response.content.decode()
    item.refresh_from_db()
    assert item.quantity == 2


@pytest.mark.parametrize("headers", [HTMX, {}])
@pytest.mark.parametrize("quantity", ["0", "-1", "abc", "99999999", "1e3"])
def test_an_amount_nobody_eats_is_said_beside_its_field(browser, item, headers, quantity):
    response = browser.post(f"/meals/items/{item.pk}/", {"quantity": quantity, "unit": "공기"}, headers=headers)
    assert response.status_code == 422
    assert 'aria-invalid="true" aria-describedby="item-problem"' in response.content.decode()
    item.refresh_from_db()
    assert item.quantity == 1


def test_without_scripts_saving_comes_back_to_the_diary(browser, item):
    response = browser.post(f"/meals/items/{item.pk}/", {"quantity": "2", "unit": "공기"})
    assert response["Location"] == f"/meals/?date={DAY}"
    assert "고쳤어요." in browser.get(response["Location"]).content.decode()


def test_another_food_takes_its_own_nutrients(browser, item, stew):
    assert (
        f'action="/meals/items/{item.pk}/swap/"'
        in browser.get("/meals/find/", {"q": "김치찌개", "replace": item.pk}, headers=HTMX).content.decode()
    )
    response = browser.post(
        f"/meals/items/{item.pk}/swap/", {"food": stew.pk, "quantity": "1", "unit": "그릇"}, headers=HTMX
    )
    assert told(response)["onharu:toast"]["message"] == "김치찌개로 바꿨어요."
    item.refresh_from_db()
    assert (item.name, item.grams, item.sodium_mg) == ("김치찌개", Decimal(400), Decimal(400))


def test_without_scripts_the_food_to_swap_for_is_found_on_the_page(browser, item, stew):
    page = browser.get(f"/meals/items/{item.pk}/", {"q": "김치찌개"}).content.decode()
    assert f'action="/meals/items/{item.pk}/swap/"' in page


def test_a_food_moves_and_both_days_hear(browser, item):
    response = browser.post(
        f"/meals/items/{item.pk}/move/", {"date": YESTERDAY.isoformat(), "slot": "DINNER"}, headers=HTMX
    )
    assert {f"onharu:day:{DAY}", f"onharu:day:{YESTERDAY}"} <= set(told(response))
    assert told(response)["onharu:toast"]["message"] == "어제 저녁으로 옮겼어요."


def test_deleting_offers_to_take_back_and_that_restores(browser, item):
    undo = told(browser.post("/meals/items/delete/", {"ids": item.pk}, headers=HTMX))["onharu:toast"]["undo"]
    item.refresh_from_db()
    assert item.deleted_at is not None
    assert told(browser.post(undo, headers=HTMX))["onharu:toast"]["message"] == "되돌렸어요."
    item.refresh_from_db()
    assert item.deleted_at is None


def test_a_meal_changes_its_time_and_note(browser, owner, lunch):
    said = {"slot": "LUNCH", "date": DAY.isoformat(), "time": "13:20", "note": "  회사   구내식당 "}
    assert browser.post(f"/meals/{lunch.pk}/", said, headers=HTMX).status_code == 204
    lunch.refresh_from_db()
    assert lunch.note == "회사 구내식당"
    assert (lunch.eaten_at.hour, lunch.eaten_at.minute) == (4, 20)


def test_saving_a_meal_as_it_is_keeps_its_instant(browser, lunch, noon):
    said = {"slot": "LUNCH", "date": DAY.isoformat(), "time": "12:00", "note": ""}
    browser.post(f"/meals/{lunch.pk}/", said, headers=HTMX)
    lunch.refresh_from_db()
    assert lunch.eaten_at == noon


def test_a_time_that_is_none_is_refused(browser, lunch):
    said = {"slot": "LUNCH", "date": DAY.isoformat(), "time": "25:00"}
    assert browser.post(f"/meals/{lunch.pk}/", said, headers=HTMX).status_code == 400


def test_a_meal_is_deleted_and_taken_back(browser, lunch):
    undo = told(browser.post(f"/meals/{lunch.pk}/delete/", headers=HTMX))["onharu:toast"]["undo"]
    assert "쌀밥" not in browser.get("/meals/").content.decode()
    browser.post(undo, headers=HTMX)
    assert "쌀밥" in browser.get("/meals/").content.decode()


@pytest.fixture
def eaten_yesterday(owner, noon, rice, stew):
    for slot, food in (("LUNCH", rice), ("DINNER", stew)):
        at = noon - timedelta(days=1)
        diary.log_meal(owner_id=owner.pk, day=YESTERDAY, slot=slot, eaten_at=at, wanted=[Wanted(food=food.pk)])


def again(**more):
    return {"key": uuid.uuid4().hex, "date": DAY.isoformat(), "from": YESTERDAY.isoformat(), **more}


def today():
    return MealItem.objects.alive().filter(meal__day=DAY, meal__deleted_at__isnull=True)


def test_yesterdays_lunch_comes_once_however_often_it_is_pressed(browser, eaten_yesterday):
    press = again(slot="LUNCH")
    answers = [browser.post("/meals/copy/", press, headers=HTMX) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {204}
    assert [item.name for item in today()] == ["쌀밥"]
    assert told(answers[0])["onharu:toast"]["message"] == "쌀밥을 담았어요."


def test_yesterday_as_a_whole_comes_and_goes_again(browser, eaten_yesterday):
    undo = told(browser.post("/meals/copy/", again(), headers=HTMX))["onharu:toast"]["undo"]
    assert today().count() == 2
    browser.post(undo, headers=HTMX)
    assert today().count() == 0


def test_without_scripts_a_copy_goes_back_to_where_it_was_pressed(browser, eaten_yesterday):
    assert browser.post("/meals/copy/", again(next="/today/"))["Location"] == "/today/"
    assert browser.post("/meals/copy/", again(next="https://evil.example/"))["Location"].startswith("/meals/")


def test_a_day_without_food_has_nothing_to_copy(browser, noon):
    assert browser.post("/meals/copy/", again(), headers=HTMX).status_code == 404


def test_water_is_a_state_and_is_taken_back(browser, noon):
    for _ in range(2):
        response = browser.post("/meals/water/", {"date": DAY.isoformat(), "ml": "200"}, headers=HTMX)
    assert Water.objects.get().ml == 200
    assert "undo" in told(response)["onharu:toast"]
    response = browser.post("/meals/water/", {"date": DAY.isoformat(), "ml": "400"}, headers=HTMX)
    browser.post(told(response)["onharu:toast"]["undo"], headers=HTMX)
    assert Water.objects.get().ml == 200


@pytest.mark.parametrize("ml", ["", "-1", "20001", "lots"])
def test_water_nobody_drinks_is_refused(browser, noon, ml):
    assert browser.post("/meals/water/", {"date": DAY.isoformat(), "ml": ml}, headers=HTMX).status_code == 400
    assert not Water.objects.exists()


def test_a_photograph_is_served_to_its_owner_as_a_picture_and_nothing_else(browser, photo):
    response = browser.get(f"/photos/{photo.pk}/")
    assert b"".join(response.streaming_content) == b"large"
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("inline")
    assert response["Cache-Control"] == "private, no-store"
    small = browser.get(f"/photos/{photo.pk}/?size=thumb")
    assert b"".join(small.streaming_content) == b"small"
    assert small["ETag"] != response["ETag"]


def test_a_photograph_the_phone_has_is_not_sent_again(browser, photo):
    etag = browser.get(f"/photos/{photo.pk}/")["ETag"]
    assert browser.get(f"/photos/{photo.pk}/", headers={"If-None-Match": etag}).status_code == 304


def test_a_photograph_whose_file_is_gone_is_missing(browser, photo):
    photo.file.storage.delete(photo.file.name)
    assert browser.get(f"/photos/{photo.pk}/").status_code == 404


def test_a_meal_with_a_photograph_shows_it_small(browser, photo):
    for path in ("/meals/", "/today/timeline/"):
        assert f"/photos/{photo.pk}/?size=thumb" in browser.get(path).content.decode()


ADDRESSES = [
    ("get", "/photos/{photo}/"), ("get", "/meals/items/{item}/"), ("post", "/meals/items/{item}/"),
    ("post", "/meals/items/{item}/amount/"), ("post", "/meals/items/{item}/unit/"), ("post", "/meals/items/{item}/swap/"),
    ("post", "/meals/items/{item}/move/"), ("post", "/meals/items/delete/?ids={item}"),
    ("post", "/meals/items/restore/?ids={item}"), ("get", "/meals/{meal}/"), ("post", "/meals/{meal}/"),
    ("post", "/meals/{meal}/delete/"), ("post", "/meals/{meal}/restore/"),
]  # fmt: skip
SAID = {"quantity": "2", "step": "2", "unit": "공기", "food": "1", "date": DAY.isoformat(), "slot": "DINNER"}


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_a_strangers_request_is_answered_like_one_for_what_is_not_there(
    stranger_browser, lunch, item, photo, method, address
):
    there = address.format(photo=photo.pk, item=item.pk, meal=lunch.pk)
    nowhere = address.format(photo=999999, item=999999, meal=999999)
    said = SAID if method == "post" else {}
    theirs, missing = (getattr(stranger_browser, method)(one, said, headers=HTMX) for one in (there, nowhere))
    assert (theirs.status_code, missing.status_code) == (404, 404)
    words = [{**response.json(), "request_id": ""} for response in (theirs, missing)]
    assert words[0] == words[1]
    item.refresh_from_db()
    assert (item.quantity, item.deleted_at, Meal.objects.get().deleted_at) == (1, None, None)


@pytest.mark.parametrize("address", ["/meals/copy/", "/meals/items/delete/", "/meals/favourites/"])
def test_what_changes_something_is_never_done_by_reading(browser, address):
    assert browser.get(address).status_code == 405


def test_a_stranger_copies_their_own_empty_day(stranger_browser, eaten_yesterday):
    assert stranger_browser.post("/meals/copy/", again(), headers=HTMX).status_code == 404
    assert today().count() == 0


def test_times_of_meals_are_set_on_the_persons_wall(browser, owner, lunch):
    owner.profile.day_start_hour = 4
    owner.profile.save()
    said = {"slot": "SNACK", "date": DAY.isoformat(), "time": "01:30", "note": ""}
    browser.post(f"/meals/{lunch.pk}/", said, headers=HTMX)
    lunch.refresh_from_db()
    wall = lunch.eaten_at + timedelta(hours=9)
    assert (wall.date(), wall.time()) == (DAY + timedelta(days=1), time(1, 30))
