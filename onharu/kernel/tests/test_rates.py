"""How often something may be asked, counted in each of the three stores."""

import math
from datetime import timedelta
from threading import Thread

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from redis import Redis

from onharu.kernel import allowances, clock, rates
from onharu.kernel.allowances import Allowance, forget_allowances
from onharu.kernel.problems import TooMany
from onharu.kernel.redis_line import Line, hang_up
from tests.engines import Engines, free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory):
    engines = Engines(tmp_path_factory.mktemp("redis"))
    yield engines.start_redis()
    engines.stop()


@pytest.fixture
def redis(redis_url, settings):
    Redis.from_url(redis_url).flushall()
    settings.REDIS_URL = redis_url
    return redis_url


@pytest.fixture(params=[rates.IN_MEMORY, rates.IN_REDIS, rates.IN_DATABASE])
def store(request, settings, redis):
    settings.RATES_STORE = request.param
    rates.forget()
    yield request.param
    rates.forget()


@pytest.fixture
def later(store, noon, monkeypatch, redis_url):
    """Let seconds pass: of the clock, and of what Redis measures by its own."""

    def pass_by(seconds):
        now = clock.now() + timedelta(seconds=seconds)
        monkeypatch.setattr(clock, "now", lambda: now)
        server = Redis.from_url(redis_url)
        for key in server.scan_iter(f"{allowances.InRedis.PREFIX}*"):
            left = server.pttl(key) - seconds * 1000
            server.pexpire(key, left) if left > 0 else server.delete(key)

    return pass_by


def accepted(tries, ask):
    count = 0
    for _ in range(tries):
        try:
            ask()
        except TooMany:
            continue
        count += 1
    return count


def test_as_many_as_there_are_are_let_through(store, noon):
    assert accepted(80, lambda: rates.spend("feed:1", most=60)) == 60


def test_what_is_asked_too_often_is_told_when_to_come_back(later):
    accepted(3, lambda: rates.spend("feed:1", most=3))
    later(20)
    with pytest.raises(TooMany) as refused:
        rates.spend("feed:1", most=3)
    assert 38 <= refused.value.retry_after <= 40


def test_nobody_is_told_to_wait_longer_than_the_seconds_are_by_another_process_clock(settings, monkeypatch, noon, db):
    settings.RATES_STORE = rates.IN_DATABASE
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(seconds=2))
    rates.spend("search:1", most=1)
    monkeypatch.setattr(clock, "now", lambda: noon)
    with pytest.raises(TooMany) as refused:
        rates.spend("search:1", most=1)
    assert refused.value.retry_after == rates.MINUTE


def test_names_are_counted_apart(store, noon):
    rates.spend("feed:1", most=1)
    rates.spend("feed:2", most=1)
    with pytest.raises(TooMany):
        rates.spend("feed:1", most=1)


def test_after_a_minute_from_the_first_asking_all_are_there_again(later):
    rates.spend("feed:1", most=2)
    later(59)
    assert accepted(5, lambda: rates.spend("feed:1", most=2)) == 1
    later(2)
    assert accepted(5, lambda: rates.spend("feed:1", most=2)) == 2


def test_what_was_refused_counts_nothing(later):
    accepted(50, lambda: rates.spend("feed:1", most=1))
    later(61)
    assert accepted(5, lambda: rates.spend("feed:1", most=1)) == 1


def test_a_renewed_allowance_holds_over_every_stretch_of_time(store, later):
    """Nine tries just before an end and ten just after it would be nineteen within a second."""
    kept = rates._stores[store]

    def ask():
        return kept.take("name", most=10, seconds=900, renewed=True).accepted

    assert ask()
    later(890)
    assert sum(ask() for _ in range(20)) == 9
    later(20)
    assert not ask()
    later(890)
    assert ask()


def test_what_is_given_back_is_there_again(store, noon):
    kept = rates._stores[store]
    kept.take("name", most=1, seconds=60)
    kept.give_back("name")
    kept.give_back("name")
    assert [kept.take("name", most=1, seconds=60).accepted for _ in range(2)] == [True, False]


def test_a_password_is_guarded_in_the_database_whichever_store_counts_the_rest(store, noon):
    assert accepted(8, lambda: rates.spend_surely("name", most=5, seconds=900)) == 5
    rates.forget()
    cache.clear()
    assert accepted(8, lambda: rates.spend_surely("name", most=5, seconds=900)) == 0


def test_no_store_knows_whose_an_allowance_is(store, noon, redis_url):
    rates.spend("sign-in:owner@example.com", most=1)
    names = [row.name for row in Allowance.objects.all()] + [str(key) for key in Redis.from_url(redis_url).scan_iter()]
    names += list(rates._here._rows)
    assert names
    assert not any("owner" in name for name in names)


def test_threads_of_one_process_share_exactly_what_there_is(noon, settings):
    settings.RATES_STORE = rates.IN_MEMORY
    rates.forget()
    counts = []
    work = [Thread(target=lambda: counts.append(accepted(40, lambda: rates.spend("one", most=60)))) for _ in range(8)]
    for one in work:
        one.start()
    for one in work:
        one.join()
    assert sum(counts) == 60


def test_without_redis_reading_goes_on_and_is_counted_here(settings, monkeypatch, noon):
    settings.RATES_STORE, settings.REDIS_URL = rates.IN_REDIS, f"redis://127.0.0.1:{free_port()}/0"
    rates.forget()
    asked, connect = [], Line._connected
    monkeypatch.setattr(Line, "_connected", lambda line, **said: asked.append(said) or connect(line, **said))
    assert accepted(80, lambda: rates.spend("feed:1", most=60)) == 60
    assert [said for said in asked if not said] == [{}], "a Redis that is away is not waited for at every asking"
    rates.forget()
    hang_up()


def test_memory_does_not_grow_without_end(noon, monkeypatch):
    monkeypatch.setattr(allowances.InMemory, "LARGEST", 100)
    kept = allowances.InMemory()
    for number in range(1000):
        kept.take(str(number), most=1, seconds=60)
    assert len(kept._rows) <= 100
    assert not kept.take("999", most=1, seconds=60).accepted


def test_what_is_over_is_forgotten(settings, noon, monkeypatch):
    settings.RATES_STORE = rates.IN_DATABASE
    rates.spend("feed:1", most=1)
    rates.spend("feed:2", most=1, seconds=900)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(minutes=2))
    forget_allowances()
    assert Allowance.objects.count() == 1


def test_an_answer_tells_how_the_nearest_allowance_stands(store, rf, noon):
    def view(_request):
        rates.spend("wide", most=120)
        rates.spend("narrow", most=3)
        rates.spend("wide", most=120)
        return HttpResponse()

    answer = rates.RatesMiddleware(view)(rf.get("/"))
    assert (answer["RateLimit-Limit"], answer["RateLimit-Remaining"]) == ("3", "2")
    assert 59 <= math.ceil(float(answer["RateLimit-Reset"])) <= 60


def test_an_answer_that_took_from_nothing_tells_of_nothing(rf):
    assert "RateLimit-Limit" not in rates.RatesMiddleware(lambda _request: HttpResponse())(rf.get("/"))
