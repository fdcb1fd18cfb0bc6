"""The text sheet: a sentence in, rows to correct, one meal out."""

import re

import pytest

from onharu.records.meals.models import Meal, MealItem
from onharu.records.meals.tests.test_photo_pages import HTMX, base_of, confirm, rows, words

SENTENCE = "김치찌개 한 그릇이랑 밥 반 공기"


def say(client, text=SENTENCE, *, htmx=True):
    return client.post("/meals/text/", {"text": text, "slot": "LUNCH"}, headers=HTMX if htmx else {})


def test_a_sentence_becomes_rows_with_their_amounts(browser, rice, stew):
    page = words(say(browser))
    assert re.findall(r"data-title>([^<]+)<", page) == ["김치찌개", "쌀밥"]
    assert re.findall(r'name="quantity-\d" [^>]*value="([^"]+)"', page) == ["1", "0.5"]
    assert "105 g" in page
    assert "글은 이 서버 안에서만 읽었어요" in page


def test_a_slip_is_understood_and_told(browser, stew):
    assert "‘김치찌게’ → 김치찌개로 찾았어요" in words(say(browser, "김치찌게 한 그릇"))


def test_what_is_not_known_is_asked_for_and_the_rest_stays(browser, rice):
    page = words(say(browser, "밥 한 공기, 뿡빵뿡 두 개"))
    assert "쌀밥" in page
    assert "뿡빵뿡" in page and "어떤 음식인가요?" in page


def test_a_vague_amount_is_marked_as_a_guess(browser, rice):
    assert re.search(r'badge-guess" data-guess>', words(say(browser, "밥 두세 공기")))


def test_the_rows_are_written_as_said_in_words(browser, rice, stew, noon):
    base = base_of(say(browser))
    assert confirm(browser, base, rows((stew.pk, "1", "그릇"), (rice.pk, "0.5", "공기"))).status_code == 204
    assert sorted(MealItem.objects.values_list("name", "grams", "origin")) == [
        ("김치찌개", 400, "TEXT"),
        ("쌀밥", 105, "TEXT"),
    ]


def test_without_scripts_a_sentence_leads_to_a_page_of_rows(browser, rice):
    sent = say(browser, "밥 한 공기", htmx=False)
    assert sent.status_code == 302
    assert words(browser.get(sent["Location"])).startswith("<!doctype html>")


@pytest.mark.parametrize("text", ["", "   ", "밥" * 501])
def test_nothing_and_a_novel_are_refused_beside_the_field_with_the_words_kept(browser, text):
    refused = say(browser, text)
    assert refused.status_code == 422
    assert "1~500자로" in words(refused).split('id="text-problem"')[1]
    assert text.strip() in words(refused)


def test_what_a_person_writes_is_never_markup(browser, rice):
    page = words(say(browser, "<script>alert(1)</script> 한 개"))
    assert "<script>alert" not in page


def test_the_same_sentence_twice_is_one_analysis_and_two_presses_one_meal(browser, rice, noon):
    first, again = base_of(say(browser, "밥 한 공기")), base_of(say(browser, "밥 한 공기"))
    assert first == again
    for _ in range(2):
        confirm(browser, first, rows((rice.pk, "1", "공기")))
    assert Meal.objects.count() == 1
