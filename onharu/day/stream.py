"""The live stream: every open screen of a person learns within a second that a day changed.

In one process the signal reaches the screens directly; between processes it goes through Redis pub/sub
where one is configured. Events carry a date and a version, nothing else: the screen asks for the rest.
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from onharu.accounts.public import forget
from onharu.kernel.days import Touched, day_touched

MOST_SCREENS = 20


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
        self.call_anew()

    def call_anew(self) -> None:
        """End every stream: a screen comes back by itself, says what it has, and is told what it missed."""
        with self._lock:
            everybody = [screen for mine in self._screens.values() for screen in mine]
        for screen in everybody:
            screen.push(None)


class Carrier(Protocol):
    """Carries changes to the other processes."""

    def start(self) -> None:
        """Begin to listen."""

    def is_alive(self) -> bool:
        """Whether it listens."""

    def send(self, touched: Touched) -> None:
        """Tell the other processes."""


hub = Hub()
_relay: Carrier | None = None
_relay_lock = threading.Lock()


def delivered(touched: Touched) -> None:
    """Take a change from another process: what is remembered of the person here may be old now."""
    forget(touched.owner_id)
    hub.publish(touched)


def relay() -> Carrier | None:
    """Find this process's relay, started at first use; None without Redis."""
    global _relay  # noqa: PLW0603 one relay a process
    if not settings.LIVE_RELAY:
        return None
    with _relay_lock:
        if _relay is None or not _relay.is_alive():
            _relay = import_string(settings.LIVE_RELAY)(settings.REDIS_URL, delivered, hub.call_anew)
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
