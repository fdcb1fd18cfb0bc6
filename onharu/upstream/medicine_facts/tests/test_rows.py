"""What a row of each table becomes: the words of the field, unknown as unknown, and texts without markup."""

from datetime import date
from decimal import Decimal

import pytest

from onharu.upstream.medicine_facts.backends import cells
from onharu.upstream.medicine_facts.backends import data_go_kr_notices as of_dur
from onharu.upstream.medicine_facts.backends import data_go_kr_rows as of_products
from onharu.upstream.medicine_facts.backends.data_go_kr_tables import tables
from onharu.upstream.medicine_facts.port import PRODUCT_KINDS
from onharu.upstream.medicine_facts.tests import answers


def read(reader, row, **changed):
    return reader(tables.dialect._cells({**row, **changed}))


def test_a_label_has_sections_and_nothing_that_was_not_published():
    fact = read(of_products.label, answers.LABEL)
    assert fact.sections == {
        "efficacy": "이 약은 식욕감퇴(식욕부진), 위부팽만감에 사용합니다.",
        "use": "만 15세 이상은 1회 1병(75 mL) 복용합니다.",
        "cautions": "만 3개월 미만의 젖먹이는 복용하지 마십시오.\n\n의사와 상의하십시오.",
        "storage": "실온에서 보관하십시오.",
    }
    assert (fact.as_of, fact.supply, fact.holds) == (date(2024, 5, 9), "", ())
    assert read(of_products.label, answers.LABEL, updateDe=None).as_of == date(2021, 1, 29)
    assert read(of_products.label, answers.LABEL, itemImage="javascript:x").image_url == ""


def test_a_pill_has_a_look():
    fact = read(of_products.pill, answers.PILL)
    look = fact.look
    assert (fact.supply, fact.class_code, fact.form, fact.name_en) == ("RX", "01140", "장용성필름코팅정", "Depain Tab.")
    assert (look.description, look.shape) == ("황색의 장용피 원형정제", "원형")
    assert (look.color_front, look.color_back, look.imprint_front, look.imprint_back) == ("하양, 투명", "", "마크", "")
    assert (look.line_front, look.line_back) == ("-", "+")
    assert (look.long_mm, look.thick_mm) == (Decimal("7.50"), Decimal("3.00"))
    assert fact.as_of == date(2025, 4, 15)


def test_a_permit_says_whether_it_stands():
    fact = read(of_products.permit, answers.PERMIT)
    assert (fact.class_code, fact.class_name, fact.supply) == ("03310", "혈액대용제", "RX")
    assert (fact.withdrawn, fact.withdrawn_on, fact.name_en, fact.image_url) == (False, None, "", "")
    gone = read(of_products.permit, answers.PERMIT, CANCEL_NAME="유효기간만료", CANCEL_DATE="2020-01-31")
    assert (gone.withdrawn, gone.withdrawn_on) == (True, date(2020, 1, 31))


def test_a_detailed_permit_has_substances_and_documents():
    fact = read(of_products.permit_detail, answers.DETAIL)
    assert [(one.code, one.name, one.amount, one.unit) for one in fact.holds] == [
        ("M040702", "포도당", Decimal(50), "그램"), ("M040426", "염화나트륨", Decimal("1009.5"), "밀리그램")]  # fmt: skip
    assert fact.sections == {
        "efficacy": "1. 주효능\n탈수, H2O 보급 <성인>\n2. 그 밖\n나이 용량\n성인 1병",
        "storage": "밀봉용기, 실온보관",
    }


def test_a_document_that_came_as_an_object_is_its_words():
    document = {"DOC": {"title": "효능효과", "SECTION": [{"title": "", "ARTICLE": {"title": "1. 주효능", "PARAGRAPH": [
        {"tagName": "p", "textIndent": "3", "cdata": "탈수"}, {"tagName": "p", "cdata": "H<sub>2</sub>O"}]}}]}}  # fmt: skip
    fact = read(of_products.permit_detail, answers.DETAIL, EE_DOC_DATA=document)
    assert fact.sections["efficacy"] == "효능효과\n1. 주효능\n탈수\nH2O"


@pytest.mark.parametrize("broken", [answers.DOCUMENT[:-20], answers.DOCUMENT.replace("<ARTICLE", "<ARTICLE & ")])
def test_a_broken_document_is_read_as_text(broken):
    assert "탈수, H2O 보급" in cells.document_text(broken)
    assert "PARAGRAPH" not in cells.document_text(broken)


def test_entities_of_a_document_are_not_followed():
    evil = '<!DOCTYPE DOC [<!ENTITY a SYSTEM "file:///etc/passwd">]><DOC><P>&a;</P></DOC>'
    assert "root:" not in cells.document_text(evil)


def test_amounts_that_are_said_twice_are_not_chosen_from():
    twice = "성분명 : 포도당|분량 : 50|단위 : 그램;성분명 : 포도당|분량 : 60|단위 : 그램"
    (held,) = read(
        of_products.permit_detail, answers.DETAIL, MATERIAL_NAME=twice, MAIN_ITEM_INGR="[M040702]포도당"
    ).holds
    assert (held.amount, held.unit) == (None, "")
    (alone,) = read(of_products.permit_detail, answers.DETAIL, MATERIAL_NAME=None, MAIN_ITEM_INGR="포도당").holds
    assert (alone.code, alone.amount) == ("", None)


