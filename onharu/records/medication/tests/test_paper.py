"""The page for the doctor, read back as text, and its words."""

import io
import logging
import re
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

import pytest
from django.utils import translation
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from onharu.accounts.public import person_of
from onharu.records.medication.actions import doses, regimens
from onharu.records.medication.actions.due import write_due
from onharu.records.medication.queries import paper
from onharu.records.medication.queries.doses import doses_between
from onharu.records.medication.queries.report import Period, report_of
from onharu.records.medication.tests.conftest import statements_of
from onharu.records.medication.tests.dosing import after_meals, at_times, regimen, when_needed

pytestmark = pytest.mark.django_db
FONTS = files("onharu.records.medication") / "fonts"
TODAY = date(2026, 11, 22)


def read(body):
    """The words of a page, without the spaces by which lines are broken."""
    (page,) = PdfReader(io.BytesIO(body)).pages
    return page.extract_text()


def squeezed(text):
    return "".join(text.split())


def period(owner, at, days=30, **more):
    return Period(person_of(owner), TODAY - timedelta(days=days - 1), TODAY, at, **more)


@pytest.fixture
def month(owner, noon):
    """A month of two medicines: one evening skipped, one not answered, and a painkiller over its limit."""
    began = noon - timedelta(days=31)
    person = person_of(owner)
    pill = regimen(owner, at_times(8, 20), at=began, why="고혈압", note="자몽 주스와 함께 먹지 않기")
    belly = regimen(owner, after_meals("dinner"), at=began, name="위장약")
    ache = regimen(owner, when_needed(most=2), at=began, name="진통제", amount=Decimal(1))
    write_due([pill.pk, belly.pk, ache.pk], noon)
    due = [dose for dose in doses_between(person, TODAY - timedelta(days=29), TODAY, at=noon) if dose.planned_at < noon]
    for number, dose in enumerate(due):
        at = dose.planned_at + timedelta(minutes=10)
        if number == 7:
            doses.skip(person=person, dose_id=dose.id, at=at, reason="forgot")
        elif number != 9:
            doses.take(person=person, dose_id=dose.id, at=at)
    for hour in (5, 4, 3):
        doses.take_now(person=person, regimen_id=ache.pk, at=noon - timedelta(hours=hour), said=doses.Said(anyway=True))
    return pill


def test_a_page_is_one_page_of_a4_with_title_and_language(owner, month, noon):
    found = PdfReader(io.BytesIO(paper.drawn(report_of(period(owner, noon)))))
    (page,) = found.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert found.metadata.title == "복용 기록 보고서"
    assert found.trailer["/Root"]["/Lang"] == "ko"
    assert found.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_a_page_says_medicines_schedules_adherence_and_its_rule(owner, month, noon):
    said = squeezed(read(paper.drawn(report_of(period(owner, noon)))))
    assert "기간:2026-10-24~2026-11-22(30일)" in said
    assert "혈압약(고혈압)" in said
    assert "매일08:00,20:00에1정씩" in said
    assert "86/88" in said
    assert "97.7%" in said
    assert "복용한횟수÷복용하기로한횟수" in said
    assert "자몽주스와함께먹지않기" in said


def test_a_page_says_what_was_not_taken_and_what_was_taken_when_needed(owner, month, noon):
    said = squeezed(read(paper.drawn(report_of(period(owner, noon)))))
    assert "건너뜀잊었어요" in said
    assert "기록없음—" in said
    assert "필요할때먹은것(3번)" in said
    assert "한도를넘겨먹음" in said


def test_what_is_not_known_is_a_dash_and_no_zero(owner, noon):
    regimen(owner, when_needed(), name="진통제")
    (medicines, *_others) = report_of(period(owner, noon)).parts
    assert medicines.table.rows[0][2:] == ("—", "—")
    assert medicines.table.rows[-1][2:] == ("—", "—")


def test_a_name_stands_there_only_where_it_is_wanted(owner, month, noon):
    assert not any("owner" in line for line in report_of(period(owner, noon)).head)
    assert report_of(period(owner, noon, named=True)).head[0] == "이름: owner"


def test_a_period_without_medicines_says_so(owner, noon):
    said = squeezed(read(paper.drawn(report_of(period(owner, noon)))))
    assert "이기간에적힌약이없어요" in said


def test_medicines_that_ended_before_the_period_are_left_out(owner, noon):
    old = regimen(owner, at_times(8), name="옛날약", start=date(2026, 9, 1), at=noon - timedelta(days=80))
    regimens.end_regimen(person=person_of(owner), regimen_id=old.pk, at=noon - timedelta(days=60))
    recent = regimen(owner, at_times(8), name="요즘약", start=date(2026, 9, 1), at=noon - timedelta(days=80))
    regimens.end_regimen(person=person_of(owner), regimen_id=recent.pk, at=noon - timedelta(days=3))
    (medicines, *_others) = report_of(period(owner, noon)).parts
    names = [row[0] for row in medicines.table.rows]
    assert names == ["요즘약", "모두"]
    assert "2026-11-19 그만 먹음" in medicines.table.rows[0][1]


