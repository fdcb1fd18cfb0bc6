"""Cells and texts are cleaned without changing what they say."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.catalog.medicines.rules.texts import day_in, prose, quoted, size_in, word


@pytest.mark.parametrize("nothing", ["", "-", " ", "\n", "N/A", "null", None, "\xa0"])
def test_every_way_of_saying_nothing_is_empty(nothing):
    assert word(nothing) == prose(nothing) == quoted(nothing) == ""


def test_paragraphs_stay_and_tags_go():
    said = "<p>성인은 1회 1정&nbsp;복용합니다.</p>\r\n<p>복용간격은 4시간 이상<br/>으로 합니다.</p>"
    assert prose(said) == "성인은 1회 1정 복용합니다.\n\n복용간격은 4시간 이상\n으로 합니다."


def test_a_comparison_is_no_tag():
    assert prose("혈압 < 90 이고 나이 > 65") == "혈압 < 90 이고 나이 > 65"


def test_hard_spaces_become_soft_and_lines_are_trimmed():
    assert prose(" 이 약에\xa0과민증 환자 \n\n\n\n 간장애 환자 ") == "이 약에 과민증 환자\n\n간장애 환자"


def test_bars_of_the_official_file_are_commas_again():
    assert quoted('"세로토닌성증후군(고혈압|고열)') == "세로토닌성증후군(고혈압,고열)"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("20201224", date(2020, 12, 24)),
        ("2020-12-24", date(2020, 12, 24)),
        ("2021-01-29 00:00:00", date(2021, 1, 29)),
        ("1971May6th", None),
        ("20201399", None),
        ("", None),
        (None, None),
    ],
)
def test_days_are_read_or_unknown(cell, day):
    assert day_in(cell) == day


@pytest.mark.parametrize(
    ("cell", "size"), [("7.6", Decimal("7.60")), ("", None), ("0", None), ("-3", None), ("abc", None), ("99999", None)]
)
def test_a_size_is_read_or_unknown(cell, size):
    assert size_in(cell) == size


@given(st.text())
def test_cleaning_twice_is_cleaning_once_where_nothing_is_escaped(text):
    once = word(text)
    assert word(once) == once
    assert "\n" not in once
