"""Archives that want to do harm, read back into an account: refused in two languages, and neither row nor file is left."""

import io
import json
import secrets
import stat
import time
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from conftest import make_person
from onharu.accounts.models import User
from onharu.kernel.belongings import ArchiveRefused, count_of
from onharu.records.medication.models import Regimen, RegimenVersion
from onharu.rights.actions import reading_back
from onharu.rights.actions.reading_back import read_back
from onharu.rights.rooms import tables
from onharu.rights.rules import shape
from tests.hostile_tables import crowd
from tests.lives import live
from tests.test_reading_back import archive_of

pytestmark = pytest.mark.django_db
MOST_SECONDS = 4.0
MOST_MEMORY = 60_000_000
_made: dict[str, bytes] = {}


@pytest.fixture
def parts(owner, relative, tmp_path):
    """The parts of a good archive, made once: each test may change them."""
    if not _made:
        live(owner, relative)
        with zipfile.ZipFile(archive_of(owner.pk, tmp_path)) as archive:
            _made.update({name: archive.read(name) for name in archive.namelist()})
    return dict(_made)


@pytest.fixture
def newcomer(db):
    return make_person("newcomer")


def zipped(parts, path, *more, method=zipfile.ZIP_DEFLATED):
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", method) as archive:
        warnings.simplefilter("ignore")  # a name said twice is what some of them are
        for name, raw in (*parts.items(), *more):
            archive.writestr(name, raw)
    return path


def photo_of(parts):
    return next(name for name in parts if name.startswith("photos/"))


# --- what onharu.json says ---------------------------------------------------------------------------------


def told(change):
    """Change the tables as values."""

    def make(parts):
        said = json.loads(parts[shape.MAIN])
        change(said["tables"])
        return {**parts, shape.MAIN: json.dumps(said).encode()}

    return make


def value(table, column, said):
    return told(lambda rows: rows[table][0].update({column: said}))


def spelled(table, column, said):
    """Change one value as it is written."""

    def make(parts):
        marked = json.loads(parts[shape.MAIN])
        marked["tables"][table][0][column] = "@@"
        return {**parts, shape.MAIN: json.dumps(marked).replace('"@@"', said, 1).encode()}

    return make


def main(change):
    """Change onharu.json as bytes."""
    return lambda parts: {**parts, shape.MAIN: change(parts[shape.MAIN])}


def head(**words):
    return lambda parts: {**parts, shape.MAIN: json.dumps({**json.loads(parts[shape.MAIN]), **words}).encode()}


def numbers_twice(rows):
    rows["meals.meal"].append({**rows["meals.meal"][0], "day": "2026-11-19"})


def one_photo_of_two_rows(rows):
    rows["meals.photo"].append({**rows["meals.photo"][0], "id": 9_999_999})


