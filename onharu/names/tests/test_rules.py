"""Names as the search sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.names import rules
from onharu.names.rules import forms_of, grams_of, jamo_distance, similarity, tidy, word_grams

KOREAN = st.text(alphabet=st.sampled_from("김치찌개게된장국밥떡볶이돼지고기 "), max_size=10)
ANY_NAME = st.text(alphabet=st.sampled_from("김치국밥떡_/() ABab12ㄱㅏ.,'ㆍ"), max_size=20)


def called(text, *, generic=True):
    return {(form.role, form.words) for form in forms_of(text, generic=generic)}


@given(KOREAN, KOREAN)
def test_distance_is_the_same_both_ways(one, other):
    assert jamo_distance(one, other) == jamo_distance(other, one)


@given(KOREAN)
def test_a_text_is_at_no_distance_from_itself(text):
    assert jamo_distance(text, text) == 0
    assert similarity(text, text) in (0.0, 1.0)


@given(KOREAN, KOREAN)
def test_distance_is_zero_only_for_the_same_strokes(one, other):
    assert (jamo_distance(one, other) == 0) == (one == other)


@given(KOREAN, KOREAN)
def test_similarity_lies_between_nothing_and_one(one, other):
    assert 0.0 <= similarity(one, other) <= 1.0


@given(ANY_NAME)
def test_every_name_has_forms_without_odd_signs_and_none_twice(text):
    forms = forms_of(text)
    assert len({form.compact for form in forms}) == len(forms)
    for form in forms:
        assert form.compact == form.words.replace(" ", "") != ""
        assert tidy(form.words) == form.words


@given(ANY_NAME)
def test_a_name_typed_whole_shares_all_its_clues(text):
    forms = forms_of(text)
    if forms:
        assert word_grams(forms[0].words) <= grams_of(forms)


def test_sounds_alike_are_nearer_than_other_slips():
    assert jamo_distance("김치찌게", "김치찌개") == pytest.approx(rules.ALIKE_COST)
    assert jamo_distance("김치찌고", "김치찌개") == pytest.approx(1)
    assert jamo_distance("짬봉", "짬뽕") < jamo_distance("짬공", "짬뽕")


def test_two_strokes_swapped_are_one_slip():
    assert jamo_distance("미역국", "미여ㄱ국") == 0
    assert jamo_distance("ㄱㅣㅁ", "ㅣㄱㅁ") == 1


def test_a_text_is_tidied_to_lower_case_words():
    assert tidy("  카페·라떼  ICED(L) ") == "카페 라떼 iced l"
    assert tidy("과ㆍ채주스") == "과 채주스"
    assert tidy("!?…") == ""


def test_a_variant_is_called_before_its_kind():
    assert called("김치찌개_돼지고기") == {
        ("parts", "김치찌개 돼지고기"),
        ("head", "김치찌개"),
        ("tail", "돼지고기"),
        ("turned", "돼지고기 김치찌개"),
    }


def test_a_variant_that_says_its_kind_is_a_name_by_itself():
    assert called("국밥_순대국밥") == {("parts", "국밥 순대국밥"), ("head", "국밥"), ("natural", "순대국밥")}


def test_a_maker_s_product_is_a_name_without_its_shelf():
    names = called("커피_카페 라떼 아이스(ICED) (L)", generic=False)
    assert ("natural", "카페 라떼 아이스") in names
    assert ("natural", "카페 라떼 아이스 iced l") in names
    assert ("head", "커피") in names


def test_what_stands_in_brackets_is_another_name_when_it_is_korean():
    assert ("inner", "닭갈비") in called("닭볶음(닭갈비)")
    assert ("inner", "돼지고기 수육") in called("제육(돼지고기 수육)")
    assert ("inner", "육원전") in called("완자전_소고기(동그랑땡/육원전)")
    assert not [role for role, _ in called("피자_치즈 피자 (L)") if role == "inner"]


def test_a_slash_gives_a_kind_two_names():
    heads = {words for role, words in called("리소토/리조또_치킨 크림 리조또") if role == "head"}
    assert heads == {"리소토", "리조또"}


def test_three_parts_can_be_said_from_the_end():
    assert ("turned", "김치 참치 김밥") in called("김밥_참치_김치")


def test_brackets_that_do_not_match_do_no_harm():
    assert ("whole", "밀크티 펄 iced l") in called("밀크티+펄 (ICED)) (L)")
    assert forms_of("(((") == ()


def test_an_alias_is_a_whole_name():
    forms = forms_of("가정식 백반", ["집밥"])
    assert ("whole", "집밥") in {(form.role, form.words) for form in forms}


def test_initials_leave_clues_of_their_own():
    assert rules.initial_grams("ㄱㅊㅉㄱ") <= grams_of(forms_of("김치찌개"))
    assert rules.initial_grams("ㄱㅊㅈㄱ") <= grams_of(forms_of("김치찌개"))
    assert not rules.initial_grams("ㅅㄱㅌ") <= grams_of(forms_of("김치찌개"))


def test_one_syllable_leaves_clues():
    assert len(word_grams("밥")) >= 5
    shared = word_grams("밥") & grams_of(forms_of("보리밥"))
    assert "밥$" in shared
