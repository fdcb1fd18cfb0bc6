"""Everything of a person in one archive."""

import csv
import io
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onharu
from onharu.kernel import jobs
from onharu.kernel.belongings import count_of
from onharu.kernel.cells import told
from onharu.rights.actions import exports
from onharu.rights.models import Export
from onharu.rights.rooms import tables
from onharu.rights.rules.cells import cell
from tests.lives import CANARY, live

pytestmark = pytest.mark.django_db(transaction=True)


def exported(owner_id):
    export = exports.ask_for_export(owner_id=owner_id, anew=True)
    exports.make_export(export_id=export.pk)
    export.refresh_from_db()
    with export.file.open("rb") as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


@pytest.fixture
def lived(owner, relative):
    return live(owner, relative)


def test_every_table_of_a_person_is_in_the_archive(lived, owner):
    archive = exported(owner.pk)
    told = json.loads(archive.read("onharu.json"))
    assert (told["format"], told["version"]) == ("onharu-export", 1)
    for table in tables():
        assert table.label in told["tables"]
        assert len(told["tables"][table.label]) == count_of(table, owner.pk) >= 1, table.label
        assert all(row.keys() == {one.name for one in table.columns()} for row in told["tables"][table.label])


def test_nothing_of_anybody_else_is_in_the_archive(lived, owner, relative, stranger):
    relative.profile.nickname = "옆집사람"
    relative.profile.save()
    text = exported(owner.pk).read("onharu.json").decode()
    assert CANARY in text
    assert "옆집사람" not in text and "relative" not in text
    assert CANARY not in exported(stranger.pk).read("onharu.json").decode()


def test_the_archive_holds_the_photographs_and_the_same_rows_as_tables(lived, owner):
    archive = exported(owner.pk)
    names = archive.namelist()
    assert archive.testzip() is None
    assert sum(name.startswith("photos/") for name in names) == 2
    rows = json.loads(archive.read("onharu.json"))["tables"]
    for label, of_table in rows.items():
        if of_table:
            sheet = list(
                csv.DictReader(io.StringIO(archive.read(f"csv/{label.replace('.', '_')}.csv").decode("utf-8-sig")))
            )
            assert len(sheet) == len(of_table)
            assert list(sheet[0]) == list(of_table[0])


def test_a_text_that_begins_like_a_formula_is_neutralised_and_a_number_stays_one(lived, owner):
    lived["meals.meal"].note = '=HYPERLINK("http://evil.example")'
    lived["meals.meal"].save()
    archive = exported(owner.pk)
    meals = list(csv.DictReader(io.StringIO(archive.read("csv/meals_meal.csv").decode("utf-8-sig"))))
    assert meals[0]["note"].startswith("'=")
    (weighed,) = csv.DictReader(io.StringIO(archive.read("csv/goals_measurement.csv").decode("utf-8-sig")))
    assert weighed["value"] == "5.0"
    assert json.loads(archive.read("onharu.json"))["tables"]["meals.meal"][0]["note"].startswith("=HYPER")


MARKS = ("=", "+", "-", "@", "\t", "\r")  # OWASP's list: what spreadsheets run begins so


@pytest.mark.parametrize("mark", MARKS)
def test_each_mark_that_begins_a_formula_gets_its_apostrophe(mark):
    assert cell(f"{mark}1+1") == f"'{mark}1+1"


@given(st.one_of(st.text(), st.builds("{}{}".format, st.sampled_from(MARKS), st.text())))
def test_no_text_whatever_begins_a_formula(text):
    assert not cell(text).startswith(MARKS)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_numbers_stay_numbers(number):
    assert cell(number) == str(number)


HOSTILE = [
    "=1+1", "+82-10-1234-5678", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠홍길동", "'=1", "''", " \u200b=1", "a\n=1", '밥, "국"',
]  # fmt: skip


def check_cell(cell, value, column):
    """A cell says what the JSON beside it says, in its own kind."""
    if value is None or isinstance(value, bool):
        assert cell == {None: "", True: "true", False: "false"}[value]
    elif isinstance(value, (int, float)):
        assert cell == str(value)
    elif "Decimal" in type(column).__name__:
        assert Decimal(cell) == Decimal(value) and not cell.startswith("'")
    else:
        assert not cell.startswith((*MARKS, "＝", "＠"))
        assert (told(cell) if isinstance(value, str) else json.loads(told(cell))) == value


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_every_cell_of_every_table_is_read_back_as_it_was(text, lived, owner):
    changed = 0
    for row in lived.values():
        for column in ("note", "name", "body", "memo"):
            if isinstance(getattr(row, column, None), str):
                setattr(row, column, text)
                row.save()
                changed += 1
    assert changed >= 5
    archive = exported(owner.pk)
    rows = json.loads(archive.read("onharu.json"))["tables"]
    for table in tables():
        if not rows[table.label]:
            continue
        columns = {one.name: one for one in table.columns()}
        raw = archive.read(f"csv/{table.label.replace('.', '_')}.csv").decode("utf-8-sig")
        for row, line in zip(rows[table.label], csv.DictReader(io.StringIO(raw, newline="")), strict=True):
            for name, value in row.items():
                check_cell(line[name], value, columns[name])


def test_whoever_writes_a_table_for_spreadsheets_guards_its_cells():
    writing = [
        path
        for path in Path(onharu.__file__).parent.rglob("*.py")
        if "tests" not in path.parts and re.search(r"csv\.(writer|DictWriter)\(", path.read_text(encoding="utf-8"))
    ]
    assert len(writing) >= 2
    assert all(re.search(r"\b(guarded|cell)\(", path.read_text(encoding="utf-8")) for path in writing)


def test_one_archive_at_a_time_and_the_same_one_for_a_day(owner):
    first = exports.ask_for_export(owner_id=owner.pk)
    assert exports.ask_for_export(owner_id=owner.pk, anew=True).pk == first.pk
    assert jobs.Job.objects.filter(name=exports.MAKE).count() == 1
    exports.make_export(export_id=first.pk)
    assert exports.ask_for_export(owner_id=owner.pk).pk == first.pk
    assert exports.ask_for_export(owner_id=owner.pk, anew=True).pk != first.pk


def test_an_archive_and_its_file_are_gone_after_a_day(owner, noon, monkeypatch):
    from datetime import timedelta

    from onharu.kernel import clock

    exported(owner.pk)
    (export,) = Export.objects.all()
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(hours=23))
    assert exports.forget_old() == 0
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(hours=24))
    assert exports.forget_old() == 1
    assert not export.file.storage.exists(export.file.name)
    assert not Export.objects.exists()


def test_the_archive_lies_where_only_the_house_reads(owner):
    exported(owner.pk)
    (export,) = Export.objects.all()

    path = Path(export.file.path)
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert oct(path.parent.stat().st_mode)[-3:] == "700"


def test_progress_only_grows_and_ends_at_a_hundred(lived, owner, monkeypatch):
    told = []
    telling = exports._telling

    def spying(pk):
        heard = telling(pk)
        return lambda percent: (told.append(percent), heard(percent))

    monkeypatch.setattr(exports, "_telling", spying)
    exported(owner.pk)
    assert told == sorted(set(told)) and told[-1] <= 99
    assert Export.objects.get().percent == 100
