"""An archive read back: equal rows, equal days, and nothing at all of what is not an archive."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from conftest import make_person
from onharu.accounts.models import User
from onharu.accounts.queries import person_of
from onharu.day.shapes import as_json
from onharu.day.summary import day_summaries
from onharu.kernel import clock
from onharu.kernel.belongings import ArchiveRefused, count_of
from onharu.kernel.belongings.tables import Column
from onharu.kernel.images import plain
from onharu.records.meals.models import Meal, Photo
from onharu.rights.actions import exports
from onharu.rights.actions.reading_back import read_back
from onharu.rights.models import Export
from onharu.rights.rooms import tables
from onharu.rights.rules import shape
from tests.lives import CANARY, live

pytestmark = pytest.mark.django_db(transaction=True)
COUNTED = {"id", "version"}


def archive_of(owner_id, folder):
    export = exports.ask_for_export(owner_id=owner_id, anew=True)
    exports.make_export(export_id=export.pk)
    export = Export.objects.get(pk=export.pk)
    path = Path(folder) / f"{owner_id}.zip"
    with export.file.open("rb") as file:
        path.write_bytes(file.read())
    return path


def rows_in(path):
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read(shape.MAIN))["tables"]


def without_numbers(table, rows):
    """Rows without what is a number of a row, and without what is said not to come back."""
    gone = {column.name for column, kind in table.columns().items() if kind in (Column.ID, Column.ROW)}
    gone |= table.stay.keys() | table.refs.keys() | {"schedule"}
    return sorted(json.dumps({k: v for k, v in row.items() if k not in gone}, sort_keys=True) for row in rows)


@pytest.fixture
def newcomer(db):
    return make_person("newcomer")


def test_every_row_comes_back_equal_but_for_its_number(owner, relative, newcomer, tmp_path):
    live(owner, relative)
    first = archive_of(owner.pk, tmp_path)
    read_back(user_id=newcomer.pk, path=first)
    again = rows_in(archive_of(newcomer.pk, tmp_path))
    before = rows_in(first)
    for table in tables():
        if not table.stays and not table.onto:
            wanted = [row for row in before[table.label] if table.comes(row)]
            assert without_numbers(table, again[table.label]) == without_numbers(table, wanted), table.label


def test_photographs_come_back_byte_for_byte(owner, relative, newcomer, tmp_path):
    live(owner, relative)
    for photo in Photo.objects.of(owner.pk):
        for file in (photo.file, photo.thumb):
            Path(file.path).write_bytes(plain(Path(file.path).read_bytes()))  # as this house makes them
    first = archive_of(owner.pk, tmp_path)
    read_back(user_id=newcomer.pk, path=first)
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(archive_of(newcomer.pk, tmp_path)) as other:
        photos = sorted(name for name in one.namelist() if name.startswith("photos/"))
        assert photos == sorted(name for name in other.namelist() if name.startswith("photos/"))
        assert len(photos) == 2
        assert all(one.read(name) == other.read(name) for name in photos)


def test_a_photograph_with_more_in_it_than_pixels_is_redrawn(owner, relative, newcomer, tmp_path):
    live(owner, relative)
    first = archive_of(owner.pk, tmp_path)
    read_back(user_id=newcomer.pk, path=first)
    with zipfile.ZipFile(first) as one:
        assert any(CANARY.encode() in one.read(name) for name in one.namelist() if name.startswith("photos/"))
    photo = Photo.objects.of(newcomer.pk)[0]
    for file in (photo.file, photo.thumb):
        raw = Path(file.path).read_bytes()
        assert raw.startswith(b"\xff\xd8\xff") and CANARY.encode() not in raw


def test_what_was_agreed_to_is_asked_anew(owner, relative, newcomer, tmp_path):
    live(owner, relative)
    owner.profile.photos_may_leave = owner.profile.words_may_leave = True
    owner.profile.save()
    read_back(user_id=newcomer.pk, path=archive_of(owner.pk, tmp_path))
    back = User.objects.get(pk=newcomer.pk).profile
    assert (back.photos_may_leave, back.words_may_leave) == (False, False)
    assert (back.nickname, back.birth_year) == (owner.profile.nickname, owner.profile.birth_year)


@pytest.mark.slow
def test_sixty_days_are_summed_up_alike_after_reading_back(db, newcomer, tmp_path):
    call_command("load_starter", verbosity=0)
    call_command("seed_demo", username="demo", days=60, verbosity=0)
    demo = User.objects.select_related("profile").get(username="demo")
    call_command("import_export", str(archive_of(demo.pk, tmp_path)), username="newcomer", verbosity=0)
    back = User.objects.select_related("profile").get(username="newcomer")
    last = person_of(demo).day_at(clock.now())
    for far in (60, 30):
        first = last - timedelta(days=far)
        days = [summaries(one, first, first + timedelta(days=30)) for one in (demo, back)]
        assert days[0] == days[1]
        assert sum(bool(day["meals"]) for day in days[0]) >= 20


NUMBERS = {"id", "version", "meal", "plan", "exercise", "task", "log", "regimen", "own_food", "log_id", "task_id"}


def summaries(user, first, last):
    return [
        bare(json.loads(json.dumps(as_json(one), default=str))) for one in day_summaries(person_of(user), first, last)
    ]


def bare(told):
    if isinstance(told, list):
        return [bare(one) for one in told]
    if isinstance(told, dict):
        return {name: bare(one) for name, one in told.items() if name not in NUMBERS}
    return told


def test_a_medicine_that_follows_another_follows_it_under_its_new_number(owner, relative, newcomer, tmp_path):
    from onharu.records.medication.models import Regimen, RegimenVersion

    made = live(owner, relative)
    version = made["medication.regimenversion"]
    version.schedule = {"phases": [{"when": {"kind": "follows", "regimen": version.regimen_id, "minutes": 30}}]}
    version.save()
    read_back(user_id=newcomer.pk, path=archive_of(owner.pk, tmp_path))
    back = RegimenVersion.objects.get(owner=newcomer)
    assert back.schedule["phases"][0]["when"]["regimen"] == Regimen.objects.get(owner=newcomer).pk != version.regimen_id


def test_an_account_that_holds_something_is_left_alone(owner, relative, newcomer, tmp_path):
    live(owner, relative)
    path = archive_of(owner.pk, tmp_path)
    at = clock.now()
    Meal.objects.create(owner=newcomer, day=at.date(), slot="LUNCH", eaten_at=at, created_at=at)
    with pytest.raises(ArchiveRefused):
        read_back(user_id=newcomer.pk, path=path)
    assert Meal.objects.filter(owner=newcomer).count() == 1


def broken(path, change=None, members=(), head=None):
    """Write an archive anew with its rows changed, members added, or its head said otherwise."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    told = json.loads(parts[shape.MAIN])
    told.update(head or {})
    if change:
        change(told["tables"])
    parts[shape.MAIN] = json.dumps(told).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, raw in (*parts.items(), *members):
            new.writestr(name, raw)
    return path


