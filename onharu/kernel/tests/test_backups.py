"""Backups of both engines: equal when put back, sealed, of one moment, and refused when anything about them is off."""

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection, transaction

from onharu.kernel.backups import postgres, restoring, swapping, taking
from onharu.kernel.backups.postgres import PostgresStore
from onharu.kernel.backups.refusals import BackupRefused
from tests import houses
from tests.houses import asked, empty_database, files_of, fresh_key, house_in, rows_of, unheard

CANARY = "wqxkanari-backup"
PICTURE = CANARY.encode() + bytes(range(256)) * 400


@pytest.fixture
def key():
    return fresh_key()


@pytest.fixture
def house(transactional_db, owner, noon, tmp_path):
    """A person with a note and two pictures."""
    apps.get_model("journal.Feedback").objects.create(
        owner=owner, day=noon.date(), body=f"{CANARY} 메모", created_at=noon, changed_at=noon
    )
    made = house_in(tmp_path / "house")
    for name in ("meals/a.jpg", "meals/여름/b.jpg"):
        (made.media / name).parent.mkdir(parents=True, exist_ok=True)
        (made.media / name).write_bytes(PICTURE + name.encode())
    return made


@pytest.fixture
def other(tmp_path):
    """An empty house to put a backup into."""
    with empty_database("put_back") as name:
        yield house_in(tmp_path / "other", name)


def take(house, key, to=None, **more):
    return taking.take(house=house, key=key, to=to or house.folder / "backups", keep=None, heard=unheard, **more)


def unsettled(_folder, _variables):
    """Leave what was put back as it is."""


def put_back(file, house, key, *, replace=False, settle=unsettled, known=None):
    known = migrations() if known is None else known
    return restoring.restore(
        file=file, house=house, key=key, known=known, replace=replace, settle=settle, heard=unheard
    )


def migrations():
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return {f"{app}.{name}" for app, name in cursor.fetchall()}


def test_what_is_put_back_is_equal_row_by_row_and_byte_by_byte(house, other, key):
    before = rows_of(house)
    taken = take(house, key)
    restored = put_back(taken.file, other, key)
    assert rows_of(other) == before
    assert files_of(other) == files_of(house) != {}
    assert {path.name: path.read_bytes() for path in other.folder.glob("*.key*")} == houses.SECRETS
    assert restored.manifest.rows == taken.manifest.rows > 0
    assert (restored.before_files, restored.before_database) == (None, "")


def test_what_people_wrote_and_photographed_is_not_found_in_the_file(house, key):
    taken = take(house, key)
    raw = taken.file.read_bytes()
    for word in (CANARY.encode(), b"owner@example.com", b"signs sessions", b"opens columns", b"meals/a.jpg", b"sqlite"):
        assert word not in raw
    assert raw.startswith(b"age-encryption.org/v1\n")
    assert taken.file.stat().st_mode & 0o777 == 0o600


def test_a_backup_among_writers_is_of_one_moment(house, other, key):
    stop, written = threading.Event(), []

    def write(number):
        job = apps.get_model("kernel.Job")
        try:
            while not stop.is_set():
                with transaction.atomic():
                    for side in ("left", "right"):
                        job.objects.create(name=side, key=f"{side}-{number}-{len(written)}", run_at="2026-11-22T00:00Z")
                written.append(number)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=[number]) for number in range(2)]
    for writer in writers:
        writer.start()
    while len(written) < 6:
        assert any(writer.is_alive() for writer in writers)
    begun = len(written)
    taken = take(house, key)
    meanwhile = len(written) - begun
    stop.set()
    for writer in writers:
        writer.join()
    put_back(taken.file, other, key)
    (left,), (right,) = (asked(other, f"SELECT count(*) FROM kernel_job WHERE name = '{s}'") for s in ("left", "right"))
    assert left == right
    assert begun <= left[0] <= len(written)
    assert meanwhile > 0


