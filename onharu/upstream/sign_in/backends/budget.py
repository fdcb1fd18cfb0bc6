"""Somebody waits on an empty page: a few seconds for all the calls of one sign-in together."""

from __future__ import annotations

from dataclasses import replace

from onharu.kernel import clock
from onharu.upstream.faults import Unavailable
from onharu.upstream.http import Limits

# Answers are a few kilobytes; a code is sent once, as it can be used once.
CALL = Limits(deadline=4.0, connect=2.0, max_bytes=64_000, attempts=2)
TOTAL = 8.0
LEAST_LEFT = 0.05


class Budget:
    """The seconds of one sign-in, from its making on."""

    def __init__(self, upstream: str, limits: Limits, seconds: float) -> None:
        self._upstream, self._limits = upstream, limits
        self._ends = clock.monotonic() + seconds

    def limits(self) -> Limits:
        """Tell what the next call may cost. Raises Unavailable when the time is over."""
        left = self._ends - clock.monotonic()
        if left < LEAST_LEFT:
            raise Unavailable(self._upstream, "deadline")
        return replace(self._limits, deadline=min(self._limits.deadline, left))
