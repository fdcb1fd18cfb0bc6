"""The order of answers and the words for slips, over short lists: no database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.names import public
from onharu.names.rules import Entry

NAMES = st.text(alphabet=st.sampled_from("김치국밥떡볶이찌개_ "), min_size=1, max_size=8)


def shelf(*texts, **marks):
    return [Entry(key, text, **marks) for key, text in enumerate(texts, start=1)]


def found(query, entries, **options):
    return [hit.text for hit in public.rank(query, entries, **options).hits]


def corrected(query, entries, **options):
    return public.rank(query, entries, **options).corrected


def test_exact_comes_before_prefix_before_inside():
    assert found("김치", shelf("배추김치전골", "김치전", "김치")) == ["김치", "김치전", "배추김치전골"]


def test_an_exact_name_comes_before_a_representative_one():
    entries = [Entry(1, "김치찌개_돼지고기", weight=1.0), Entry(2, "김치찌개")]
    assert found("김치찌개", entries)[0] == "김치찌개"


def test_a_prefix_comes_before_a_representative_name_that_holds_the_word():
    entries = [Entry(1, "새우튀김우동정식", weight=1.0), Entry(2, "우동사리볶음정식")]
    assert found("우동", entries)[0] == "우동사리볶음정식"


def test_the_representative_name_leads_its_equals():
    entries = [Entry(1, "김치전"), Entry(2, "김치국", weight=1.0), Entry(3, "김치죽", weight=0.4)]
    assert found("김치", entries) == ["김치국", "김치죽", "김치전"]


def test_one_s_own_habit_leads_among_equals_but_not_before_the_representative():
    entries = [Entry(1, "김치전"), Entry(2, "김치죽"), Entry(3, "김치국", weight=1.0)]
    assert found("김치", entries, boosts={1: 1.0}) == ["김치국", "김치전", "김치죽"]


def test_a_generic_name_comes_before_a_maker_s_product():
    entries = [Entry(1, "치즈피자", generic=False), Entry(2, "치즈피자")]
    assert [hit.key for hit in public.rank("치즈피자", entries).hits] == [2, 1]


def test_a_kind_with_many_variants_leads_one_that_stands_alone():
    entries = shelf("갈치찌개", "김치찌개", *(f"김치찌개_{variant}" for variant in ("참치", "두부", "꽁치", "어묵")))
    assert found("ㄱㅊㅉㄱ", entries)[0] == "김치찌개"


def test_scores_stay_between_nothing_and_a_hundred():
    results = public.rank("김치", [Entry(1, "김치", weight=9.0), Entry(2, "김", weight=-4.0)], boosts={1: 7.0})
    assert results.hits[0].score > 99
    assert all(0 <= hit.score <= 100 for hit in results.hits)


@given(st.lists(NAMES, max_size=8), NAMES)
def test_hits_come_best_first_and_each_key_once(texts, query):
    hits = public.rank(query, shelf(*texts)).hits
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.key for hit in hits}) == len(hits)


@given(NAMES)
def test_a_name_answers_to_itself_first(text):
    hits = public.rank(text, shelf("알밥", text)).hits
    if text.strip("_ "):
        assert hits[0].text == text
        assert hits[0].score >= 90


def test_initials_find_names_and_exact_initials_lead():
    assert found("ㄱㅊㅉㄱ", shelf("김치찌개우동", "김치찌개", "된장찌개")) == ["김치찌개", "김치찌개우동"]


def test_initials_forgive_a_missing_shift_but_a_shift_is_meant():
    assert found("ㄱㅊㅈㄱ", shelf("김치찌개")) == ["김치찌개"]
    assert found("ㅉㅈㅁ", shelf("자장면", "짜장면")) == ["짜장면", "자장면"]


@pytest.mark.parametrize("query", ["김ㅊ", "김ㅊㅉㄱ", "김치찍", "김칮", "김치찌ㄱ", "rlacl", "rlaclWlro", "RLACL"])
def test_every_stage_of_typing_finds_the_name(query):
    assert found(query, shelf("된장찌개", "김치찌개", "미역국"))[0] == "김치찌개"


@pytest.mark.parametrize("query", ["김치 찌개", "김 치찌개", "김치찌개 ", "김치,찌개"])
def test_spaces_and_signs_make_no_difference(query):
    assert found(query, shelf("된장찌개", "김치찌개"))[0] == "김치찌개"


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("김치찌게", "김치찌개"),
        ("육계장", "육개장"),
        ("타이래놀", "타이레놀"),
        ("떡복이", "떡볶이"),
        ("비빕밥", "비빔밥"),
        ("미여국", "미역국"),
        ("아메리키노", "아메리카노"),
        ("설농탕", "설렁탕"),
        ("되지갈비", "돼지갈비"),
        ("탕슈육", "탕수육"),
    ],
)
def test_a_slip_finds_the_name_and_says_its_spelling(slip, right):
    entries = shelf("알밥", "감자탕", right, "순두부")
    assert found(slip, entries)[0] == right
    assert corrected(slip, entries) == right


@pytest.mark.parametrize("slip", ["땅콩ㅋ조림", "ㄸ땅콩조림", "땅콩좀ㄹ림", "ㄷ콩조림", "땅콩조ㅣ림"])
def test_a_stray_letter_does_not_hide_the_name(slip):
    entries = shelf("알밥", "땅콩조림", "땅콩죽")
    assert found(slip, entries)[0] == "땅콩조림"
    assert corrected(slip, entries) == "땅콩조림"


def test_a_slip_in_the_first_part_of_a_longer_name_is_corrected_only_as_far_as_it_was_typed():
    assert corrected("타이래놀", shelf("타이레놀정500밀리그람")) == "타이레놀"


def test_a_slip_finds_the_kind_behind_a_variant():
    assert corrected("김치찌게", shelf("김치찌개_돼지고기", "미역국")) == "김치찌개"


def test_a_slip_in_one_of_several_words_is_corrected_in_place():
    assert corrected("돌채 라떼", shelf("커피_스타벅스 돌체 라떼 아이스")) == "돌체 라떼"


def test_a_keyboard_slip_says_what_was_meant():
    assert corrected("rlacl", shelf("김치찌개")) == "김치"
    assert corrected("ㅔㅑㅋㅋㅁ", shelf("피자"), shelf="foods") == "피자"


@pytest.mark.parametrize("query", ["김치찌개", "김치 찌개", "김ㅊ", "ㄱㅊㅉㄱ", "김치"])
def test_what_was_typed_rightly_is_not_corrected(query):
    assert corrected(query, shelf("김치찌개")) is None


def test_another_word_for_it_is_no_mistake():
    results = public.rank("계란말이", shelf("달걀말이"), shelf="foods")
    assert results.hits[0].text == "달걀말이"
    assert results.hits[0].kind == "synonym"
    assert results.corrected is None


def test_what_was_typed_comes_before_other_words_for_it():
    assert found("계란빵", shelf("달걀빵", "계란빵"), shelf="foods") == ["계란빵", "달걀빵"]


def test_words_may_come_in_any_order():
    entries = shelf("커피_아메리카노 아이스", "커피_카페라떼 아이스", generic=False)
    assert found("아이스 아메리카노", entries)[0] == "커피_아메리카노 아이스"
    assert found("아이스아메리카노", entries)[0] == "커피_아메리카노 아이스"


def test_a_variant_and_its_kind_are_found_as_people_say_them():
    assert found("돼지고기 김치찌개", shelf("김치찌개_참치", "김치찌개_돼지고기"))[0] == "김치찌개_돼지고기"


def test_a_variant_alone_is_not_taken_for_the_dish():
    assert found("김치", shelf("김밥_김치", "김치")) == ["김치", "김밥_김치"]


def test_a_word_that_names_a_kind_finds_its_kinds_first():
    assert found("국", shelf("국수", "미역국", "국자"), shelf="foods")[0] == "미역국"
    assert found("밥", shelf("밥상보", "김밥", "쌀밥"), shelf="foods")[0] == "쌀밥"
    assert found("떡", shelf("라면_떡", "시루떡"), shelf="foods")[0] == "시루떡"
    assert found("전", shelf("파전_해물", "감자전"), shelf="foods")[0] == "감자전"


def test_one_syllable_does_not_match_a_syllable_that_only_begins_so():
    assert found("무", shelf("문어숙회", "무생채"))[0] == "무생채"


def test_an_alias_answers_for_its_entry():
    assert found("집밥", [Entry(1, "가정식 백반", aliases=("집밥",))]) == ["가정식 백반"]


def test_what_resembles_nothing_is_not_answered():
    assert found("자동차보험", shelf("김치찌개", "미역국")) == []
    assert found("", shelf("김치찌개")) == []
    assert found("qwfp", shelf("김치찌개")) == []


def test_the_limit_is_kept():
    assert len(found("김", shelf("김밥", "김치", "김국", "김전"), limit=2)) == 2


def test_nothing_here_knows_food():
    medicines = shelf("타이레놀정500밀리그람", "타이레놀콜드에스정", "어린이부루펜시럽", "게보린정")
    assert found("xkdlfpshf", medicines)[0].startswith("타이레놀")
    assert found("ㄱㅂㄹ", medicines) == ["게보린정"]
    assert found("부르펜", medicines) == ["어린이부루펜시럽"]
    assert corrected("부르펜", medicines) == "부루펜"
