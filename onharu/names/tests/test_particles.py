import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.names.public import particle, with_particle


@pytest.mark.parametrize(
    ("word", "pair", "written"),
    [
        ("밥", "을/를", "밥을"), ("김치", "을/를", "김치를"), ("밥", "이/가", "밥이"), ("우유", "이/가", "우유가"),
        ("김치찌개", "으로/로", "김치찌개로"), ("밥", "으로/로", "밥으로"), ("물", "으로/로", "물로"),
        ("물", "을/를", "물을"),
        ("쌀", "은/는", "쌀은"), ("계란 2", "을/를", "계란 2를"), ("칼로리 0", "을/를", "칼로리 0을"),
        ("비타민 C", "을/를", "비타민 C를"), ("BLT", "이/가", "BLT가"), ("QR", "을/를", "QR을"),
    ],
)  # fmt: skip
def test_a_particle_follows_the_end_of_the_word(word, pair, written):
    assert with_particle(word, pair) == written


def test_what_stands_in_brackets_is_not_read():
    assert particle("카페 라떼(핫)", "을/를") == "를"
    assert particle("순대국밥 (대)", "을/를") == "을"


def test_a_word_spelt_in_parts_ends_like_the_composed_one():
    assert particle(unicodedata.normalize("NFD", "밥"), "을/를") == "을"


@pytest.mark.parametrize("word", ["", "…", "🍎", "()"])
def test_a_word_nobody_can_read_takes_both(word):
    assert particle(word, "을/를") == "을(를)"


@given(st.text(max_size=20))
def test_no_text_breaks_it(word):
    assert particle(word, "으로/로") in {"으로", "로", "으로(로)"}
