"""The sentences that come with the product: right for every day there can be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.kernel.quantities import NUTRIENTS
from onharu.upstream.plain_words.backends.embedded import Backend
from onharu.upstream.plain_words.grounding import flaw_of
from onharu.upstream.plain_words.port import DayFacts, Measure
from onharu.upstream.plain_words.tests.days import EMPTY, FULL, MEASURES

AMOUNTS = st.decimals(min_value=0, max_value=9999, places=2)
COUNTS = st.integers(min_value=0, max_value=40)
MEASURED = st.builds(
    Measure,
    key=st.sampled_from(NUTRIENTS),
    amount=st.none() | AMOUNTS,
    low=st.none() | AMOUNTS,
    high=st.none() | AMOUNTS,
    unknown_rows=COUNTS,
)
DAYS = st.builds(
    DayFacts,
    day=st.just(date(2026, 11, 22)),
    language=st.sampled_from(["ko", "en"]),
    finished=st.booleans(),
    meals=st.none() | COUNTS,
    measures=st.lists(MEASURED, max_size=4, unique_by=lambda one: one.key).map(tuple),
    water_ml=st.none() | COUNTS,
    workouts=st.lists(st.sampled_from(["걷기", "스쿼트", "Plank", "5km 달리기"]), max_size=5).map(tuple),
    workout_minutes=st.none() | AMOUNTS,
    workouts_untimed=COUNTS,
    tasks_planned=st.none() | COUNTS,
    tasks_done=st.none() | COUNTS,
    weight_kg=st.none() | AMOUNTS,
    sleep_hours=st.none() | st.decimals(min_value=0, max_value=24, places=1),
    mood=st.none() | st.integers(1, 5),
    condition=st.none() | st.integers(1, 5),
    streak_days=st.none() | COUNTS,
    said=st.lists(st.text(max_size=40), max_size=2).map(tuple),
)


def say(facts):
    return Backend().say_day(facts).text


@given(DAYS)
def test_every_day_can_be_said_and_passes_the_judgement_that_models_must_pass(facts):
    text = say(facts)
    assert flaw_of(text, facts) in ({""} if facts.language == "ko" else {"", "language"}), text


@given(DAYS)
def test_what_people_wrote_is_not_repeated(facts):
    assert say(facts) == say(replace(facts, said=()))


def test_a_full_day_in_korean():
    assert say(FULL) == (
        "오늘은 지금까지 식사를 3번 적었고, 열량은 1,850 kcal예요. "
        "단백질은 62.3 g, 나트륨은 2,450 mg 이상(음식 2개는 정보 없음)이에요. "
        "운동(걷기, 스쿼트)은 45분 했고, 계획한 5개 중 3개를 마쳤어요. "
        "물은 1,200 ml, 잠은 6.5시간, 기분은 5점 중 4점이에요."
    )


def test_a_full_day_in_english():
    assert say(replace(FULL, language="en", finished=True)) == (
        "You noted 3 meals with 1,850 kcal. "
        "Protein came to 62.3 g, and sodium came to at least 2,450 mg (2 foods say nothing of it). "
        "You worked out for 45 minutes (걷기, 스쿼트) and finished 3 of 5 planned exercises. "
        "Water came to 1,200 ml, you slept 6.5 hours, and your mood was 4 of 5."
    )


def test_an_empty_day_is_empty_and_not_zero():
    assert say(EMPTY) == "오늘은 아직 적은 것이 없어요. 한 줄만 적어도 하루가 남아요."
    assert say(replace(EMPTY, finished=True, language="en")).startswith("Nothing was written on this day.")


def test_unknown_amounts_are_said_as_unknown():
    unknown = (MEASURES[0], replace(MEASURES[1], amount=None), replace(MEASURES[2], amount=None))
    assert "단백질, 나트륨은 정보가 없어요." in say(replace(FULL, measures=unknown))
    assert "There is no information on protein or sodium." in say(replace(FULL, measures=unknown, language="en"))
    assert "식사를 3번 적었어요." in say(replace(FULL, measures=()))


def test_meals_that_cannot_be_read_are_not_called_none():
    assert "읽지 못했어요" in say(replace(FULL, meals=None))
    assert "cannot be read" in say(replace(FULL, meals=None, language="en"))


@pytest.mark.parametrize(
    ("change", "ko", "en"),
    [
        ({"workout_minutes": None}, "걸린 시간을 적지 않았고", "without noting for how long"),
        ({"workouts_untimed": 1}, "1개는 걸린 시간을 적지 않았고", "with 1 not timed"),
        (
            {"workouts": (), "tasks_planned": 3},
            "계획한 운동 3개는 아직 남아 있어요",
            "3 planned exercises are still ahead",
        ),
        ({"workouts": (), "tasks_planned": None}, "운동 기록은 아직 없어요", "No workout is noted yet"),
        ({"workouts": ("a1", "b2", "c3", "d4")}, "운동(a1, b2, c3 등)은", "(a1, b2, c3 and more)"),
        ({"meals": 0}, "아직 식사를 적지 않았어요", "No meal is noted for today yet"),
    ],
)
def test_gaps_are_named(change, ko, en):
    assert ko in say(replace(FULL, **change))
    assert en in say(replace(FULL, language="en", **change))


def test_the_ending_fits_the_unit():
    assert say(replace(FULL, sleep_hours=None, mood=None, weight_kg=None, streak_days=None)).endswith(
        "물은 1,200 ml예요."
    )
    assert say(replace(FULL, water_ml=None, mood=None, weight_kg=Decimal(60), streak_days=None)).endswith(
        "몸무게는 60 kg이에요."
    )
    assert say(replace(FULL, water_ml=None, mood=None, weight_kg=None)).endswith("잠은 6.5시간, 기록은 12일째예요.")
