"""How exercises and amounts are said, in both languages."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from onharu.records.workouts.actions.writing import SetValues
from onharu.records.workouts.pages import words

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (None, ""),
        (Decimal(0), "0분"),
        (Decimal("0.4"), "1분"),
        (Decimal("2.5"), "3분"),
        (95, "95분"),
        (1200, "1,200분"),
    ],
)
def test_minutes_are_whole_and_none_of_them_nothing(minutes, said):
    assert words.minutes_words(minutes) == said


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        ([], ""),
        ([SetValues(8, Decimal(40))] * 3, f"3세트 × 8회 · 40{NB}kg"),
        ([SetValues(8, Decimal(40)), SetValues(7, Decimal(40))], f"8·7회 · 40{NB}kg"),
        ([SetValues(12), SetValues(10)], "12·10회"),
        ([SetValues(8, Decimal(40)), SetValues(6, Decimal("42.5"))], f"8회 · 40{NB}kg, 6회 · 42.5{NB}kg"),
        ([SetValues(seconds=40)] * 2, "2세트 × 40초"),
        ([SetValues()] * 2, "2세트"),
    ],
)
def test_sets_are_summed_up_as_short_as_they_are_alike(sets, said):
    assert words.sets_done_words(sets) == said


def test_amounts_are_said_in_english_too():
    with translation.override("en"):
        assert words.sets_done_words([SetValues(8, Decimal(40))] * 3) == f"3 sets × 8 reps · 40{NB}kg"
        assert words.reps_words(8, 12) == "8~12 reps"
        assert words.minutes_words(30) == "30 min"
        assert words.day_words(date(2026, 11, 20), date(2026, 11, 22)) == "20 November (Fri)"


def test_an_effort_between_the_listed_ones_can_stay():
    assert ("7.5", "7.5") in words.efforts(Decimal("7.5"))
    assert words.efforts(None)[0] == ("", "안 적음")


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("빠르게 걷기", "걷기", "빠르게 <mark>걷기</mark>"),
        ("맨몸 스쿼트", "ㅅㅋㅌ", "맨몸 <mark>스쿼트</mark>"),
        ("덤벨 로우", "덤벨로우", "<mark>덤벨 로우</mark>"),
        ("<b>", "x", "&lt;b&gt;"),
    ],
)
def test_what_was_searched_is_marked_and_never_markup(name, query, said):
    assert words.marked(name, query) == said
