"""How doses are said: times for eyes and ears, days beside today, what a dose goes by."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from onharu.records.medication.pages import dose_words as words
from onharu.records.medication.queries.amounts import reason_words
from onharu.records.medication.rules.schedules.shapes import At, AtBedtime, AtMeal, OnWaking

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("at", "korean", "english"),
    [
        (time(0, 5), "새벽 12시 5분", "12:05 AM"),
        (time(5, 59), "새벽 5시 59분", "5:59 AM"),
        (time(8, 30), "아침 8시 30분", "8:30 AM"),
        (time(11), "낮 11시", "11:00 AM"),
        (time(12, 30), "낮 12시 30분", "12:30 PM"),
        (time(18, 30), "저녁 6시 30분", "6:30 PM"),
        (time(23), "밤 11시", "11:00 PM"),
    ],
)
def test_a_time_is_said_for_ears(at, korean, english):
    with translation.override("ko"):
        assert words.clock_words(at) == korean
    with translation.override("en"):
        assert words.clock_words(at) == english


@pytest.mark.parametrize(
    ("ahead", "said"), [(0, "오늘"), (1, "내일"), (2, "모레"), (-1, "어제"), (7, "11/29 (일)"), (-7, "11/15 (일)")]
)
def test_a_day_is_named_beside_today(ahead, said):
    with translation.override("ko"):
        assert words.day_words(TODAY + timedelta(days=ahead), TODAY) == said


def test_a_moment_is_a_day_and_a_time():
    with translation.override("ko"):
        assert words.moment_words(datetime(2026, 11, 23, 8, 5), TODAY) == "내일 08:05"
        assert words.spoken_moment(datetime(2026, 11, 22, 8, 5), TODAY) == "아침 8시 5분"
        assert words.spoken_moment(datetime(2026, 11, 21, 8, 5), TODAY) == "어제 아침 8시 5분"


@pytest.mark.parametrize(
    ("span", "said", "english"),
    [
        (timedelta(), "0분", "0 minutes"),
        (timedelta(minutes=40), "40분", "40 minutes"),
        (timedelta(hours=4), "4시간", "4 hours"),
        (timedelta(hours=1, minutes=1), "1시간 1분", "1 hour 1 minute"),
        (timedelta(days=3), "3일", "3 days"),
        (timedelta(hours=25), "25시간", "25 hours"),
    ],
)
def test_a_span_is_said(span, said, english):
    with translation.override("ko"):
        assert words.span_words(span) == said
    with translation.override("en"):
        assert words.span_words(span) == english


@pytest.mark.parametrize(
    ("anchor", "said"),
    [
        (None, ""),
        (At(time(8)), ""),
        (AtMeal("breakfast", "after", 30), "아침 식후 30분"),
        (AtMeal("lunch", "after"), "점심 식후"),
        (AtMeal("dinner", "before", 30), "저녁 식전 30분"),
        (AtMeal("dinner", "right_after"), "저녁 먹고 바로"),
        (AtMeal("dinner", "right_before"), "저녁 먹기 바로 전"),
        (AtMeal("dinner", "with"), "저녁 먹으면서"),
        (AtMeal("lunch", "between"), "점심 먹고 속이 비었을 때"),
        (AtBedtime(), "자기 전"),
        (OnWaking(), "일어나자마자"),
        (OnWaking(30), "일어나서 30분 뒤"),
    ],
)
def test_what_a_dose_goes_by_is_said(anchor, said):
    with translation.override("ko"):
        assert words.anchor_words(anchor) == said
    with translation.override("en"):
        assert not any("가" <= sign <= "힣" for sign in words.anchor_words(anchor))


def test_a_number_is_written_the_way_a_field_takes_it():
    assert (words.plain(Decimal("1.500")), words.plain(Decimal(100)), words.plain(None)) == ("1.5", "100", "")


def test_a_reason_of_ones_own_stays_as_it_was_written():
    with translation.override("ko"):
        assert reason_words("forgot") == "잊었어요"
        assert reason_words("검사가 있어서") == "검사가 있어서"


def test_a_day_is_named_in_full():
    with translation.override("ko"):
        assert words.long_day(TODAY) == "11월 22일 (일)"
    with translation.override("en"):
        assert words.long_day(TODAY) == "22 Nov (Sun)"


def test_facts_are_joined_and_empty_ones_left_out():
    assert words.joined("하나", "", "둘") == "하나 · 둘"
