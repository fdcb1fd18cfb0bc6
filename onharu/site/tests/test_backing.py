"""Backups by the commands and at night, and what is owed to a database that was put back."""

import json
import os
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from onharu.kernel import jobs, milestones
from onharu.kernel.backups import notes, restoring, taking
from onharu.kernel.backups.refusals import BackupRefused
from onharu.kernel.jobs import registry
from onharu.kernel.models import Job
from onharu.rights.actions import tombstones
from onharu.site import backing
from onharu.site import jobs as site_jobs
from onharu.site.command import main, prepare
from tests import houses
from tests.houses import asked, empty_database, fresh_key, house_in, unheard


@pytest.fixture
def here(settings, tmp_path):
    """A data folder of the test's own, over the test database."""
    settings.ONHARU_DATA = tmp_path / "here"
    settings.ONHARU_DATA.mkdir()
    settings.PG_BIN = houses.programs()
    settings.BACKUPS = str(tmp_path / "nights")
    return settings.ONHARU_DATA


@pytest.fixture
def noon_at(monkeypatch):
    def say(day, hour):
        monkeypatch.setattr("onharu.kernel.clock.now", lambda: datetime(2026, 11, day, hour - 9, tzinfo=UTC))

    return say


def without_the_newest(house):
    """Make a database what an edition before this one left."""
    asked(house, "DROP TABLE kernel_pulse")
    for column in ("claimed_by", "leased_until", "sent_at"):
        asked(house, f"ALTER TABLE kernel_job DROP COLUMN {column}")
    asked(house, "DELETE FROM django_migrations WHERE app = 'kernel' AND name LIKE '0007%'")


@pytest.mark.slow
def test_an_older_backup_is_brought_up_to_date_and_the_erased_stay_erased(transactional_db, owner, relative, tmp_path):
    key, known = fresh_key(), backing.known_migrations()
    with empty_database("older") as name:
        older = house_in(tmp_path / "older", name)
        again = house_in(tmp_path / "again", f"{name}_again")
        taken = taking.take(house=house_in(tmp_path / "now"), key=key, to=tmp_path, keep=None, heard=unheard)
        put_back = {"key": key, "known": known, "replace": True, "heard": unheard}
        restoring.restore(file=taken.file, house=older, settle=lambda *_: None, **put_back)
        without_the_newest(older)
        taken = taking.take(house=older, key=key, to=tmp_path / "older", keep=None, heard=unheard)
        stone = tombstones.Tombstone("a-receipt", tombstones.mark_of(owner), "2026-11-22")
        line = json.dumps({"receipt": stone.receipt, "mark": stone.mark, "erased_at": stone.erased_at})
        (again.folder / "erased.jsonl").write_text(line + "\n")
        settled = []

        def settle(folder, variables):
            settled.append(backing.settle_elsewhere(folder, variables))

        make_database(again)
        restoring.restore(file=taken.file, house=again, settle=settle, **put_back)
        assert asked(again, "SELECT count(*) FROM kernel_pulse") == [(0,)]
        assert asked(again, "SELECT username FROM accounts_user") == [("relative",)]
        assert [(one.erased, one.record) for one in settled] == [(("a-receipt",), "")]
        assert sorted(asked(again, "SELECT app, name FROM django_migrations")) == sorted(
            asked(house_in(tmp_path / "now"), "SELECT app, name FROM django_migrations")
        )


def make_database(house):
    if not houses.is_sqlite():
        with house_in(house.folder, "postgres").store.connect() as server:
            server.execute(f'CREATE DATABASE "{house.store.name}"')


@pytest.mark.slow
def test_what_the_keys_at_hand_do_not_open_is_not_put_back(transactional_db, owner, tmp_path, monkeypatch):
    key = fresh_key()
    with empty_database("locked") as name:
        other = house_in(tmp_path / "other", name)
        taken = taking.take(house=house_in(tmp_path / "now"), key=key, to=tmp_path, keep=None, heard=unheard)
        monkeypatch.setenv("ONHARU_FIELD_KEYS", "seals kaaaaaa damaged")
        with pytest.raises(BackupRefused) as refused:
            restoring.restore(
                file=taken.file, house=other, key=key, known=backing.known_migrations(), replace=False,
                settle=backing.settle_elsewhere, heard=unheard,
            )  # fmt: skip
        assert "field key" in refused.value.en
        assert not (other.folder / "media").exists()


