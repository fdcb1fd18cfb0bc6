"""A person who leaves is gone: from tables, files, cache, memory and work that is owed."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from onharu.accounts.models import SignIn, User
from onharu.kernel import clock, jobs
from onharu.kernel.belongings import count_of
from onharu.records.meals.queries.shelf import uses_of
from onharu.records.medication.models import Share
from onharu.rights.actions import erasing, exports, tombstones
from onharu.rights.actions.leaving import ERASE, REGRET, ErasureBegun, leave, stay
from onharu.rights.jobs import erase_what_died
from onharu.rights.models import Erasure
from onharu.rights.rooms import tables
from tests.bytes_on_disk import bytes_of
from tests.lives import CANARY, live

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_list(tmp_path, monkeypatch):
    """A list of the erased that is this test's own."""
    monkeypatch.setattr(tombstones, "place", lambda: tmp_path / "erased.jsonl")


@pytest.fixture
def lived(owner, relative):
    return live(owner, relative)


def erased(user_id):
    erasure = leave(user_id=user_id, now=True)
    erasing.erase_person(receipt=erasure.receipt)
    erasure.refresh_from_db()
    return erasure


def everything_stored():
    """Every byte of the database file and its log, or every row where there is no file; and every file."""
    if connection.vendor == "sqlite":
        base = Path(str(connection.settings_dict["NAME"]))
        found = b"".join(bytes_of(p) for p in (base, Path(f"{base}-wal")) if p.exists())
    else:
        with connection.cursor() as cursor:
            found = b""
            for name in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT t::text FROM "{name}" t')
                found += "\n".join(row[0] for row in cursor.fetchall()).encode()
    return found


def test_every_table_is_empty_of_a_person_who_left(lived, owner):
    number = owner.pk
    before = {table.label: count_of(table, number) for table in tables()}
    assert all(before.values()) or {label for label, rows in before.items() if not rows} == {"rights.export"}
    erasure = erased(number)
    left = {table.label: count_of(table, number) for table in tables() if not table.kept}
    assert not any(left.values())
    assert erasure.person is None and erasure.percent == 100 and erasure.finished_at is not None
    for label, rows in before.items():
        if label not in {"kernel.accessrow", "accounts.signin"}:  # kept by law; gone when nobody comes in any more
            assert erasure.removed.get(label, 0) >= rows, label


def test_nothing_of_a_person_who_left_is_found_anywhere(lived, owner, relative):
    export = exports.ask_for_export(owner_id=owner.pk)
    exports.make_export(export_id=export.pk)
    export.refresh_from_db()
    files = [lived["meals.photo"].file.path, lived["meals.photo"].thumb.path, export.file.path]
    uses_of(owner.pk)
    joined = owner.date_joined.isoformat()[:19]
    assert all(Path(path).exists() for path in files)
    number, name = owner.pk, owner.username
    assert everything_stored().count(CANARY.encode()) > 3
    erased(number)
    assert not any(Path(path).exists() for path in files)
    assert not (Path(settings.MEDIA_ROOT) / "photos" / str(number)).exists()
    stored = everything_stored()
    assert CANARY.encode() not in stored
    assert f"{name}@example.com".encode() not in stored
    assert joined.encode() not in stored
    assert cache.get(f"meals:habits:{number}") is None and cache.get(f"meals:own-names:{number}") is None
    for job in jobs.Job.objects.all():
        assert CANARY not in json.dumps(job.args) and job.args.get("owner_id") != number
        assert not str(job.key).startswith(("words:", "meals.recognise:"))


def test_what_this_process_remembers_of_days_is_dropped(lived, owner, browser):
    from onharu.day import finished

    assert browser.get("/api/days/2026-11-20/summary/").status_code == 200
    assert any(key[0] == owner.pk for key in finished._kept)
    number = owner.pk
    erased(number)
    assert not any(key[0] == number for key in finished._kept)


def test_somebody_else_keeps_everything(lived, owner, relative, stranger):
    from onharu.records.meals.models import Meal
    from onharu.records.medication.models import DoseEvent

    at = clock.now()
    meal = Meal.objects.create(owner=stranger, day=at.date(), slot="LUNCH", eaten_at=at, note=CANARY, created_at=at)
    erased(owner.pk)
    assert Meal.objects.get().pk == meal.pk
    assert User.objects.filter(pk__in=[relative.pk, stranger.pk]).count() == 2
    assert not Share.objects.exists() and not DoseEvent.objects.exists()


def test_a_relative_who_leaves_takes_no_dose_of_the_owner_along(lived, owner, relative):
    from onharu.records.medication.models import DoseEvent

    DoseEvent.objects.all()._raw_delete("default")
    dose = lived["medication.dose"]
    DoseEvent.objects.create(owner=owner, dose=dose, kind="taken", at=clock.now(), by=relative, recorded_at=clock.now())
    erased(relative.pk)
    (event,) = DoseEvent.objects.all()
    assert event.by_id is None
    assert not Share.objects.filter(viewer__isnull=False).exists()


def test_nobody_comes_in_from_the_moment_an_erasure_is_asked_for(owner, browser):
    assert browser.get("/api/users/me/").status_code == 200
    leave(user_id=owner.pk, now=True)
    assert browser.get("/api/users/me/").status_code == 401
    assert not SignIn.objects.filter(user=owner).exists()
    assert not User.objects.get(pk=owner.pk).is_active  # nor by the password, before the work is done


