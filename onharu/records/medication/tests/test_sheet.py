"""The ledger as a table for spreadsheets."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.accounts.models import Profile
from onharu.accounts.public import person_of
from onharu.kernel.cells import told
from onharu.records.medication.actions import doses
from onharu.records.medication.actions.due import write_due
from onharu.records.medication.queries import sheet
from onharu.records.medication.queries.doses import day_of
from onharu.records.medication.tests.conftest import statements_of
from onharu.records.medication.tests.dosing import at_times, regimen, when_needed

ADDRESSES = ("/medicines/ledger.csv", "/api/adherence/ledger.csv")
TODAY = date(2026, 11, 22)


def rows_of(response):
    body = b"".join(response.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


@pytest.fixture
def ledger(owner, noon):
    """Taken in the morning, put right, taken back; the painkiller twice."""
    person = person_of(owner)
    began = noon - timedelta(days=3)
    pill = regimen(owner, at_times(8), at=began)
    ache = regimen(owner, when_needed(), at=began, name="=진통제")
    write_due([pill.pk, ache.pk], noon)
    dose = day_of(person, TODAY, at=noon).doses[0]
    taken = noon - timedelta(hours=3)
    doses.take(person=person, dose_id=dose.id, at=taken)
    doses.correct(person=person, dose_id=dose.id, at=noon, said=doses.Said(taken_at=taken, amount=Decimal("0.5")))
    doses.untake(person=person, dose_id=dose.id, at=noon)
    doses.take_now(person=person, regimen_id=ache.pk, at=noon - timedelta(hours=1))
    return pill


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_everything_that_was_said_is_a_row(browser, ledger, address):
    response = browser.get(address)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="onharu-2026-10-24-2026-11-22.csv"'
    assert response["Cache-Control"] == "no-store"
    rows = rows_of(response)
    today = [row for row in rows if row["날짜"] == "2026-11-22" and row["약"] == "혈압약"]
    assert [row["무엇"] for row in today] == ["예정", "먹음", "고침", "되돌림"]
    assert today[0]["예정 시각"] == "2026-11-22 08:00+09:00"
    assert (today[1]["언제"], today[1]["누가"], today[1]["단위"]) == ("2026-11-22 09:00+09:00", "본인", "정")
    assert today[2]["양"] == "0.5"
    assert [row["무엇"] for row in rows if row["날짜"] == "2026-11-21"] == ["예정"]


@pytest.mark.django_db
def test_a_name_that_begins_like_a_formula_stays_a_name(browser, ledger):
    (row,) = [row for row in rows_of(browser.get(ADDRESSES[0])) if "진통제" in row["약"]]
    assert row["약"] == "'=진통제"
    assert row["예정 시각"] == ""


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["+82 약", "-알약", "@약", "＝약", "＠약", "'=약", "약=1", "\u200b=약"], ids=ascii)
def test_every_name_is_read_back_as_it_was(browser, owner, noon, name):
    pill = regimen(owner, when_needed(), at=noon - timedelta(days=1), name=name)
    doses.take_now(person=person_of(owner), regimen_id=pill.pk, at=noon - timedelta(hours=1))
    (row,) = rows_of(browser.get(ADDRESSES[0]))
    assert told(row["약"]) == name
    assert row["약"] == (name if name == "약=1" else f"'{name}")
    assert Decimal(row["양"]) > 0


@pytest.mark.django_db
def test_times_are_of_the_persons_zone_with_their_offset(browser, owner, ledger):
    Profile.objects.filter(user=owner).update(zone="America/New_York")
    assert rows_of(browser.get(ADDRESSES[0]))[-1]["언제"].endswith("-05:00")


@pytest.mark.django_db
def test_the_table_is_read_in_english(browser, ledger):
    rows = rows_of(browser.get(ADDRESSES[1], headers={"Accept-Language": "en"}))
    assert {"Date", "Medicine", "What", "When"} <= set(rows[0])
    assert "taken" in {row["What"].lower() for row in rows}


@pytest.mark.django_db
def test_only_the_days_that_are_asked_for_are_there(browser, ledger):
    rows = rows_of(browser.get(ADDRESSES[0], {"from": "2026-11-21", "to": "2026-11-21"}))
    assert {row["날짜"] for row in rows} == {"2026-11-21"}


@pytest.mark.django_db
def test_a_ledger_without_rows_is_its_head(browser, noon):
    assert rows_of(browser.get(ADDRESSES[0])) == []


@pytest.mark.django_db
def test_ten_years_are_read_a_month_at_a_time(owner, ledger, noon):
    person = person_of(owner)
    first = TODAY - timedelta(days=3652)
    asked = statements_of(lambda: list(sheet.ledger_lines(person, first, TODAY)))
    assert asked == 115
    assert statements_of(lambda: next(sheet.ledger_lines(person, first, TODAY))) == 0


@pytest.mark.django_db
def test_a_stranger_gets_a_ledger_of_their_own(stranger_browser, client, ledger):
    assert rows_of(stranger_browser.get(ADDRESSES[0])) == []
    assert client.get(ADDRESSES[1]).status_code == 401


@pytest.mark.django_db
def test_nonsense_is_refused(browser, noon):
    for query in ("from=x", "from=2000-01-01", "from=2026-11-23"):
        assert browser.get(f"{ADDRESSES[1]}?{query}").status_code == 400


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "  =1", "\n=1"])
def test_what_begins_like_a_formula_is_guarded(cell):
    assert sheet.guarded(cell) == f"'{cell}"


@given(st.text())
def test_a_cell_never_begins_like_a_formula_and_never_loses_a_letter(cell):
    guarded = sheet.guarded(cell)
    assert not guarded.lstrip(" ").startswith(("=", "+", "-", "@"))
    assert guarded.removeprefix("'") == cell.removeprefix("'")
