"""Redis behind Sentinels and in a cluster, on real servers that are killed and hung while the house works."""

import threading
import time
from datetime import date

import pytest

from onharu.day.relay import Relay
from onharu.kernel import rates
from onharu.kernel.cache import SharedCache
from onharu.kernel.days import Touched
from onharu.kernel.layered import Layered, Made
from onharu.kernel.redis_line import hang_up, line_of
from tests import redises
from tests.redises import wait_for

pytestmark = pytest.mark.slow
DAY = date(2026, 11, 22)
BACK_WITHIN = 5.0
SLACK = 3.0  # until the relay notices by itself


@pytest.fixture
def sentinels(tmp_path):
    with redises.behind_sentinels(tmp_path) as found:
        yield found
    hang_up()


@pytest.fixture
def cluster(tmp_path):
    with redises.cluster(tmp_path) as found:
        yield found
    hang_up()


class House:
    """What a house asks of Redis all the time, in several threads: nothing of it may ever fail, or take long."""

    def __init__(self, url, settings, threads=4):
        settings.REDIS_URL, settings.RATES_STORE = url, rates.IN_REDIS
        rates.forget()
        self.url, self.cache, self.answers = url, SharedCache(url, {"KEY_PREFIX": "onharu"}), Layered("t", fresh=60)
        self.asked, self.faults, self.longest, self.over = 0, [], 0.0, threading.Event()
        self.threads = [threading.Thread(target=self.work, args=[number]) for number in range(threads)]

    def work(self, number):
        while not self.over.is_set():
            started = time.monotonic()
            try:
                self.ask(f"{number}:{self.asked}")
            except Exception as error:  # noqa: BLE001 any failure is one too many
                self.faults.append(error)
            self.longest = max(self.longest, time.monotonic() - started)
            self.asked += 1
            time.sleep(0.002)

    def ask(self, key):
        self.cache.set(key, key, 60)
        assert self.cache.get(key) in (key, None)
        self.cache.set_many({f"{key}:{n}": n for n in range(5)})
        self.cache.get_many([f"{key}:{n}" for n in range(5)])
        self.cache.delete(key)
        assert self.answers.get(key, lambda: Made(key.encode())).body == key.encode()
        rates.spend(key, most=5)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        wait_for(lambda: self.asked > 20)
        assert not line_of(self.url).dead
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()
        rates.forget()

    def recovers(self):
        """Wait until Redis was found to be away and is used again; tells how long that took."""
        started = time.monotonic()
        wait_for(lambda: line_of(self.url).dead, 3)
        wait_for(lambda: not line_of(self.url).dead, 15)
        return time.monotonic() - started


def relays(url, missed):
    heard = []
    mine = Relay(url, lambda _: None)
    other = Relay(url, heard.append, lambda: missed.append(1))
    for one in (mine, other):
        one.start()
        assert one.ready.wait(5)
    return mine, other, heard


def is_heard(mine, heard):
    mine.send(Touched(owner_id=3, day=DAY, version=len(heard) + 1))
    time.sleep(0.05)
    return heard


def test_a_sentinel_failover_fails_no_request_and_is_over_in_five_seconds(sentinels, settings):
    url, master, replica = sentinels
    missed = []
    mine, other, heard = relays(url, missed)
    assert wait_for(lambda: is_heard(mine, heard), 5) < 5
    heard.clear()
    with House(url, settings) as house:
        master.kill()
        assert house.recovers() <= BACK_WITHIN
        before = house.asked
        assert house.cache.get("nobody") is None
        house.cache.set("after", 1)
        assert replica.client().info("replication")["role"] == "master"
        wait_for(lambda: house.asked > before + 20)
        assert wait_for(lambda: is_heard(mine, heard), 5) <= BACK_WITHIN
    assert house.faults == []
    assert house.longest < 1.0
    assert missed, "screens are called anew, as changes were lost"
    mine.stop()
    other.stop()


def test_a_master_that_hangs_is_replaced_and_costs_one_short_wait(sentinels, settings):
    url, master, _ = sentinels
    mine, other, heard = relays(url, [])
    with House(url, settings) as house:
        master.hang()
        assert house.recovers() <= BACK_WITHIN
        assert wait_for(lambda: is_heard(mine, heard), 8) <= BACK_WITHIN + SLACK
    assert house.faults == []
    assert house.longest < 1.0
    master.go_on()
    mine.stop()
    other.stop()


def test_a_cluster_goes_on_when_one_of_its_masters_is_killed(cluster, settings):
    url, servers = cluster
    mine, other, heard = relays(url, [])
    with House(url, settings) as house:
        servers[0].kill()
        assert house.recovers() <= BACK_WITHIN
        before = house.asked
        wait_for(lambda: house.asked > before + 20)
        assert not line_of(url).dead
        assert wait_for(lambda: is_heard(mine, heard), 8) <= BACK_WITHIN + SLACK
    assert house.faults == []
    assert house.longest < 1.0
    assert int(servers[1].client().cluster("INFO")["cluster_size"]) == 3
    mine.stop()
    other.stop()


def test_in_a_cluster_values_lie_on_all_masters_and_scripts_find_theirs(cluster, settings):
    url, servers = cluster
    with House(url, settings, threads=2):
        wait_for(lambda: all(server.client().dbsize() > 10 for server in servers[:3]))
    cache = SharedCache(url, {"KEY_PREFIX": "onharu"})
    assert cache.set_many({f"k{number}": number for number in range(100)}) == []
    assert len(cache.get_many([f"k{number}" for number in range(100)])) == 100
    cache.delete_many([f"k{number}" for number in range(50)])
    assert cache.incr("k60", 5) == 65
    cache.clear()
    assert [server.client().dbsize() for server in servers[:3]] == [0, 0, 0]
