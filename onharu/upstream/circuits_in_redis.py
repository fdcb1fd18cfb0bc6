"""Circuits shared by all processes, in Redis: what one process learns of a server, every process knows.

Each step is one script, so no two processes can take the same probe. Time is the Redis server's own, because clocks of
machines differ. Every failure and success is noted in this process too: while Redis is away, that memory decides, so
the circuits go on for each process by itself. A hanging Redis costs one wait, not one a call (`kernel.redis_line`).
"""

from __future__ import annotations

from typing import Any

from onharu.kernel.redis_line import Line, RedisAway, line_of
from onharu.kernel.redis_urls import Client
from onharu.upstream.circuits import FAILURES_TO_OPEN, OPEN_SECONDS, CircuitsInMemory

PREFIX = "onharu:circuit:"
FORGOTTEN_AFTER = 86_400_000  # milliseconds without a failure or a probe

_NOW = "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000) "
# KEYS[1] the circuit; ARGV[1] milliseconds open, ARGV[2] milliseconds until forgotten.
_ADMIT = (
    _NOW
    + """
local probe_at = redis.call('HGET', KEYS[1], 'probe_at')
if not probe_at then return 0 end
if now < tonumber(probe_at) then return tonumber(probe_at) - now end
redis.call('HSET', KEYS[1], 'probe_at', now + ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 0
"""
)
# … and ARGV[3] failures that open it. Answers 1 when this one did.
_FAILED = (
    _NOW
    + """
local was_open = redis.call('HGET', KEYS[1], 'probe_at')
local failures = redis.call('HINCRBY', KEYS[1], 'failures', 1)
local opens = was_open or failures >= tonumber(ARGV[3])
if opens then redis.call('HSET', KEYS[1], 'probe_at', now + ARGV[1]) end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
if opens and not was_open then return 1 end
return 0
"""
)
_SUCCEEDED = """
local was_open = redis.call('HEXISTS', KEYS[1], 'probe_at')
redis.call('DEL', KEYS[1])
return was_open
"""
# The longer of two holds counts. ARGV[1] milliseconds.
_HOLD = """
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], 1, 'PX', ARGV[1]) end
return 0
"""
_HELD = "return math.max(0, redis.call('PTTL', KEYS[1]))"


class CircuitsInRedis:
    """Circuits of all processes of this house; those of this process alone while Redis is away."""

    def __init__(
        self,
        url: str,
        failures_to_open: int = FAILURES_TO_OPEN,
        open_seconds: float = OPEN_SECONDS,
        line: Line | None = None,
    ) -> None:
        self._open = int(open_seconds * 1000)
        self._failures_to_open = failures_to_open
        self._own = CircuitsInMemory(failures_to_open, open_seconds)
        self._line = line or line_of(url)

    def admit(self, name: str, now: float) -> float:
        """Let calls pass while closed; while open, one process gets the probe of each minute."""
        left = self._asked(_ADMIT, name, self._open, FORGOTTEN_AFTER)
        return self._own.admit(name, now) if left is None else left / 1000

    def failed(self, name: str, now: float) -> bool:
        """Count a failure for everybody; true in the one process whose failure opened the circuit."""
        own = self._own.failed(name, now)
        opened = self._asked(_FAILED, name, self._open, FORGOTTEN_AFTER, self._failures_to_open)
        return own if opened is None else bool(opened)

    def succeeded(self, name: str) -> bool:
        """Forget every failure; true in the one process whose success closed the circuit."""
        own = self._own.succeeded(name)
        closed = self._asked(_SUCCEEDED, name)
        return own if closed is None else bool(closed)

    def hold(self, name: str, now: float, seconds: float) -> None:
        """Remember a hold for everybody."""
        self._own.hold(name, now, seconds)
        if seconds > 0:
            self._asked(_HOLD, f"hold:{name}", int(seconds * 1000) + 1)

    def held(self, name: str, now: float) -> float:
        """Return what is left of a hold that any process heard of."""
        left = self._asked(_HELD, f"hold:{name}")
        return self._own.held(name, now) if left is None else left / 1000

    def _asked(self, script: str, name: str, *words: int) -> float | None:
        """Run a script in Redis; None while Redis is away."""

        def run(client: Client) -> Any:
            return client.eval(script, 1, PREFIX + name, *words)

        try:
            return float(self._line.ask(run))
        except RedisAway:
            return None
