"""What is sent to a broker, when, and what is not: a real server of the Redis protocol that is stopped and emptied."""

import json
import signal
import time
from datetime import timedelta

import pytest
import redis

from onharu.kernel import broker_urls, clock, jobs
from onharu.kernel.jobs import Job, broker, enqueue, queue, registry
from onharu.kernel.redis_urls import RedisUrlWrong
from tests.engines import Engines

LIST = f"{broker.PREFIX}{broker.QUEUE}"


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    found = Engines(tmp_path_factory.mktemp("broker"))
    found.url = found.start_redis()
    yield found
    found.stop()


@pytest.fixture
def server(engines, settings, monkeypatch):
    """An application that speaks to the server, and the server's own view of it."""
    settings.JOBS_BROKER = engines.url
    app, monkeyed = broker._made(), broker.run_owed
    monkeypatch.setattr(broker, "app", app)
    monkeypatch.setattr(broker, "run_owed", app.task(name="onharu.run", bind=True)(monkeyed.run.__func__))
    monkeypatch.setattr(broker, "line", broker._Line())
    monkeypatch.setattr(queue, "senders", [broker.send])
    view = redis.Redis.from_url(engines.url, socket_timeout=5)
    view.flushall()
    yield view
    app.close()


@pytest.fixture
def hung(engines):
    process = engines.running[0]
    yield lambda: process.send_signal(signal.SIGSTOP)
    process.send_signal(signal.SIGCONT)


def sent(server):
    return [json.loads(one) for one in server.lrange(LIST, 0, -1)]


@pytest.mark.django_db(transaction=True)
def test_on_commit_the_number_of_the_row_is_sent_and_nothing_else(server):
    number = enqueue("medicines.warm", owner_id=7, words="비밀스러운 낱말")
    (message,) = sent(server)
    assert message["headers"]["argsrepr"] == f"({number},)"
    assert "owner" not in json.dumps(message)
    (args, kwargs, _), raw = broker.app.amqp and json.loads(__import__("base64").b64decode(message["body"])), message
    assert (args, kwargs) == ([number], {})
    assert "비밀" not in str(raw)
    assert message["headers"]["timelimit"] == [registry.SECONDS + registry.KILLED_AFTER, registry.SECONDS]


@pytest.mark.django_db(transaction=True)
def test_what_is_for_later_is_sent_by_the_sweep_when_it_is_due(server, monkeypatch):
    number = enqueue("x", run_at=clock.now() + timedelta(hours=1))
    assert broker.sweep() == 0
    assert sent(server) == []
    at = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: at)
    assert broker.sweep() == 1
    assert broker.sweep() == 0
    assert [one["headers"]["argsrepr"] for one in sent(server)] == [f"({number},)"]


@pytest.mark.django_db(transaction=True)
def test_what_an_emptied_broker_forgot_is_sent_again_once(server, monkeypatch):
    for _ in range(30):
        enqueue("x")
    server.flushall()
    assert broker.sweep() == 0, "what was sent a moment ago may be on its way"
    at = clock.now() + broker.RESENT
    monkeypatch.setattr(clock, "now", lambda: at)
    assert (broker.sweep(), broker.sweep()) == (30, 0)
    assert len(sent(server)) == 30


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_again_to_a_long_list(server, monkeypatch):
    for _ in range(broker.LONG + 5):
        enqueue("x")
    at = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: at)
    assert broker.sweep() == 0
    assert len(sent(server)) == broker.LONG + 5


@pytest.mark.django_db(transaction=True)
def test_a_lease_that_is_over_is_told_of_again(server, monkeypatch):
    enqueue("x")
    assert queue.claim("me") is not None
    server.flushall()
    assert broker.sweep() == 0
    at = clock.now() + jobs.LEASE
    monkeypatch.setattr(clock, "now", lambda: at)
    assert broker.sweep() == 1


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_hangs_costs_half_a_second_once_and_loses_nothing(server, hung):
    enqueue("x")
    hung()
    began = time.process_time(), time.monotonic()
    for _ in range(20):
        enqueue("x")
    assert broker.line.lost
    assert Job.objects.filter(state="waiting").count() == 21
    assert time.monotonic() - began[1] - (time.process_time() - began[0]) < 20 * 0.5


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_hangs_is_waited_for_no_longer_than_half_a_second(server, hung):
    broker.send(1, "x")
    hung()
    taken = []
    for _ in range(5):
        broker.line.until = 0.0
        began = time.monotonic()
        assert not broker.send(2, "x")
        taken.append(time.monotonic() - began)
    assert min(taken) < 0.5, taken
    assert not broker.send(3, "x"), "it is left alone for a while"


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_not_there_is_no_error(settings, server, monkeypatch):
    settings.JOBS_BROKER = "redis://127.0.0.1:1/0"
    app = broker._made()
    monkeypatch.setattr(broker, "app", app)
    monkeypatch.setattr(broker, "run_owed", app.task(name="onharu.run", bind=True)(broker.run_owed.run.__func__))
    number = enqueue("x")
    assert Job.objects.get(pk=number).state == "waiting"
    assert broker.sweep() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["1", None, [1], True, 10**9])
def test_a_message_that_names_no_row_of_ours_is_passed_over(number):
    assert broker.run_owed.apply(args=[number]).result == "passed"


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("redis://h:7/2", "redis://h:7/2"),
        ("rediss://u:p%40ss@h/0", "rediss://u:p%40ss@h:6379/0"),
        ("unix:///run/redis.sock?db=3", "redis+socket:///run/redis.sock?virtual_host=3"),
        ("redis+sentinel://:pw@a:1,b:2/house/4", "sentinel://:pw@a:1/4;sentinel://:pw@b:2/4"),
    ],
)
def test_the_broker_has_the_address_of_any_other_redis(url, seen):
    assert broker_urls.broker_of(url).url == seen


def test_sentinels_are_told_the_name_of_the_master_and_their_own_password():
    found = broker_urls.broker_of("redis+sentinel://a:1/house/4?sentinel_password=s")
    assert found.options == {"master_name": "house", "sentinel_kwargs": {"password": "s"}}


def test_a_cluster_is_refused_for_the_broker_in_one_sentence():
    with pytest.raises(RedisUrlWrong, match="cannot be a cluster"):
        broker_urls.broker_of("redis+cluster://a:1,b:2")
