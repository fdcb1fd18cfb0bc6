"""The arithmetic of Hangul, by example and by property."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.names import hangul

SYLLABLES = st.integers(0xAC00, 0xD7A3).map(chr)
WORDS = st.text(alphabet=SYLLABLES, max_size=12)
CONSONANTS = st.sampled_from(hangul.ONSETS)
LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyzQWERTOP", max_size=12)


@given(WORDS)
def test_composing_undoes_decomposing(word):
    assert hangul.compose(hangul.decompose(word)) == word


@given(WORDS)
def test_the_keyboard_goes_both_ways_for_whole_syllables(word):
    assert hangul.from_keys(hangul.to_keys(word)) == word


@given(LATIN)
def test_the_keyboard_goes_both_ways_for_keys(keys):
    assert hangul.to_keys(hangul.from_keys(keys)) == keys


@given(WORDS)
def test_decomposed_unicode_is_read_as_composed(word):
    assert hangul.nfc(unicodedata.normalize("NFD", word)) == word


@given(WORDS)
def test_every_syllable_has_one_initial(word):
    letters = hangul.initials(word)
    assert len(letters) == len(word)
    assert all(hangul.is_consonant(letter) for letter in letters)


@given(WORDS, CONSONANTS)
def test_a_consonant_typed_after_a_word_keeps_the_word_s_strokes(word, consonant):
    assert hangul.decompose(hangul.compose(hangul.decompose(word) + consonant)).startswith(hangul.decompose(word))


@given(SYLLABLES)
def test_a_syllable_lies_among_those_its_onset_begins(syllable):
    first, last = hangul.syllables_begun_by(hangul.parts(syllable)[0])
    assert first <= syllable <= last


@pytest.mark.parametrize(
    ("text", "strokes"),
    [
        ("김치", "ㄱㅣㅁㅊㅣ"),
        ("값", "ㄱㅏㅂㅅ"),
        ("닭볶음", "ㄷㅏㄹㄱㅂㅗㄲㅇㅡㅁ"),
        ("돼지", "ㄷㅗㅐㅈㅣ"),
        ("쇠고기", "ㅅㅗㅣㄱㅗㄱㅣ"),
        ("웨하스", "ㅇㅜㅔㅎㅏㅅㅡ"),
        ("의정부", "ㅇㅡㅣㅈㅓㅇㅂㅜ"),
        ("BBQ 치킨", "BBQ ㅊㅣㅋㅣㄴ"),
        ("ㄳ", "ㄱㅅ"),
        ("", ""),
    ],
)
def test_compound_vowels_and_codas_are_taken_apart_into_key_presses(text, strokes):
    assert hangul.decompose(text) == strokes


@pytest.mark.parametrize(
    ("strokes", "text"),
    [
        ("ㄱㅏㄱㅏ", "가가"),
        ("ㄱㅏㄱㄱㅏ", "각가"),
        ("ㄷㅏㄹㄱㅇㅣ", "닭이"),
        ("ㄷㅏㄹㄱㅣ", "달기"),
        ("ㅂㅏㄲㅏ", "바까"),
        ("ㄱㅣㅁㅊ", "김ㅊ"),
        ("ㅊㅐㅣㅁ", "채ㅣㅁ"),
        ("ㅏ", "ㅏ"),
        ("ㄸ", "ㄸ"),
        ("ㅗㅏ", "ㅘ"),
    ],
)
def test_strokes_fall_into_blocks_as_on_the_keyboard(strokes, text):
    assert hangul.compose(strokes) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [("rlacl", "김치"), ("xkdlfpshf", "타이레놀"), ("ehlswkdWlro", "된장찌개"), ("EjrqhRdl", "떡볶이"), ("rkqt", "값")],
)
def test_latin_keys_type_korean(keys, text):
    assert hangul.from_keys(keys) == text
    assert hangul.to_keys(text) == keys


@pytest.mark.parametrize(("shown", "meant"), [("ㅔㅑㅋㅋㅁ", "pizza"), ("챌ㄹㄷㄷ", "coffee"), ("ㅣㅁㅅㅅㄷ", "latte")])
def test_hangul_left_on_is_read_back_as_latin(shown, meant):
    assert hangul.to_keys(shown) == meant


def test_shift_changes_only_the_keys_that_have_a_second_letter():
    assert hangul.from_keys("RlAcl") == "낌치"


@pytest.mark.parametrize(
    ("text", "letters"), [("김치찌개", "ㄱㅊㅉㄱ"), ("김ㅊ", "ㄱㅊ"), ("ㄳ", "ㄱㅅ"), ("LA갈비 1", "LAㄱㅂ 1")]
)
def test_initials_keep_what_is_not_hangul(text, letters):
    assert hangul.initials(text) == letters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("김치찌게", "김치찌개"),
        ("되지", "돼지"),
        ("훼", "회"),
        ("계란", "게란"),
        ("얘기", "예기"),
        ("떡뽁이", "덕복이"),
    ],
)
def test_what_sounds_alike_folds_together(one, other):
    assert hangul.folded(one) == hangul.folded(other)


@pytest.mark.parametrize(("one", "other"), [("국", "굴"), ("무", "모"), ("김", "감"), ("과", "가")])
def test_what_sounds_different_stays_apart(one, other):
    assert hangul.folded(one) != hangul.folded(other)


def test_lone_conjoining_letters_become_the_ones_people_type():
    assert hangul.nfc("\u1100\u110e") == "ㄱㅊ"
    assert hangul.nfc("\u1161") == "ㅏ"
    assert hangul.nfc("\u11a8") == "ㄱ"


def test_joined_consonants_standing_alone_are_taken_apart():
    assert hangul.initials_apart("김ㅊㄳ값") == "김ㅊㄱㅅ값"


def test_letters_are_told_apart():
    assert hangul.is_syllable("힣")
    assert not hangul.is_syllable("ㅎ")
    assert hangul.is_consonant("ㅄ")
    assert not hangul.is_consonant("ㅏ")
    assert hangul.is_vowel("ㅢ")
    assert not hangul.is_vowel("ㅎ")
