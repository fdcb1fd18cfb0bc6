"""Words for words: the data of a shelf and how it is used."""

import csv

import pytest

from onharu.names import synonyms
from onharu.names.rules import compact, tidy
from onharu.names.synonyms import MOST_VARIANTS, built, synonyms_of

FOODS = synonyms.Path(synonyms.__file__).parent / "data" / "foods.csv"


def words(*rows):
    return built(rows)


def test_words_of_a_row_stand_for_each_other_wherever_they_occur():
    said = words(("same", ("계란", "달걀")))
    assert said.variants("계란말이") == ("달걀말이",)
    assert said.variants("삶은 달걀") == ("삶은 계란",)


def test_a_word_that_is_read_as_another_is_never_written_back():
    said = words(("read", ("핏자", "피자")))
    assert said.variants("핏자") == ("피자",)
    assert said.variants("피자") == ()


def test_latin_words_are_replaced_but_never_offered():
    said = words(("same", ("닭튀김", "치킨", "chicken")))
    assert said.variants("chicken") == ("닭튀김", "치킨")
    assert said.variants("치킨") == ("닭튀김",)


def test_a_latin_word_must_stand_alone():
    said = words(("read", ("ice", "아이스")), ("read", ("rice", "쌀밥")))
    assert said.variants("rice") == ("쌀밥",)
    assert not said.knows("slice")


def test_the_longest_word_is_replaced():
    said = words(("same", ("햄버거", "버거")))
    assert said.variants("햄버거") == ("버거",)


def test_a_korean_word_may_be_typed_with_a_space_in_it():
    assert words(("read", ("돈까스", "돈가스"))).variants("치즈 돈 까스") == ("치즈 돈가스",)


def test_a_lone_word_means_more_only_when_alone():
    said = words(("whole", ("밥", "쌀밥")))
    assert said.variants("밥") == ("쌀밥",)
    assert said.variants("김밥") == ()


def test_one_syllable_words_are_never_looked_for_inside():
    said = words(("read", ("무우", "무")), ("same", ("콩", "대두")))
    assert said.variants("무우국") == ("무국",)
    assert said.variants("콩국수") == ()


def test_two_words_of_one_query_are_both_replaced_first():
    said = words(("read", ("hot", "핫")), ("read", ("americano", "아메리카노")))
    assert said.variants("hot americano")[0] == "핫 아메리카노"


def test_there_are_never_too_many_variants():
    said = words(("same", ("가나", "다라", "마바")), ("same", ("사아", "자차", "카타")))
    assert len(said.variants("가나사아가나사아가나")) == MOST_VARIANTS


def test_a_shelf_without_words_changes_nothing():
    nothing = synonyms_of("no-such-shelf")
    assert nothing.variants("계란") == ()
    assert not nothing.knows("계란")
    assert nothing.endings == frozenset()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("계란찜", "달걀찜"),
        ("쇠고기국", "소고기국"),
        ("돈까스", "돈가스"),
        ("자장면", "짜장면"),
        ("오뎅탕", "어묵탕"),
        ("cola", "콜라"),
        ("pizza", "피자"),
        ("cafe latte", "카페라떼"),
        ("ice cream", "아이스크림"),
        ("밥", "쌀밥"),
    ],
)
def test_the_foods_shelf_knows_everyday_words(typed, meant):
    assert meant in synonyms_of("foods").variants(typed)


def test_the_foods_file_is_tidy():
    with FOODS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["kind"] for row in rows} == {"same", "read", "whole", "ending"}
    for row in rows:
        said = row["words"].split("|")
        assert len(said) == len(set(said)) >= 2, row
        assert all(tidy(word) == word for word in said), row
        if row["kind"] == "ending":
            assert all(len(compact(word)) == 1 for word in said)
