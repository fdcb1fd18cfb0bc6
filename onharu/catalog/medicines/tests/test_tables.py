"""Lines of the official tables, read one by one: by their header, with nothing guessed and nothing made up."""

from datetime import date
from decimal import Decimal

import pytest

from onharu.catalog.medicines.rules.rows import UnfitError
from onharu.catalog.medicines.rules.tables import (
    FROM_NAME,
    address,
    classed,
    column,
    read_dur,
    read_easy,
    read_permit,
    read_pill,
    seq,
    shape_of,
    supply,
)

EASY = {"품목일련번호": "202106092", "제품명": "타이레놀정500밀리그람(아세트아미노펜)", "업체명": "한국존슨앤드존슨판매(유)",
        "주성분": "아세트아미노펜", "이약의효능은무엇입니까?": "두통에 사용합니다.", "수정일자": "2024-05-09"}  # fmt: skip
PILL = {"품목일련번호": "200410097", "품목명": "가스디알정50밀리그램(디메크로틴산마그네슘)", "업소명": "일동제약(주)",
        "큰제품이미지": "https://nedrug.mfds.go.kr/x", "표시앞": "IDG", "표시뒤": "분할선", "의약품제형": "원형",
        "색상앞": "연두", "색상뒤": "", "크기장축": "7.6", "크기두께": "3,6", "분류번호": "02390",
        "분류명": "기타의 소화기관용약", "전문일반구분": "전문의약품", "제형코드명": "필름코팅정", "변경일자": "20200806"}  # fmt: skip
DUR = {"DUR일련번호": "1", "DUR유형": "용량주의", "DUR성분코드": "D000001", "DUR성분명": "알라세프릴",
       "관계성분": "[M083733]알라세프릴/[M083734]알라세프릴 2/3수화물", "금기내용": "-", "제형": "정제/경질캡슐제|산제",
       "1일최대용량": '"4|000밀리그램"', "고시일자": "20140109", "상태": "정상"}  # fmt: skip


def test_a_label_says_what_its_columns_say_and_no_more():
    row = read_easy(EASY)
    assert (row.item_seq, row.company, row.as_of) == ("202106092", "한국존슨앤드존슨판매(유)", date(2024, 5, 9))
    assert dict(row.sections) == {"efficacy": "두통에 사용합니다."}
    assert [(held.name, held.amount, held.unit) for held in row.holds] == [("아세트아미노펜", Decimal(500), "mg")]
    assert (row.supply, row.form, row.look) == ("", "", None)


@pytest.mark.parametrize("spelling", ["내용은무엇입니가?", "내용은무엇입니까?"])
def test_the_misspelt_question_and_the_right_one_are_both_read(spelling):
    said = {f"이약을사용하기전에반드시알아야할{spelling}": "술과 함께 먹지 마십시오."}
    assert read_easy({**EASY, **said}).sections["warnings"] == "술과 함께 먹지 마십시오."


@pytest.mark.parametrize("nothing", ["", "-", " ", "\xa0", "null"])
def test_a_section_that_says_nothing_is_none(nothing):
    assert "storage" not in read_easy({**EASY, "이약은어떻게보관해야합니까?": nothing}).sections


def test_several_substances_have_amounts_only_where_the_name_says_as_many():
    two = {**EASY, "주성분": "텔미사르탄,히드로클로로티아지드"}
    name = "하루정80/12.5밀리그램"
    assert [held.amount for held in read_easy({**two, "제품명": name}).holds] == [Decimal(80), Decimal("12.5")]
    assert [held.amount for held in read_easy({**two, "제품명": "하루정80밀리그램"}).holds] == [None, None]


def test_a_day_of_publication_stands_in_for_a_day_of_change():
    assert read_easy({**EASY, "수정일자": "", "공개일자": "2021-01-29"}).as_of == date(2021, 1, 29)
    assert read_easy({**EASY, "수정일자": "곧", "공개일자": "-"}).as_of is None


@pytest.mark.parametrize("read, line, name", [(read_easy, EASY, "제품명"), (read_pill, PILL, "품목명")])  # noqa: PT006 shorter
def test_what_is_only_exported_is_no_row_and_a_name_is_needed(read, line, name):
    assert read({**line, name: "하루정(수출용)"}) is None
    with pytest.raises(UnfitError, match="제품명"):
        read({**line, name: " "})


def test_a_pill_says_how_it_looks_and_what_its_name_holds():
    row = read_pill(PILL)
    assert (row.supply, row.class_code, row.form, row.as_of) == ("RX", "02390", "필름코팅정", date(2020, 8, 6))
    assert (row.look.imprint_front, row.look.imprint_back, row.look.shape) == ("IDG", "분할선", "원형")
    assert [(held.name, held.amount) for held in row.holds] == [("디메크로틴산마그네슘", Decimal(50))]
    assert row.holds_source == FROM_NAME


def test_sizes_are_read_or_unknown_and_never_zero():
    sizes = read_pill({**PILL, "크기단축": "0", "크기두께": "두껍다"}).look
    assert (sizes.long_mm, sizes.short_mm, sizes.thick_mm) == (Decimal("7.60"), None, None)


