"""Carries changed days between processes over Redis pub/sub. Chosen by the setting LIVE_RELAY, never imported.

Telling goes over the process's line to Redis and costs nothing while that is dead. Listening has a connection of its
own, which asks Redis every two seconds whether it is there: of a master that hangs, or was replaced, nothing else would
tell. What was told meanwhile is lost, so the screens are asked to come anew and say what they have.
"""

from __future__ import annotations

import json
import secrets
import threading
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import structlog

from onharu.kernel import clock
from onharu.kernel.days import Touched
from onharu.kernel.redis_line import RedisAway, line_of
from onharu.kernel.redis_urls import FAULTS, client_of

log = structlog.get_logger(__name__)
CHANNEL = "onharu:days"
AGAIN_AFTER = 0.5
ASKED_EVERY, SILENT_AFTER = 1.0, 2.5


class Silent(OSError):
    """The server does not answer although the connection stands."""


def _nothing() -> None:
    """Nobody has to be told that something was missed."""


class Relay(threading.Thread):
    """Carries changes between processes over Redis. `missed` is called when changes of others may have been lost."""

    def __init__(self, url: str, deliver: Callable[[Touched], None], missed: Callable[[], None] = _nothing) -> None:
        super().__init__(name="onharu-relay", daemon=True)
        self.origin = uuid.uuid4().hex
        self._url, self._line = url, line_of(url)
        self._deliver, self._missed = deliver, missed
        self._stopping = threading.Event()
        self.ready = threading.Event()

    def send(self, touched: Touched) -> None:
        """Tell the other processes; a Redis that does not answer is passed over."""
        body = {"o": self.origin, "w": touched.owner_id, "d": touched.day.isoformat(), "v": touched.version}
        try:
            self._line.ask(lambda client: client.publish(CHANNEL, json.dumps(body)))
        except RedisAway:
            log.info("relay_send_failed")

    def run(self) -> None:
        """Listen until `stop`."""
        lost = False
        while not self._stopping.is_set():
            try:
                self._listen(after_a_loss=lost)
            except FAULTS as error:
                if not lost:
                    log.warning("relay_lost", error=type(error).__name__)
                lost = True
                self.ready.clear()
                self._stopping.wait(AGAIN_AFTER * (0.5 + secrets.randbelow(1000) / 1000))

    def stop(self) -> None:
        """End at the next pause of the listener."""
        self._stopping.set()

    def _listen(self, *, after_a_loss: bool) -> None:
        client = client_of(self._url)
        try:
            with client.pubsub() as heard:  # type: ignore[no-untyped-call]
                heard.subscribe(CHANNEL)
                if heard.get_message(timeout=1) is None:
                    raise Silent
                self.ready.set()
                if after_a_loss:
                    log.info("relay_back")
                    self._missed()
                self._hear(heard)
        finally:
            client.close()

    def _hear(self, heard: Any) -> None:
        answered = asked = clock.monotonic()
        while not self._stopping.is_set():
            message = heard.get_message(timeout=ASKED_EVERY)
            now = clock.monotonic()
            if message is not None:
                answered = now
                if message["type"] == "message":
                    self._receive(message["data"])
            if now - answered > SILENT_AFTER:
                raise Silent
            if now - asked >= ASKED_EVERY:
                heard.ping()
                asked = now

    def _receive(self, raw: bytes) -> None:
        body: dict[str, Any] = json.loads(raw)
        if body["o"] != self.origin:
            self._deliver(Touched(owner_id=int(body["w"]), day=date.fromisoformat(body["d"]), version=int(body["v"])))
