from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.records.meals.pages import words
from onharu.records.meals.queries import wording

TODAY = date(2026, 11, 22)


def test_official_names_lose_their_joints():
    assert wording.food_name("커피_카페 라떼  핫(HOT)") == "커피 카페 라떼 핫(HOT)"


@pytest.mark.parametrize(
    ("name", "query", "shown"),
    [
        ("김치찌개", "김치", "<mark>김치</mark>찌개"),
        ("돼지고기 김치찌개", "고기김치", "돼지<mark>고기 김치</mark>찌개"),
        ("국밥_순대국밥", "국밥순대", "<mark>국밥 순대</mark>국밥"),
        ("김치찌개", "ㄱㅊㅉㄱ", "<mark>김치찌개</mark>"),
        ("김치찌개", "김ㅊ", "<mark>김치</mark>찌개"),
        ("Cafe Latte", "latte", "Cafe <mark>Latte</mark>"),
        ("김치찌개", "된장", "김치찌개"),
        ("김치찌개", "", "김치찌개"),
        ("김치찌개", " _ ", "김치찌개"),
        ("<b>", "b", "&lt;<mark>b</mark>&gt;"),
    ],
)
def test_the_part_that_was_asked_for_is_marked(name, query, shown):
    assert words.marked(name, query) == shown


@given(st.text(max_size=20), st.text(max_size=8))
def test_marking_never_breaks_and_never_lets_markup_through(name, query):
    shown = str(words.marked(name, query)).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in shown


@pytest.mark.parametrize(
    ("quantity", "unit", "grams", "said"),
    [
        ("1.5", "공기", "315", "1½공기 · 315\N{NO-BREAK SPACE}g"),
        ("210", "g", "210", "210\N{NO-BREAK SPACE}g"),
        ("0.25", "모", "87.5", "¼모 · 87.5\N{NO-BREAK SPACE}g"),
    ],
)
def test_a_portion_says_its_weight_once(quantity, unit, grams, said):
    assert wording.portion(Decimal(quantity), unit, Decimal(grams), "g") == said


def test_what_was_added_is_named_or_counted():
    assert words.added_words(["쌀밥"]) == "쌀밥을 담았어요."
    assert words.added_words(["김치"]) == "김치를 담았어요."
    assert words.added_words(["쌀밥", "김치"]) == "음식 2개를 담았어요."
    assert words.deleted_words("점심") == "점심을 지웠어요."


def test_many_foods_are_named_by_the_first_three():
    assert wording.some_names(["쌀밥", "김치", "국"]) == "쌀밥, 김치, 국"
    assert wording.some_names(["쌀밥", "김치", "국", "전", "떡"]) == "쌀밥, 김치, 국 외 2개"


@pytest.mark.parametrize(
    ("ahead", "said"), [(0, "오늘"), (-1, "어제"), (-2, "그저께"), (1, "내일"), (-5, "11월 17일"), (9, "12월 1일")]
)
def test_a_day_is_named_as_people_do(ahead, said):
    assert words.day_words(TODAY + timedelta(days=ahead), TODAY) == said


def test_a_slip_is_said_with_the_right_particle():
    assert words.found_words("김치찌게", "김치찌개") == "‘김치찌게’ → 김치찌개로 찾았어요"
    assert words.found_words("쌀빱", "쌀밥") == "‘쌀빱’ → 쌀밥으로 찾았어요"
