"""The line to Redis: it costs one short wait when Redis dies or hangs, then nothing, until Redis answers again.

Every process has one line for an address, and all that asks this Redis asks through it: what one question finds out,
the next one knows. While the line is dead a thread listens for Redis, so that nobody's request has to try. Before the
line is given free again, what was owed meanwhile is done (keys that should have been deleted).
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from typing import TypeVar

import structlog
from django.conf import settings
from redis.exceptions import ClusterError, DataError, ResponseError
from redis.exceptions import ConnectionError as NotConnected

from onharu.kernel.redis_urls import FAULTS, PATIENCE, Client, answers, client_of

log = structlog.get_logger(__name__)
T = TypeVar("T")
Debt = Callable[[Client], object]
FIRST_LOOK, LAST_LOOK = 0.1, 1.0


class RedisAway(Exception):
    """Redis does not do what was asked: it is dead, hangs, or refuses."""


class Line:
    """One address of Redis as a process sees it."""

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        self._url, self._patience = url, patience
        self._lock, self._making = threading.Lock(), threading.Lock()
        self._client: Client | None = None
        self._dead = False
        self._listener: threading.Thread | None = None
        self._debts: list[Debt] = []
        self._stopped = threading.Event()

    @property
    def dead(self) -> bool:
        """Whether Redis did not answer when it was last asked."""
        return self._dead

    def ask(self, question: Callable[[Client], T]) -> T:
        """Ask Redis. Raises RedisAway at once while the line is dead, else after the patience of the line."""
        if self._dead:
            self._listen()
            raise RedisAway
        try:
            return question(self._client or self._connected())
        except FAULTS as error:
            if _means_away(error):
                self._lose(type(error).__name__)
            else:
                log.warning("redis_refused", error=type(error).__name__)
            raise RedisAway from error

    def owe(self, debt: Debt) -> None:
        """Have something done before the line is given free again. What raises keeps it dead.

        Whoever was refused a moment ago may come when it is free already: then it is dead until that is done.
        """
        with self._lock:
            if debt not in self._debts:
                self._debts.append(debt)
            self._dead = True
        self._listen()

    def close(self) -> None:
        """Hang up."""
        self._stopped.set()
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _connected(self, *, anyway: bool = False) -> Client:
        """Make the client once. One of a cluster asks for its nodes at once: who waited for that in vain gives up."""
        with self._making:
            if self._dead and not anyway:
                raise NotConnected
            if self._client is None:
                self._client = client_of(self._url, patience=self._patience)
            return self._client

    def _lose(self, error: str) -> None:
        with self._lock:
            first, self._dead = not self._dead, True
        if first:
            log.warning("redis_away", error=error)
        self._listen()

    def _listen(self) -> None:
        """Have a thread look for Redis. A process that was forked has lost it and starts its own."""
        with self._lock:
            if self._dead and (self._listener is None or not self._listener.is_alive()):
                self._listener = threading.Thread(target=self._until_back, name="onharu-redis-line", daemon=True)
                self._listener.start()

    def _until_back(self) -> None:
        wait = FIRST_LOOK
        while not self._stopped.wait(wait * (0.75 + secrets.randbelow(500) / 1000)):
            wait = min(wait * 2, LAST_LOOK)
            if self._is_back():
                log.info("redis_back")
                return

    def _is_back(self) -> bool:
        try:
            client = self._connected(anyway=True)
            answers(client)
            while self._dead:
                self._settle(client)
        except FAULTS:
            return False
        return True

    def _settle(self, client: Client) -> None:
        """Do what is owed; when nothing is, the line is free."""
        with self._lock:
            debt = self._debts.pop(0) if self._debts else None
            self._dead = debt is not None
        if debt is None:
            return
        try:
            debt(client)
        except FAULTS:
            self.owe(debt)
            raise


def _means_away(error: BaseException) -> bool:
    """Tell a server that is not there from one that answered with a refusal."""
    return isinstance(error, ClusterError) or not isinstance(error, ResponseError | DataError)


_lines: dict[str, Line] = {}
_lock = threading.Lock()


def line_of(url: str) -> Line:
    """Find this process's line to an address. It is as patient as the setting says, whoever asks first."""
    with _lock:
        if url not in _lines:
            _lines[url] = Line(url, settings.REDIS_PATIENCE)
        return _lines[url]


def hang_up() -> None:
    """Forget every line. For tests."""
    with _lock:
        gone = list(_lines.values())
        _lines.clear()
    for line in gone:
        line.close()
