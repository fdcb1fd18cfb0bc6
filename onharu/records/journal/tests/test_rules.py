import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.kernel.spelling import tag_name, tag_spelling, text_spelling
from onharu.records.journal import rules

ANY_TEXT = st.text(max_size=200)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  걸었다.\r\n웃었다.\r", "걸었다.\n웃었다."),
        ("가\x00나\x07다", "가나다"),
        (unicodedata.normalize("NFD", "한강"), "한강"),
        ("줄\t칸", "줄\t칸"),
        ("\u202e거꾸로", "거꾸로"),
        ("\ud800", ""),
        (" \n ", ""),
    ],
)
def test_text_is_kept_in_one_spelling(typed, kept):
    assert text_spelling(typed) == kept


@given(ANY_TEXT)
def test_spelling_a_text_twice_changes_nothing_and_every_store_can_keep_it(text):
    once = text_spelling(text)
    assert text_spelling(once) == once
    assert "\x00" not in once
    once.encode()


@pytest.mark.parametrize("typed", ["야근", "#야근", " 야 근 ", "##야근", unicodedata.normalize("NFD", "야근")])
def test_tags_that_look_alike_are_one(typed):
    assert tag_spelling(typed) == "야근"


def test_wide_letters_and_capitals_tell_no_tags_apart():
    assert tag_spelling("ＰＴ") == tag_spelling("pt") == tag_spelling("#Pt")


@pytest.mark.parametrize("typed", ["", "#", "  ", "# #", "\x00"])
def test_a_tag_without_letters_says_nothing(typed):
    assert tag_spelling(typed) == ""


@given(ANY_TEXT)
def test_a_tag_is_spelled_the_same_from_its_name(text):
    assert tag_spelling(tag_name(text)) == tag_spelling(text)
    assert tag_name(tag_name(text)) == tag_name(text)


@pytest.mark.parametrize(
    ("hours", "quarters"),
    [
        ("0", 0), ("7.25", 29), ("24", 96), ("24.25", None), ("-0.25", None), ("7.1", None), ("NaN", None),
        ("Infinity", None),
    ],
)  # fmt: skip
def test_sleep_counts_whole_quarter_hours_of_one_day(hours, quarters):
    assert rules.quarters_of(Decimal(hours)) == quarters


def test_sleep_that_nobody_told_is_no_number():
    assert rules.quarters_of(None) is None
    assert rules.hours_of(None) is None


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("7", "7"), ("7.5", "7.5"), ("7,5", "7.5"), ("7:30", "7.5"), ("7시간", "7"), ("7시간 30분", "7.5"), ("7h30m", "7.5"),
        ("７", "7"), ("7:20", "7.25"), ("7.1", "7"), (" 24 ", "24"), ("0", "0"),
    ],
)  # fmt: skip
def test_a_time_asleep_is_read_as_people_write_it(typed, hours):
    assert rules.hours_said(typed) == Decimal(hours)


@pytest.mark.parametrize("typed", ["", "잘 잤다", "25", "24:30", "7:75", "-7", "7.5.5", "999", "1e1"])
def test_what_is_no_time_asleep_is_not_read(typed):
    assert rules.hours_said(typed) is None


@given(st.integers(0, 96))
def test_every_quarter_hour_survives_being_written_and_read(quarters):
    hours = rules.hours_of(quarters)
    assert rules.hours_said(str(hours)) == hours
    assert rules.quarters_of(hours) == quarters


@given(st.integers(0, 96), st.booleans())
def test_a_press_stays_within_a_day(quarters, up):
    stepped = rules.hours_stepped(rules.hours_of(quarters), up=up)
    assert rules.quarters_of(stepped) is not None
    assert abs(stepped - rules.hours_of(quarters)) <= rules.STEP


def test_the_first_press_says_seven_hours():
    assert rules.hours_stepped(None, up=True) == rules.hours_stepped(None, up=False) == 7
