"""The figures of a real server of four processes: they add up, whoever is asked, and a process that dies takes none."""

import http.client
import os
import signal
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.booted import Booted

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
ASKED = 200
ALIVE = 'http_requests_total{code="200",method="GET",route="/healthz"}'


@contextmanager
def opened(folder):
    found = Booted(folder, WEB_WORKERS="4", PROMETHEUS_MULTIPROC_DIR=str(folder / "figures"), METRICS_TOKEN="a-token")
    found.figures = folder / "figures"
    found.wait_ready()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("watched")) as found:
        yield found


@pytest.fixture
def broken(tmp_path):
    """A server that a test may break."""
    with opened(tmp_path) as found:
        yield found


def asked(server, path, **headers):
    """Ask on a connection of its own: the system gives it to any of the processes."""
    connection = http.client.HTTPConnection(server.base.removeprefix("http://"), timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def amount(server, line_begins):
    status, text = asked(server, "/metrics")
    assert status == 200
    return sum(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(line_begins))


def workers(server):
    """The processes below the server's own, by what the system knows."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == server.process.pid and words[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def test_four_processes_tell_the_sum_whoever_is_asked(server):
    name = ALIVE
    before = amount(server, name)
    for _ in range(ASKED):
        assert asked(server, "/healthz")[0] == 200
    told = Counter(amount(server, name) - before for _ in range(12))
    assert told == {ASKED: 12}
    wrote = list(server.figures.glob("*/counter_*.db"))
    assert len(wrote) == 4, "each of the four counted by itself"


def test_a_process_that_is_killed_takes_nothing_along(broken):
    name = ALIVE
    for _ in range(ASKED):
        assert asked(broken, "/healthz")[0] == 200
    before = amount(broken, name)
    assert before >= ASKED
    counted = {int(file.stem.rpartition("_")[2]) for file in broken.figures.glob("*/counter_*.db")}
    before_it, victim = len(workers(broken)), min(counted)
    os.kill(victim, signal.SIGKILL)
    until = time.monotonic() + 20
    while victim in workers(broken) or len(workers(broken)) < before_it:
        assert time.monotonic() < until
        time.sleep(0.1)
    broken.wait_ready()
    assert amount(broken, name) >= before
    assert amount(broken, "http_requests_in_progress") == 0
    assert not list(broken.figures.glob(f"*/gauge_live*_{victim}.db"))


def test_who_comes_through_a_proxy_needs_the_token(server):
    assert asked(server, "/metrics", **{"X-Forwarded-For": "203.0.113.9"})[0] == 404
    status, text = asked(server, "/metrics", **{"X-Forwarded-For": "203.0.113.9", "Authorization": "Bearer a-token"})
    assert status == 200
    assert "app_build_info{" in text


def test_a_host_that_is_named_to_nobody_is_told_nothing(server):
    assert asked(server, "/metrics", Host="rebound.example")[0] == 404


def test_the_folder_goes_with_the_server(broken):
    assert broken.stop() == 0
    assert list(broken.figures.iterdir()) == []
