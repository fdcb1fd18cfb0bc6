"""Backups on a small database of their own: what is refused changes nothing, whatever the engine."""

import secrets
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace

import pytest

from onharu.kernel.backups import notes, restoring, swapping, taking
from onharu.kernel.backups.manifest import FORMAT, Head
from onharu.kernel.backups.refusals import BackupRefused
from tests.houses import asked, files_of, fresh_key, rows_of, small_house, unheard, verified

KNOWN = ("kernel.0001_initial", "kernel.0002_newest")


@pytest.fixture
def key():
    return fresh_key()


@pytest.fixture
def house(tmp_path):
    return small_house(tmp_path / "house", KNOWN)


@pytest.fixture
def other(tmp_path):
    return small_house(tmp_path / "other", ())


def unsettled(_folder, _variables):
    """Leave what was put back as it is."""


def take(house, key, to=None, **more):
    return taking.take(house=house, key=key, to=to or house.folder / "backups", keep=None, heard=unheard, **more)


def put_back(file, house, key, *, settle=unsettled, known=KNOWN):
    return restoring.restore(file=file, house=house, key=key, known=known, replace=False, settle=settle, heard=unheard)


def test_only_what_was_read_back_is_called_a_backup(house, key, monkeypatch, tmp_path):
    def broken(*_, **__):
        raise BackupRefused("backup_damaged")

    monkeypatch.setattr(taking, "verify", broken)
    with pytest.raises(BackupRefused):
        take(house, key, tmp_path / "kept")
    assert list((tmp_path / "kept").iterdir()) == []
    assert notes.read(house.folder).file == ""
    assert not (house.folder / taking.WORKSHOP).exists()


def cut(raw):
    return raw[:-1]


def cut_at_a_piece(raw):
    return raw[: raw.index(b"\n--- ") + 50 + 16 + 65536 + 16]


def longer(raw):
    return raw + b"\0"


def swapped(raw):
    begin = len(raw) - 2 * 65552
    return raw[:begin] + raw[begin + 65552 :] + raw[begin : begin + 65552]


def flipped(raw):
    place = len(raw) // 2
    return raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]


def another(_raw):
    return b"PK\3\4" + secrets.token_bytes(100)


@pytest.mark.parametrize("damage", [cut, cut_at_a_piece, longer, swapped, flipped, another, lambda _: b""])
def test_a_damaged_file_is_refused_and_nothing_is_changed(house, other, key, damage):
    taken = take(house, key)
    broken = taken.file.with_name("broken.tar.age")
    broken.write_bytes(damage(taken.file.read_bytes()))
    for try_it in (lambda: verified(broken, house, key), lambda: put_back(broken, other, key)):
        with pytest.raises(BackupRefused) as refused:
            try_it()
        assert refused.value.code == "backup_damaged"
    assert left_as_it_was(other)


def left_as_it_was(house):
    return house.store.empty() and [path.name for path in house.folder.iterdir()] == [swapping.LOCK]


def test_another_key_is_refused_and_said_so(house, other, key):
    taken = take(house, key)
    with pytest.raises(BackupRefused) as refused:
        put_back(taken.file, other, fresh_key())
    assert refused.value.code == "backup_key"
    assert left_as_it_was(other)


def test_what_a_newer_edition_made_is_refused(house, other, key):
    taken = take(house, key)
    newest = max(KNOWN)
    with pytest.raises(BackupRefused) as refused:
        put_back(taken.file, other, key, known=set(KNOWN) - {newest})
    assert (refused.value.code, newest in refused.value.en) == ("backup_newer", True)
    with pytest.raises(BackupRefused):
        taking.fits(Head(FORMAT + 1, "onharu 9", "", house.store.engine, "", ()))
    assert left_as_it_was(other)


def test_the_backup_of_another_engine_is_refused(house, other, key, monkeypatch):
    taken = take(house, key)
    monkeypatch.setattr(type(other.store), "engine", "another")
    with pytest.raises(BackupRefused) as refused:
        put_back(taken.file, other, key)
    assert refused.value.code == "backup_engine"
    assert left_as_it_was(other)


