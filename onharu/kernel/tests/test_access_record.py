"""The access record: two statements, one chain under many writers, and every tampering found."""

import json
import random
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from onharu.kernel import access, milestones
from onharu.kernel.access import folding, mark
from onharu.kernel.access.chain import Act, append, digest_of
from onharu.kernel.access.checking import check, check_and_tell, trust_anew
from onharu.kernel.access.tables import AccessCheckpoint, AccessRow, AccessTail
from onharu.kernel.tests.access import NOON, disarm, raw, write

OLD = datetime(2020, 3, 1, tzinfo=UTC)


@pytest.fixture
def record(transactional_db, settings, tmp_path):
    """A record of its own with its mark; whatever a test did to its triggers is undone."""
    settings.ONHARU_DATA = tmp_path


def test_a_write_costs_two_statements_however_many_rows(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        append([Act("look", "GET users", "1", whose) for whose in range(2, 40)], at=NOON)
    assert AccessRow.objects.count() == 38


def test_rows_follow_each_other_and_seal_what_they_say(record):
    write((1, 2), (2, 2), (3, 2))
    rows = list(AccessRow.objects.order_by("sequence"))
    assert [row.sequence for row in rows] == [1, 2, 3]
    assert [row.before for row in rows] == ["0" * 64, rows[0].digest, rows[1].digest]
    assert all(row.digest == digest_of(row) for row in rows)
    assert (check().rows, check().fault) == (3, "")


def test_an_empty_record_holds(record):
    assert check().fault == ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_accessrow SET who = '9' WHERE sequence = 2",
        "DELETE FROM kernel_accessrow WHERE sequence = 3",
        "UPDATE kernel_accesscheckpoint SET sequence = 3",
        "DELETE FROM kernel_accesscheckpoint",
        (
            "INSERT INTO kernel_accesscheckpoint (sequence, digest, rows, at) SELECT 3, digest, 3, at"
            " FROM kernel_accessrow WHERE sequence = 3"
        ),
        (
            "INSERT INTO kernel_accessrow SELECT 9, at, who, address, whose, kind, what, own, before, digest"
            " FROM kernel_accessrow WHERE sequence = 2"
        ),
    ],
)
def test_the_database_itself_refuses_to_change_the_record(record, statement):
    write((1, 2), at=OLD)
    folding.fold(at=NOON)
    write((2, 2), (3, 2))
    with pytest.raises(DatabaseError), transaction.atomic():
        raw(statement)
    assert check().fault == ""


def edit(rng, top):
    column, value = rng.choice([("who", "9"), ("whose", 9), ("address", "x"), ("what", "y"), ("kind", "change")])
    raw(f"UPDATE kernel_accessrow SET {column} = %s WHERE sequence = %s", value, rng.randint(1, top))


def delete(rng, top):
    raw("DELETE FROM kernel_accessrow WHERE sequence = %s", rng.randint(1, top))


def cut(rng, top):
    keep = rng.randint(0, top - 1)
    raw("DELETE FROM kernel_accessrow WHERE sequence > %s", keep)
    # The attacker moves the tail back too.
    raw(
        "UPDATE kernel_accesstail SET sequence = %s, digest = COALESCE("
        "(SELECT digest FROM kernel_accessrow WHERE sequence = %s), digest)",
        keep,
        keep,
    )


def cut_front(rng, top):
    keep = rng.randint(1, top - 1)
    raw("DELETE FROM kernel_accessrow WHERE sequence <= %s", keep)


def insert(rng, top):
    """A row in the middle, sealed as it should be, the rest moved up."""
    place = rng.randint(1, top)
    row = AccessRow.objects.get(sequence=place)
    raw("UPDATE kernel_accessrow SET sequence = -sequence - 1 WHERE sequence >= %s", place)
    raw("UPDATE kernel_accessrow SET sequence = -sequence WHERE sequence < 0")
    row.whose = 77
    row.digest = digest_of(row)
    row.save(force_insert=True)


def swap(rng, top):
    one, other = rng.sample(range(1, top + 1), 2)
    raw("UPDATE kernel_accessrow SET sequence = -1 WHERE sequence = %s", one)
    raw("UPDATE kernel_accessrow SET sequence = %s WHERE sequence = %s", one, other)
    raw("UPDATE kernel_accessrow SET sequence = %s WHERE sequence = -1", other)


def forge(rng, top):
    """Change a row and seal everything after it anew, the tail too: only the mark outside can tell."""
    place = rng.randint(1, top)
    before = AccessRow.objects.filter(sequence=place - 1).values_list("digest", flat=True).first() or "0" * 64
    for row in AccessRow.objects.filter(sequence__gte=place).order_by("sequence"):
        row.who, row.before = ("9" if row.sequence == place else row.who), before
        row.digest = before = digest_of(row)
        row.save()
    AccessTail.objects.update(digest=before)


def add(rng, top):
    """A row at the end, sealed as it should be, written past the house."""
    last = AccessRow.objects.get(sequence=top)
    row = AccessRow(sequence=top + 1, at=NOON, who="9", whose=3, kind="look", what="x", own=False, before=last.digest)
    row.digest = digest_of(row)
    row.save(force_insert=True)
    AccessTail.objects.update(sequence=row.sequence, digest=row.digest)


def rejoin(rng, top):
    """Change a row, seal it anew and let the next one follow it; nothing behind that is touched."""
    row = AccessRow.objects.get(sequence=rng.randint(1, top - 1))
    row.who = "9"
    row.digest = digest_of(row)
    row.save()
    raw('UPDATE kernel_accessrow SET "before" = %s WHERE sequence = %s', row.digest, row.sequence + 1)


