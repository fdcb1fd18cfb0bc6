"""Notices are found by substances, quoted, and said of the right people; what cannot be compared is said."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.catalog.medicines.rules.interactions import (
    About,
    Medicine,
    Notice,
    Substance,
    applies_to,
    findings,
    uncompared,
    within_age,
)

NOTICE = Notice(
    id=1, kind="pair", code="D1", partner_code="D2", combined=frozenset(), partner_combined=frozenset(),
    text="출혈 위험 증가", remark="", forms="", age="", longest="", most_a_day="", grade="", group="", series="",
    noticed_on=date(2009, 3, 3), source="DUR",
)  # fmt: skip


def medicine(number, *held):
    return Medicine(number, f"약 {number}", tuple(Substance(name, name, frozenset(codes)) for name, *codes in held))


ONE, TWO = medicine("1", ("하나", "D1")), medicine("2", ("둘", "D2"))


def found(medicines, *notices, about=None):
    return findings(medicines, notices, about or About(), "견주어 봄")


@pytest.mark.parametrize("medicines", [(ONE, TWO), (TWO, ONE)])
def test_a_pair_is_found_from_either_side(medicines):
    (one,) = found(medicines, NOTICE)
    assert (one.kind, one.severity, one.products, one.substances) == ("pair", "금기", ("1", "2"), ("둘", "하나"))
    assert (one.texts, one.noticed_on) == (("출혈 위험 증가",), date(2009, 3, 3))


def test_a_pair_within_one_product_is_no_finding():
    assert found((medicine("1", ("하나", "D1"), ("둘", "D2")),), NOTICE) == ()


def test_a_notice_on_a_compound_wants_all_of_its_parts():
    compound = replace(NOTICE, combined=frozenset({"D9"}))
    assert found((ONE, TWO), compound) == ()
    whole = medicine("1", ("하나", "D1"), ("아홉", "D9"))
    assert [one.kind for one in found((whole, TWO), compound)] == ["pair"]


def test_two_notices_of_one_pair_are_one_finding_with_both_reasons():
    other = replace(NOTICE, id=2, text="심부정맥", noticed_on=date(2015, 1, 1))
    (one,) = found((ONE, TWO), NOTICE, other)
    assert one.texts == ("출혈 위험 증가", "심부정맥")
    assert one.noticed_on == date(2015, 1, 1)


def group(code, series="비스테로이드성소염제"):
    return replace(NOTICE, kind="duplicate", code=code, partner_code="", group="해열진통소염제", series=series, text="")


def test_two_products_of_one_series_are_a_duplicate():
    (one,) = found((ONE, TWO), group("D1"), group("D2"))
    assert (one.kind, one.severity, one.group) == ("duplicate", "주의", "해열진통소염제 · 비스테로이드성소염제")


def test_a_series_of_a_compound_wants_all_of_its_parts():
    compound = replace(group("D1"), combined=frozenset({"D9"}))
    whole = medicine("3", ("하나", "D1"), ("아홉", "D9"))
    for couple in ((ONE, TWO), (TWO, ONE)):
        assert found(couple, compound, group("D2")) == ()
    (one,) = found((whole, TWO), compound, group("D2"))
    assert (one.kind, one.substances) == ("duplicate", ("둘", "하나"))


@pytest.mark.parametrize(("mine", "theirs"), [("가", "나"), ("기타", "기타"), ("", "")])
def test_other_series_are_no_duplicate(mine, theirs):
    assert found((ONE, TWO), group("D1", mine), group("D2", theirs)) == ()


def test_the_same_substance_twice_is_said_without_any_notice():
    (one,) = found((medicine("1", ("아세트아미노펜",)), medicine("2", ("아세트아미노펜",), ("카페인",))))
    assert (one.kind, one.substances, one.source) == ("same_substance", ("아세트아미노펜",), "견주어 봄")


def test_two_salts_of_one_substance_are_the_same_substance():
    (one,) = found((medicine("1", ("염산하나", "D1")), medicine("2", ("하나", "D1"))))
    assert one.kind == "same_substance"


@pytest.mark.parametrize(
    ("said", "age", "within"),
    [
        ("12세미만", 11, True), ("12세미만", 12, False), ("12세이하", 12, True), ("12세이하", 13, False),
        ("65세이상", 65, True), ("65세이상", 64, False), ("65세초과", 65, False), ("65세초과", 66, True),
        ("2개월미만", 0, None), ("2개월미만", 1, False), ("24개월미만", 1, True), ("24개월미만", 2, False),
        ("4주미만", 0, None), ("4주미만", 30, False), ("18세 미만", 17, True), ("18세미만", None, None), ("소아", 5, None),
    ],
)  # fmt: skip
def test_an_age_lies_within_a_limit_or_cannot_be_told(said, age, within):
    assert within_age(said, age) is within


@pytest.mark.parametrize(
    ("kind", "about", "applies"),
    [
        ("elderly", About(age=65), True),
        ("elderly", About(age=64), False),
        ("elderly", About(), None),
        ("pregnancy", About(sex="FEMALE", pregnant=True), True),
        ("pregnancy", About(sex="FEMALE", pregnant=False), False),
        ("pregnancy", About(sex="FEMALE"), None),
        ("pregnancy", About(sex="MALE"), False),
        ("dose", About(), True),
        ("duration", About(age=30), True),
        ("additive", About(age=30), True),
    ],
)
def test_a_notice_holds_for_some_people(kind, about, applies):
    assert applies_to(replace(NOTICE, kind=kind, partner_code=""), about) is applies


def test_a_notice_that_does_not_hold_is_left_out_and_an_unknown_one_is_marked():
    elderly = replace(NOTICE, kind="elderly", partner_code="")
    assert found((ONE,), elderly, about=About(age=40)) == ()
    (one,) = found((ONE,), elderly)
    assert one.applies is None


def test_forbidden_comes_before_caution():
    dose = replace(NOTICE, kind="dose", partner_code="", most_a_day="4그램")
    assert [one.kind for one in found((ONE, TWO), dose, NOTICE)] == ["pair", "dose"]


def test_what_could_not_be_compared_is_said():
    said = uncompared((medicine("1", ("하나", "D1"), ("모름",)), medicine("2")))
    assert [(one.item_seq, one.substance) for one in said] == [("1", "모름"), ("2", "")]


codes = st.sampled_from(["D1", "D2", "D3", "D4"])
held = st.lists(st.tuples(st.sampled_from("가나다라"), codes), max_size=3)
notices = st.lists(
    st.builds(
        lambda kind, code, partner, series: replace(NOTICE, kind=kind, code=code, partner_code=partner, series=series),
        st.sampled_from(["pair", "duplicate", "dose", "age", "elderly", "pregnancy"]),
        codes,
        codes,
        st.sampled_from(["", "가", "기타"]),
    ),
    max_size=8,
)


@given(st.lists(held, min_size=1, max_size=4), notices)
def test_the_order_of_medicines_and_notices_changes_nothing(all_held, all_notices):
    medicines = [medicine(str(number), *of_one) for number, of_one in enumerate(all_held)]
    forward = found(medicines, *all_notices)
    backward = found(medicines[::-1], *all_notices[::-1])
    assert [(one.kind, one.products) for one in forward] == [(one.kind, one.products) for one in backward]


@given(st.lists(held, min_size=2, max_size=4), notices)
def test_every_official_pair_that_is_there_is_found(all_held, all_notices):
    """Brute force: each notice against each ordered couple of products."""
    medicines = [medicine(str(number), *of_one) for number, of_one in enumerate(all_held)]
    expected = {
        tuple(sorted((left.item_seq, right.item_seq)))
        for notice in all_notices
        if notice.kind == "pair"
        for left in medicines
        for right in medicines
        if left is not right and notice.code in left.codes and notice.partner_code in right.codes
    }
    assert {one.products for one in found(medicines, *all_notices) if one.kind == "pair"} == expected
