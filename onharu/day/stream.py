"""The live stream: every open screen of a person learns within a second that a day changed.

In one process the signal reaches the screens directly; between processes it goes through Redis pub/sub
where one is configured. Events carry a date and a version, nothing else: the screen asks for the rest.
"""

from __future__ import annotations

import asyncio
import json
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import redis
import structlog
from django.conf import settings

from onharu.kernel.days import Touched, day_touched

log = structlog.get_logger(__name__)
CHANNEL = "onharu:days"
MOST_SCREENS = 20
RECONNECT_SECONDS = 2.0


@dataclass(eq=False, slots=True)
class Screen:
    """One open stream: the loop it lives on and what waits to be sent; None says goodbye."""

    owner_id: int
    loop: asyncio.AbstractEventLoop
    waiting: asyncio.Queue[Touched | None] = field(default_factory=lambda: asyncio.Queue(maxsize=200))

    def push(self, touched: Touched | None) -> None:
        """Hand something to the stream from any thread; a screen that does not read loses its oldest event."""
        self.loop.call_soon_threadsafe(self._put, touched)

    def _put(self, touched: Touched | None) -> None:
        if self.waiting.full():
            self.waiting.get_nowait()
        self.waiting.put_nowait(touched)


class Hub:
    """The open screens of this process, by owner."""

    def __init__(self) -> None:
        self._screens: dict[int, list[Screen]] = {}
        self._lock = threading.Lock()
        self.closing = False

    def join(self, owner_id: int) -> Screen:
        """Open a screen on the running loop; beyond 20 of one person the oldest is closed."""
        screen = Screen(owner_id=owner_id, loop=asyncio.get_running_loop())
        with self._lock:
            mine = self._screens.setdefault(owner_id, [])
            mine.append(screen)
            too_old = mine[:-MOST_SCREENS]
        for old in too_old:
            old.push(None)
        return screen

    def leave(self, screen: Screen) -> None:
        """Close a screen."""
        with self._lock:
            mine = self._screens.get(screen.owner_id, [])
            if screen in mine:
                mine.remove(screen)
            if not mine:
                self._screens.pop(screen.owner_id, None)

    def publish(self, touched: Touched) -> None:
        """Tell the owner's screens in this process."""
        with self._lock:
            mine = list(self._screens.get(touched.owner_id, ()))
        for screen in mine:
            screen.push(touched)

    def count(self) -> int:
        """Count the open screens."""
        with self._lock:
            return sum(len(mine) for mine in self._screens.values())

    def close(self) -> None:
        """Say goodbye to every screen, so that the server can stop."""
        self.closing = True
        with self._lock:
            everybody = [screen for mine in self._screens.values() for screen in mine]
        for screen in everybody:
            screen.push(None)


class Relay(threading.Thread):
    """Carries changes between processes over Redis. Without Redis for a while, screens catch up on reconnect."""

    def __init__(self, url: str, deliver: Callable[[Touched], None]) -> None:
        super().__init__(name="onharu-relay", daemon=True)
        self.origin = uuid.uuid4().hex
        self._client = redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=1, health_check_interval=15)
        self._deliver = deliver
        self._stopping = threading.Event()
        self.ready = threading.Event()

    def send(self, touched: Touched) -> None:
        """Tell the other processes; a Redis that does not answer is logged and passed over."""
        body = {"o": self.origin, "w": touched.owner_id, "d": touched.day.isoformat(), "v": touched.version}
        try:
            self._client.publish(CHANNEL, json.dumps(body))
        except redis.RedisError:
            log.warning("relay_send_failed")

    def run(self) -> None:
        """Listen until `stop`."""
        while not self._stopping.is_set():
            try:
                self._listen()
            except redis.RedisError:
                log.warning("relay_lost")
                self._stopping.wait(RECONNECT_SECONDS)

    def stop(self) -> None:
        """End at the next pause of the listener."""
        self._stopping.set()

    def _listen(self) -> None:
        with self._client.pubsub(ignore_subscribe_messages=True) as heard:
            heard.subscribe(CHANNEL)
            heard.get_message(timeout=1)
            self.ready.set()
            while not self._stopping.is_set():
                message = heard.get_message(timeout=1)
                if message is not None:
                    self._receive(message["data"])

    def _receive(self, raw: bytes) -> None:
        body: dict[str, Any] = json.loads(raw)
        if body["o"] != self.origin:
            self._deliver(Touched(owner_id=int(body["w"]), day=date.fromisoformat(body["d"]), version=int(body["v"])))


hub = Hub()
_relay: Relay | None = None
_relay_lock = threading.Lock()


def relay() -> Relay | None:
    """Find this process's relay, started at first use; None without Redis."""
    global _relay  # noqa: PLW0603 one relay a process
    if not settings.REDIS_URL:
        return None
    with _relay_lock:
        if _relay is None or not _relay.is_alive():
            _relay = Relay(settings.REDIS_URL, hub.publish)
            _relay.start()
        return _relay


def announce(touched: Touched, **_: object) -> None:
    """Receive the one signal: tell the screens here, and the other processes."""
    hub.publish(touched)
    if (carrier := relay()) is not None:
        carrier.send(touched)


def listen() -> None:
    """Start hearing the signal."""
    day_touched.connect(announce, dispatch_uid="day.stream")
