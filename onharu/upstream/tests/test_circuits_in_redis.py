"""Circuits shared by processes, over a real server of the Redis protocol, which now and then goes away."""

import multiprocessing
import os
import signal
import time
from threading import Barrier, Thread

import pytest
from structlog.testing import capture_logs

from onharu.kernel.redis_line import Line
from onharu.upstream import circuits as stores
from onharu.upstream import circuits_in_redis, tally
from onharu.upstream.breaker import FAILURES_TO_OPEN, OPEN_SECONDS, Breaker
from onharu.upstream.circuits import CircuitsInMemory, circuits_of_the_house
from onharu.upstream.circuits_in_redis import CircuitsInRedis
from onharu.upstream.faults import Unavailable
from onharu.upstream.http import Http, Limits
from tests.engines import Engines, free_port

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    engines = Engines(tmp_path_factory.mktemp("circuits"))
    yield engines
    engines.stop()


@pytest.fixture(scope="module")
def url(engines):
    return engines.start_redis()


@pytest.fixture
def name(request):
    """A circuit that no other test knows."""
    return request.node.name


def of_a_process(url):
    """Circuits as another process would make them: nothing is shared but the server."""
    return CircuitsInRedis(url, line=Line(url))


def a_minute_passes(circuits, name):
    circuits._line.ask(lambda client: client.hset(circuits_in_redis.PREFIX + name, "probe_at", 1))


def opened(circuits, name, times=FAILURES_TO_OPEN):
    return [circuits.failed(name, time.monotonic()) for _ in range(times)]


def wait_for(true, seconds=5):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def may_ask(circuits, name):
    return circuits.admit(name, time.monotonic()) == 0


def test_what_one_process_learns_every_process_knows(url, name):
    here, there = of_a_process(url), of_a_process(url)
    assert may_ask(there, name)
    assert opened(here, name) == [False] * 4 + [True]
    left = there.admit(name, time.monotonic())
    assert 0 < left <= OPEN_SECONDS


def test_failures_of_several_processes_add_up(url, name):
    processes = [of_a_process(url) for _ in range(FAILURES_TO_OPEN)]
    assert [one.failed(name, 0.0) for one in processes] == [False] * 4 + [True]
    assert not any(may_ask(one, name) for one in processes)


def test_a_success_anywhere_starts_the_count_again(url, name):
    here, there = of_a_process(url), of_a_process(url)
    opened(here, name, 4)
    assert there.succeeded(name) is False
    assert opened(here, name, 4) == [False] * 4
    assert may_ask(there, name)


