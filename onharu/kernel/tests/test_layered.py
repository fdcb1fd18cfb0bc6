"""Answers in two layers: made once for all who wait, kept here and in Redis, given stale while one makes them anew."""

import multiprocessing
import os
import signal
import threading
import time

import pytest
from django.conf import settings

from onharu.kernel import clock, layers_in_redis
from onharu.kernel.layered import LARGEST, Layer, Layered, Made
from onharu.kernel.redis_line import hang_up, line_of
from tests import redises
from tests.redises import wait_for

QUESTION = "치질 연고"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with redises.one(tmp_path_factory.mktemp("layers")) as (url, server):
        yield url, server
    hang_up()


@pytest.fixture
def shared(server, settings):
    settings.REDIS_URL = server[0]
    server[1].client().flushall()
    return server[1].client()


@pytest.fixture
def alone(settings):
    settings.REDIS_URL = ""


@pytest.fixture
def at(monkeypatch):
    """A clock of this process that a test moves."""
    now = [100.0]
    monkeypatch.setattr(clock, "monotonic", lambda: now[0])
    return now


class Source:
    """Makes answers, and tells how often."""

    def __init__(self, body=b"answer", *, seconds=0.0, keep=True):
        self.body, self.seconds, self.keep, self.times, self.fault = body, seconds, keep, 0, None
        self.lock = threading.Lock()

    def __call__(self):
        with self.lock:
            self.times += 1
        time.sleep(self.seconds)
        if self.fault:
            raise self.fault
        return Made(self.body, self.keep)