TAMPERINGS = [edit, delete, cut, cut_front, insert, swap, forge, add, rejoin]


def test_fifty_random_tamperings_of_fifty_are_found(record, monkeypatch):
    monkeypatch.setattr("onharu.kernel.access.checking.WAIT_SECONDS", 0)
    write(*((number % 5, number % 3) for number in range(20)))
    kept, found = mark.kept(), []
    for seed in range(50):
        rng = random.Random(seed)
        tampering = TAMPERINGS[seed % len(TAMPERINGS)]
        with transaction.atomic():
            disarm()
            tampering(rng, 20)
            found.append((tampering.__name__, bool(check().fault)))
            transaction.set_rollback(True)
    assert mark.kept() == kept
    assert [name for name, told in found if not told] == []
    assert len(found) == 50
    assert check().fault == ""


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        (lambda: raw("UPDATE kernel_accessrow SET who = '9' WHERE sequence = 3"), "row 3 was changed"),
        (lambda: raw("DELETE FROM kernel_accessrow WHERE sequence = 3"), "row 3 is missing"),
        (lambda: raw("DELETE FROM kernel_accessrow WHERE sequence > 3"), "the end was cut: row 4 is missing"),
        (lambda: swap(random.Random(1), 2), "row 1 was moved: it was written as row 2"),
        (lambda: cut(random.Random(0), 5), "the end was cut: row 4 is missing"),
        (lambda: forge(random.Random(0), 5), "row 5 is not the one that was kept outside: the record was written anew"),
        (lambda: insert(random.Random(0), 5), "row 5 was moved: it was written as row 4"),
        (lambda: add(random.Random(0), 5), "row 6 and what follows was not written by this house"),
    ],
)
def test_the_first_thing_that_is_wrong_is_told(record, monkeypatch, tampering, fault):
    monkeypatch.setattr("onharu.kernel.access.checking.WAIT_SECONDS", 0)
    write(*((1, 2) for _ in range(5)))
    with transaction.atomic():
        disarm()
        tampering()
        assert check().fault == fault
        transaction.set_rollback(True)


def test_a_lost_mark_is_told_and_can_be_set_anew(record):
    write((1, 2), (1, 3))
    mark.place().unlink()
    assert "access.mark is gone" in check().fault
    mark.place().write_text("no mark")
    assert "access.mark is gone" in check().fault
    assert trust_anew().fault == ""


def test_the_mark_only_moves_forward_and_is_its_owners_alone(record):
    write((1, 2), (1, 2))
    mark.keep(1, "f" * 64)
    assert mark.kept().sequence == 2
    assert mark.place().stat().st_mode & 0o077 == 0
    assert set(json.loads(mark.place().read_text())) == {"sequence", "digest", "folded", "folded_digest"}


def test_what_is_two_years_old_is_folded_and_the_rest_still_holds(record):
    write((1, 2), (1, 3), at=OLD)
    write((1, 2), (4, 2))
    assert folding.fold(at=NOON) == 2
    assert folding.fold(at=NOON) == 0
    assert [row.sequence for row in AccessRow.objects.order_by("sequence")] == [3, 4, 5]
    assert AccessRow.objects.get(sequence=5).kind == "fold"
    assert (check().rows, check().fault) == (3, "")


def test_a_row_younger_than_two_years_stays(record):
    write((1, 2), at=NOON - timedelta(days=730))
    assert folding.fold(at=NOON) == 0
    assert AccessRow.objects.count() == 1


def test_a_front_that_the_house_did_not_fold_is_told(record):
    """Even with a checkpoint that has the right digest."""
    write(*((1, 2) for _ in range(4)))
    with transaction.atomic():
        digest = AccessRow.objects.get(sequence=2).digest
        disarm()
        raw(f"DROP TRIGGER access_folds{' ON kernel_accesscheckpoint' if connection.vendor == 'postgresql' else ''}")
        AccessCheckpoint.objects.create(sequence=2, digest=digest, rows=2, at=NOON)
        raw("DELETE FROM kernel_accessrow WHERE sequence <= 2")
        assert check().fault == "the rows before row 3 were not folded by this house"
        transaction.set_rollback(True)


def test_a_rolled_back_change_leaves_no_row_and_moves_no_mark(record):
    write((1, 2))
    with transaction.atomic():
        write((1, 3))
        transaction.set_rollback(True)
    assert (check().rows, check().fault, mark.kept().sequence) == (1, "", 1)


def test_many_threads_write_one_chain(record):
    def work(who):
        try:
            for whose in range(10):
                append([Act("look", "GET x", str(who), whose), Act("look", "GET y", str(who), whose)], at=NOON)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[who]) for who in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (check().rows, check().fault) == (120, "")


def test_outside_of_a_request_the_house_did_it(db):
    access.done(access.Kind.ERASE, whose=7)
    row = AccessRow.objects.get()
    assert (row.who, row.whose, row.kind, row.address, row.own) == ("house", 7, "erase", "", False)


def test_word_is_left_for_the_watcher_only_by_the_check_of_the_house_and_only_when_all_holds(record):
    write((1, 2), (1, 3))
    check()
    assert milestones.all_reached() == []
    mark.place().unlink()
    assert check_and_tell().fault
    assert milestones.all_reached() == []
    trust_anew()
    check_and_tell()
    assert [one.name for one in milestones.all_reached()] == ["access"]
