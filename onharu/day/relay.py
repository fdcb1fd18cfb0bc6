"""Carries changed days between processes over Redis pub/sub. Chosen by the setting LIVE_RELAY, never imported."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import redis
import structlog

from onharu.kernel.days import Touched

log = structlog.get_logger(__name__)
CHANNEL = "onharu:days"
RECONNECT_SECONDS = 2.0


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
        with self._client.pubsub(ignore_subscribe_messages=True) as heard:  # type: ignore[no-untyped-call]
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
