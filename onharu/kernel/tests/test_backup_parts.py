"""The parts of backups that need no database: the sealed file, its key, the swap of files, PostgreSQL's programs."""

import io
import shutil
import stat

import pytest

from onharu.kernel.backups import keys, notes, packing, postgres, swapping
from onharu.kernel.backups.manifest import FORMAT, MANIFEST, Head, Table, is_part
from onharu.kernel.backups.postgres import PostgresStore
from onharu.kernel.backups.programs import pour, program
from onharu.kernel.backups.refusals import BackupRefused
from onharu.kernel.backups.sqlite import COPY
from tests.houses import fresh_key, unheard

HEAD = Head(FORMAT, "onharu of a test", "2026-11-22T00:00:00+00:00", "sqlite", "SQLite", ("kernel.0001_initial",))
PASSWORD = "under-the-floor-7"  # pragma: allowlist secret for a database that does not exist


def packed(path, key, sources=(("media/a.jpg", b"picture" * 50),)):
    with path.open("wb") as file:
        packing.pack(file, key=key, head=HEAD, sources=sources, tables={"t": Table(1)}, heard=unheard)
    return path


def unpacked(path, key, into):
    return packing.unpack(path, key=key, into=into, wanted=lambda _: True, fits=lambda _: None, heard=unheard)


def test_any_changed_byte_of_a_file_is_noticed(tmp_path):
    key = fresh_key()
    raw = packed(tmp_path / "whole", key).read_bytes()
    broken = tmp_path / "broken"
    for number in range(1000):
        place = number * len(raw) // 1000
        broken.write_bytes(raw[:place] + bytes([raw[place] ^ (1 << number % 8)]) + raw[place + 1 :])
        into = tmp_path / "into"
        into.mkdir()
        with pytest.raises(BackupRefused):
            unpacked(broken, key, into)
        shutil.rmtree(into)


def test_what_is_packed_is_sealed(tmp_path):
    raw = packed(tmp_path / "file", fresh_key()).read_bytes()
    assert raw.startswith(b"age-encryption.org/v1\n")
    assert [word for word in (b"picturepicture", b"media/a.jpg", b"onharu of a test") if word in raw] == []


def test_a_file_ends_where_it_was_ended(tmp_path):
    key = fresh_key()
    raw = packed(tmp_path / "whole", key, [("media/a.jpg", b"x" * 300_000)]).read_bytes()
    broken = tmp_path / "broken"
    for length in range(0, len(raw), 4096):
        broken.write_bytes(raw[:length])
        with pytest.raises(BackupRefused) as refused:
            packing.unpack(broken, key=key, into=tmp_path, wanted=lambda _: False, fits=lambda _: None, heard=unheard)
        assert refused.value.code == "backup_damaged"


@pytest.mark.parametrize(
    "name",
    ["../evil", "media/../../evil", "/etc/passwd", "media", "media/", "media//a", "keys/other.key", "media\\a", ""],
)
def test_a_part_never_leads_out_of_its_folder(tmp_path, name):
    key = fresh_key()
    path = packed(tmp_path / "file", key, [(name, b"evil")])
    (tmp_path / "into").mkdir()
    with pytest.raises(BackupRefused):
        unpacked(path, key, tmp_path / "into")
    assert list((tmp_path / "into").rglob("*")) == []
    assert not is_part(name)


def test_a_file_that_says_other_parts_than_it_has_is_refused(tmp_path, monkeypatch):
    key = fresh_key()
    true = packing._add

    def lying(tar, name, source):
        return true(tar, name, source.replace(b'"size": 350', b'"size": 351') if name == MANIFEST else source)

    monkeypatch.setattr(packing, "_add", lying)
    path = packed(tmp_path / "file", key)
    with pytest.raises(BackupRefused) as refused:
        unpacked(path, key, tmp_path)
    assert refused.value.code == "backup_damaged"


def test_a_picture_that_goes_away_meanwhile_is_left_out(tmp_path):
    key = fresh_key()
    path = packed(tmp_path / "file", key, [("media/gone.jpg", tmp_path / "gone.jpg"), ("media/b.jpg", b"b")])
    (tmp_path / "into").mkdir()
    _, manifest = unpacked(path, key, tmp_path / "into")
    assert [part.name for part in manifest.parts] == ["media/b.jpg"]


def test_what_stands_in_the_way_of_writing_is_told(tmp_path):
    class Full(io.RawIOBase):
        def writable(self):
            return True

        def write(self, _):
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        packing.pack(
            Full(), key=fresh_key(), head=HEAD, sources=[("media/a", b"x" * 10_000_000)], tables={}, heard=unheard
        )


