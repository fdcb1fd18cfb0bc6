"""The live stream, read the way a screen reads it."""

import asyncio
import json
import threading
import time
from datetime import date

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.test import AsyncClient

from conftest import make_person
from onharu.day import events as door
from onharu.day import stream
from onharu.day.relay import Relay
from onharu.kernel.days import Touched, touch
from tests.engines import Engines

DAY = date(2026, 11, 22)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner(transactional_db):
    return make_person("owner")


@pytest.fixture
def stranger(transactional_db):
    return make_person("stranger")


async def signed_in(user):
    client = AsyncClient()
    await sync_to_async(client.force_login)(user, backend="onharu.accounts.backends.AccountBackend")
    return client


async def opened(client, **headers):
    response = await client.get("/events/", headers=headers)
    assert response.status_code == 200
    body = aiter(response.streaming_content)
    assert b": hello" in await asyncio.wait_for(anext(body), 5)
    return body


async def changed(owner_id, *days):
    await sync_to_async(touch)(owner_id, *days, part="meals")


async def next_event(body):
    raw = (await asyncio.wait_for(anext(body), 5)).decode()
    lines = dict(line.split(": ", 1) for line in raw.strip().splitlines())
    return lines["event"], int(lines["id"]), json.loads(lines["data"])


async def test_a_change_reaches_an_open_screen_within_a_second(owner):
    body = await opened(await signed_in(owner))
    started = time.monotonic()
    await changed(owner.pk, DAY)
    name, version, data = await next_event(body)
    assert time.monotonic() - started < 1
    assert (name, data) == ("day", {"date": "2026-11-22", "version": version})
    await body.aclose()


async def test_nothing_of_a_stranger_is_heard(owner, stranger):
    body = await opened(await signed_in(stranger))
    await changed(owner.pk, DAY)
    await changed(stranger.pk, date(2026, 1, 1))
    _, _, data = await next_event(body)
    assert data["date"] == "2026-01-01"
    await body.aclose()


async def test_a_broken_stream_resumes_from_its_last_event(owner):
    client = await signed_in(owner)
    await changed(owner.pk, date(2026, 11, 20))
    await changed(owner.pk, DAY)
    body = await opened(client, **{"Last-Event-ID": "1"})
    assert [(await next_event(body))[2]["date"] for _ in range(2)] == ["2026-11-20", "2026-11-22"]
    await body.aclose()


@pytest.mark.parametrize("said", ["abc", "-1", "9" * 30, "１２"])
async def test_a_last_event_id_that_is_none_is_passed_over(owner, said, monkeypatch):
    monkeypatch.setattr(door, "HEARTBEAT_SECONDS", 0.05)
    await changed(owner.pk, DAY)
    client = await signed_in(owner)
    response = await client.get(f"/events/?last_event_id={said}")
    body = aiter(response.streaming_content)
    await anext(body)
    assert await asyncio.wait_for(anext(body), 5) == b": beat\n\n"
    await body.aclose()


async def test_a_quiet_stream_beats(owner, monkeypatch):
    monkeypatch.setattr(door, "HEARTBEAT_SECONDS", 0.05)
    body = await opened(await signed_in(owner))
    assert await asyncio.wait_for(anext(body), 5) == b": beat\n\n"
    await body.aclose()


async def test_signing_out_ends_the_stream_before_the_next_event(owner):
    client = await signed_in(owner)
    body = await opened(client)
    await sync_to_async(client.logout)()
    await changed(owner.pk, DAY)
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(anext(body), 5)


async def test_nobody_listens_without_signing_in(transactional_db):
    response = await AsyncClient().get("/events/")
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")


async def test_events_are_only_read(owner):
    response = await (await signed_in(owner)).post("/events/")
    assert response.status_code == 405


async def test_a_closed_screen_is_forgotten(owner):
    body = await opened(await signed_in(owner))
    before = stream.hub.count()
    reading = asyncio.create_task(anext(body))
    await asyncio.sleep(0.05)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert stream.hub.count() == before - 1


async def test_the_oldest_of_too_many_screens_is_closed():
    hub = stream.Hub()
    screens = [hub.join(7) for _ in range(stream.MOST_SCREENS + 1)]
    await asyncio.sleep(0.01)
    assert screens[0].waiting.get_nowait() is None
    assert screens[1].waiting.empty()


async def test_goodbye_reaches_every_screen():
    hub = stream.Hub()
    screens = [hub.join(number) for number in range(3)]
    threading.Thread(target=hub.close).start()
    assert [await asyncio.wait_for(screen.waiting.get(), 5) for screen in screens] == [None] * 3


async def test_a_screen_that_does_not_read_loses_its_oldest_event():
    hub = stream.Hub()
    screen = hub.join(1)
    for number in range(250):
        hub.publish(Touched(owner_id=1, day=DAY, version=number))
    await asyncio.sleep(0.05)
    assert screen.waiting.qsize() == 200
    assert screen.waiting.get_nowait().version == 50


@pytest.fixture
def redis_url(tmp_path):
    if settings.REDIS_URL:
        yield settings.REDIS_URL
        return
    engines = Engines(tmp_path)
    yield engines.start_redis()
    engines.stop()


def test_another_process_hears_a_change_over_redis(redis_url):
    heard, here = [], []
    mine, other = Relay(redis_url, here.append), Relay(redis_url, heard.append)
    for relay in (mine, other):
        relay.start()
        assert relay.ready.wait(5)
    touched = Touched(owner_id=3, day=DAY, version=42)
    mine.send(touched)
    until = time.monotonic() + 1
    while not heard and time.monotonic() < until:
        time.sleep(0.01)
    mine.stop()
    other.stop()
    assert heard == [touched]
    assert here == []


def test_a_relay_without_its_server_is_no_failure(redis_url):
    relay = Relay("redis://127.0.0.1:1/0", print)
    relay.send(Touched(owner_id=3, day=DAY, version=42))
