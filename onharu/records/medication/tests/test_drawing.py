"""Pills are drawn from words, and said in the same words."""

import re
from decimal import Decimal

import pytest

from onharu.catalog.medicines.public import LookFacts
from onharu.records.medication.pages import pills


def look(shape="장방형", colors=("하양",), front="", back="", size=(None, None, None)):
    return LookFacts("", shape, colors, front, back, *size)


def test_a_pill_of_two_colours_has_two_halves():
    pill = pills.pill_of(look(colors=("빨강", "노랑"), front="A1"))
    assert (pill.fill, pill.half_fill) == (pills.FILLS["빨강"], pills.FILLS["노랑"])
    assert pill.half and pill.words == "빨강 · 노랑 장방형, A1"


@pytest.mark.parametrize(
    ("said", "colors"),
    [
        (("노랑, 투명",), ["노랑"]),
        (("하양, 파랑",), ["하양", "파랑"]),
        (("투명",), ["투명"]),
        (("분홍, 진한",), ["분홍"]),
        ((), []),
    ],
)
def test_colours_are_read_as_the_source_writes_them(said, colors):
    assert pills.colors_of(look(colors=said)) == colors


def test_what_nobody_described_is_not_drawn():
    assert pills.pill_of(None) is None
    assert pills.pill_of(look(shape="")) is None


def test_a_pill_of_unknown_colour_is_an_outline():
    pill = pills.pill_of(look(colors=()))
    assert (pill.fill, pill.words) == ("", "장방형")


def test_a_size_is_said_as_far_as_it_is_known():
    assert (
        pills.size_words(look(size=(Decimal("17.60"), Decimal("7.10"), Decimal("5.00")))) == "17.6 × 7.1 mm, 두께 5 mm"
    )
    assert pills.size_words(look(size=(Decimal(10), Decimal(8), None))) == "10 × 8 mm"
    assert pills.size_words(look()) == ""


@pytest.mark.parametrize("shape", pills.OUTLINES)
def test_every_shape_is_a_closed_outline_with_a_name(shape):
    assert re.fullmatch(r"M[\d.,\- a-zA-Z]+Z", pills.OUTLINES[shape])
    assert str(pills.SHAPE_WORDS[shape])
    assert set(pills.FILLS) == set(pills.COLOR_WORDS)
