"""The doctor: what is wrong is seen and said with its cure, nothing is changed, and no secret is shown."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from onharu.kernel import clock, keyring
from onharu.kernel.access import mark
from onharu.kernel.backups import notes
from onharu.kernel.fieldkeys import FieldKey, vouch
from onharu.site import doctor
from onharu.site.doctor import files, outside, stores
from onharu.site.doctor.findings import NAMES
from tests.engines import free_port


@pytest.fixture
def here(settings, tmp_path, db):
    """A data folder in which all is well."""
    settings.ONHARU_DATA = tmp_path / "data"
    settings.MEDIA_ROOT = settings.ONHARU_DATA / "media"
    settings.MEDIA_ROOT.mkdir(parents=True)
    settings.REDIS_URL = ""
    settings.PG_BIN = "/usr/lib/nowhere"
    for name in ("secret.key", "backup.key"):
        (settings.ONHARU_DATA / name).touch(mode=0o600)
    file = settings.ONHARU_DATA / "last.tar.age"
    file.touch()
    at = clock.now().isoformat(timespec="seconds")
    notes.went_well(settings.ONHARU_DATA, at=at, file=file, size=1, seconds=1)
    return settings.ONHARU_DATA


def found(name):
    return [finding for finding in doctor.examine() if finding.name == name]


def states(name):
    return {finding.state for finding in found(name)}


def contents(folder):
    return {str(path): hashlib.sha256(path.read_bytes()).digest() for path in folder.rglob("*") if path.is_file()}


def test_a_well_house_has_a_line_for_everything_and_ends_with_0(here, capsys):
    before, said = contents(here), clock.monotonic()
    call_command("doctor")
    assert clock.monotonic() - said < 3
    out = capsys.readouterr().out
    assert "✗" not in out and "✓ 데이터베이스 database" in out
    expected = set(NAMES) - ({"integrity"} if connection.vendor == "postgresql" else set())
    assert {line.split(":")[0].split()[-1] for line in out.splitlines() if line[0] in "✓!"} == expected
    assert contents(here) == before


def test_what_does_not_work_ends_with_1_and_says_what_to_do(here, capsys):
    (here / "backup.key").chmod(0o644)
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", json=True)
    said = json.loads(capsys.readouterr().out)
    assert (ended.value.code, said["ok"]) == (1, False)
    (wrong,) = [finding for finding in said["findings"] if finding["state"] == "bad"]
    assert wrong["name"] == "keys" and "chmod 600" in wrong["ko"] and "chmod 600" in wrong["en"]


def test_no_secret_is_shown(here, settings, monkeypatch, capsys):
    secrets = ["under-the-floor-7", settings.SECRET_KEY, settings.FIELD_KEYS.split()[-1]]
    settings.UPSTREAM = {"plain_words": {"BACKEND": "x", "OPTIONS": {"key": secrets[0]}}}
    monkeypatch.setenv("EMAIL_URL", f"ftp://{secrets[0]}")
    with pytest.raises(SystemExit):
        call_command("doctor")
    out = capsys.readouterr().out
    assert "plain_words" in out and "EMAIL_URL must look like" in out
    assert not [secret for secret in secrets if secret in out]


def test_faults_of_the_environment_are_told(here, monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "*")
    monkeypatch.setenv("WEB_WORKERS", "many")
    assert len([finding for finding in found("environment") if finding.state == "bad"]) == 2


def test_the_age_of_the_last_backup_is_told(here, settings):
    assert states("backup") <= {"good", "warn"} and found("backup")[0].state == "good"
    old = (clock.now() - timedelta(hours=27)).isoformat(timespec="seconds")
    notes.went_well(here, at=old, file=here / "last.tar.age", size=1, seconds=1)
    assert found("backup")[0].state == "warn"
    notes.failed(here, at=clock.now().isoformat(timespec="seconds"), fault="OSError")
    assert (found("backup")[0].state, "OSError" in found("backup")[0].said) == ("bad", True)
    (here / notes.NAME).unlink()
    assert found("backup")[0].state == "warn"


def test_what_a_restore_left_is_told(here):
    (here / ".before-restore-20261122T000000").mkdir()
    assert states("folder") == {"warn"}
    (here / ".restoring").mkdir()
    (here / ".restoring" / "swap.json").touch()
    assert "bad" in states("folder")


def test_too_little_room_is_told(here, monkeypatch):
    for free, state in ((10**10, "good"), (10**9, "warn"), (10**8, "bad")):
        monkeypatch.setattr(files.shutil, "disk_usage", lambda _, free=free: type("Usage", (), {"free": free}))
        assert states("disk") == {state}


def test_dead_and_late_jobs_are_told(here):
    job = apps.get_model("kernel.Job").objects
    job.create(name="meals.clean", state="dead", run_at=clock.now(), finished_at=clock.now(), error="OSError")
    (finding,) = found("jobs")
    assert finding.state == "warn" and "meals.clean OSError" in finding.en
    job.create(name="meals.clean", run_at=clock.now() - timedelta(hours=1))
    (finding,) = found("jobs")
    assert finding.state == "warn" and "1 late" in finding.said


def test_an_access_record_that_does_not_hold_is_told(here):
    assert states("record") == {"good"}
    mark.keep(7, "f" * 64)
    assert states("record") == {"bad"}


def test_pending_migrations_are_told(here, monkeypatch):
    monkeypatch.setattr(stores, "pending_migrations", lambda: ["kernel.0007_new"])
    (finding,) = found("migrations")
    assert finding.state == "bad" and "kernel.0007_new" in finding.said


def test_old_and_missing_field_keys_are_told(here, settings, monkeypatch):
    vouch()
    assert states("field_keys") == {"good"}
    FieldKey.objects.update(added_at=clock.now() - timedelta(days=400))
    assert states("field_keys") == {"warn"}
    settings.FIELD_KEYS = keyring.fresh_ring().as_text()
    assert states("field_keys") == {"bad"}


def test_a_database_that_does_not_answer_is_one_line_and_nothing_is_asked_of_it(here, monkeypatch):
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict, "NAME", str(here / "none.sqlite3"))
    else:
        monkeypatch.setattr(stores, "database_silent", lambda: "The database does not answer: OperationalError.")
    assert states("database") == {"bad"}
    assert found("jobs") == found("migrations") == []
    assert not (here / "none.sqlite3").exists()


def test_a_look_that_breaks_is_a_finding_of_its_own(here, monkeypatch):
    def broken():
        raise RuntimeError("쌀밥")

    monkeypatch.setattr(doctor, "ALONE", (("disk", broken),))
    assert next((one.name, one.state, one.said) for one in doctor.examine()) == ("disk", "bad", "RuntimeError")


@pytest.mark.parametrize("scheme", ["redis://{}/0", "redis+sentinel://{}/house/0", "redis+cluster://{}"])
def test_a_redis_that_is_away_is_told_of_whatever_stands_behind_its_address(settings, scheme):
    settings.REDIS_URL = scheme.format(f"127.0.0.1:{free_port()}")
    (found,) = outside.cached()
    assert (found.name, found.state) == ("cache", "warn")
