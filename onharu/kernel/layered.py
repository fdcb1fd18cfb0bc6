"""Finished answers in two layers, this process's memory and everybody's in Redis; else made, once for all who wait.

A name tells everything that an answer depends on, the version of what it tells of included, so that a kept answer is
right or cannot be found: nothing has to be taken back from other processes. Rows of people are kept in no Redis.

An answer is fresh for a while, spread by a quarter either way, so that not all end together; then stale for a while:
one asking makes it anew, the others are given the stale one, and so is that one when making fails. One that is nowhere
is made by one thread of one process: the others of its process wait for that thread, other processes look into Redis.
Whoever dies over it loses the right after `lease` seconds. Without Redis every process makes its own.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event, Lock
from typing import NamedTuple

import structlog
from cachetools import TLRUCache
from django.conf import settings

from onharu.kernel import clock, layers_in_redis, measures
from onharu.kernel.redis_line import RedisAway

log = structlog.get_logger(__name__)
KEPT_BYTES = 16 * 1024 * 1024
LARGEST = KEPT_BYTES // 8
LEASE = 5.0


class Layer(StrEnum):
    """Where an answer came from."""

    HERE = "here"
    SHARED = "shared"
    MADE = "made"


class Made(NamedTuple):
    """A finished answer, and whether it may be kept."""

    body: bytes
    keep: bool = True


class Found(NamedTuple):
    """A finished answer and where it came from."""

    body: bytes
    layer: Layer


class _Kept(NamedTuple):
    """An answer, until when it is fresh, and until when it is kept at all, on this process's clock."""

    body: bytes
    fresh_until: float
    ends_at: float


@dataclass(slots=True, eq=False)
class _Run:
    """Somebody is making an answer; the others wait."""

    done: Event = field(default_factory=Event)
    found: Found | None = None


Make = Callable[[], Made]


class Layered:
    """Answers of one kind. Thread-safe. `shared=False` keeps them out of Redis."""

    def __init__(
        self, name: str, *, fresh: float, stale: float = 0.0, shared: bool = True, lease: float = LEASE
    ) -> None:
        self._name, self._fresh, self._stale, self._lease, self._shared = name, fresh, stale, lease, shared
        self._lock = Lock()
        self._running: dict[Hashable, _Run] = {}
        self._kept: TLRUCache[Hashable, _Kept] = TLRUCache(
            KEPT_BYTES, lambda _named, kept, _now: kept.ends_at, clock.monotonic, lambda kept: len(kept.body)
        )

    def get(self, named: Hashable, make: Make) -> Found:
        """Find an answer, or have it made once. What `make` raises reaches who makes; who waited makes it then."""
        with self._lock:
            kept = self._kept.get(named)
            run, mine = self._running.get(named), False
            if run is None and (kept is None or kept.fresh_until <= clock.monotonic()):
                run, mine = self._running.setdefault(named, _Run()), True
        if run is None or (kept is not None and not mine):
            return self._here(kept)
        if not mine:
            return self._waited(run, make)
        try:
            run.found = self._lead(named, kept, make)
        finally:
            with self._lock:
                del self._running[named]
            run.done.set()
        return run.found

    def _here(self, kept: _Kept | None) -> Found:
        assert kept is not None  # noqa: S101 where nothing is kept somebody makes it
        self._tell("hit" if kept.fresh_until > clock.monotonic() else "stale")
        return Found(kept.body, Layer.HERE)

    def _waited(self, run: _Run, make: Make) -> Found:
        """Take what another thread made; where that came to nothing, make it.

        That thread may itself wait for a process that died, so it is waited for longer than it waits.
        """
        if run.done.wait(3 * self._lease) and run.found is not None:
            measures.count("singleflight_shared_total")
            self._tell("hit")
            return run.found
        self._tell("miss")
        return Found(make().body, Layer.MADE)

    def _lead(self, named: Hashable, kept: _Kept | None, make: Make) -> Found:
        """Find it in Redis or make it, for every thread of this process."""
        name, whose = "", ""
        if self._shared and settings.REDIS_URL:
            name = layers_in_redis.hashed(self._name, named)
            try:
                found, whose = self._ask_others(named, name, kept)
            except RedisAway:
                found, name = None, ""
            if found is not None:
                return found
            with self._lock:
                kept = self._kept.get(named) or kept
        self._tell("miss")
        return self._make(named, name if whose else "", whose, kept, make)

    def _ask_others(self, named: Hashable, name: str, kept: _Kept | None) -> tuple[Found | None, str]:
        """Find it fresh, be content with a stale one that another makes anew, or get the right to make it.

        Raises RedisAway.
        """
        until = clock.monotonic() + 2 * self._lease
        while clock.monotonic() < until:
            there = layers_in_redis.find(name)
            if fresh := self._fresh_of(named, there):
                return fresh, ""
            if whose := layers_in_redis.claim(name, self._lease):
                return self._unless_just_made(named, name, whose)
            if kept or there:
                self._tell("stale")
                return (Found(kept.body, Layer.HERE) if kept else Found(there.body, Layer.SHARED)), ""  # type: ignore[union-attr]
            time.sleep(0.01 + secrets.randbelow(20) / 1000)
        return None, ""

    def _unless_just_made(self, named: Hashable, name: str, whose: str) -> tuple[Found | None, str]:
        """Look once more: between looking and getting the right another may have finished."""
        if fresh := self._fresh_of(named, layers_in_redis.find(name)):
            layers_in_redis.put(name, whose, b"", 0)
            return fresh, ""
        return None, whose

    def _fresh_of(self, named: Hashable, there: layers_in_redis.InRedis | None) -> Found | None:
        """Keep what Redis has, a stale answer too: it is given while another is made, and when that fails."""
        if there is None:
            return None
        self._keep(named, there.body, there.seconds - self._stale)
        if there.seconds <= self._stale:
            return None
        self._tell("hit")
        return Found(there.body, Layer.SHARED)

    def _make(self, named: Hashable, name: str, whose: str, kept: _Kept | None, make: Make) -> Found:
        made, seconds = None, 0.0
        try:
            made = make()
        except Exception as error:
            if kept is None:
                raise
            log.warning("answer_stale", kind=self._name, error=type(error).__name__)
            return Found(kept.body, Layer.HERE)
        finally:
            if made is not None and made.keep and len(made.body) <= LARGEST:
                seconds = self._fresh * (0.75 + secrets.randbelow(500) / 1000)
                self._keep(named, made.body, seconds)
            if name:
                layers_in_redis.put(name, whose, made.body if made else b"", seconds + self._stale if seconds else 0)
        return Found(made.body, Layer.MADE)

    def _keep(self, named: Hashable, body: bytes, seconds: float) -> None:
        now = clock.monotonic()
        with self._lock:
            self._kept[named] = _Kept(body, now + seconds, now + seconds + self._stale)

    def _tell(self, result: str) -> None:
        measures.count("cache_requests_total", cache=self._name, result=result)

    def forget(self) -> None:
        """Drop what this process keeps."""
        with self._lock:
            self._kept.clear()

    def size(self) -> tuple[int, int]:
        """Tell how many answers this process keeps, and their bytes."""
        with self._lock:
            return len(self._kept), int(self._kept.currsize)
