from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from onharu.records.journal.pages import words
from onharu.records.journal.queries import wording
from onharu.records.journal.queries.days import day_of
from onharu.records.journal.rules import hours_of, hours_said
from onharu.records.journal.tests.conftest import DAY


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
    assert wording.hours_words(Decimal(hours)) == korean
    with override("en"):
        assert wording.hours_words(Decimal(hours)) == english


def test_what_was_not_answered_is_not_said():
    assert (
        wording.hours_words(None) == wording.step_word(None) == words.rating_word(None) == words.hours_typed(None) == ""
    )


@given(st.integers(0, 96))
def test_hours_are_shown_the_way_they_are_read(quarters):
    hours = hours_of(quarters)
    assert hours_said(words.hours_typed(hours)) == hours
    assert hours_said(wording.hours_words(hours)) == hours


def test_the_first_line_stands_for_a_long_text():
    assert wording.first_line("짧다\n둘째 줄") == "짧다"
    assert wording.first_line("가" * 80) == "가" * 59 + "…"


def test_a_particle_follows_the_tag():
    assert words.deleted_words("산책") == "산책을 지웠어요."
    assert words.deleted_words("휴가") == "휴가를 지웠어요."


def test_a_report_is_said_in_one_line_without_what_was_not_answered(owner, report):
    found = day_of(owner.pk, DAY).report
    assert wording.report_words(found) == "기분 좋음 · 몸 상태 보통 · 잠 7시간 15분"
    assert wording.report_line(found) == "한강을 걸었다."
    assert wording.report_words(replace(found, condition=None, sleep_hours=None)) == "기분 좋음"
    assert wording.report_line(replace(found, highlights="")) == "회의가 길었다."