def test_a_substance_has_its_place_in_its_product():
    fact = read(of_products.substance, answers.SUBSTANCE)
    assert (fact.item_seq, fact.place) == ("202000001", 1002)
    assert (fact.held.code, fact.held.amount, fact.held.unit) == ("M040133", Decimal("6.0"), "밀리그램")
    assert read(of_products.substance, answers.SUBSTANCE, MTRAL_NM=None) is None
    assert read(of_products.substance, answers.SUBSTANCE, MTRAL_SN="x", TAMT_SEQ=None).place == 0


def test_a_pair_has_two_sides_with_their_salts():
    fact = of_dur.notice("pair", tables.dialect._cells(answers.PAIR))
    assert (fact.number, fact.code, fact.partner_code, fact.lifted) == ("", "D000353", "D000139", False)
    assert fact.salts == (("M050607", "염산파록세틴"), ("M222896", "파록세틴염산염수화물"))
    assert fact.partner_salts == (("M222864", "셀레길린염산염"),)
    assert (fact.partner_combined, fact.partner_parts) == (("D000777",), (("D000777", "레보도파"),))
    assert (fact.mix_type, fact.partner_mix_type) == ("단일", "단일")
    assert fact.text == "세로토닌성증후군(고혈압, 고열)"
    assert fact.noticed_on == date(2009, 3, 3)
    assert of_dur.notice("pair", tables.dialect._cells({**answers.PAIR, "DEL_YN": "삭제"})).lifted


def test_a_notice_has_the_figures_of_its_kind():
    fact = of_dur.notice("age", tables.dialect._cells(answers.NOTICE))
    assert (fact.number, fact.name, fact.age, fact.longest, fact.grade) == (
        "41",
        "케토롤락",
        "18세 이하",
        "28일",
        "1등급",
    )
    assert (fact.text, fact.remark, fact.forms) == ("", "경구", "정제/주사제")
    assert (fact.group, fact.series, fact.partner_code) == ("호흡기관용약", "비스테로이드성 소염제", "")


@pytest.mark.parametrize("kind", PRODUCT_KINDS)
def test_a_notice_on_a_product_names_it(kind):
    row = answers.ROWS[f"product_notices.{kind}"]
    fact = of_dur.product_notice(kind, tables.dialect._cells(row))
    assert (fact.kind, fact.item_seq, fact.product) == (kind, row["ITEM_SEQ"], row["ITEM_NAME"])
    assert bool(fact.partner_item_seq) == (kind == "pair")


def test_splitting_is_warned_of_by_product_with_days_in_english():
    fact = of_dur.product_notice("split", tables.dialect._cells(answers.PRODUCT_NOTICE))
    assert (fact.text, fact.as_of, fact.substances) == ("분할불가", date(2018, 6, 14), (("M040133", "에페드린염산염"),))


@pytest.mark.parametrize(
    ("reader", "row", "column"),
    [
        (of_products.label, answers.LABEL, "itemSeq"),
        (of_products.pill, answers.PILL, "ITEM_SEQ"),
        (of_products.permit, answers.PERMIT, "ITEM_SEQ"),
        (of_products.permit_detail, answers.DETAIL, "ITEM_SEQ"),
        (of_products.substance, answers.SUBSTANCE, "ITEM_SEQ"),
        (lambda line: of_dur.product_notice("pair", line), answers.PRODUCT_PAIR, "MIXTURE_ITEM_SEQ"),
        (lambda line: of_dur.notice("pair", line), answers.PAIR, "MIXTURE_INGR_CODE"),
        (lambda line: of_dur.notice("age", line), answers.NOTICE, "INGR_CODE"),
    ],
)
@pytest.mark.parametrize("wrong", [None, "", "12345678", "1234567890", "D00035", "x' OR 1=1"])
def test_a_row_without_a_true_number_is_unfit(reader, row, column, wrong):
    with pytest.raises(tables.UnfitError):
        read(reader, row, **{column: wrong})


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("20210827", date(2021, 8, 27)), ("2021-08-27", date(2021, 8, 27)), ("2021-01-29 00:00:00", date(2021, 1, 29)),
        ("1971May6th", date(1971, 5, 6)), ("2018June14th", date(2018, 6, 14)), ("1957April26th", date(1957, 4, 26)),
        ("2001September1st", date(2001, 9, 1)), ("2002Oct22nd", date(2002, 10, 22)), ("2003March3rd", date(2003, 3, 3)),
        ("20211399", None), ("2021May32nd", None), ("2021Foo1st", None), ("", None), ("어제", None),
    ],
)  # fmt: skip
def test_days_in_four_spellings(said, day):
    assert cells.day_of(said) == day


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("6.0", "6.0"),
        ("1,670.000", "1670.000"),
        ("0", None),
        ("-1", None),
        ("적량", None),
        ("NaN", None),
        ("Infinity", None),
        ("", None),
    ],
)
def test_amounts_are_positive_or_unknown(said, amount):
    assert cells.amount_of(said) == (Decimal(amount) if amount else None)


@pytest.mark.parametrize("said", [None, "", " ", "-", "N/A", "null", "\n", " - "])
def test_every_way_of_saying_nothing_is_nothing(said):
    assert tables.dialect._cell(said) == ""


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("<p>가</p><p>나</p>", "가\n나"), ("가<br/>나", "가\n나"), ("&lt;5 mg&gt;", "<5 mg>"), ("<A형 간염>에 쓴다", "<A형 간염>에 쓴다"),
        ("a\xa0\xa0b", "a b"), ("x < 3, y > 4", "x < 3, y > 4"), ("m<sup>2</sup>", "m2"), ("가\r\n\r\n\r\n나", "가\n\n나"),
        ("<script>x</script>", "<script>x</script>"),
    ],
)  # fmt: skip
def test_markup_goes_and_words_stay(said, text):
    assert cells.plain_text(said) == text