def test_an_erasure_that_fell_is_begun_anew_and_finished(lived, owner, monkeypatch):
    erasure = leave(user_id=owner.pk, now=True)
    calls = []

    def falling(**_):
        calls.append(1)
        raise ConnectionError

    monkeypatch.setattr(erasing, "remove", falling)
    with pytest.raises(ConnectionError):
        erasing.erase_person(receipt=erasure.receipt)
    monkeypatch.undo()
    monkeypatch.setattr(tombstones, "place", lambda: Path(settings.ONHARU_DATA) / "again.jsonl")
    erasing.erase_person(receipt=erasure.receipt)
    erasure.refresh_from_db()
    assert calls == [1] and erasure.finished_at and erasure.removed["meals.meal"] == 1
    assert not User.objects.filter(pk=owner.pk).exists()


def test_what_is_still_there_keeps_an_erasure_from_being_done(lived, owner, monkeypatch):
    erasure = leave(user_id=owner.pk, now=True)
    with monkeypatch.context() as fallen:
        fallen.setattr(erasing, "remove", lambda **_: {})
        with pytest.raises(erasing.LeftBehind, match=r"accounts\.user"):
            erasing.erase_person(receipt=erasure.receipt)
    erasure.refresh_from_db()
    assert erasure.finished_at is None and erasure.person == owner.pk
    erasing.erase_person(receipt=erasure.receipt)
    erasure.refresh_from_db()
    assert erasure.finished_at is not None


def test_doing_an_erasure_twice_changes_nothing(owner):
    erasure = erased(owner.pk)
    finished = erasure.finished_at
    erasing.erase_person(receipt=erasure.receipt)
    erasure.refresh_from_db()
    assert erasure.finished_at == finished


def test_within_a_week_nothing_is_erased_and_it_can_be_taken_back(lived, owner):
    erasure = leave(user_id=owner.pk, now=False)
    assert erasure.due_at - erasure.asked_at == REGRET == timedelta(days=7)
    erasing.erase_person(receipt=erasure.receipt)
    owner.refresh_from_db()
    owner.profile.refresh_from_db()
    assert owner.is_active and owner.profile.leaving_at == erasure.due_at
    stay(user_id=owner.pk)
    owner.profile.refresh_from_db()
    assert owner.profile.leaving_at is None and not Erasure.objects.exists()
    erasing.erase_person(receipt=erasure.receipt)
    assert User.objects.filter(pk=owner.pk).exists()


def test_after_the_week_the_job_that_is_owed_erases(lived, owner, noon, monkeypatch):
    leave(user_id=owner.pk, now=False)
    jobs.Job.objects.exclude(name="rights.erase").delete()
    monkeypatch.setattr(jobs.registry, "periods", {})
    monkeypatch.setattr(clock, "now", lambda: noon + REGRET - timedelta(seconds=1))
    assert jobs.run_due() == 0
    monkeypatch.setattr(clock, "now", lambda: noon + REGRET)
    assert jobs.run_due() == 1
    assert not User.objects.filter(pk=owner.pk).exists()


def test_what_has_begun_cannot_be_taken_back(owner):
    erasure = leave(user_id=owner.pk, now=False)
    Erasure.objects.filter(pk=erasure.pk).update(begun_at=clock.now())
    with pytest.raises(ErasureBegun):
        stay(user_id=owner.pk)


def test_asking_again_at_once_cuts_the_week_short_and_asking_later_does_not_lengthen_it(owner):
    first = leave(user_id=owner.pk, now=False)
    assert leave(user_id=owner.pk, now=False).due_at == first.due_at
    assert leave(user_id=owner.pk, now=True).due_at < first.due_at
    assert Erasure.objects.count() == 1


def test_a_receipt_names_nobody(lived, owner):
    erasure = erased(owner.pk)
    told = json.dumps({name: str(value) for name, value in vars(erasure).items()})
    assert owner.username not in told and CANARY not in told
    assert erasure.person is None


def test_an_erasure_that_failed_six_times_is_owed_again(lived, owner, monkeypatch):
    erasure = leave(user_id=owner.pk, now=True)
    jobs.Job.objects.filter(name=ERASE).update(state=jobs.Job.State.DEAD, attempts=6)
    other = jobs.Job.objects.create(name="rights.make_export", state=jobs.Job.State.DEAD, run_at=clock.now())
    erase_what_died()
    jobs.run_due()
    erasure.refresh_from_db()
    assert erasure.finished_at is not None
    assert not User.objects.filter(pk=owner.pk).exists()
    other.refresh_from_db()
    assert other.state == jobs.Job.State.DEAD


def test_a_restored_backup_brings_nobody_back(lived, owner, stranger):
    number, joined = owner.pk, owner.date_joined
    receipt = erased(number).receipt
    # A backup of yesterday: the account is there again, the receipt is not.
    Erasure.objects.all().delete()
    User.objects.create(pk=number, username="owner", date_joined=joined)
    call_command("erase_again")
    assert not User.objects.filter(pk=number).exists()
    assert User.objects.filter(pk=stranger.pk).exists()
    again = Erasure.objects.get()
    assert (again.receipt, again.asked_by, again.person) == (receipt, "backup", None)


def test_a_newcomer_who_got_an_erased_number_is_not_erased(owner):
    number = owner.pk
    erased(number)
    User.objects.create(pk=number, username="newcomer")
    call_command("erase_again")
    assert User.objects.get(pk=number).username == "newcomer"


def test_the_list_of_the_erased_says_nothing_about_anybody(lived, owner):
    erased(owner.pk)
    text = tombstones.place().read_text()
    assert set(json.loads(text)) == {"receipt", "mark", "erased_at"}
    assert CANARY not in text and owner.username not in text
    assert oct(tombstones.place().stat().st_mode)[-3:] == "600"
