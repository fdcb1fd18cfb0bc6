"""What a query may mean."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.names.readings import LONGEST_QUERY, MOST_READINGS, readings_of
from onharu.names.synonyms import Synonyms, synonyms_of

NO_WORDS = Synonyms()
FOODS = synonyms_of("foods")


def read(query, words=NO_WORDS):
    return [(reading.words, reading.kind) for reading in readings_of(query, words)]


def test_plain_words_are_read_as_typed():
    assert read("  김치  찌개 ") == [("김치 찌개", "typed")]


def test_decomposed_unicode_is_read_as_composed():
    assert read(unicodedata.normalize("NFD", "갈비탕")) == [("갈비탕", "typed")]


@pytest.mark.parametrize(
    ("query", "letters"), [("ㄱㅊㅉㄱ", "ㄱㅊㅉㄱ"), ("ㄱㅅ", "ㄱㅅ"), ("ㄳ", "ㄱㅅ"), ("ㄱ ㅊ", "ㄱㅊ"), ("ㅂ", "ㅂ")]
)
def test_consonants_alone_are_initials(query, letters):
    assert read(query) == [(letters, "initials")]


@pytest.mark.parametrize(
    ("query", "name"),
    [("김ㅊ", "김치"), ("김ㅊㅉㄱ", "김치찌개"), ("된장ㅉ", "된장찌개"), ("ㄱ치", "김치"), ("칼국ㅅ", "칼국수")],
)
def test_a_lone_consonant_begins_a_syllable(query, name):
    reading = readings_of(query, NO_WORDS)[0]
    assert reading.kind == "pattern"
    assert reading.pattern.match(name)


def test_a_lone_consonant_may_also_be_a_stroke_too_many():
    assert read("땅콩ㅋ조림") == [("땅콩ㅋ조림", "pattern"), ("땅콩ㅋ조림", "typed")]


def test_a_half_typed_name_does_not_go_on_otherwise():
    reading = readings_of("김ㅊ", NO_WORDS)[0]
    assert not reading.pattern.search("김밥")


@pytest.mark.parametrize(
    ("keys", "meant"), [("rlacl", "김치"), ("xkdlfpshf", "타이레놀"), ("RLACL", "김치"), ("rla cl", "김 치")]
)
def test_latin_keys_are_also_read_as_korean(keys, meant):
    readings = readings_of(keys, NO_WORDS)
    assert (readings[0].kind, readings[0].words) == ("typed", keys.lower())
    assert [reading.words for reading in readings if reading.slip] == [meant]


def test_latin_keys_may_be_half_typed_or_initials():
    assert ("김ㅊ", "pattern") in read("rlac")
    assert ("ㄱㅊㅉㄱ", "initials") in read("rcWr")


def test_latin_words_that_spell_no_korean_stay_latin():
    assert read("cake") == [("cake", "typed")]


def test_hangul_left_on_is_read_as_the_latin_word_the_shelf_knows():
    assert ("피자", "keyboard") in read("ㅔㅑㅋㅋㅁ", FOODS)
    assert ("샌드위치", "keyboard") in read("ㄴ뭉쟈초", FOODS)


def test_korean_words_are_not_taken_for_latin_keys():
    assert all(kind != "keyboard" for _, kind in read("김치찌개", FOODS))


def test_other_words_follow_what_was_typed():
    assert read("계란말이", FOODS) == [("계란말이", "typed"), ("달걀말이", "synonym")]


def test_what_takes_more_guessing_costs_more():
    by_kind = {reading.kind: reading.cost for reading in readings_of("rPfks", FOODS)}
    assert by_kind["typed"] < by_kind["keyboard"]


@pytest.mark.parametrize("query", ["", "   ", "?!", "…", "\x00"])
def test_a_query_without_letters_means_nothing(query):
    assert read(query) == []


@given(st.text(max_size=200))
def test_any_text_has_a_bounded_number_of_short_readings(query):
    readings = readings_of(query, FOODS)
    assert len(readings) <= MOST_READINGS
    for reading in readings:
        assert reading.words.strip()
        assert reading.grams()
        assert reading.cost >= 0
        assert len(reading.words) <= 4 * LONGEST_QUERY
