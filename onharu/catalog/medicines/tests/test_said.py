"""What people say of a symptom is understood, politely or not, one or two at a time."""

import csv
import re

import pytest

from onharu.catalog.medicines.rules.said import plain_said, says_nothing_else, symptoms_said
from onharu.catalog.medicines.rules.symptoms import Symptom, mentions, vocabulary


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("머리가 아프고 열이 나요", ("두통", "발열")),
        ("배가 아파서 설사를 해요", ("복통", "설사")),
        ("코가 꽉 막혔어요", ("코막힘",)),
        ("콧물이 나고 재채기가 나요", ("콧물", "재채기")),
        ("이가 너무 아파요", ("치통",)),
        ("허리를 삐끗했어요", ("요통",)),
        ("밤에 잠이 안 와요", ("불면",)),
        ("잠을 못 자겠어요", ("불면",)),
        ("모기에 물렸는데 가려워요", ("벌레물림", "가려움")),
        ("소화가 안 되고 속이 쓰려요", ("소화불량", "속쓰림")),
        ("목이 칼칼하고 기침이 납니다", ("인후통", "기침")),
        ("입안이 헐었는데 바르는 약", ("구내염",)),
        ("생리통에 먹는 약", ("생리통",)),
        ("머리카락이 자꾸 빠져요", ("탈모",)),
        ("속이 울렁거리고 토할 것 같아요", ("구역", "구토")),
        ("다리에 쥐가 났어요", ("근육경련",)),
        ("아기가 열이 나요", ("발열",)),
        ("체한 것 같아요", ("체함",)),
        ("눈이 가려워요", ("눈가려움",)),
        ("손목이 아파요", ("관절통",)),
        ("두통약", ("두통",)),
        ("sore throat", ("인후통",)),
        ("I have a headache", ("두통",)),
    ],
)
def test_people_are_understood(said, meant):
    assert symptoms_said(said) == meant


@pytest.mark.parametrize("said", ["타이레놀", "아프니벤큐액", "이가탄", "무조날", "게보린정", "배", "이", "", "ㅋㅋ"])
def test_a_name_is_no_symptom(said):
    assert symptoms_said(said) == ()
    assert not says_nothing_else(said)


@pytest.mark.parametrize(
    ("said", "nothing_else"), [("두통", True), ("두통약", True), ("머리 아프고 열나요", True), ("두통엔 게보린", False)]
)
def test_it_is_told_whether_something_else_was_said(said, nothing_else):
    assert says_nothing_else(said) is nothing_else


def test_no_more_than_two_symptoms_are_meant_at_once():
    assert symptoms_said("기침 가래 콧물 두통") == ("기침", "가래")


def test_every_symptom_is_understood_by_its_own_name_and_by_all_it_is_said_with():
    wrong = [
        (symptom.name, way, symptoms_said(way))
        for symptom in vocabulary()
        for way in (symptom.name, *symptom.said)
        if symptom.name not in symptoms_said(way)
    ]
    assert wrong == []


def test_no_way_to_say_something_means_two_symptoms():
    ways = [(plain_said(way), symptom.name) for symptom in vocabulary() for way in {symptom.name, *symptom.said}]
    assert len(dict(ways)) == len(set(ways))


def test_the_vocabulary_is_large_and_complete():
    names = [symptom.name for symptom in vocabulary()]
    assert len(names) == len(set(names)) >= 120
    assert all(symptom.said and symptom.label_words for symptom in vocabulary())


def test_a_word_within_a_longer_one_does_not_count():
    symptoms = (Symptom("두통", (), ("두통",)), Symptom("편두통", (), ("편두통",)))
    assert set(mentions("편두통에 씁니다", symptoms)) == {"편두통"}
    assert set(mentions("편두통, 두통", symptoms)) == {"편두통", "두통"}


def test_an_exception_does_not_count():
    wound = (Symptom("상처", (), ("외상", "상처"), ("외상후",)),)
    assert mentions("외상 후의 통증", wound) == {}
    assert set(mentions("외상, 외상 후의 통증", wound)) == {"상처"}


def test_the_first_of_few_counts_most():
    symptoms = tuple(Symptom(name, (), (name,)) for name in ("두통", "치통", "요통"))
    alone, first = mentions("두통", symptoms)["두통"], mentions("두통, 치통, 요통", symptoms)
    assert alone > first["두통"] > first["치통"] > first["요통"] > 0


# Words that a symptom's word could be mistaken in, and the symptom a label with only them must not have.
MISTAKES = {
    "관절주위염": "위염", "불안정형 협심증": "불안", "외상후의 종창": "상처", "비충혈": "눈충혈", "건선성 관절염": "건선",
    "니코틴산아미드": "금연", "햇빛ㆍ피부병 등에 의한 색소침착": "햇빛화상", "간찰진": "기미", "편두통": "두통",
}  # fmt: skip


@pytest.mark.parametrize(("words", "symptom"), MISTAKES.items())
def test_words_that_only_look_like_a_symptom_are_none(words, symptom):
    assert symptom not in mentions(f"이 약은 {words}에 사용합니다.", vocabulary())


@pytest.mark.slow
def test_every_symptom_is_named_by_a_real_label_and_nearly_every_label_names_one(real_files):
    with (real_files / "medicines" / "easy_drug_20240603.csv").open(encoding="utf-8-sig", newline="") as lines:
        texts = [line["이 약의 효능은 무엇입니까?"] for line in csv.DictReader(lines)]
    named = [mentions(text, vocabulary()) for text in texts]
    assert {symptom.name for symptom in vocabulary()} - set().union(*named) == set()
    assert sum(map(bool, named)) / len(named) > 0.95
    wrong = [text for text, found in zip(texts, named, strict=True) if "상처" in found and not _speaks_of_wounds(text)]
    assert len(wrong) < 0.02 * len(texts)


def _speaks_of_wounds(text):
    return re.search(r"외상|상처|창상|찰과상|자상|절상", re.sub(r"외상\(?상처?\)? ?[후통]", "", text)) is not None
