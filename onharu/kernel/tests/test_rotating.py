import threading
from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from onharu.kernel import fieldkeys, keyring, rotating, sealing
from onharu.kernel.keyring import NEXT, OPENS, RETIRED, SEALS
from onharu.kernel.resealing import all_columns, left, reseal
from onharu.kernel.rotating import StillWritten, forget_retired, rotate
from onharu.kernel.sealing import Unreadable
from onharu.kernel.tests.rings import another_process, keys  # noqa: F401 a fixture

DAY = date(2026, 11, 22)
pytestmark = pytest.mark.usefixtures("keys")


def notes():
    return apps.get_model("journal.Feedback").objects


def write(owner, noon, count, first=0):
    model = apps.get_model("journal.Feedback")
    rows = [
        model(owner=owner, day=DAY, body=f"{n}번째 메모", created_at=noon, changed_at=noon)
        for n in range(first, first + count)
    ]
    return model.objects.bulk_create(rows, batch_size=1000)


def keys_in_use():
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT SUBSTR(body, 1, 10) FROM journal_feedback")
        return {text.split(".")[1] for (text,) in cursor.fetchall()}


def states(path):
    return {key.name: key.state for key in keyring.read_file(path).keys if key.state != keyring.INDEX}


def quickly(**more):
    return rotate(patience=0, settle=0, **more)


def test_everything_is_sealed_with_a_new_key_and_the_old_one_retires(owner, noon, keys):  # noqa: F811
    write(owner, noon, 3)
    (old,) = keys_in_use()
    done = quickly()
    assert (done.rows >= 3, done.retired) == (True, (old,))
    assert keys_in_use() == {done.key}
    assert states(keys) == {old: RETIRED, done.key: SEALS}
    assert [row.body for row in notes().order_by("pk")] == ["0번째 메모", "1번째 메모", "2번째 메모"]
    assert list(fieldkeys.FieldKey.objects.values_list("name", flat=True)) == [done.key]


def test_every_sealed_column_of_every_room_is_found():
    tables = {columns.table for columns in all_columns()}
    assert tables >= {
        "goals_goal", "goals_measurement", "insights_daywords", "journal_dailyreport", "journal_feedback", "journal_tag",
        "kernel_savedreply", "meals_analysis", "meals_ingredient", "meals_meal", "meals_mealitem", "meals_ownfood",
        "medication_doseevent", "medication_pushsubscription", "medication_regimen", "medication_regimenversion",
        "medication_scrap", "medication_share", "medication_stockevent", "medication_tag", "medication_viewed",
        "workouts_task", "workouts_workoutlog", "workouts_workoutplan",
    }  # fmt: skip


@pytest.mark.parametrize("stopped_at", ["next", "opens"])
def test_a_rotation_that_was_stopped_goes_on_with_its_own_key(owner, noon, keys, monkeypatch, stopped_at):  # noqa: F811
    write(owner, noon, 2)
    (old,) = keys_in_use()
    fresh = keyring.fresh_key(NEXT)
    ring = keyring.read_file(keys).with_key(fresh)
    if stopped_at == "opens":
        ring = ring.with_states(**{old: OPENS, fresh.name: SEALS})
    keyring.replace_file(keys, ring)
    another_process(monkeypatch)
    assert (quickly().key, states(keys)) == (fresh.name, {old: RETIRED, fresh.name: SEALS})


def test_a_process_that_is_killed_in_between_loses_nothing_and_does_nothing_twice(owner, noon, monkeypatch):
    write(owner, noon, 1200)

    def die(done, _total):
        if done > 500:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        quickly(heard=die)
    assert len(keys_in_use()) == 2
    another_process(monkeypatch)
    done = quickly()
    assert done.rows == 700
    assert keys_in_use() == {done.key}
    assert {row.body for row in notes().all()} == {f"{n}번째 메모" for n in range(1200)}


def test_progress_counts_rows(owner, noon):
    write(owner, noon, 600)
    heard = []
    quickly(heard=lambda done, total: heard.append((done, total)))
    # The one row more is the person's own.
    assert [one for one in heard if one[0]] == [(1, 601), (501, 601), (601, 601)]