def run_all(work, crowd):
    start, answers, faults = threading.Barrier(crowd), [], []

    def go():
        start.wait()
        try:
            answers.append(work())
        except Exception as error:  # noqa: BLE001 the test says what went wrong in any thread
            faults.append(error)

    threads = [threading.Thread(target=go) for _ in range(crowd)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers, faults


def test_an_answer_is_made_once_and_kept_here(alone):
    answers, source = Layered("t", fresh=60), Source()
    assert answers.get("q", source) == (b"answer", Layer.MADE)
    assert answers.get("q", source) == (b"answer", Layer.HERE)
    assert source.times == 1
    assert answers.size() == (1, 6)


def test_another_process_finds_it_in_redis(shared):
    here, there, source = Layered("t", fresh=60), Layered("t", fresh=60), Source()
    here.get("q", source)
    assert there.get("q", source) == (b"answer", Layer.SHARED)
    assert there.get("q", source) == (b"answer", Layer.HERE)
    assert source.times == 1


def test_what_is_of_one_process_only_is_in_no_redis(shared):
    Layered("t", fresh=60, shared=False).get("q", Source())
    assert shared.keys() == []


def test_redis_does_not_learn_what_was_asked(shared):
    Layered("t", fresh=60).get(("stamp", QUESTION), Source())
    keys = [key.decode() for key in shared.scan_iter()]
    assert len(keys) == 1
    assert QUESTION not in keys[0]
    assert "stamp" not in keys[0]


def test_a_thousand_threads_that_miss_together_have_it_made_once(alone):
    answers, source = Layered("t", fresh=60), Source(seconds=0.2)
    found, faults = run_all(lambda: answers.get("q", source), 1000)
    assert (source.times, faults) == (1, [])
    assert {one.body for one in found} == {b"answer"}
    assert len(found) == 1000


def test_who_waited_for_a_failure_makes_it_by_themself(alone):
    answers, source = Layered("t", fresh=60), Source(seconds=0.1)
    source.fault = ValueError("mine")
    found, faults = run_all(lambda: answers.get("q", source), 5)
    assert (found, len(faults), source.times) == ([], 5, 5)
    source.fault = None
    assert answers.get("q", source).layer == Layer.MADE


def test_an_answer_that_may_not_be_kept_is_not(shared):
    answers, source = Layered("t", fresh=60), Source(keep=False)
    assert [answers.get("q", source).layer for _ in range(2)] == [Layer.MADE, Layer.MADE]
    assert shared.keys() == []


def test_an_answer_too_large_is_given_and_not_kept(shared):
    answers = Layered("t", fresh=60)
    assert len(answers.get("q", Source(b"x" * (LARGEST + 1))).body) == LARGEST + 1
    assert (answers.size(), shared.keys()) == ((0, 0), [])


def test_lifetimes_are_spread_by_a_quarter(alone, at):
    answers = Layered("t", fresh=100)
    for number in range(200):
        answers.get(number, Source())
    at[0] += 74
    assert answers.size()[0] == 200
    at[0] += 26
    assert 50 < answers.size()[0] < 150
    at[0] += 26
    assert answers.size()[0] == 0


def test_a_stale_answer_is_given_while_one_makes_it_anew(alone, at):
    answers, old, new = Layered("t", fresh=10, stale=60), Source(b"old"), Source(b"new")
    answers.get("q", old)
    at[0] += 20
    making, go_on = threading.Event(), threading.Event()

    def slowly():
        making.set()
        go_on.wait(5)
        return new()

    leader = threading.Thread(target=lambda: answers.get("q", slowly))
    leader.start()
    assert making.wait(5)
    assert [answers.get("q", new) for _ in range(20)] == [(b"old", Layer.HERE)] * 20
    go_on.set()
    leader.join()
    assert answers.get("q", new) == (b"new", Layer.HERE)
    assert new.times == 1


def test_a_stale_answer_is_given_when_making_it_anew_fails(alone, at):
    answers, source = Layered("t", fresh=10, stale=60), Source()
    answers.get("q", source)
    at[0] += 20
    source.fault = ConnectionError("away")
    assert answers.get("q", source) == (b"answer", Layer.HERE)
    at[0] += 100
    with pytest.raises(ConnectionError):
        answers.get("q", source)


def test_a_stale_answer_of_redis_is_given_while_another_process_makes_it_anew(shared):
    here, there = (Layered("t", fresh=0.2, stale=60) for _ in range(2))
    here.get("q", Source(b"old"))
    time.sleep(0.3)
    name = layers_in_redis.hashed("t", "q")
    whose = layers_in_redis.claim(name, 5)
    assert whose
    assert there.get("q", Source(b"new")) == (b"old", Layer.SHARED)
    layers_in_redis.put(name, whose, b"", 0)
    assert there.get("q", Source(b"new")) == (b"new", Layer.MADE)


def test_only_who_has_the_right_gives_it_back(shared):
    whose = layers_in_redis.claim("name", 5)
    assert layers_in_redis.claim("name", 5) == ""
    layers_in_redis.put("name", "another", b"", 0)
    assert layers_in_redis.claim("name", 5) == ""
    layers_in_redis.put("name", whose, b"", 0)
    assert layers_in_redis.claim("name", 5)


def test_without_redis_every_process_makes_its_own(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    source = Source()
    for _ in range(2):
        answers = Layered("t", fresh=60)
        assert answers.get("q", source).layer == Layer.MADE
        assert answers.get("q", source).layer == Layer.HERE
    assert source.times == 2
    hang_up()


def test_a_redis_that_hangs_in_the_middle_costs_one_short_wait(tmp_path, settings):
    with redises.one(tmp_path) as (url, server):
        settings.REDIS_URL = url
        answers = Layered("t", fresh=60)
        answers.get(0, Source())
        server.hang()
        started = time.monotonic()
        for number in range(1, 200):
            assert answers.get(number, Source()).layer == Layer.MADE
        assert time.monotonic() - started < 0.6
        server.go_on()
        wait_for(lambda: not line_of(url).dead, 5)
        assert Layered("t", fresh=60).get("new", Source()).layer == Layer.MADE
    hang_up()


# --- several processes: each is one of its own, with only Redis between them


def process(url, crowd, began, go, said, kill_first):
    """Entry of a process: ask with many threads at once, for something that takes a while to make."""
    settings.REDIS_URL = url  # nothing else of the product is needed, so nothing else is loaded
    settings.REDIS_PATIENCE = 5.0  # a busy machine is no fault of Redis
    answers = Layered("stampede", fresh=60, lease=2)

    def make():
        count = line_of(url).ask(lambda client: client.incr("made"))
        if kill_first and count == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.5)
        return Made(b"answer")

    line_of(url).ask(lambda client: client.ping())
    began.put(1)
    go.wait()
    found, faults = run_all(lambda: answers.get("q", make).body, crowd)
    said.put((len(found), len(faults), set(found)))


def stampede(url, *, processes=4, crowd=250, kill_first=False):
    context = multiprocessing.get_context("spawn")
    began, said, go = context.Queue(), context.Queue(), context.Event()
    said_to = (url, crowd, began, go, said, kill_first)
    work = [context.Process(target=process, args=said_to, daemon=True) for _ in range(processes)]
    for one in work:
        one.start()
    for _ in work:
        began.get(timeout=100)
    go.set()
    heard = [said.get(timeout=60) for _ in range(processes - kill_first)]
    for one in work:
        one.join(30)
    return heard


@pytest.mark.slow
def test_a_thousand_who_miss_in_four_processes_have_it_made_once(shared, server):
    heard = stampede(server[0])
    assert heard == [(250, 0, {b"answer"})] * 4
    assert int(shared.get("made")) == 1


@pytest.mark.slow
def test_a_process_killed_while_it_makes_an_answer_is_replaced_by_one(shared, server):
    heard = stampede(server[0], kill_first=True)
    assert heard == [(250, 0, {b"answer"})] * 3
    assert int(shared.get("made")) == 2


def test_a_stale_answer_of_redis_is_given_when_making_it_anew_fails(shared):
    here, there = (Layered("t", fresh=0.2, stale=60) for _ in range(2))
    here.get("q", Source(b"old"))
    time.sleep(0.3)
    broken = Source()
    broken.fault = ConnectionError("away")
    assert there.get("q", broken).body == b"old"
    assert there.get("q", Source(b"new")) == (b"new", Layer.MADE)
