"""Shelves are read from a replica that follows; whatever is wrong with it, the primary is asked instead."""

import signal
import time

import pytest
from django.db.utils import ConnectionHandler

from onharu.accounts.models import Profile
from onharu.catalog.foods.models import Food
from onharu.catalog.medicines.models import Question
from onharu.kernel import replicas
from onharu.kernel.replicas import PRIMARY, REPLICA, Shelves, standing
from onharu.names.models import Shelf
from onharu.records.meals.models import Meal
from onharu.site import stores
from tests.databases import databases
from tests.redises import wait_for

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    with databases(tmp_path_factory.mktemp("replica")) as found:
        primary = found.start_postgres()
        yield found, primary, found.replica_of(primary)


@pytest.fixture
def router(servers, monkeypatch, django_db_blocker, tmp_path):
    """The router of a process that has both, and what it asks."""
    _, primary, replica = servers
    monkeypatch.setenv("DATABASE_URL", primary)
    monkeypatch.setenv("DATABASE_REPLICA_URL", replica)
    monkeypatch.setattr(replicas, "LOOK_EVERY", 0.05)
    handler = ConnectionHandler(stores.databases(tmp_path, web_threads=2))
    monkeypatch.setattr(replicas, "connections", handler)
    standing.forget()
    with django_db_blocker.unblock():
        yield Shelves()
        for alias in handler:
            handler[alias].close()
            handler[alias].close_pool()
    standing.forget()


def reads(router, model=Food):
    time.sleep(0.06)
    return router.db_for_read(model)


def test_shelves_come_from_the_replica_and_people_from_the_primary(router):
    assert stores.routers() == ["onharu.kernel.replicas.Shelves"]
    assert reads(router) == REPLICA
    assert [reads(router, model) for model in (Meal, Profile)] == [PRIMARY, PRIMARY]


def test_what_processes_agree_by_is_never_read_from_a_copy(router):
    assert [reads(router, model) for model in (Question, Shelf)] == [PRIMARY, PRIMARY]


def test_the_replica_really_is_one_and_stays_within_the_limits(router):
    assert reads(router) == REPLICA
    with replicas.connections[REPLICA].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery(), current_setting('statement_timeout')")
        assert cursor.fetchone() == (True, "0")
    with replicas.connections[PRIMARY].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        assert cursor.fetchone() == (False,)


def test_who_wrote_to_a_shelf_reads_the_primary_for_a_while(router, monkeypatch):
    monkeypatch.setattr(replicas, "WROTE_SECONDS", 0.3)
    assert router.db_for_write(Meal) == PRIMARY
    assert reads(router) == REPLICA
    assert router.db_for_write(Food) == PRIMARY
    assert reads(router) == PRIMARY
    time.sleep(0.3)
    assert reads(router) == REPLICA


def test_within_a_transaction_all_comes_from_the_primary(router, monkeypatch):
    primary = replicas.connections[PRIMARY]
    monkeypatch.setattr(replicas.transaction, "get_connection", lambda using: replicas.connections[using])
    primary.ensure_connection()
    primary.in_atomic_block = True
    assert reads(router) == PRIMARY
    primary.in_atomic_block = False
    assert reads(router) == REPLICA


def test_a_replica_too_far_behind_is_not_asked_until_it_has_caught_up(router, servers, monkeypatch):
    monkeypatch.setattr(replicas, "TOO_FAR_BEHIND", 0.2)
    with replicas.connections[REPLICA].cursor() as copy, replicas.connections[PRIMARY].cursor() as cursor:
        copy.execute("SELECT pg_wal_replay_pause()")
        cursor.execute("CREATE TABLE IF NOT EXISTS written (id int)")
        time.sleep(0.5)
        assert reads(router) == PRIMARY
        copy.execute("SELECT pg_wal_replay_resume()")
    wait_for(lambda: reads(router) == REPLICA, 5)


def test_a_replica_that_dies_is_left_alone_and_used_when_it_is_back(router, servers):
    found, _, replica = servers
    assert reads(router) == REPLICA
    replicas.connections[REPLICA].close()
    found.halt(replica)
    started = time.monotonic()
    assert router.db_for_read(Food) == PRIMARY
    assert time.monotonic() - started < 2.5
    found.again(replica)
    wait_for(lambda: reads(router) == REPLICA, 15)


def test_a_replica_that_lets_nobody_in_costs_one_wait(router, servers, monkeypatch):
    found, _, replica = servers
    monkeypatch.setattr(replicas, "LOOK_EVERY", 60.0)
    assert router.db_for_read(Food) == REPLICA
    replicas.connections[REPLICA].close()
    replicas.connections[REPLICA].close_pool()
    process = found.of_port[int(replica.rpartition(":")[2].partition("/")[0])][2]
    process.send_signal(signal.SIGSTOP)
    try:
        started = time.monotonic()
        assert {router.db_for_read(Food) for _ in range(100)} == {PRIMARY}
        assert 0.5 < time.monotonic() - started < 4
    finally:
        process.send_signal(signal.SIGCONT)


def test_nobody_migrates_a_copy(router):
    assert (router.allow_migrate(PRIMARY, "foods"), router.allow_migrate(REPLICA, "foods")) == (True, False)
    assert router.allow_relation(Food(), Food())