def test_a_key_is_made_once_and_nobody_else_may_read_it(tmp_path):
    first = keys.key_of(tmp_path, "", make=True)
    again = keys.key_of(tmp_path, "", make=True)
    path = tmp_path / keys.NAME
    assert (first.made, again.made) == (True, False)
    assert str(first.identities[0]) == str(again.identities[0])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    with pytest.raises(BackupRefused) as refused:
        keys.key_of(tmp_path, "")
    assert refused.value.code == "backup_key_open"
    assert str(first.identities[0]) not in f"{refused.value} {first!r}"


def test_a_missing_or_broken_key_is_said_and_never_repeated(tmp_path):
    with pytest.raises(BackupRefused) as refused:
        keys.key_of(tmp_path, "")
    assert refused.value.code == "backup_key_missing"
    with pytest.raises(BackupRefused) as refused:
        keys.key_of(tmp_path, f"# {PASSWORD}\n{PASSWORD}")
    assert refused.value.code == "backup_key_unreadable"
    assert PASSWORD not in f"{refused.value.ko} {refused.value.en}"


def test_the_newest_key_seals_and_the_older_ones_open(tmp_path):
    old, new = fresh_key(), fresh_key()
    both = keys.read_text(f"{new.identities[0]}\n{old.identities[0]}\n", "here")
    (tmp_path / "one").mkdir()
    unpacked(packed(tmp_path / "old", old), both, tmp_path / "one")
    (tmp_path / "two").mkdir()
    unpacked(packed(tmp_path / "new", both), new, tmp_path / "two")
    with pytest.raises(BackupRefused):
        unpacked(tmp_path / "new", old, tmp_path)


NAMES = (COPY, f"{COPY}-wal", "media", "secret.key")


def laid(folder):
    """A folder with a house, and another one laid beside it."""
    staging = folder / swapping.STAGING
    (folder / "media").mkdir(parents=True)
    (staging / "media").mkdir(parents=True)
    for name in (COPY, f"{COPY}-wal", "media/old.jpg", "secret.key"):
        (folder / name).write_text("old")
    for name in (COPY, "media/new.jpg", "secret.key"):
        (staging / name).write_text("new")
    return folder


def contents(folder):
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_a_swap_that_is_cut_off_anywhere_is_finished_afterwards(tmp_path, monkeypatch):
    whole = laid(tmp_path / "whole")
    swapping.begin_swap(whole, names=NAMES, before="before")
    assert contents(whole) == {
        COPY: "new", "media/new.jpg": "new", "secret.key": "new", f"before/{COPY}": "old",
        f"before/{COPY}-wal": "old", "before/media/old.jpg": "old", "before/secret.key": "old",
    }  # fmt: skip
    path, true, cuts = type(tmp_path), type(tmp_path).rename, 0
    for steps in range(10):
        left = iter(range(steps))

        def rename(self, target, left=left):
            if next(left, None) is None:
                raise KeyboardInterrupt
            return true(self, target)

        folder = laid(tmp_path / f"cut{steps}")
        monkeypatch.setattr(path, "rename", rename)
        try:
            swapping.begin_swap(folder, names=NAMES, before="before")
        except KeyboardInterrupt:
            cuts += 1
        monkeypatch.setattr(path, "rename", true)
        swapping.finish_swap(folder)
        assert contents(folder) == contents(whole)
    assert cuts == 7


def test_a_note_keeps_the_last_success_beside_a_failure(tmp_path):
    assert notes.read(tmp_path) == notes.Note()
    notes.went_well(tmp_path, at="2026-11-22T03:00:00+09:00", file=tmp_path / "a", size=5, seconds=1.5)
    notes.failed(tmp_path, at="2026-11-23T03:00:00+09:00", fault="OSError")
    note = notes.read(tmp_path)
    assert (note.finished_at[:10], note.size, note.failed_at[:10], note.fault) == (
        "2026-11-22", 5, "2026-11-23", "OSError",
    )  # fmt: skip


def pretend(folder, version):
    folder.mkdir()
    (folder / "pg_dump").write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'\n")
    (folder / "pg_dump").chmod(0o755)
    return folder


def test_the_programs_of_the_servers_own_version_are_taken(tmp_path, monkeypatch):
    folders = [pretend(tmp_path / version, f"{version}.2") for version in ("15", "18", "17")]
    monkeypatch.setenv("PATH", ":".join(map(str, [*folders, "/bin"])))
    monkeypatch.setattr("onharu.kernel.backups.programs.DEBIANS", tmp_path / "none")
    assert program("pg_dump", server=17, folder="").parent.name == "17"
    assert program("pg_dump", server=16, folder="").parent.name == "17"
    assert program("pg_dump", server=17, folder=str(tmp_path / "18")).parent.name == "18"
    assert program("pg_dump", server=15, folder="", newest=True).parent.name == "18"
    with pytest.raises(BackupRefused) as refused:
        program("pg_dump", server=19, folder="")
    assert "15, 17, 18" in refused.value.en and "ONHARU_PG_BIN" in refused.value.en