def test_a_changed_schedule_is_marked(owner, noon):
    pill = regimen(owner, at_times(8), at=noon - timedelta(days=20))
    regimens.change_regimen(
        person=person_of(owner), regimen_id=pill.pk, said={"schedule": at_times(9)}, at=noon - timedelta(days=2)
    )
    assert "기간 중 바뀜" in report_of(period(owner, noon)).parts[0].table.rows[0][1]


def test_too_much_for_a_page_stays_one_page_and_is_counted(owner, noon):
    for number in range(30):
        regimen(
            owner, at_times(8, 13, 20), name=f"이름이 아주 긴 약 {number} (서방정 500밀리그램)",
            note="아침에는 물을 많이 마시고 저녁에는 조금만 마시라고 했다. " * 4, at=noon - timedelta(days=31),
        )  # fmt: skip
    write_due(list(range(1, 10_000)), noon)
    body = paper.drawn(report_of(period(owner, noon)))
    assert len(PdfReader(io.BytesIO(body)).pages) == 1
    assert "건은싣지않았어요" in squeezed(read(body))
    assert "자리가없어싣지않은것:약마다적어둔것" in squeezed(read(body))
    assert "‘—’는알수없거나" in squeezed(read(body))


def test_a_page_is_read_in_english(owner, month, noon):
    with translation.override("en"):
        report = report_of(period(owner, noon))
        said = read(paper.drawn(report))
    assert report.language == "en"
    assert "Doses taken" in said
    assert "tablet" in said
    left = re.sub("혈압약|고혈압|위장약|진통제|자몽 주스와 함께 먹지 않기", "", said)
    assert re.findall("[가-힣]+", left) == []


def test_a_letter_that_the_font_lacks_is_a_box_and_in_no_log(owner, noon, caplog):
    regimen(owner, at_times(8), name="漢方 💊 µg 약")
    with caplog.at_level(logging.DEBUG):
        body = paper.drawn(report_of(period(owner, noon)))
    assert "□□□μg약" in squeezed(read(body))
    assert "漢" not in caplog.text


def test_every_syllable_of_korean_can_be_printed():
    syllables = "".join(map(chr, range(0xAC00, 0xD7A4)))
    assert paper.printable(syllables) == syllables
    assert paper.printable("펩틱 뷁 ½정 ①·… — ‘따옴표’ 5 ml") == "펩틱 뷁 ½정 ①·… — ‘따옴표’ 5 ml"


def test_words_in_pieces_are_put_together_before_they_are_printed():
    assert paper.printable("혈압약") == "혈압약"


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_fonts_are_free_small_and_not_called_by_a_reserved_name(weight):
    path = FONTS / f"OnharuGothic-{weight}.ttf"
    font = TTFont(io.BytesIO(path.read_bytes()))
    names = [str(one) for one in font["name"].names if one.nameID in (1, 3, 4, 6, 16)]
    assert not any("nanum" in name.lower() for name in names)
    assert any("SIL Open Font License" in str(one) for one in font["name"].names if one.nameID == 13)
    assert len(path.read_bytes()) < 700_000
    assert "Reserved Font Name" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_gathering_a_page_costs_the_same_for_one_medicine_or_twelve(owner, noon):
    regimen(owner, at_times(8), at=noon - timedelta(days=20))
    one = statements_of(lambda: report_of(period(owner, noon)))
    for number in range(11):
        regimen(owner, at_times(9), name=f"약{number}", at=noon - timedelta(days=20))
    assert statements_of(lambda: report_of(period(owner, noon))) == one <= 8


# ---- over HTTP

ADDRESSES = ("/medicines/report.pdf", "/api/adherence/report.pdf")


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_page_is_given_as_a_file_and_kept_nowhere(browser, month, address):
    response = browser.get(address, {"from": "2026-11-01", "to": "2026-11-22"})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="onharu-2026-11-01-2026-11-22.pdf"'
    assert response["Cache-Control"] == "no-store"
    assert "기간:2026-11-01~2026-11-22" in squeezed(read(response.content))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("query", ["from=gestern", "from=2026-11-23&to=2026-11-22", "from=2024-01-01", "to=9999-99-99"])
def test_days_that_are_none_are_refused(browser, noon, address, query):
    response = browser.get(f"{address}?{query}", headers={"Accept": "application/json"})
    assert response.status_code == 400
    assert response.json()["code"] in {"date_invalid", "range_invalid"}


def test_a_stranger_gets_a_page_of_their_own(stranger_browser, month):
    assert "혈압약" not in read(stranger_browser.get(ADDRESSES[0]).content)


def test_nobody_gets_a_page_without_signing_in(client, db):
    assert client.get(ADDRESSES[0]).status_code == 302
    assert client.get(ADDRESSES[1]).status_code == 401


def test_a_page_with_a_name_is_asked_for(browser, noon):
    assert "이름:owner" in squeezed(read(browser.get(ADDRESSES[1], {"name": "true"}).content))
