"""How medicines and notices are said on the pages: in both languages, with sources, and as far as is known."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from onharu.catalog.medicines.public import Finding, IngredientFacts, ProductNoticeFacts
from onharu.records.medication.pages import words
from onharu.records.medication.queries.wording import holds_here
from tests.medicine_shelf import SOURCES

HANGUL = tuple(chr(code) for code in range(0xAC00, 0xD7A4))


def finding(**more):
    values = {"kind": "pair", "severity": "금기", "products": ("1", "2"), "substances": ("가", "나"), "applies": True}
    return Finding(**{**values, "source": "식품의약품안전처 DUR 성분정보", **more})


def in_english(said):
    with translation.override("en"):
        return str(said())


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_of_the_shelf_has_an_english_name_and_keeps_its_own_in_korean(source):
    with translation.override("ko"):
        assert words.source_words(source) == source
    assert not any(sign in HANGUL for sign in in_english(lambda: words.source_words(source)))


def test_what_follows_a_source_stays_and_an_unknown_one_is_left_as_it_is():
    assert in_english(lambda: words.source_words("식품의약품안전처 DUR 성분정보 (2026-03-12)")).endswith("(2026-03-12)")
    assert in_english(lambda: words.source_words("다른 곳")) == "다른 곳"


@pytest.mark.parametrize(
    "table", ["SUPPLY_WORDS", "CATEGORY_WORDS", "SECTION_WORDS", "KIND_WORDS", "SEVERITY_WORDS", "SOURCE_WORDS"]
)
def test_every_word_of_a_table_is_said_in_english(table):
    for code, word in getattr(words, table).items():
        said = in_english(lambda word=word: word)
        assert said and not any(sign in HANGUL for sign in said), code


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("타이레놀정500밀리그람(아세트아미노펜)", "타이레놀정<wbr>500밀리그람<wbr>(아세트아미노펜)"),
        ("디카듀오정100/1000", "디카듀오정<wbr>100/1000"),
        ("0.25그램", "0.25그램"),
        ("(주)약", "(주)약"),
        ("약(20.5밀리그램)", "약<wbr>(20.5밀리그램)"),
        ("<b>1", "&lt;b&gt;<wbr>1"),
        ("", ""),
    ],
)
def test_a_name_breaks_before_its_strength_and_before_a_bracket(name, shown):
    assert words.breakable(name) == shown


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        (None, "mg", "함량 정보 없음"),
        (Decimal("500.0000"), "mg", "500 mg"),
        (Decimal("0.2500"), "g", "0.25 g"),
        (Decimal(1000000), "IU", "1,000,000 IU"),
        (Decimal(5), "", "5"),
    ],
)
def test_an_amount_is_said_as_far_as_it_is_known(amount, unit, said):
    assert words.amount_words(IngredientFacts(1, "가", "", "", amount, unit)) == said


def test_a_finding_names_the_others_and_not_the_medicine_of_the_page():
    card = words.finding_shown(finding(), {"1": "하나정10", "2": "둘정"}, about="1")
    assert card.names == (("2", "둘정"),)
    assert [number for number, _ in words.finding_shown(finding(), {"1": "하나정", "2": "둘정"}).names] == ["1", "2"]
    assert words.finding_shown(finding(), {"2": "둘정"}).names == (("2", "둘정"),)


@pytest.mark.parametrize(
    ("severity", "forbidden", "said"), [("금기", True, "Contraindicated"), ("주의", False, "Caution")]
)
def test_how_severe_a_notice_is_is_its_own_word_in_either_language(severity, forbidden, said):
    with translation.override("ko"):
        card = words.finding_shown(finding(severity=severity), {})
    assert (card.severity, card.forbidden) == (severity, forbidden)
    with translation.override("en"):
        assert words.finding_shown(finding(severity=severity), {}).severity == said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"kind": "age", "applies": None, "limit": "12세미만"}, "12세미만인 사람에게 해당돼요."),
        ({"kind": "age", "applies": True, "limit": "12세미만"}, ""),
        ({"kind": "pregnancy", "applies": None}, "임신 중이라면 해당돼요."),
        ({"kind": "elderly", "applies": None}, "65세 이상이라면 해당돼요."),
        ({"kind": "elderly", "applies": True}, ""),
        (
            {"kind": "pair", "form_unknown": True},
            "고시된 제형에만 해당돼요. 이 약의 제형을 알 수 없어 확인이 필요해요.",
        ),
        (
            {"kind": "pregnancy", "applies": None, "form_unknown": True},
            "고시된 제형에만 해당돼요. 이 약의 제형을 알 수 없어 확인이 필요해요. 임신 중이라면 해당돼요.",
        ),
        ({"kind": "additive", "applies": True}, "이 첨가제가 든 제품에만 해당돼요. 제품마다 다르니 확인해 보세요."),
    ],
)
def test_for_whom_a_notice_holds_is_said_where_it_is_not_known(more, said):
    assert words.finding_shown(finding(**more), {}).condition == said


@pytest.mark.parametrize(
    ("more", "holds"),
    [
        ({"kind": "pair"}, True),
        ({"kind": "pair", "form_unknown": True}, True),
        ({"kind": "elderly", "applies": True}, True),
        ({"kind": "elderly", "applies": True, "form_unknown": True}, False),
        ({"kind": "elderly", "applies": None}, False),
        ({"kind": "dose", "applies": True}, False),
    ],
)
def test_what_must_not_go_together_is_never_folded_away_and_what_is_not_sure_is(more, holds):
    assert holds_here(finding(**more)) is holds


def test_a_notice_on_a_product_has_a_title_a_group_and_a_source():
    said = ProductNoticeFacts(
        "split", "", "가나틴", "분할 금지", "", "해열제", "", date(2020, 2, 2), "식품의약품안전처 DUR 품목정보", None
    )
    card = words.notice_shown(said)
    assert card.title.startswith("분할 주의")
    assert (card.group, card.source) == ("가나틴 · 해열제", "식품의약품안전처 DUR 품목정보")


def test_a_withdrawn_medicine_says_since_when():
    assert words.withdrawn_words(date(2024, 5, 1)) == "2024-05-01 허가가 끝난 약이에요."
    assert (
        in_english(lambda: words.withdrawn_words(date(2024, 5, 1)))
        == "The permit of this medicine ended on 2024-05-01."
    )


@pytest.mark.parametrize(
    ("name", "taken_up", "let_go"),
    [("저녁캡슐", "저녁캡슐을 담았어요.", "저녁캡슐을 뺐어요."), ("마데카", "마데카를 담았어요.", "마데카를 뺐어요.")],
)
def test_a_particle_fits_the_name(name, taken_up, let_go):
    assert (words.taken_up_words(name), words.let_go_words(name)) == (taken_up, let_go)


@pytest.mark.parametrize(
    ("number", "ko", "en"), [(1, "1개를 찾았어요.", "Found 1."), (20, "20개를 찾았어요.", "Found 20.")]
)
def test_how_many_were_found_is_said(number, ko, en):
    assert words.count_words(number) == ko
    assert in_english(lambda: words.count_words(number)) == en


def test_another_spelling_that_was_searched_for_is_said_with_its_particle():
    assert words.found_words("타이래놀", "타이레놀") == "‘타이래놀’ 대신 타이레놀로 찾았어요."
    assert words.found_words("qnfnvps", "부루펜") == "‘qnfnvps’ 대신 부루펜으로 찾았어요."
