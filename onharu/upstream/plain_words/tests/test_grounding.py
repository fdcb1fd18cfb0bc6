"""What grounding reads in a sentence: numbers in digits and in words, of what, in which unit."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.upstream.plain_words import lexicon
from onharu.upstream.plain_words.backends.embedded import Backend
from onharu.upstream.plain_words.grounding import flaw_of, known_numbers, spelled
from onharu.upstream.plain_words.port import DayFacts, Measure
from onharu.upstream.plain_words.tests.days import EMPTY, FULL

ENGLISH = replace(FULL, language="en")
NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")


@given(st.sampled_from([FULL, ENGLISH]), st.integers(0, 9), st.integers(6000, 9999))
def test_a_true_text_with_one_number_changed_is_refused(facts, which, wrong):
    """The embedded sentences are grounded; with any of their numbers replaced by another they are not."""
    text = Backend().say_day(facts).text
    found = list(NUMBERS.finditer(text))
    number = found[which % len(found)]
    assert flaw_of(text, facts) == ""
    assert flaw_of(f"{text[: number.start()]}{wrong}{text[number.end() :]}", facts) == "number"


@given(st.permutations(["열량", "단백질", "나트륨"]))
def test_true_numbers_of_the_wrong_things_are_refused(order):
    text = f"{order[0]}은 1,850 kcal, {order[1]}은 62 g, {order[2]}은 2,450 mg이에요."
    assert (flaw_of(text, FULL) == "") == (order == ["열량", "단백질", "나트륨"])


@given(st.text(max_size=300))
def test_any_text_is_judged_without_a_fault(text):
    assert isinstance(flaw_of(text, FULL), str)
    assert spelled(spelled(text)) == spelled(text)


@pytest.mark.parametrize(
    ("word", "worth"),
    [("한", 1), ("두", 2), ("네", 4), ("아홉", 9), ("열", 10), ("열두", 12), ("스무", 20), ("스물세", 23)],
)
def test_native_numerals_are_read(word, worth):
    assert lexicon.native(word) == worth


@pytest.mark.parametrize(
    ("word", "worth"),
    [
        ("십", 10),
        ("이십", 20),
        ("삼백", 300),
        ("이천사백", 2400),
        ("이천 사백 오십", 2450),
        ("만 이천", 12000),
        ("천팔백오십", 1850),
    ],
)
def test_sino_numerals_are_read(word, worth):
    assert lexicon.sino(word) == worth


@pytest.mark.parametrize(("word", "worth"), [("one", 1), ("Twelve", 12), ("FIFTY", 50), ("dozen", 12), ("zero", 0)])
def test_english_numerals_are_read(word, worth):
    assert lexicon.english(word) == worth


@pytest.mark.parametrize(
    "text",
    [
        "오늘은 식사를 세 번 적었고 열량은 천팔백오십 킬로칼로리예요.",
        "운동은 사십오 분 했어요. 식사는 3번이에요.",
        "열량은 1850kcal, 단백질은 62.3g, 나트륨은 2450mg이에요.",
        "목표는 1,800 kcal에서 2,200 kcal 사이예요. 식사는 3번이에요.",
        "몸무게는 62.3 kg, 물은 1,200 ml였어요.",
        "계획한 운동 5개 중 3개를 마친 하루였어요.",
    ],
)
def test_numbers_may_be_written_the_way_people_do(text):
    assert flaw_of(text, FULL) == ""


@pytest.mark.parametrize(
    "text",
    [
        "So far you noted three meals and moved for 45 minutes.",
        "Energy came to 1,850 kcal, within a range of 1,800 to 2,200 kcal.",
        "You slept 6.5 hours, and your mood was 4 of 5.",
        "You have written twelve days in a row. Water came to 1,200 ml.",
        "It was one of the days with 62 g of protein.",
    ],
)
def test_english_numbers_may_be_written_the_way_people_do(text):
    assert flaw_of(text, ENGLISH) == ""


def test_a_number_is_known_as_it_is_and_rounded():
    values = {one.value for one in known_numbers(FULL) if one.subject == "protein_g" and not one.target}
    assert values == {Decimal("62.31"), Decimal("62.3"), Decimal(62)}


def test_nothing_is_known_of_a_day_without_facts():
    assert known_numbers(DayFacts(day=FULL.day)) == frozenset()
    assert known_numbers(EMPTY) == {one for one in known_numbers(EMPTY) if one.value == 0}


def test_a_date_is_no_fact_of_the_day():
    assert flaw_of("11월 23일에는 식사를 3번 적었어요.", FULL) != ""


def test_names_of_workouts_may_hold_numbers_and_any_word():
    odd = replace(FULL, workouts=("처방 없는 7 km 달리기",))
    assert flaw_of("운동(처방 없는 7 km 달리기)은 45분 했어요. 식사는 3번이에요.", odd) == ""
    assert flaw_of("운동은 7 km를 45분 했어요. 식사는 3번이에요.", odd) != ""


def test_a_name_of_one_letter_hides_nothing():
    assert flaw_of("오늘은 약을 두 알 먹었어요. 식사는 3번이에요.", replace(FULL, workouts=("약",))) == "medical"


@pytest.mark.parametrize(
    ("amount", "text", "flaw"),
    [
        (None, "나트륨은 많지 않았어요. 식사는 3번이에요.", "unknown"),
        (None, "나트륨은 알 수 없어요. 식사는 3번이에요.", ""),
        (Decimal(0), "나트륨은 0 mg이에요. 식사는 3번이에요.", ""),
    ],
)
def test_unknown_and_zero_are_two_things(amount, text, flaw):
    facts = replace(FULL, measures=(Measure("sodium_mg", amount),))
    assert flaw_of(text, facts) == flaw


def test_all_done_may_be_said_when_it_was():
    text = "계획한 운동을 모두 마쳤어요. 식사는 3번이에요."
    assert flaw_of(text, FULL) == "not_done"
    assert flaw_of(text, replace(FULL, tasks_done=5)) == ""
