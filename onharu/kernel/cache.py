"""Django's cache in Redis, which may be away: then what is kept is kept in this process, and no request fails.

What this process wrote meanwhile is deleted in Redis before Redis is asked again, so nothing from before comes back.
A cache with the option `WHILE_AWAY: "empty"` keeps nothing meanwhile: it holds what one process deletes when a person
writes, and without Redis the other processes would not hear of that.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from threading import Lock
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisSerializer

from onharu.kernel import measures
from onharu.kernel.redis_line import Line, RedisAway, line_of
from onharu.kernel.redis_urls import Client

T = TypeVar("T")
MOST_OWED = 10_000
AT_ONCE = 500


class _Meanwhile:
    """What a process keeps while Redis is away, and the keys it must delete there afterwards."""

    def __init__(self, url: str, *, empty: bool, everything: str) -> None:
        name = f"while-away:{url}"
        self.memory: BaseCache = (
            DummyCache(name, {}) if empty else LocMemCache(name, {"OPTIONS": {"MAX_ENTRIES": 20000}})
        )
        self._everything = everything
        self._lock = Lock()
        self._owed: set[str] = set()
        self._all = False

    def owe(self, line: Line, keys: Iterable[str] | None) -> None:
        """Remember keys whose value in Redis is old now. None is everything; so are more than ten thousand."""
        with self._lock:
            self._owed.update(keys or ())
            if keys is None or len(self._owed) > MOST_OWED:
                self._owed.clear()
                self._all = True
        line.owe(self.pay)

    def pay(self, client: Client) -> None:
        """Delete in Redis what is old there, and forget what was kept here."""
        with self._lock:
            keys, everything = list(self._owed), self._all
        if everything:
            delete_like(client, self._everything)
        delete_all(client, keys)
        with self._lock:
            self._owed.difference_update(keys)
            self._all = self._all and not everything
        self.memory.clear()


_meanwhile: dict[tuple[str, bool], _Meanwhile] = {}
_lock = Lock()


def delete_like(client: Client, pattern: str) -> None:
    """Delete every key of a pattern; whatever else lies in this Redis stays."""
    delete_all(client, client.scan_iter(pattern, count=AT_ONCE))


def delete_all(client: Client, keys: Iterable[Any]) -> None:
    """Delete keys, some hundreds in one round trip; in a cluster they lie anywhere."""
    left = iter(keys)
    while some := list(islice(left, AT_ONCE)):
        with client.pipeline(transaction=False) as pipe:
            for key in some:
                pipe.unlink(key)
            pipe.execute()


class SharedCache(BaseCache):
    """Django's cache for every process of this house."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        options = params.get("OPTIONS", {})
        self._line = line_of(server)
        self._serializer = RedisSerializer(pickle.HIGHEST_PROTOCOL)
        empty = options.get("WHILE_AWAY") == "empty"
        with _lock:
            self._meanwhile = _meanwhile.setdefault(
                (server, empty), _Meanwhile(server, empty=empty, everything=self._pattern())
            )

    def _pattern(self) -> str:
        return f"{self.key_prefix}:*"

    def _read(self, question: Callable[[Client], T], instead: Callable[[BaseCache], T]) -> T:
        try:
            return self._line.ask(question)
        except RedisAway:
            measures.count("cache_requests_total", cache="shared", result="error")
            return instead(self._meanwhile.memory)

    def _write(
        self, keys: Iterable[str] | None, question: Callable[[Client], T], instead: Callable[[BaseCache], T]
    ) -> T:
        try:
            return self._line.ask(question)
        except RedisAway:
            self._meanwhile.owe(self._line, keys)
            return instead(self._meanwhile.memory)

    def _milliseconds(self, timeout: Any) -> int | None:
        """How long something is kept; None for ever, 0 not at all."""
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return None if seconds is None else max(0, int(seconds * 1000))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Find a value, else the default."""
        made = self.make_and_validate_key(key, version)
        found = self._read(lambda client: client.get(made), lambda here: here.get(made, _NOTHING))
        here = found is not None and found is not _NOTHING
        measures.count("cache_requests_total", cache="shared", result="hit" if here else "miss")
        if not here:
            return default
        return self._serializer.loads(found)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value."""
        made, kept = self.make_and_validate_key(key, version), self._serializer.dumps(value)
        milliseconds = self._milliseconds(timeout)
        if milliseconds == 0:
            self.delete(key, version)
            return
        self._write(
            [made],
            lambda client: client.set(made, kept, px=milliseconds),
            lambda here: here.set(made, kept, _seconds(milliseconds)),
        )

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value where there is none; tells whether there was none."""
        made, kept = self.make_and_validate_key(key, version), self._serializer.dumps(value)
        milliseconds = self._milliseconds(timeout)
        if milliseconds == 0:
            return not self.has_key(key, version)
        return bool(
            self._write(
                [made],
                lambda client: client.set(made, kept, px=milliseconds, nx=True),
                lambda here: here.add(made, kept, _seconds(milliseconds)),
            )
        )

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value for longer; tells whether there is one."""
        made, milliseconds = self.make_and_validate_key(key, version), self._milliseconds(timeout)

        def kept_on(client: Client) -> Any:
            return (
                client.persist(made) or client.exists(made)
                if milliseconds is None
                else client.pexpire(made, milliseconds)
            )

        return bool(self._write([made], kept_on, lambda here: here.touch(made, _seconds(milliseconds))))

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget a value; tells whether there was one."""
        made = self.make_and_validate_key(key, version)
        return bool(self._write([made], lambda client: client.delete(made), lambda here: here.delete(made)))

    def has_key(self, key: Any, version: int | None = None) -> bool:
        """Whether there is a value."""
        made = self.make_and_validate_key(key, version)
        return bool(self._read(lambda client: client.exists(made), lambda here: here.has_key(made)))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Add to a number. Raises ValueError where there is none."""
        made = self.make_and_validate_key(key, version)
        added = self._write(
            [made],
            lambda client: client.eval(_ADDED, 1, made, delta),
            lambda here: here.incr(made, delta) if here.has_key(made) else None,
        )
        if added is None:
            raise ValueError(f"Key {key!r} not found.")
        return int(added)

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        """Find several values at once."""
        made = {self.make_and_validate_key(key, version): key for key in keys}

        def all_of(client: Client) -> dict[str, Any]:
            with client.pipeline(transaction=False) as pipe:
                for one in made:
                    pipe.get(one)
                return dict(zip(made, pipe.execute(), strict=True))

        found = self._read(all_of, lambda here: here.get_many(made))
        return {made[one]: self._serializer.loads(value) for one, value in found.items() if value is not None}

    def set_many(
        self, data: Mapping[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[Any]:
        """Keep several values at once; lists what could not be kept, which is nothing."""
        milliseconds = self._milliseconds(timeout)
        if milliseconds == 0:
            self.delete_many(data, version)
            return []
        made = {self.make_and_validate_key(key, version): self._serializer.dumps(one) for key, one in data.items()}

        def all_of(client: Client) -> list[Any]:
            with client.pipeline(transaction=False) as pipe:
                for one, value in made.items():
                    pipe.set(one, value, px=milliseconds)
                return list(pipe.execute())

        self._write(made, all_of, lambda here: here.set_many(made, _seconds(milliseconds)))
        return []

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        """Forget several values at once."""
        made = [self.make_and_validate_key(key, version) for key in keys]
        if made:
            self._write(made, lambda client: delete_all(client, made), lambda here: here.delete_many(made))

    def clear(self) -> None:
        """Forget everything of this house; what others keep in the same Redis stays."""
        self._write(None, lambda client: delete_like(client, self._pattern()), lambda here: here.clear())


_NOTHING = object()
# KEYS[1] the number; ARGV[1] what is added.
_ADDED = "if redis.call('EXISTS', KEYS[1]) == 0 then return false end return redis.call('INCRBY', KEYS[1], ARGV[1])"


def _seconds(milliseconds: int | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000