def test_what_somebody_writes_between_reading_and_writing_stays(owner, noon, monkeypatch):
    (row,) = write(owner, noon, 1)
    old = keys_in_use()
    fresh = keyring.fresh_key(OPENS)
    path = sealing.keys_file()
    keyring.replace_file(path, keyring.read_file(path).with_key(fresh))
    sealing.look_again()
    columns = next(one for one in all_columns() if one.table == "journal_feedback")
    (read,) = columns.rows(None)
    notes().filter(pk=row.pk).update(body="in between")
    assert columns.replace(read, {0: sealing.seal_with(fresh, b"what was read", b"journal_feedback.body")}) == 0
    assert notes().get().body == "in between"
    assert keys_in_use() == old


def test_a_row_that_does_not_open_stops_the_rotation_and_nothing_retires(owner, noon, keys):  # noqa: F811
    (row,) = write(owner, noon, 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_feedback SET body = %s WHERE id = %s", ["s1.k1.AAAA", row.pk])
    with pytest.raises(Unreadable):
        quickly()
    assert RETIRED not in states(keys).values()


def test_a_process_that_goes_on_with_the_old_key_keeps_it_from_retiring(owner, noon, keys, monkeypatch):  # noqa: F811
    write(owner, noon, 1)
    monkeypatch.setattr(rotating, "reseal", lambda _key, **_: 0)
    with pytest.raises(StillWritten):
        quickly()
    assert RETIRED not in states(keys).values()


def test_writes_that_were_under_way_are_waited_for(owner, noon, monkeypatch):
    slept = []
    monkeypatch.setattr(rotating.time, "sleep", slept.append)
    rotate(patience=5, settle=45)
    assert slept[:2] == [5, 5]
    assert len(slept) > 2 and 30 < slept[2] <= 45


def test_keys_in_a_variable_are_used_as_they_stand(owner, noon, settings, keys, monkeypatch):  # noqa: F811
    write(owner, noon, 2)
    (old,) = keys_in_use()
    fresh = keyring.fresh_key(NEXT)
    ring = keyring.read_file(keys).with_key(fresh).with_states(**{old: OPENS, fresh.name: SEALS})
    settings.FIELD_KEYS = ring.as_text()
    another_process(monkeypatch)
    done = quickly()
    assert (done.key, done.retired, keys_in_use()) == (fresh.name, (), {fresh.name})
    assert forget_retired() == ()


def test_retired_keys_can_be_let_go_for_good(owner, noon, keys):  # noqa: F811
    write(owner, noon, 1)
    done = quickly()
    assert forget_retired() == done.retired
    assert list(states(keys)) == [done.key]
    assert forget_retired() == ()


class Others:
    """Two who read and one who writes all the time, until they are told to end."""

    def __init__(self, pks):
        self.pks, self.over = pks, threading.Event()
        self.wrong, self.said, self.read = [], {}, 0
        works = (self.read_on, self.read_on, self.write_on)
        self.threads = [threading.Thread(target=self.guarded, args=(work,)) for work in works]

    def __enter__(self):
        for one in self.threads:
            one.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for one in self.threads:
            one.join()

    def guarded(self, work):
        try:
            work()
        except Exception as error:  # noqa: BLE001 an error of a thread is an error of the test
            self.wrong.append(repr(error))
        connection.close()

    def read_on(self):
        place = 0
        while not self.over.is_set():
            place = (place + 7919) % len(self.pks)
            body = notes().get(pk=self.pks[place]).body
            self.read += 1
            if not body.endswith("번째 메모") and not body.startswith("anew"):
                self.wrong.append(body)

    def write_on(self):
        place = 0
        while not self.over.wait(0.002):
            place = (place + 6007) % len(self.pks)
            pk, text = self.pks[place], f"anew {place} {len(self.said)}"
            notes().filter(pk=pk).update(body=text)
            self.said[pk] = text


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_thousand_rows_are_rotated_while_others_read_and_write(owner, noon):
    rows = write(owner, noon, 20_000)
    with Others([row.pk for row in rows]) as others:
        done = rotate(patience=0, settle=1)
    assert others.wrong == []
    assert (others.read > 0, len(others.said) > 0) == (True, True)
    assert keys_in_use() == {done.key}
    assert left(done.key) == reseal(done.key) == 0
    bodies = dict(notes().values_list("pk", "body"))
    assert {pk: bodies[pk] for pk in others.said} == others.said
    assert len(bodies) == 20_000