def test_where_the_database_is_goes_to_programs_by_variables_alone():
    store = PostgresStore(
        f"postgresql://minji:{PASSWORD}@db.example:6432/day?sslmode=verify-full&sslrootcert=/etc/ca.pem&pool=true"
    )
    said = store.environment("another")
    assert said["PGPASSWORD"] == PASSWORD
    assert {name: said[name] for name in ("PGHOST", "PGPORT", "PGUSER", "PGDATABASE")} == {
        "PGHOST": "db.example", "PGPORT": "6432", "PGUSER": "minji", "PGDATABASE": "another",
    }  # fmt: skip
    assert (said["PGSSLMODE"], said["PGSSLROOTCERT"]) == ("verify-full", "/etc/ca.pem")
    assert "onharu.house=on" in said["PGOPTIONS"]


def test_an_archive_is_listed_by_the_newest_program_there_is(tmp_path, monkeypatch):
    """An older one refuses what a newer one wrote."""
    for version, does in (("15", "exit 1"), ("17", "echo '; no tables'")):
        file = pretend(tmp_path / version, version) / "pg_restore"
        file.write_text(f"#!/bin/sh\n[ $1 = --version ] && exec echo 'pg_restore (PostgreSQL) {version}.2'\n{does}\n")
        file.chmod(0o755)
    monkeypatch.setattr("onharu.kernel.backups.programs.DEBIANS", tmp_path / "none")
    monkeypatch.setenv("PATH", f"{tmp_path}/15:{tmp_path}/17:/bin")
    store = PostgresStore("postgresql://house@127.0.0.1:1/house")
    store.look(tmp_path / "part", {})
    with pytest.raises(BackupRefused) as refused:
        store.look(tmp_path / "part", {"public.diary": Table(1)})
    assert "public.diary" in refused.value.en


SCRIPT = b"""--
-- PostgreSQL database dump
SET lock_timeout = 0;
SET transaction_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
-- Name: diary; Type: TABLE
SET transaction_timeout = 0;
"""


def test_a_setting_that_the_server_does_not_know_is_left_out_at_the_head_alone():
    script = io.BytesIO(SCRIPT)
    assert b"transaction_timeout" not in b"".join(postgres._settings_of(script, {"lock_timeout"}))
    assert script.read() == b"SET transaction_timeout = 0;\n"
    told = b"".join(postgres._settings_of(io.BytesIO(SCRIPT), {"lock_timeout", "transaction_timeout"}))
    assert SCRIPT.startswith(told) and b"transaction_timeout" in told


def as_it_is(script):
    yield script.readline()


def kept_by(tmp_path):
    """A program that keeps what it is told only when it was told to the end."""
    return ["sh", "-c", f"cat > {tmp_path}/half && mv {tmp_path}/half {tmp_path}/kept"]


def test_what_one_program_writes_reaches_the_other_whole(tmp_path):
    pour(["seq", "200000"], kept_by(tmp_path), {}, as_it_is)
    assert (tmp_path / "kept").read_text().split()[-1] == "200000"


def test_what_was_written_half_is_not_kept(tmp_path):
    with pytest.raises(BackupRefused) as refused:
        pour(["sh", "-c", "seq 200000; echo 'pg: error: torn' >&2; exit 1"], kept_by(tmp_path), {}, as_it_is)
    assert refused.value.en == "sh failed. pg: error: torn"
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("told", ["true", "head -c 100 >&2", "cat >&2"])
def test_who_reads_and_fails_says_why_and_the_other_is_ended(told):
    """One that ends unread, one that ends in the middle, one that fails at the end."""
    writes = ["seq", "1000"] if told.startswith("cat") else ["yes", "1"]
    with pytest.raises(BackupRefused) as refused:
        pour(writes, ["bash", "-c", f"{told}; echo 'psql:3: ERROR:  no such thing' >&2; exit 3"], {}, as_it_is)
    assert refused.value.en == "bash failed. psql:3: ERROR:  no such thing"


def test_nothing_is_kept_where_the_house_itself_stumbles(tmp_path):
    def stumbles(script):
        yield script.readline()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pour(["yes", "1"], kept_by(tmp_path), {}, stumbles)
    assert not (tmp_path / "kept").exists()
