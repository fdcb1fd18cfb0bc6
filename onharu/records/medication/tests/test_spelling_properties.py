"""Whatever is typed: spelling settles at once, tells alike what is alike, and never grows."""

import re
import unicodedata
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from onharu.kernel.spelling import tag_name, tag_spelling, text_spelling
from onharu.records.medication import rules
from onharu.records.medication.pages import words

TYPED = st.text(st.characters(codec="utf-8"), max_size=80) | st.text("가나다두통 #,，、\n\t\u202eＡａß́", max_size=40)
INVISIBLE = ("\x00", "\u202e", "\u2028", "\x85", "\r")


@given(TYPED)
def test_a_text_that_is_spelled_is_not_spelled_otherwise_again(text):
    once = text_spelling(text)
    assert text_spelling(once) == once
    assert once == once.strip() == unicodedata.normalize("NFC", once)
    assert not any(sign in once for sign in INVISIBLE)


@given(TYPED)
def test_the_name_of_a_tag_is_one_line_and_has_the_spelling_of_what_was_typed(text):
    name = tag_name(text)
    assert tag_name(name) == name
    assert "\n" not in name and "  " not in name and not name.startswith("#")
    assert tag_spelling(name) == tag_spelling(text)


@given(TYPED)
def test_case_spaces_and_a_mark_before_it_do_not_tell_tags_apart(text):
    spelling = tag_spelling(text)
    assert tag_spelling(f" #{text} ") == spelling
    assert tag_spelling(tag_name(text).replace(" ", "  ")) == spelling
    assert " " not in spelling


@given(st.lists(TYPED, max_size=8))
def test_each_tag_of_a_line_is_there_once_and_says_something(parts):
    found = rules.tags_typed(",".join(parts))
    spellings = [tag_spelling(name) for name in found]
    assert len(set(spellings)) == len(spellings) and all(spellings)
    assert rules.tags_typed(", ".join(found)) == found


@given(st.text(max_size=12) | st.integers(0, 10**12).map(str))
def test_a_number_of_a_product_is_nine_plain_digits_and_nothing_else(text):
    assert rules.is_item_seq(text) == (len(text) == 9 and all(sign in "0123456789" for sign in text))


@given(st.integers(0, 130))
def test_the_two_ages_of_a_year_are_neighbours_and_the_later_one_is_what_was_counted(counted):
    younger, older = rules.ages_of(counted)
    assert older == counted and older - younger in (0, 1) and younger >= 0


@given(TYPED)
def test_a_name_that_may_break_says_the_same_and_is_never_markup(name):
    shown = words.breakable(name)
    whole = shown.replace("<wbr>", "")
    assert "<" not in whole and ">" not in whole
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;")):
        name = name.replace(sign, written)
    assert whole == name
    assert not re.search(r"\d<wbr>\d", shown)


@given(st.decimals("0.0001", "99999", places=4))
def test_an_amount_is_written_without_zeros_that_say_nothing_and_is_the_same_amount(value):
    written = words.plain(value)
    assert Decimal(written.replace(",", "")) == value
    assert "E" not in written and not re.search(r"\.\d*0$", written)
