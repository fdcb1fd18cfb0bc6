"""Django's cache over a real server of the Redis protocol, which now and then goes away."""

from threading import Barrier, Thread

import pytest

from onharu.kernel import cache as module
from onharu.kernel.cache import SharedCache
from onharu.kernel.redis_line import hang_up, line_of
from tests import redises
from tests.engines import free_port
from tests.redises import wait_for

PARAMS = {"KEY_PREFIX": "onharu"}
EMPTY = {**PARAMS, "OPTIONS": {"WHILE_AWAY": "empty"}}


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    with redises.one(tmp_path_factory.mktemp("cache")) as (url, _):
        yield url
    hang_up()


@pytest.fixture
def cache(url):
    found = SharedCache(url, PARAMS)
    found.clear()
    return found


@pytest.fixture
def gone(tmp_path):
    """A server that was killed after a value was kept, and what is kept of it here."""
    with redises.one(tmp_path) as (url, server):
        kept = SharedCache(url, PARAMS)
        kept.set("old", "before")
        server.kill()
        yield kept, server
    hang_up()


@pytest.fixture
def away():
    yield SharedCache(f"redis://127.0.0.1:{free_port()}/0", PARAMS)
    hang_up()


def test_values_are_kept_as_they_were(cache):
    for value in (1, -7, True, 2.5, "밥", None, {"밥": [1, 2]}, b"\x00\xff"):
        cache.set("key", value)
        assert cache.get("key", "default") == value
        assert type(cache.get("key")) is type(value)


def test_what_is_not_there_is_the_default(cache):
    assert cache.get("key") is None
    assert cache.get("key", 7) == 7
    assert not cache.has_key("key")
    assert not cache.touch("key")
    assert not cache.delete("key")
    with pytest.raises(ValueError, match="not found"):
        cache.incr("key")


def test_only_the_first_of_many_adds(cache):
    added, together = [], Barrier(8)

    def add():
        together.wait()
        added.append(cache.add("key", 1, 30))

    threads = [Thread(target=add) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert added.count(True) == 1


def test_numbers_are_added_to(cache):
    cache.set("key", 5)
    assert (cache.incr("key"), cache.incr("key", 4), cache.decr("key", 3)) == (6, 10, 7)


def test_several_at_once(cache):
    assert cache.set_many({f"key{number}": number for number in range(20)}, 30) == []
    assert cache.get_many([f"key{number}" for number in range(25)]) == {f"key{number}": number for number in range(20)}
    cache.delete_many([f"key{number}" for number in range(10)])
    assert len(cache.get_many([f"key{number}" for number in range(20)])) == 10


def test_times_are_kept(cache, url):
    def left(key):
        return line_of(url).ask(lambda client: client.pttl(cache.make_key(key)))

    cache.set("ever", 1, None)
    cache.set("usual", 1)
    cache.set("short", 1, 0.5)
    cache.set("never", 1, 0)
    assert left("ever") == -1
    assert 299_000 < left("usual") <= 300_000
    assert 0 < left("short") <= 500
    assert not cache.has_key("never")
    assert cache.touch("short", 60)
    assert left("short") > 50_000
    assert cache.touch("short", None)
    assert left("short") == -1


def test_clearing_leaves_what_others_keep_in_the_same_redis(cache, url):
    line_of(url).ask(lambda client: client.set("celery", "queue"))
    cache.set_many({f"key{number}": 1 for number in range(1200)})
    cache.clear()
    assert not cache.get_many([f"key{number}" for number in range(1200)])
    assert line_of(url).ask(lambda client: client.get("celery")) == b"queue"


def test_a_redis_that_is_away_is_this_processs_memory(away):
    away.set("key", {"밥": 1})
    assert away.get("key") == {"밥": 1}
    assert away.add("key", 2) is False
    assert away.add("other", 2, 30) is True
    assert away.incr("other") == 3
    assert away.get_many(["key", "other", "none"]) == {"key": {"밥": 1}, "other": 3}
    assert away.set_many({"a": 1}) == []
    assert away.has_key("a")
    assert away.touch("a", 30)
    away.delete_many(["a", "key"])
    assert away.get("key") is None
    away.clear()
    assert away.get("other") is None


def test_what_a_person_deletes_is_not_kept_where_others_would_not_hear_of_it():
    people = SharedCache(f"redis://127.0.0.1:{free_port()}/0", EMPTY)
    people.set("habits", [1])
    assert people.get("habits") is None
    assert people.get_many(["habits"]) == {}
    people.delete("habits")
    hang_up()


def test_what_was_deleted_while_redis_was_away_does_not_come_back(tmp_path):
    with redises.one(tmp_path) as (url, server):
        people = SharedCache(url, EMPTY)
        people.set_many({"habits": [1], "names": ["밥"], "kept": "still"})
        server.hang()
        people.delete("habits")
        people.set("names", ["새 밥"])
        server.go_on()
        wait_for(lambda: not line_of(url).dead, 5)
        assert people.get_many(["habits", "names", "kept"]) == {"kept": "still"}
    hang_up()


def test_what_was_cleared_while_redis_was_away_does_not_come_back(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_OWED", 3)
    for forget in (lambda kept: kept.clear(), lambda kept: kept.delete_many([f"key{n}" for n in range(5)])):
        with redises.one(tmp_path / str(free_port())) as (url, server):
            kept = SharedCache(url, PARAMS)
            kept.set("habits", [1])
            server.hang()
            forget(kept)
            server.go_on()
            wait_for(lambda: not line_of(url).dead, 5)
            assert kept.get("habits") is None
    hang_up()


def test_what_memory_held_meanwhile_is_gone_when_redis_is_back(gone):
    kept, server = gone
    kept.set("new", 1)
    assert kept.get("new") == 1
    server.start()
    wait_for(lambda: not kept._line.dead, 5)
    assert kept.get("new") is None
