"""How notes and tags are spelled, and which age a year of birth leaves open."""

import pytest

from onharu.kernel.spelling import tag_spelling, text_spelling
from onharu.records.medication import rules


@pytest.mark.parametrize("said", ["비상약", "#비상약", " 비상 약 ", "비상약\u202e"])
def test_one_tag_has_one_spelling(said):
    assert tag_spelling(said) == "비상약"


def test_tags_of_one_line_are_told_apart_and_each_counts_once():
    assert rules.tags_typed("두통, 비상약,#두 통 , ,여행") == ["두통", "비상약", "여행"]
    assert rules.tags_typed("#두통 #여행 가방") == ["두통", "여행 가방"]


def test_a_note_keeps_its_lines_and_nothing_invisible():
    assert text_spelling(" 하루\r\n한 알\x00\u202e ") == "하루\n한 알"


@pytest.mark.parametrize(
    ("number", "good"), [("202106092", True), ("20210609", False), ("2021060922", False), ("２０２１０６０９２", False)]
)
def test_the_number_of_a_product_is_nine_digits(number, good):
    assert rules.is_item_seq(number) is good


def test_who_is_known_by_year_may_have_one_of_two_ages():
    assert rules.ages_of(65) == (64, 65)
    assert rules.ages_of(0) == (0, 0)
    assert rules.ages_of(None) is None