def test_after_its_time_exactly_one_thread_of_many_gets_the_probe(url, name):
    processes = [of_a_process(url) for _ in range(4)]
    opened(processes[0], name)
    a_minute_passes(processes[0], name)
    admitted, together = [], Barrier(32)

    def ask(circuits):
        together.wait()
        admitted.append(may_ask(circuits, name))

    threads = [Thread(target=ask, args=(processes[number % 4],)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert admitted.count(True) == 1


def ask_for_the_probe(url, name, at, said):
    """Entry of another process: ask at an agreed instant."""
    circuits = CircuitsInRedis(url)
    circuits.held("warm", 0.0)
    time.sleep(max(0.0, at - time.monotonic()))
    said.put([may_ask(circuits, name) for _ in range(20)].count(True))


@pytest.mark.slow
def test_after_its_time_exactly_one_process_of_two_gets_the_probe(url, name):
    context = multiprocessing.get_context("spawn")
    said = context.Queue()
    here = of_a_process(url)
    opened(here, name)
    a_minute_passes(here, name)
    at = time.monotonic() + 4
    work = [context.Process(target=ask_for_the_probe, args=(url, name, at, said)) for _ in range(2)]
    for one in work:
        one.start()
    assert said.get(timeout=60) + said.get(timeout=60) == 1
    for one in work:
        one.join()


def test_a_good_probe_closes_for_everybody_and_one_process_says_so(url, name):
    here, there = of_a_process(url), of_a_process(url)
    opened(here, name)
    a_minute_passes(here, name)
    assert may_ask(there, name)
    assert there.succeeded(name) is True
    assert there.succeeded(name) is False
    assert all(may_ask(here, name) for _ in range(5))


def test_a_bad_probe_keeps_it_open_for_everybody(url, name):
    here, there = of_a_process(url), of_a_process(url)
    opened(here, name)
    a_minute_passes(here, name)
    assert may_ask(there, name)
    assert there.failed(name, 0.0) is False
    assert not may_ask(here, name)


def test_a_probe_that_never_reports_expires(url, name):
    here, there = of_a_process(url), of_a_process(url)
    opened(here, name)
    a_minute_passes(here, name)
    assert may_ask(here, name)
    a_minute_passes(here, name)
    assert may_ask(there, name)


def test_a_hold_is_everybodys_and_the_longer_one_counts(url, name):
    here, there = of_a_process(url), of_a_process(url)
    assert there.held(name, 0.0) == 0
    here.hold(name, 0.0, 30)
    there.hold(name, 0.0, 10)
    assert 29 < there.held(name, 0.0) <= 30.1
    here.hold(name, 0.0, -1)
    assert there.held(name, 0.0) > 29


def test_each_change_is_told_by_one_process(url, name):
    here, there = (Breaker(name, circuits=of_a_process(url)) for _ in range(2))
    with capture_logs() as lines:
        for number in range(FAILURES_TO_OPEN):
            (here if number % 2 else there).failed("timeout")
        with pytest.raises(Unavailable):
            here.admit()
        a_minute_passes(here._circuits, name)
        here.admit()
        here.succeeded()
        there.succeeded()
    assert [line["event"] for line in lines] == ["upstream_breaker_opened", "upstream_breaker_closed"]
    assert tally.counted()[name, "breaker_opened"] == tally.counted()[name, "breaker_closed"] == 1


def test_a_server_that_fails_here_is_not_asked_there(url, name, httpserver):
    httpserver.expect_request("/a").respond_with_data("no", status=500)
    address, once = httpserver.url_for("/a"), Limits(attempts=1)
    ways = [Http(name, homes=[address], limits=once, breaker=Breaker(name, circuits=of_a_process(url)))
            for _ in range(2)]  # fmt: skip
    reasons = []
    for number in range(10):
        with pytest.raises(Unavailable) as fault:
            ways[number % 2].request("GET", address)
        reasons.append(fault.value.reason)
    assert reasons == ["status_500"] * 5 + ["breaker_open"] * 5
    assert len(httpserver.log) == 5


def test_without_redis_each_process_goes_on_alone_and_says_so_once(name):
    circuits = of_a_process(NOWHERE)
    with capture_logs() as lines:
        assert may_ask(circuits, name)
        assert opened(circuits, name) == [False] * 4 + [True]
        assert not may_ask(circuits, name)
        circuits.hold(name, 10.0, 30)
        assert circuits.held(name, 15.0) == 25
        assert circuits.admit(name, time.monotonic() + OPEN_SECONDS) == 0
        assert circuits.succeeded(name) is True
    assert [line["event"] for line in lines] == ["redis_away"]


def test_redis_killed_in_between_loses_nothing_that_this_process_saw(tmp_path, name, monkeypatch):
    engines = Engines(tmp_path)
    port = free_port()
    monkeypatch.setattr("tests.engines.free_port", lambda: port)
    url = engines.start_redis()
    circuits, other = of_a_process(url), of_a_process(url)
    try:
        with capture_logs() as lines:
            opened(circuits, name, 3)
            engines.running[0].kill()
            engines.running[0].wait()
            assert opened(circuits, name, 2) == [False, True]
            assert not may_ask(circuits, name)
            assert engines.start_redis() == url
            wait_for(lambda: not circuits._line.dead)
            assert may_ask(circuits, name)  # the server came back with nothing: what is shared counts again
            assert opened(circuits, name) == [False] * 4 + [True]
            assert not may_ask(other, name)
        assert [line["event"] for line in lines] == ["redis_away", "redis_back"]
    finally:
        engines.stop()


def test_a_redis_that_hangs_costs_one_short_wait(tmp_path, name):
    engines = Engines(tmp_path)
    circuits = of_a_process(engines.start_redis())
    assert may_ask(circuits, name)
    os.kill(engines.running[0].pid, signal.SIGSTOP)
    try:
        started = time.monotonic()
        assert all(may_ask(circuits, name) for _ in range(50))
        assert time.monotonic() - started < 0.5
    finally:
        os.kill(engines.running[0].pid, signal.SIGCONT)
        engines.stop()


def test_the_house_shares_its_circuits_where_redis_is_configured(settings, url):
    settings.REDIS_URL = ""
    assert isinstance(circuits_of_the_house(), CircuitsInMemory)
    settings.REDIS_URL = url
    assert isinstance(circuits_of_the_house(), CircuitsInRedis)
    assert isinstance(Breaker("stub")._circuits, CircuitsInRedis)
    assert stores.SHARED.endswith(CircuitsInRedis.__name__)
