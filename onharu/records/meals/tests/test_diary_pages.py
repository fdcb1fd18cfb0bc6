"""The diary page and its parts: what they show, what they cost, who sees them."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from onharu.kernel.days import touch
from onharu.records.meals.actions import diary
from onharu.records.meals.actions.diary import Wanted
from onharu.records.meals.tests.conftest import DAY

YESTERDAY = DAY - timedelta(days=1)
HTMX = {"HX-Request": "true"}


def eat(person, food, noon, *, day=DAY, slot="LUNCH", quantity=1, unit=""):
    wanted = [Wanted(food=food.pk, quantity=Decimal(quantity), unit=unit)]
    return diary.log_meal(owner_id=person.pk, day=day, slot=slot, eaten_at=noon, wanted=wanted)


def test_the_diary_shows_the_four_meals_with_their_sums(browser, lunch):
    page = browser.get("/meals/").content.decode()
    for word in ("아침", "점심", "저녁", "간식"):
        assert f"{word}에 음식 담기" in page
    assert "쌀밥" in page
    assert "1공기 · 210\N{NO-BREAK SPACE}g" in page
    assert re.search(r"<strong>341</strong> <small>kcal</small>", page)


def test_a_sum_says_how_many_foods_do_not_know_it(browser, lunch):
    assert "1개 음식은 나트륨 정보가 없어 합계가 적게 나올 수 있어요" in browser.get("/meals/").content.decode()


def test_an_empty_slot_offers_yesterdays_meal_and_the_empty_day_the_whole_day(browser, owner, rice, noon):
    eat(owner, rice, noon - timedelta(days=1), day=YESTERDAY, slot="DINNER")
    page = browser.get("/meals/").content.decode()
    assert "어제 저녁 그대로" in page
    assert "어제 하루 그대로" in page
    assert "어제 점심 그대로" not in page


def test_another_day_speaks_of_the_day_before_it(browser, owner, rice, noon):
    eat(owner, rice, noon - timedelta(days=3), day=DAY - timedelta(days=3), slot="DINNER")
    page = browser.get(f"/meals/?date={DAY - timedelta(days=2)}").content.decode()
    assert "전날 저녁 그대로" in page
    assert "어제" not in page


@pytest.mark.parametrize("path", ["/meals/", "/meals/diary/"])
def test_reading_a_day_costs_no_more_for_fifty_foods(browser, owner, rice, noon, django_assert_max_num_queries, path):
    browser.get(path)
    with django_assert_max_num_queries(3):
        browser.get(path)
    wanted = [Wanted(food=rice.pk)] * 50
    diary.log_meal(owner_id=owner.pk, day=DAY, slot="LUNCH", eaten_at=noon, wanted=wanted)
    with django_assert_max_num_queries(3):
        assert browser.get(path).content.decode().count('data-row="') == 50


@pytest.mark.parametrize("path", ["/meals/", "/meals/diary/", "/meals/water/part/"])
def test_a_stranger_sees_an_empty_day_of_their_own(stranger_browser, lunch, path):
    page = stranger_browser.get(f"{path}?date={DAY}").content.decode()
    assert "쌀밥" not in page
    assert "data-row" not in page


@pytest.mark.parametrize("path", ["/meals/diary/", "/meals/water/part/"])
def test_a_part_says_nothing_when_the_screen_has_its_version(browser, owner, lunch, path):
    page = browser.get(f"{path}?date={DAY}").content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    asked = f"{path}?date={DAY}&seen={seen}"
    assert browser.get(asked, headers=HTMX).status_code == 204
    touch(owner.pk, DAY, part="meals")
    assert browser.get(asked, headers=HTMX).status_code == 200


@pytest.mark.parametrize("path", ["/meals/", "/meals/diary/", "/meals/water/part/", "/meals/add/", "/meals/water/"])
@pytest.mark.parametrize("said", ["yesterday", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_refused_in_words(browser, noon, path, said):
    response = browser.get(f"{path}?date={said}")
    assert response.status_code == 400
    assert "2026-11-22처럼" in response.content.decode()


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_have_neighbours(browser, day):
    assert browser.get(f"/meals/?date={day}").status_code == 200


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("search", "/meals/add/"), ("photo", "/meals/photo/"), ("text", "/meals/text/"), ("water", "/meals/water/"),
    ],
)  # fmt: skip
def test_what_to_add_opens_as_a_sheet_over_the_diary(browser, noon, kind, address):
    page = browser.get(f"/meals/?date={DAY}&add={kind}").content.decode()
    assert f'hx-get="{address}?date={DAY}&amp;slot=LUNCH" hx-trigger="load" hx-target="#sheet-slot"' in page


def test_an_unknown_thing_to_add_opens_nothing(browser):
    assert 'hx-trigger="load"' not in browser.get("/meals/?add=gold").content.decode()


def test_nobody_signed_in_is_sent_to_sign_in(client, db):
    assert client.get("/meals/")["Location"] == "/login/?next=%2Fmeals%2F"
    assert client.get("/meals/water/part/", headers=HTMX)["HX-Redirect"].startswith("/login/")


def test_times_are_those_of_the_persons_wall(browser, owner, lunch):
    owner.profile.zone = "America/New_York"
    owner.profile.save()
    assert "22:00" in browser.get(f"/meals/?date={DAY}").content.decode()


def test_the_water_of_a_day_is_a_part_of_its_own(browser, noon):
    assert "—</strong>" in browser.get("/meals/water/part/").content.decode()
    browser.post("/meals/water/", {"date": DAY.isoformat(), "ml": "600"}, headers=HTMX)
    assert "<strong>600</strong>" in browser.get(f"/meals/water/part/?date={DAY}").content.decode()


def test_pages_speak_english_when_asked(browser, lunch):
    browser.cookies["onharu_language"] = "en"
    page = browser.get("/meals/").content.decode()
    assert "Lunch" in page
    assert "1 food does not tell its sodium, so the sum may be too low" in page
