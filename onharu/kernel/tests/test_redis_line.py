"""A Redis that dies, hangs or comes late costs one short wait, then nothing, and is used again when it answers."""

import threading
import time

import pytest
from redis.exceptions import ResponseError
from structlog.testing import capture_logs

from onharu.kernel import redis_line
from onharu.kernel.redis_line import Line, RedisAway, hang_up, line_of
from tests import redises
from tests.redises import wait_for


@pytest.fixture
def server(tmp_path):
    with redises.one(tmp_path) as (url, server):
        line = Line(url)
        yield line, server
        line.close()


def written(line):
    return line.ask(lambda client: client.set("key", "value"))


def lost(line):
    """Ask once in vain; tells how long that took."""
    started = time.monotonic()
    with pytest.raises(RedisAway):
        written(line)
    return time.monotonic() - started


def test_a_process_has_one_line_to_an_address():
    hang_up()
    assert line_of("redis://a") is line_of("redis://a")
    assert line_of("redis://a") is not line_of("redis://b")
    hang_up()


def test_a_redis_that_dies_costs_nothing_and_is_used_when_it_is_back(server):
    line, redis = server
    assert written(line)
    redis.kill()
    with capture_logs() as lines:
        assert lost(line) < 0.25
        assert sum(lost(line) for _ in range(200)) < 0.25
        redis.start()
        assert wait_for(lambda: not line.dead) < 2
        assert written(line)
        wait_for(lambda: len(lines) == 2)
    assert [one["event"] for one in lines] == ["redis_away", "redis_back"]


def test_a_redis_that_hangs_costs_one_short_wait(server):
    line, redis = server
    assert written(line)
    redis.hang()
    assert 0.15 < lost(line) < 0.4
    assert sum(lost(line) for _ in range(1000)) < 0.25
    redis.go_on()
    assert wait_for(lambda: not line.dead) < 3
    assert written(line)


def test_threads_that_ask_a_hanging_redis_together_wait_together(server):
    line, redis = server
    assert written(line)
    redis.hang()
    waits = []
    threads = [threading.Thread(target=lambda: waits.append(lost(line))) for _ in range(16)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(waits) == 16
    assert max(waits) < 0.6
    redis.go_on()


def test_a_redis_that_starts_later_than_the_house_is_found(tmp_path):
    server = redises.Server(tmp_path, redises.free_ports(1)[0])
    line = Line(f"redis://127.0.0.1:{server.port}/0")
    try:
        assert lost(line) < 0.25
        server.start()
        wait_for(lambda: not line.dead, 3)
        assert written(line)
    finally:
        line.close()
        server.kill()


def test_a_connection_that_redis_closed_meanwhile_is_opened_anew(server):
    line, redis = server
    assert written(line)
    redis.client().execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    assert written(line)
    assert not line.dead


def test_a_refusal_is_no_absence(server):
    line, _ = server
    assert written(line)
    with pytest.raises(RedisAway) as refused:
        line.ask(lambda client: client.lpush("key", 1))
    assert isinstance(refused.value.__cause__, ResponseError)
    assert not line.dead
    assert line.ask(lambda client: client.get("key")) == b"value"


def test_what_is_owed_is_done_before_redis_is_asked_again(server):
    line, redis = server
    redis.kill()
    lost(line)
    done = []
    line.owe(lambda client: done.append(line.dead) or client.set("owed", 1))
    redis.start()
    wait_for(lambda: not line.dead, 3)
    assert done == [True]
    assert line.ask(lambda client: client.get("owed")) == b"1"


def test_a_debt_that_cannot_be_paid_keeps_the_line_dead(server):
    line, redis = server
    redis.kill()
    lost(line)
    tries = []

    def pay(client):
        tries.append(1)
        if len(tries) < 3:
            client.lpush("key", "value")
            client.get("key")

    line.owe(pay)
    redis.start()
    wait_for(lambda: not line.dead, 5)
    assert len(tries) == 3


def test_a_debt_that_comes_when_the_line_is_free_again_is_paid_too(server):
    line, _ = server
    assert written(line)
    done = []
    line.owe(lambda client: done.append(client.delete("key")))
    wait_for(lambda: done and not line.dead, 3)
    assert line.ask(lambda client: client.get("key")) is None


def test_every_line_is_as_patient_as_the_house_says_whoever_asks_first(settings, monkeypatch):
    made = []
    monkeypatch.setattr(redis_line, "Line", lambda url, patience: made.append((url, patience)))
    settings.REDIS_PATIENCE = 0.05
    redis_line.line_of("redis://another-house")
    redis_line._lines.pop("redis://another-house")
    assert made == [("redis://another-house", 0.05)]
