"""The photo sheet as a browser uses it: with htmx, as a plain page, twice at once, by a stranger."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onharu.kernel import clock, jobs
from onharu.kernel.problems import Unavailable
from onharu.records.meals.actions import photos
from onharu.records.meals.models import Analysis, Meal, MealItem
from onharu.records.meals.queries import suggest
from onharu.records.meals.tests.test_photos import Seer, agree, picture, suggest_alike

HTMX = {"HX-Request": "true"}
BASE = re.compile(r'action="(/meals/(?:photo|text)/[0-9a-f-]{36}/)confirm/"')


@pytest.fixture(autouse=True)
def seer(monkeypatch):
    found = Seer()
    monkeypatch.setattr(photos.food_vision, "look", found.look)
    monkeypatch.setattr(photos.food_vision, "leaves_home", lambda: found.leaves_home)
    return found


def send(client, *pictures, htmx=True, **said):
    files = list(pictures) or [picture()]
    return client.post("/meals/photo/", {"photo": files, "slot": "LUNCH", **said}, headers=HTMX if htmx else {})


def words(response):
    return response.content.decode()


def base_of(response):
    return BASE.search(words(response))[1]


def rows(*foods, **more):
    """A form of rows, each (food, quantity, unit)."""
    form = {"row": [str(at) for at in range(len(foods))], "slot": "LUNCH", **more}
    for at, (food, quantity, unit) in enumerate(foods):
        form |= {f"food-{at}": food or "", f"quantity-{at}": quantity, f"unit-{at}": unit}
    return form


def confirm(client, base, form, *, htmx=True):
    return client.post(f"{base}confirm/", form, headers=HTMX if htmx else {})


@pytest.mark.parametrize("path", ["/meals/photo/", "/meals/text/"])
def test_the_sheet_opens_over_a_page_and_as_a_page(browser, path):
    assert words(browser.get(path, headers=HTMX)).startswith("<dialog")
    page = words(browser.get(path))
    assert page.startswith("<!doctype html>")
    assert "hx-post" not in page.split("<main")[1].split("</main>")[0]


def test_where_the_photograph_goes_is_said_before_it_is_sent(browser, owner, seer):
    assert "이 서버 밖으로 나가지 않아요" in words(browser.get("/meals/photo/", headers=HTMX))
    seer.leaves_home = True
    assert "이 서버 밖으로 나가지 않아요" in words(browser.get("/meals/photo/", headers=HTMX))
    agree(owner)
    assert "바깥 회사의 서버로 보내요" in words(browser.get("/meals/photo/", headers=HTMX))


def test_a_photograph_becomes_a_row_with_its_amount_and_where_it_comes_from(browser, stew):
    page = words(send(browser))
    assert "김치찌개" in page
    assert "사진으로 추정 · 아마 맞을 거예요 70%" in page
    assert "400 g" in page and "200 kcal" in page and "1,600 mg" in page
    assert "사진은 이 서버 밖으로 나가지 않았어요 · 모델 fake-1" in page


def test_what_is_confirmed_is_written_once_and_counted_from_the_catalogue(browser, stew, noon):
    base = base_of(send(browser))
    form = rows((stew.pk, "0,5", "그릇"), kcal="-5000")
    first, again = confirm(browser, base, form), confirm(browser, base, form)
    assert (first.status_code, again.status_code) == (204, 204)
    assert first["HX-Trigger"] == again["HX-Trigger"]
    item = MealItem.objects.get()
    assert (item.grams, item.nutrients.kcal, item.origin) == (200, 100, "PHOTO")


def test_the_answer_closes_the_sheet_tells_the_day_and_offers_to_take_it_back(browser, stew, noon):
    done = confirm(browser, base_of(send(browser)), rows((stew.pk, "1", "그릇")))
    triggers = done.headers["HX-Trigger"].encode().decode("unicode_escape")
    assert "점심에 1개를 담았어요." in triggers
    assert "onharu:day:2026-11-22" in triggers and "onharu:close-sheet" in triggers
    undo = re.search(r'"undo": "([^"]+)"', triggers)[1]
    assert browser.post(undo, headers=HTMX).status_code == 204
    assert not Meal.objects.alive().exists()


def test_without_scripts_the_whole_way_is_plain_pages(browser, stew, rice, noon):
    sent = send(browser, htmx=False)
    assert sent.status_code == 302
    page = browser.get(sent["Location"])
    base = base_of(page)
    assert base == sent["Location"]
    searched = browser.post(base, {**rows((stew.pk, "1", "그릇")), "q-0": "쌀밥", "do": "find-0"})
    assert "쌀밥" in words(searched) and 'value="쌀밥"' in words(searched)
    longer = browser.post(base, {**rows((rice.pk, "2", "")), "do": "add"})
    assert words(longer).count('<fieldset class="pick"') == 2
    assert "420 g" in words(longer)
    done = confirm(browser, base, rows((rice.pk, "2", "공기")), htmx=False)
    assert (done.status_code, done["Location"]) == (302, "/meals/?date=2026-11-22")
    assert MealItem.objects.get().grams == 420


def test_what_is_not_known_is_asked_with_a_pick_list(browser, stew, rice, lunch, seer):
    seer.sight = seer.of(True, False, "김치찌개")
    page = words(send(browser))
    assert "무슨 음식인지 확실하지 않아요 — 골라 주세요" in page
    assert "김치찌개 같기도 해요." in page
    assert page.index("자주 드신 음식") < page.index("쌀밥")
    assert "사진으로 추정" in page
    assert "%" not in page.split('id="picks"')[1].split("data-food")[0]


def test_a_row_without_a_food_says_so_beside_itself_and_nothing_is_written(browser, stew, seer):
    seer.sight = seer.of(True, False, "김치찌개")
    base = base_of(send(browser))
    refused = confirm(browser, base, rows((None, "1", "")) | {"offered-0": str(stew.pk)})
    assert refused.status_code == 422
    assert "음식을 골라 주세요." in words(refused)
    assert "김치찌개" in words(refused)
    assert not Meal.objects.exists()


def test_a_habit_is_called_a_habit_without_a_percentage(browser, stew, rice, lunch, seer):
    seer.sight = seer.of(True, True, "김치찌개", "쌀밥")
    page = words(send(browser))
    assert "자주 드신 음식</p>" in page
    assert "70%" not in page


def test_a_picture_of_no_food_says_so(browser, seer):
    seer.sight = seer.of(False, False)
    assert "음식이 아닌 것 같아요" in words(send(browser))


def test_a_meal_that_looks_the_same_is_named_with_its_day(browser, rice, seer, monkeypatch):
    seer.sight = seer.of(True, False, feature=b"f" * 2560)
    monkeypatch.setattr(suggest.food_vision, "most_alike", lambda _, others: suggest_alike(0, 0.99) if others else None)
    day = {"date": "2026-11-03"}
    confirm(browser, base_of(send(browser, picture("red"), **day)), rows((rice.pk, "250", "g")))
    page = words(send(browser, picture("maroon")))
    assert "11월 3일 사진과 닮았어요" in page
    assert 'value="250"' in page


def test_rows_that_are_left_out_are_not_written(browser, stew, rice):
    base = base_of(send(browser, picture("red"), picture("green")))
    confirm(browser, base, rows((stew.pk, "1", "그릇"), (rice.pk, "1", "공기")) | {"remove-0": "1"})
    assert [item.name for item in MealItem.objects.all()] == ["쌀밥"]


def test_a_meal_without_any_food_is_not_written(browser, stew):
    base = base_of(send(browser))
    refused = confirm(browser, base, rows((stew.pk, "1", "그릇")) | {"remove-0": "1"})
    assert refused.status_code == 422
    assert "하나는 남겨 주세요" in words(refused)
    assert not Meal.objects.exists()


@pytest.mark.parametrize("quantity", ["0", "-1", "abc", "1e9", "999999", "NaN", ""])
def test_an_amount_that_nobody_eats_is_refused_beside_its_row(browser, stew, quantity):
    base = base_of(send(browser))
    refused = confirm(browser, base, rows((stew.pk, quantity, "그릇")))
    assert refused.status_code == 422
    assert "양을 확인해 주세요" in words(refused)
    assert not Meal.objects.exists()


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (SimpleUploadedFile("x.jpg", b"no photograph", "image/jpeg"), "JPEG, PNG, WebP, HEIC"),
        (SimpleUploadedFile("x.jpg", b"\xff\xd8\xff broken", "image/jpeg"), "읽을 수 없어요"),
        (SimpleUploadedFile("x.jpg", b"\xff\xd8\xff" + bytes(12 * 1024 * 1024), "image/jpeg"), "너무 커요"),
    ],
    ids=["no-photograph", "broken", "large"],
)
def test_what_cannot_be_taken_is_said_beside_the_input(browser, file, reason):
    refused = send(browser, file)
    assert refused.status_code == 422
    assert reason in words(refused).split('id="photo-problem"')[1]
    assert not Analysis.objects.exists()


def test_no_photograph_and_too_many_are_refused_in_words(browser):
    nothing = browser.post("/meals/photo/", {"slot": "LUNCH"}, headers=HTMX)
    assert (nothing.status_code, "사진을 골라 주세요" in words(nothing)) == (422, True)
    colours = ["red", "green", "blue", "white", "black", "gray", "pink"]
    many = send(browser, *[picture(colour) for colour in colours])
    assert (many.status_code, "6장까지" in words(many)) == (422, True)


def test_a_model_that_does_not_answer_leaves_a_pick_list(browser, lunch, seer):
    seer.sight = Unavailable()
    page = words(send(browser))
    assert "무슨 음식인지 확실하지 않아요" in page
    assert "쌀밥" in page


def test_a_slow_model_shows_progress_until_its_rows_are_there(browser, owner, stew, seer):
    seer.leaves_home = True
    agree(owner)
    waiting = words(send(browser))
    assert "알아보고 있어요" in waiting
    assert "기다리지 않고 직접 찾기" in waiting
    poll = re.search(r'hx-get="(/meals/photo/[^"]+poll=1)" hx-trigger="every 700ms"', waiting)[1]
    assert browser.get(poll, headers=HTMX).status_code == 204
    assert 'http-equiv="refresh"' in words(browser.get(poll.removesuffix("?poll=1")))
    jobs.run_due()
    done = browser.get(poll, headers=HTMX)
    assert (done.status_code, "김치찌개" in words(done)) == (200, True)


def test_a_model_that_never_answers_is_given_up_in_words(browser, owner, stew, seer):
    seer.leaves_home = True
    agree(owner)
    waiting = words(send(browser))
    poll = re.search(r'hx-get="(/meals/photo/[^"]+poll=1)"', waiting)[1]
    Analysis.objects.update(created_at=clock.now() - timedelta(minutes=1))
    late = browser.get(poll, headers=HTMX)
    assert (late.status_code, "아직 답이 오지 않았어요" in words(late)) == (200, True)


def test_a_name_finds_foods_for_a_row_and_an_empty_one_lists_the_first_again(browser, stew, rice):
    base = base_of(send(browser))
    found = words(browser.get(f"{base}find/0/", {"q-0": "밥", "food-0": stew.pk}))
    assert "쌀밥" in found and "김치찌개" in found
    assert "쌀밥" not in words(browser.get(f"{base}find/0/", {"q-0": ""}))
    assert "찾은 음식이 없어요" in words(browser.get(f"{base}find/0/", {"q-0": "뿡빵뿡"}))


def test_one_more_row_has_a_name_of_its_own(browser, stew):
    base = base_of(send(browser))
    names = {re.search(r'name="row" value="([^"]+)"', words(browser.get(f"{base}row/")))[1] for _ in range(3)}
    assert len(names) == 3


def test_a_stranger_finds_nothing(browser, stranger_browser, stew):
    base = base_of(send(browser))
    for attempt in (
        stranger_browser.get(base),
        stranger_browser.post(base, rows((stew.pk, "1", "그릇"))),
        stranger_browser.get(f"{base}row/"),
        stranger_browser.get(f"{base}find/0/?q-0=밥"),
        confirm(stranger_browser, base, rows((stew.pk, "1", "그릇"))),
        stranger_browser.get(f"/meals/photo/{uuid.uuid4()}/"),
    ):
        assert attempt.status_code == 404
    assert not Meal.objects.exists()


def test_nobody_comes_in_without_signing_in(client, db):
    assert client.get("/meals/photo/")["Location"].startswith("/login/")
    assert client.post(f"/meals/photo/{uuid.uuid4()}/confirm/")["Location"].startswith("/login/")


@pytest.mark.parametrize("path", ["/meals/photo/?slot=BRUNCH", "/meals/photo/?date=yesterday", "/meals/text/?slot=X"])
def test_what_is_no_meal_and_no_day_is_refused(browser, path):
    assert browser.get(path).status_code == 400


def test_rows_that_make_no_sense_are_refused_and_nothing_written(browser, stew):
    base = base_of(send(browser))
    assert confirm(browser, base, {"row": "../x", "food-../x": "1"}).status_code == 422
    assert confirm(browser, base, rows(("drop", "1", "그릇"))).status_code == 400
    assert confirm(browser, base, rows((987654, "1", "그릇"))).status_code == 422
    assert not Meal.objects.exists()


def test_the_form_costs_the_same_for_one_photograph_or_six(browser, stew, rice, django_assert_max_num_queries):
    colours = ["red", "green", "blue", "white", "black", "gray"]
    one = base_of(send(browser, picture("pink")))
    six = base_of(send(browser, *[picture(colour) for colour in colours]))
    for base in (one, six):
        browser.get(base, headers=HTMX)
        with django_assert_max_num_queries(3):
            browser.get(base, headers=HTMX)


def test_the_english_sheet_speaks_english(browser, stew, noon):
    browser.cookies["onharu_language"] = "en"
    step = words(send(browser)).split('id="suggested-step"')[1]
    assert not re.search("[가-힣]", re.sub(r"<[^>]*>|김치찌개|그릇|인분", "", step))
    done = confirm(browser, base_of(send(browser)), rows((stew.pk, "1", "그릇")))
    assert "Added 1 food to Lunch." in done["HX-Trigger"]