def test_a_house_with_records_is_replaced_only_when_told_and_is_kept(house, other, key):
    taken = take(house, key)
    put_back(taken.file, other, key)
    asked(other, "DELETE FROM journal_feedback")
    (other.media / "meals" / "later.jpg").write_bytes(b"later")
    changed, pictures = rows_of(other), files_of(other)
    with pytest.raises(BackupRefused) as refused:
        put_back(taken.file, other, key)
    assert refused.value.code == "house_full"
    assert (rows_of(other), files_of(other)) == (changed, pictures)
    restored = put_back(taken.file, other, key, replace=True)
    assert rows_of(other) == rows_of(house)
    assert files_of(other) == files_of(house)
    before = house_in(restored.before_files, restored.before_database or "there")
    assert (rows_of(before), files_of(before)) == (changed, pictures)


def test_what_cannot_be_settled_is_taken_away_again(house, other, key):
    taken = take(house, key)
    put_back(taken.file, other, key)
    before = rows_of(other)

    def refuse(folder, variables):
        raise BackupRefused("not_settled")

    with pytest.raises(BackupRefused):
        put_back(taken.file, other, key, replace=True, settle=refuse)
    assert rows_of(other) == before
    assert not (other.folder / swapping.STAGING).exists()
    if not houses.is_sqlite():
        assert asked(other, "SELECT count(*) FROM pg_database WHERE datname LIKE 'put_back_restoring%'") == [(0,)]


def test_nothing_is_put_back_while_the_house_is_in_use(house, other, key):
    taken = take(house, key)
    put_back(taken.file, other, key)
    with swapping.serve_from(other.folder), pytest.raises(BackupRefused) as refused:
        put_back(taken.file, other, key, replace=True)
    assert refused.value.code == "house_open"
    with reader_of(other), pytest.raises(BackupRefused) as refused:
        put_back(taken.file, other, key, replace=True)
    assert refused.value.code == "house_open"


def reader_of(house):
    """Somebody who has the database open."""
    if not houses.is_sqlite():
        return house.store.connect()
    asked(house, "PRAGMA journal_mode=WAL")
    reader = sqlite3.connect(house.store.file)
    reader.execute("SELECT count(*) FROM django_migrations").fetchone()
    return closing(reader)


@pytest.mark.postgres
def test_a_database_that_came_out_otherwise_is_not_put_in_place(house, other, key, monkeypatch):
    taken = take(house, key)
    true = postgres.pour

    def pour(*words):
        true(*words)
        asked(other, "DELETE FROM journal_feedback")

    monkeypatch.setattr(postgres, "pour", pour)
    with pytest.raises(BackupRefused) as refused:
        put_back(taken.file, other, key)
    assert (refused.value.code, "journal_feedback" in refused.value.en) == ("database_broken", True)


@pytest.mark.postgres
def test_rows_behind_walls_are_all_in_a_backup_taken_by_a_role_that_they_hold(transactional_db, tmp_path, key):
    """The role owns its tables and is no superuser, as a managed PostgreSQL gives it."""
    with empty_database("walled") as name, empty_database("walled_back") as back:
        server = house_in(tmp_path / "server", name)
        asked(server, "DROP ROLE IF EXISTS plain_owner")
        asked(server, "CREATE ROLE plain_owner LOGIN")
        for one in (name, back):
            asked(server, f"ALTER DATABASE {one} OWNER TO plain_owner")
        url = houses.url_of(name).replace("//onharu@", "//plain_owner@")
        bare = house_in(tmp_path / "plain", name)
        stores = (PostgresStore(url[: -len(name)] + one, houses.programs()) for one in (name, back))
        house, other = (replace(bare, folder=tmp_path / store.name, store=store) for store in stores)
        for statement in (
            "CREATE TABLE django_migrations (app text, name text)",
            "CREATE TABLE diary (owner_id bigint, body text)",
            "INSERT INTO diary SELECT n % 3, 'day ' || n FROM generate_series(1, 90) n",
            "ALTER TABLE diary ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE diary FORCE ROW LEVEL SECURITY",
            "CREATE POLICY house ON diary USING (current_setting('onharu.house', true) = 'on')",
        ):
            asked(house, statement)
        taken = take(house, key)
        put_back(taken.file, other, key)
        assert taken.manifest.tables["public.diary"].rows == 90
        assert rows_of(other) == rows_of(house)
        with pytest.raises(BackupRefused) as refused:
            put_back(taken.file, other, key, replace=True)
        assert refused.value.code == "may_not_create"
    asked(house_in(tmp_path / "server", "postgres"), "DROP ROLE plain_owner")
