from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from onharu.records.journal.pages import words
from onharu.records.journal.rules import hours_of, hours_said


@pytest.mark.parametrize(
    ("hours", "korean", "english"),
    [
        ("7", "7시간", "7 h"),
        ("7.25", "7시간 15분", "7 h 15 min"),
        ("0", "0시간", "0 h"),
        ("10.5", "10시간 30분", "10 h 30 min"),
    ],
)
def test_a_time_asleep_is_said_in_hours_and_minutes(hours, korean, english):
    assert words.hours_words(Decimal(hours)) == korean
    with override("en"):
        assert words.hours_words(Decimal(hours)) == english


def test_what_was_not_answered_is_not_said():
    assert words.hours_words(None) == words.step_word(None) == words.rating_word(None) == words.hours_typed(None) == ""


@given(st.integers(0, 96))
def test_hours_are_shown_the_way_they_are_read(quarters):
    hours = hours_of(quarters)
    assert hours_said(words.hours_typed(hours)) == hours
    assert hours_said(words.hours_words(hours)) == hours


def test_the_first_line_stands_for_a_long_text():
    assert words.first_line("짧다\n둘째 줄") == "짧다"
    assert words.first_line("가" * 80) == "가" * 59 + "…"


def test_a_particle_follows_the_tag():
    assert words.deleted_words("산책") == "산책을 지웠어요."
    assert words.deleted_words("휴가") == "휴가를 지웠어요."
