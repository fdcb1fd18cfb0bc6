"""The layer that every process shares: finished answers in Redis, and the right to make one.

Names are hashed with the house's key: nobody reads from Redis what was asked. An answer and the right to make it lie in
one slot of a cluster, so that one script can put the one there and give the other back.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Hashable
from typing import Any, NamedTuple

from django.conf import settings

from onharu.kernel.redis_line import RedisAway, line_of
from onharu.kernel.redis_urls import Client

PREFIX = "onharu:answer:"
# KEYS[1] the answer, KEYS[2] the right to make it; ARGV[1] whose right, ARGV[2] the answer, ARGV[3] milliseconds, 0 of
# an answer that is not kept.
PUT = """
if ARGV[3] ~= '0' then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
return 1
"""


class InRedis(NamedTuple):
    """An answer, and for how many seconds it will be there."""

    body: bytes
    seconds: float


def hashed(kind: str, named: Hashable) -> str:
    """Name an answer so that nobody reads from it what was asked."""
    said = f"{kind}:{named!r}".encode()
    return hashlib.blake2b(said, key=settings.SECRET_KEY.encode()[:64], digest_size=24).hexdigest()


def find(name: str) -> InRedis | None:
    """Find an answer; None where there is none. Raises RedisAway."""

    def both(client: Client) -> Any:
        with client.pipeline(transaction=False) as pipe:
            pipe.get(_answer(name))
            pipe.pttl(_answer(name))
            return pipe.execute()

    body, left = line_of(settings.REDIS_URL).ask(both)
    return None if body is None else InRedis(body, max(left, 0) / 1000)


def claim(name: str, lease: float) -> str:
    """Take the right to make an answer for so many seconds; "" where another has it. Raises RedisAway."""
    whose, milliseconds = secrets.token_hex(8), int(lease * 1000)
    given = line_of(settings.REDIS_URL).ask(lambda client: client.set(_right(name), whose, px=milliseconds, nx=True))
    return whose if given else ""


def put(name: str, whose: str, body: bytes, seconds: float) -> None:
    """Put an answer there for so many seconds, 0 for none at all, and give the right to make it back."""
    milliseconds = int(seconds * 1000)
    try:
        line_of(settings.REDIS_URL).ask(
            lambda client: client.eval(PUT, 2, _answer(name), _right(name), whose, body, milliseconds)
        )
    except RedisAway:
        return  # the right ends by itself, and who looks for the answer makes it


def _answer(name: str) -> str:
    return f"{PREFIX}{{{name}}}"


def _right(name: str) -> str:
    return f"{PREFIX}{{{name}}}:made-by"