@pytest.mark.parametrize("cell", ["2021060921", "20210609", "", "20210609a", "２０２１０６０９２", "202106092.0", "-"])
def test_a_number_of_a_product_has_nine_digits(cell):
    with pytest.raises(UnfitError, match="아홉 자리"):
        seq(cell)


def test_a_number_may_stand_between_spaces():
    assert seq(" 202106092\t") == "202106092"


@pytest.mark.parametrize(
    ("cell", "code"),
    [("전문의약품", "RX"), ("일반의약품", "OTC"), ("일반(안전상비의약품)", "STORE"), ("안전상비의약품", "STORE"), ("", ""),
     ("원료의약품", ""), ("한약재", "")],
)  # fmt: skip
def test_who_may_sell_it_is_said_or_unknown(cell, code):
    assert supply(cell) == code


@pytest.mark.parametrize(
    ("cell", "said"),
    [("[02330]건위소화제", ("02330", "건위소화제")), ("건위소화제", ("", "건위소화제")), ("[2330]건위", ("", "[2330]건위")),
     ("", ("", "")), ("[02330]", ("02330", ""))],
)  # fmt: skip
def test_a_class_is_split_into_code_and_name(cell, said):
    assert classed(cell) == said


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("https://nedrug.mfds.go.kr/a", True), ("http://nedrug.mfds.go.kr/a", False), ("javascript:alert(1)", False),
     ("https://a b", False), ("-", False), (None, False), ("//nedrug.mfds.go.kr/a", False)],
)  # fmt: skip
def test_only_a_secure_picture_is_linked(cell, kept):
    assert address(cell) == (cell if kept else "")


def test_a_permit_names_its_substances_and_no_number():
    row = read_permit({"name": "하루정", "company": "온하루", "nameEn": "Haru", "category": "[01140]해열제",
                       "type": "일반의약품", "ingredient": "Caffeine/ Aspirin /", "image": "http://x"})  # fmt: skip
    assert (row.class_code, row.supply, row.image_url) == ("01140", "OTC", "")
    assert row.substances_en == ("Caffeine", "Aspirin")
    assert read_permit({"name": "하루정(수출용)"}) is None


# --- notices


def test_a_notice_is_verbatim_with_its_commas_back():
    row = read_dur(DUR)
    assert (row.kind, row.most_a_day, row.text, row.forms) == ("dose", "4,000밀리그램", "", "정제/경질캡슐제,산제")
    assert (row.noticed_on, row.compound) == (date(2014, 1, 9), False)


def test_a_slash_within_a_salt_s_name_begins_no_other_salt():
    assert read_dur(DUR).salts == (("M083733", "알라세프릴"), ("M083734", "알라세프릴 2/3수화물"))


@pytest.mark.parametrize("state", ["삭제", "해제", "폐지"])
def test_a_lifted_notice_is_no_row(state):
    assert read_dur({**DUR, "상태": state}) is None


@pytest.mark.parametrize("state", ["정상", "", " 정상 ", "-"])
def test_a_notice_that_stands_is_one(state):
    assert read_dur({**DUR, "상태": state}) is not None


@pytest.mark.parametrize(
    ("said", "kind"), [("특정연령대금기", "age"), ("연령금기", "age"), ("효능군중복", "duplicate")]
)
def test_a_kind_has_one_name_whatever_the_table_calls_it(said, kind):
    assert read_dur({**DUR, "DUR유형": said}).kind == kind


def test_a_kind_that_nobody_knows_is_refused_by_name():
    with pytest.raises(UnfitError, match="새로운주의"):
        read_dur({**DUR, "DUR유형": "새로운주의"})


def test_a_pair_needs_its_partner():
    pair = {**DUR, "DUR유형": "병용금기"}
    with pytest.raises(UnfitError, match="상대"):
        read_dur(pair)
    row = read_dur({**pair, "병용금기DUR성분코드": "D000002", "병용금기관계성분": "[M000009]심바스타틴"})
    assert (row.partner_code, row.partner_salts) == ("D000002", (("M000009", "심바스타틴"),))


def test_a_compound_tells_its_other_parts_in_korean():
    row = read_dur({**DUR, "복합제": "[D000107]Oteracil(오테라실)/[D000556]Tegafur(테가푸르)"})
    assert (row.parts, row.combined) == (
        (("D000107", "오테라실"), ("D000556", "테가푸르")),
        ("D000107", "D000556"),
    )
    assert row.compound


# --- headers


def test_a_table_is_known_by_its_header_in_any_order_and_with_more_columns():
    assert shape_of(frozenset(EASY)).name == "labels"
    assert shape_of(frozenset({*PILL, "새 열"})).name == "pills"
    assert shape_of(frozenset(DUR)).name == "dur"
    assert shape_of(frozenset({"품목일련번호", "제품명"})) is None
    assert shape_of(frozenset()) is None


@pytest.mark.parametrize("cell", ["\ufeff품목일련번호", " 품목일련번호 ", "품목 일련번호", "품목\n일련번호"])
def test_a_header_cell_is_spelled_one_way(cell):
    assert column(cell) == "품목일련번호"