def test_a_server_does_not_begin_while_a_backup_is_put_back(house, other, key):
    taken = take(house, key)
    said = []

    def settle(folder, variables):
        with pytest.raises(BackupRefused) as refused:
            swapping.serve_from(other.folder)
        said.append(refused.value.code)

    put_back(taken.file, other, key, settle=settle)
    assert said == ["house_restoring"]


def test_only_so_many_are_kept_and_nothing_else_is_removed(house, key, tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    for name in ("onharu-20260101T000000Z.tar.age", "onharu-20260102T000000Z.tar.age", "notes.txt", "my.tar.age"):
        (folder / name).touch()
    taken = taking.take(house=house, key=key, to=folder, keep=2, heard=unheard)
    assert [path.name for path in taken.gone] == ["onharu-20260101T000000Z.tar.age"]
    assert {path.name for path in folder.iterdir()} == {
        "onharu-20260102T000000Z.tar.age", taken.file.name, "notes.txt", "my.tar.age",
    }  # fmt: skip
    with pytest.raises(BackupRefused):
        take(house, key, taken.file)


def test_one_backup_at_a_time(house, key):
    begun, go_on, ended = threading.Event(), threading.Event(), []

    def slow(_done, _total):
        begun.set()
        go_on.wait(30)

    def first():
        ended.append(taking.take(house=house, key=key, to=house.folder / "slow", keep=None, heard=slow))

    thread = threading.Thread(target=first)
    thread.start()
    assert begun.wait(30)
    with pytest.raises(BackupRefused) as refused:
        take(house, key)
    go_on.set()
    thread.join()
    assert (refused.value.code, len(ended)) == ("backup_under_way", 1)


def test_who_was_erased_since_stays_on_the_list(house, other, key):
    (house.folder / "erased.jsonl").write_text('{"receipt": "one"}\n')
    taken = take(house, key)
    (other.folder / "erased.jsonl").write_text('{"receipt": "one"}\n{"receipt": "two"}\n')
    put_back(taken.file, other, key)
    assert (other.folder / "erased.jsonl").read_text().splitlines() == ['{"receipt": "one"}', '{"receipt": "two"}']
    assert (other.folder / "erased.jsonl").stat().st_mode & 0o777 == 0o600


def test_nothing_of_a_house_is_readable_in_its_backup(house, key):
    raw = take(house, key).file.read_bytes()
    words = (
        b"signs sessions",
        b"opens columns",
        b"media/a.jpg",
        b"database.sqlite3",
        (house.media / "a.jpg").read_bytes(),
    )
    assert [word for word in words if word in raw] == []


def test_a_backup_that_reads_back_as_another_is_none(house, key, monkeypatch):
    true = taking.verify

    def another(*words, **more):
        head, manifest = true(*words, **more)
        return head, replace(manifest, tables={})

    monkeypatch.setattr(taking, "verify", another)
    with pytest.raises(BackupRefused):
        take(house, key)
    assert list((house.folder / "backups").iterdir()) == []


def test_rows_that_lie_beside_the_database_are_in_the_backup(house, other, key):
    with closing(sqlite3.connect(house.store.file)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("PRAGMA wal_autocheckpoint=0")
        with writer:
            writer.execute("INSERT INTO noise VALUES ('newest')")
        taken = take(house, key)
    put_back(taken.file, other, key)
    assert asked(other, "SELECT count(*) FROM noise WHERE said = 'newest'") == [(1,)]


def test_a_house_with_records_is_left_alone_unless_told(house, key, tmp_path):
    full = small_house(tmp_path / "full", KNOWN)
    before = rows_of(full), files_of(full)
    taken = take(house, key)
    with pytest.raises(BackupRefused) as refused:
        put_back(taken.file, full, key)
    assert refused.value.code == "house_full"
    assert (rows_of(full), files_of(full)) == before


def test_nothing_is_put_back_while_a_server_lives_there(house, other, key):
    taken = take(house, key)
    with swapping.serve_from(other.folder), pytest.raises(BackupRefused) as refused:
        put_back(taken.file, other, key)
    assert refused.value.code == "house_open"
    assert left_as_it_was(other)