TEXTS = {
    "lists without end": main(lambda _: b"[" * 200_000),
    "objects without end": main(lambda _: b'{"tables":' * 200_000),
    "a note ten thousand deep": spelled("meals.meal", "note", "[" * 10_000 + "]" * 10_000),
    "a schedule a thousand deep": spelled("medication.regimenversion", "schedule", '{"a":' * 1000 + "1" + "}" * 1000),
    "a number of a hundred thousand digits": spelled("meals.water", "ml", "9" * 100_000),
    "a number of 70 bits": spelled("meals.water", "ml", str(2**70)),
    "a number of 64 bits": spelled("meals.water", "ml", str(2**63)),
    "a number too large to be one": spelled("meals.mealitem", "grams", "1e999"),
    "an amount that would fill memory": value("meals.mealitem", "grams", "1e999999999"),
    "NaN": spelled("meals.mealitem", "grams", "NaN"),
    "NaN in quotes": value("meals.mealitem", "grams", "NaN"),
    "a NaN that shouts": value("meals.mealitem", "grams", "sNaN"),
    "Infinity in quotes": value("meals.mealitem", "grams", "Infinity"),
    "tables said twice": main(lambda raw: raw.rstrip()[:-1] + b',"tables":{}}'),
    "a table said twice": main(lambda raw: raw.replace(b'"tables":{', b'"tables":{"meals.water":[],', 1)),
    "a column said twice": main(lambda raw: raw.replace(b'"slot":', b'"note":"","slot":', 1)),
    "cut in the middle": main(lambda raw: raw[: len(raw) // 2]),
    "without its last sign": main(lambda raw: raw.rstrip()[:-1]),
    "more after its end": main(lambda raw: raw + b"{}"),
    "UTF-16": main(lambda raw: raw.decode().encode("utf-16")),
    "bytes that are no letters": main(lambda raw: raw.replace(b'"note":"', b'"note":"\xff', 1)),
    "NUL in a note": spelled("meals.meal", "note", r'"a\u0000b"'),
    "half a pair in a note": spelled("meals.meal", "note", r'"\ud800"'),
    "a note of five million letters": value("meals.meal", "note", "x" * 5_000_000),
    "a row of nothing": told(lambda rows: rows["meals.meal"].append(None)),
    "ten thousand rows of nothing": told(lambda rows: rows.update({"meals.meal": [None] * 10_000})),
    "rows that are lists": told(lambda rows: rows.update({"meals.meal": [[], []]})),
    "a table that is an object": told(lambda rows: rows.update({"meals.meal": {"a": 1}})),
    "a table that is a text": told(lambda rows: rows.update({"meals.meal": "x" * 50})),
    "tables that are a list": head(tables=[]),
    "no tables": head(tables={}),
    "a hundred words of itself": head(**{f"w{number}": 1 for number in range(100)}),
    "a format that is a list": head(format=[shape.FORMAT]),
    "an edition in quotes": head(version="1"),
    "an edition of tomorrow": head(version=shape.VERSION + 1),
}  # fmt: skip
VALUES = {
    "a number twice": told(numbers_twice),
    "a row of somebody else's": value("meals.mealitem", "meal", "@other"),
    "a row of no number": value("meals.mealitem", "meal", "1"),
    "a row that is a list": value("meals.mealitem", "meal", [1]),
    "a row below nought": value("meals.mealitem", "meal", -1),
    "an owner": value("meals.meal", "owner_id", 1),
    "a name that is a number": value("journal.tag", "name", 123),
    "a name that is nothing": value("journal.tag", "name", None),
    "a name that is an object": value("journal.tag", "name", {"a": 1}),
    "a medicine that is a list": value("medication.scrap", "item_seq", ["1"]),
    "a day that never was": value("meals.water", "day", "2026-02-30"),
    "a day before days": value("meals.water", "day", "0000-01-01"),
    "an instant without its zone": value("meals.meal", "eaten_at", "2026-11-20T12:00:00"),
    "an instant after all time": value("meals.meal", "eaten_at", "9999-12-31T23:59:59-14:00"),
    "an instant that is a number": value("meals.meal", "eaten_at", 1),
    "a day that was touched and never was": told(lambda rows: rows["kernel.dayversion"].append({"day": "x", "part": "meals"})),
    "a day that was touched and is a list": told(lambda rows: rows["kernel.dayversion"].append([1])),
    "a photograph of two rows": told(one_photo_of_two_rows),
    "a photograph that climbs": value("meals.photo", "file", "photos/../../onharu.sqlite3"),
    "a photograph from the root": value("meals.photo", "file", "/etc/passwd"),
    "a photograph on another machine": value("meals.photo", "file", "https://evil.example/a.jpg"),
    "a photograph that is a list": value("meals.photo", "file", ["photos/a.jpg"]),
    "a photograph that is the archive": value("meals.photo", "file", shape.MAIN),
}  # fmt: skip


# --- what the ZIP is ---------------------------------------------------------------------------------------


def photo(raw):
    return lambda parts: {**parts, photo_of(parts): raw}


def member(name, raw=b"x"):
    return lambda parts: {**parts, name: raw}


ZIPS = {
    "a photograph that is a page": photo(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "a photograph that is cut": lambda parts: photo(parts[photo_of(parts)][:60])(parts),
    "a photograph that is nothing": photo(b""),
    "a photograph that is an archive": photo(b"PK\x05\x06" + bytes(18)),
    "a photograph that is missing": lambda parts: {name: raw for name, raw in parts.items() if name != photo_of(parts)},
    "a photograph that is a bomb": photo(b"\xff\xd8\xff" + bytes(11_000_000)),
    "a photograph that is too large": photo(secrets.token_bytes(13_000_000)),
    "no onharu.json": lambda parts: {name: raw for name, raw in parts.items() if name != shape.MAIN},
    "an onharu.json in capitals": lambda parts: {name.replace(shape.MAIN, "ONHARU.JSON"): raw for name, raw in parts.items()},
    "a table for a spreadsheet that is a bomb": member("csv/bomb.csv", b"\0" * 5_000_000),
    **{
        f"a member called {name!a}": member(name)
        for name in (
            "../evil", "photos/../evil.jpg", "/etc/cron.d/evil", "C:\\evil.jpg", "photos\\evil.jpg", "photos/", "./onharu.json",
            "photos/a.jpg/b.jpg", "photos/\u2025/a.jpg", "photos/" + "x" * 200 + ".jpg", "media/.htaccess",
            "field.keys", "onharu.sqlite3", "photos/a .jpg", "photos/\u202egpj.exe", "~/.ssh/authorized_keys", "$(id).jpg",
        )
    },
}  # fmt: skip
CASES = {**TEXTS, **VALUES, **ZIPS}


def refused(path, newcomer):
    """Read it back: it is refused in two languages, in time, and no row and no file of anybody's is another."""
    files = {one: one.stat().st_size for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()}
    rows = {table.label: table.model._base_manager.count() for table in tables()}
    started = time.process_time()
    with pytest.raises(ArchiveRefused) as caught:
        read_back(user_id=newcomer.pk, path=path)
    assert time.process_time() - started <= MOST_SECONDS
    assert caught.value.status == 400
    assert any("가" <= letter <= "힣" for letter in caught.value.ko) and caught.value.en.isascii()
    assert len(caught.value.ko) < 300, "a refusal does not repeat what was sent"
    assert {table.label: table.model._base_manager.count() for table in tables()} == rows
    assert not any(count_of(table, newcomer.pk) for table in tables() if not table.stays and not table.onto)
    assert {one: one.stat().st_size for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()} == files


def test_the_archive_they_are_made_of_is_good(parts, newcomer, tmp_path):
    """Without it a refusal would say nothing."""
    counted = read_back(user_id=newcomer.pk, path=zipped(parts, tmp_path / "x.zip"))
    assert counted["meals.meal"] >= 1 and counted["meals.photo"] >= 1
    assert len(CASES) >= 60


@pytest.mark.parametrize("kind", CASES, ids=lambda word: word.replace(" ", "-"))
def test_what_is_hostile_is_refused_and_nothing_is_left(kind, parts, newcomer, tmp_path):
    refused(zipped(CASES[kind](parts), tmp_path / "x.zip"), newcomer)


def flagged(raw):
    """Every part says it is encrypted."""
    changed = bytearray(raw)
    at = 0
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        changed[at + 8] |= 1
        at += 4
    return bytes(changed)


def flipped(raw):
    changed = bytearray(raw)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        changed[archive.getinfo(shape.MAIN).header_offset + 300] ^= 2
    return bytes(changed)


def without_a_piece(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        at = archive.getinfo(shape.MAIN).header_offset + 300
    return raw[:at] + raw[at + 100 :]


def of_a_method_of_nobodys(raw):
    changed = bytearray(raw)
    at = raw.index(b"PK\x01\x02")
    changed[at + 10 : at + 12] = b"\x63\0"
    name = bytes(raw[at + 46 : at + 46 + raw[at + 28]])
    begin = raw.index(name) - 30
    changed[begin + 8 : begin + 10] = b"\x63\0"
    return bytes(changed).replace(b"README.txt", b"onharu.jso")


RAW = {
    "nothing": lambda _: b"",
    "two letters": lambda _: b"PK",
    "an end alone": lambda raw: raw[-22:],
    "cut in half": lambda raw: raw[: len(raw) // 2],
    "cut before its end": lambda raw: raw[:-30],
    "without a piece of its middle": without_a_piece,
    "a bit that flipped": flipped,
    "locked": flagged,
    "packed in a way of nobody's": of_a_method_of_nobodys,
    "sixty thousand parts of nothing": lambda _: crowd(60_000)(None),
    "PDF": lambda _: b"%PDF-1.7\n" + bytes(2000),
    "JSON without a ZIP": lambda _: b'{"format": "onharu-export"}',
    "a directory that lies far away": lambda raw: raw[:-6] + b"\xff\xff\xff\x7f" + raw[-2:],
}


@pytest.mark.parametrize("kind", RAW, ids=lambda word: word.replace(" ", "-"))
def test_what_is_no_zip_of_ours_is_refused(kind, parts, newcomer, tmp_path):
    path = zipped(parts, tmp_path / "x.zip")
    path.write_bytes(RAW[kind](path.read_bytes()))
    refused(path, newcomer)


def test_a_name_said_twice_is_refused(parts, newcomer, tmp_path):
    refused(zipped(parts, tmp_path / "x.zip", (shape.MAIN, b"{}")), newcomer)
    refused(zipped(parts, tmp_path / "y.zip", (photo_of(parts), b"x")), newcomer)


def test_a_link_is_never_followed(parts, newcomer, tmp_path):
    link = zipfile.ZipInfo(photo_of(parts))
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    others = {name: raw for name, raw in parts.items() if name != photo_of(parts)}
    refused(zipped(others, tmp_path / "x.zip", (link, b"/etc/passwd")), newcomer)
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "folder", tmp_path / "none.zip", Path("/dev/null")):
        refused(path, newcomer)


def test_too_many_days_or_rows_are_refused(parts, newcomer, tmp_path, monkeypatch):
    path = zipped(parts, tmp_path / "x.zip")
    monkeypatch.setattr(reading_back, "MOST_DAYS", 0)
    refused(path, newcomer)
    monkeypatch.undo()
    monkeypatch.setattr(reading_back, "MOST_ROWS", 10)
    refused(path, newcomer)


def test_many_long_rows_take_the_memory_of_a_few(parts, newcomer, tmp_path):
    said = json.loads(parts[shape.MAIN])
    row = said["tables"]["meals.meal"][0]
    said["tables"]["meals.meal"] = [
        {**row, "id": number, "note": secrets.token_hex(15_000) + "x" * 850_000} for number in range(160)
    ]
    path = zipped({**parts, shape.MAIN: json.dumps(said).encode()}, tmp_path / "x.zip")
    del said
    tracemalloc.start()
    try:
        with pytest.raises(ArchiveRefused, match=r"meals\.meal"):
            read_back(user_id=newcomer.pk, path=path)
        assert tracemalloc.get_traced_memory()[1] <= MOST_MEMORY
    finally:
        tracemalloc.stop()


def test_nobody_becomes_somebody_else_by_what_an_archive_says(parts, newcomer, tmp_path):
    """The account's own row is no part of what is read back, whatever it says."""
    said = json.loads(parts[shape.MAIN])
    said["tables"]["accounts.user"] = [{"is_superuser": True, "is_staff": True, "username": "root", "id": 1}]
    before = User.objects.values().get(pk=newcomer.pk)
    read_back(user_id=newcomer.pk, path=zipped({**parts, shape.MAIN: json.dumps(said).encode()}, tmp_path / "x.zip"))
    assert User.objects.values().get(pk=newcomer.pk) == before
    assert not User.objects.filter(username="root").exists()


def test_a_schedule_never_follows_a_medicine_of_somebody_else(parts, newcomer, stranger, tmp_path):
    theirs = Regimen.objects.create(**{**_regimen_of(parts), "owner": stranger})
    said = json.loads(parts[shape.MAIN])
    after = {"phases": [{"when": {"kind": "follows", "regimen": theirs.pk, "minutes": 30}}]}
    said["tables"]["medication.regimenversion"][0]["schedule"] = after
    read_back(user_id=newcomer.pk, path=zipped({**parts, shape.MAIN: json.dumps(said).encode()}, tmp_path / "x.zip"))
    kept = RegimenVersion.objects.filter(owner=newcomer).order_by("pk")[0]
    assert kept.schedule["phases"][0]["when"]["regimen"] != theirs.pk


def _regimen_of(parts):
    row = json.loads(parts[shape.MAIN])["tables"]["medication.regimen"][0]
    made = {name: said for name, said in row.items() if said is not None and name not in {"id", "owner"}}
    return {name: said for name, said in made.items() if not Regimen._meta.get_field(name).is_relation}