def test_the_commands_take_a_backup_and_read_it_back(transactional_db, owner, here, tmp_path, capsys):
    call_command("backup", to=tmp_path / "mine", verbosity=0)
    out, err = capsys.readouterr()
    (file,) = (tmp_path / "mine").iterdir()
    assert str(file) in out and "verified" in out
    assert str(here / "backup.key") in err
    call_command("backup", verify=file, verbosity=0)
    assert "whole" in capsys.readouterr().out
    raw = bytearray(file.read_bytes())
    raw[-1] ^= 1
    file.write_bytes(bytes(raw))
    with pytest.raises(CommandError, match="not a whole backup"):
        call_command("backup", verify=file, verbosity=0)
    assert not list(here.glob(".look-*"))


def test_a_backup_that_cannot_be_taken_is_noted(transactional_db, here, tmp_path):
    (tmp_path / "a-file").touch()
    with pytest.raises(CommandError, match="No backup was taken"):
        call_command("backup", to=tmp_path / "a-file" / "folder", verbosity=0)
    assert notes.read(here).fault == "NotADirectoryError"
    call_command("backup", to=tmp_path / "mine", verbosity=0)
    assert notes.read(here).fault == ""


def test_the_keys_of_the_house_are_in_the_backup_and_come_back(transactional_db, here, settings, tmp_path):
    (here / "vapid.pem").write_bytes(b"push")
    call_command("backup", to=tmp_path / "mine", verbosity=0)
    (file,) = (tmp_path / "mine").iterdir()
    unpacked = tmp_path / "unpacked"
    taking.unpack(
        file, key=backing.key(), into=unpacked, wanted=lambda name: name.startswith("keys/"), fits=taking.fits,
        heard=unheard,
    )  # fmt: skip
    found = {path.name: path.read_text() for path in (unpacked / "keys").iterdir()}
    assert found["secret.key"] == settings.SECRET_KEY
    assert found["vapid.pem"] == "push"
    assert settings.FIELD_KEYS.split()[-1] in found["field.keys"]
    assert os.environ["SECRET_KEY"] and "secret.key" in backing.house().given


def test_a_night_has_one_backup_and_a_missed_one_is_made_up_for(transactional_db, here, noon_at, tmp_path):
    nights = tmp_path / "nights"
    for day, hour, count in ((21, 12, 1), (21, 20, 1), (22, 10, 2), (22, 23, 2), (25, 9, 3)):
        noon_at(day, hour)
        site_jobs.back_up()
        assert len(list(nights.iterdir())) == count, (day, hour)
    (told,) = [one for one in milestones.all_reached() if one.name == "backup.house"]
    assert (told.at.day, told.figures["bytes"] > 1000) == (25, True)


def test_the_backup_of_the_night_is_owed_by_itself_and_only_where_a_folder_is_set(
    transactional_db, here, settings, tmp_path
):
    settings.BACKUPS = ""
    site_jobs.back_up()
    assert not (here / "backups").exists()
    assert "site.backup" in registry.periods
    settings.BACKUPS = str(tmp_path / "nights")
    Job.objects.create(name="site.backup", run_at="2026-11-22T00:00Z")
    jobs.run_due(limit=200)
    assert len(list((tmp_path / "nights").iterdir())) == 1


def test_a_night_that_fails_is_logged_by_its_kind_and_noted(transactional_db, here, monkeypatch, caplog):
    def broken(**_):
        raise OSError("쌀밥 두 공기")

    monkeypatch.setattr(taking, "take", broken)
    site_jobs.back_up()
    assert "backup_failed" in caplog.text and "OSError" in caplog.text
    assert "쌀밥" not in caplog.text
    assert notes.read(here).fault == "OSError"


def test_a_folder_with_nothing_in_it_has_no_backup(here, monkeypatch, db):
    monkeypatch.setitem(connection.settings_dict, "NAME", str(here / "none.sqlite3"))
    if houses.is_sqlite():
        with pytest.raises(CommandError, match="nothing yet"):
            call_command("backup", verbosity=0)
        assert not (here / "none.sqlite3").exists()


def test_whoever_comes_after_a_cut_restore_finishes_it(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    staging = folder / ".restoring"
    staging.mkdir(parents=True)
    (staging / "secret.key").write_text("new")
    (staging / "swap.json").write_text(json.dumps({"names": ["secret.key"], "before": "before", "state": "placing"}))
    monkeypatch.setenv("ONHARU_DATA", str(folder))
    prepare(["doctor"])
    assert staging.exists()
    prepare(["check"])
    assert (folder / "secret.key").read_text() == "new"
    assert not staging.exists()


def test_no_command_comes_between_while_a_backup_is_put_back(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("ONHARU_DATA", str(folder))
    with restoring.swapping.alone_in(folder), pytest.raises(SystemExit) as ended:
        main(["up", "--data", str(folder)])
    assert "being put back" in str(ended.value)


def test_a_restore_says_which_file_it_needs():
    with pytest.raises(CommandError, match="Say which backup"):
        call_command("restore")