def second_meal_on_nothing(rows):
    rows["meals.mealitem"][0]["meal"] = 987654


HOSTILE = {
    "a foreign format": {"head": {"format": "somebody-else"}},
    "a newer edition": {"head": {"version": 2}},
    "no tables": {"head": {"tables": None}},
    "a table nobody knows": {"change": lambda rows: rows.update({"accounts.password": []})},
    "a column nobody knows": {"change": lambda rows: rows["meals.meal"][0].update(owner_id=1)},
    "a column too few": {"change": lambda rows: rows["meals.meal"][0].pop("note")},
    "a row that is none": {"change": lambda rows: rows["meals.meal"].append("x")},
    "a day that is none": {"change": lambda rows: rows["meals.meal"][0].update(day="2026-13-45")},
    "an unknown slot": {"change": lambda rows: rows["meals.meal"][0].update(slot="MIDNIGHT")},
    "a number too large": {"change": lambda rows: rows["meals.mealitem"][0].update(grams="99999999999")},
    "a text too long": {"change": lambda rows: rows["meals.meal"][0].update(note="x" * 301)},
    "an amount below zero": {"change": lambda rows: rows["meals.mealitem"][0].update(grams="-5.00")},
    "a dish of no meal": {"change": second_meal_on_nothing},
    "a day twice": {"change": lambda rows: rows["meals.water"].append(rows["meals.water"][0])},
    "a photograph that is missing": {"change": lambda rows: rows["meals.photo"][0].update(file="photos/none.jpg")},
    "a photograph from elsewhere": {"change": lambda rows: rows["meals.photo"][0].update(file="../../etc/passwd")},
    "a photograph that is a page": {
        "change": lambda rows: rows["meals.photo"][0].update(file="photos/page.jpg"),
        "members": [("photos/page.jpg", b"<html>")],
    },
    "a name that climbs": {"members": [("../evil.py", b"x")]},
    "a name from the root": {"members": [("/etc/cron.d/evil", b"x")]},
    "a name with a backslash": {"members": [("photos\\..\\evil.jpg", b"x")]},
    "a bomb": {"members": [("photos/bomb.jpg", b"\0" * 9_000_000)]},
}


@pytest.mark.parametrize("kind", list(HOSTILE))
def test_what_is_no_archive_of_ours_changes_nothing(kind, owner, relative, newcomer, tmp_path):
    live(owner, relative)
    path = broken(archive_of(owner.pk, tmp_path), **HOSTILE[kind])
    files = set(Path(settings.MEDIA_ROOT).rglob("*.jpg"))
    with pytest.raises(ArchiveRefused):
        read_back(user_id=newcomer.pk, path=path)
    assert not any(count_of(table, newcomer.pk) for table in tables() if not table.stays and not table.onto)
    assert set(Path(settings.MEDIA_ROOT).rglob("*.jpg")) == files


def test_a_file_that_is_cut_or_no_zip_is_refused(owner, relative, newcomer, tmp_path):
    live(owner, relative)
    whole = archive_of(owner.pk, tmp_path).read_bytes()
    for raw in (b"", b"PK", whole[:-40], whole[: len(whole) // 2], b"%PDF-1.7", io.BytesIO().getvalue()):
        path = tmp_path / "cut.zip"
        path.write_bytes(raw)
        with pytest.raises(ArchiveRefused):
            read_back(user_id=newcomer.pk, path=path)


def test_one_bit_that_flipped_is_noticed(owner, relative, newcomer, tmp_path):
    live(owner, relative)
    path = archive_of(owner.pk, tmp_path)
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo(shape.MAIN).header_offset + 200
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1
    path.write_bytes(raw)
    with pytest.raises(ArchiveRefused):
        read_back(user_id=newcomer.pk, path=path)


def test_the_command_says_what_is_wrong_in_both_languages(newcomer, tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(b"no")
    with pytest.raises(CommandError, match="cannot be read back"):
        call_command("import_export", str(path), username="newcomer")
    with pytest.raises(CommandError, match="no such account"):
        call_command("import_export", str(path), username="nobody")
