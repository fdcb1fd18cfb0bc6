"""Stops asking a server that does not answer: five failures open the circuit, one probe a minute closes it.

The state lives behind `Circuits`: shared by all processes where Redis is configured, else in this one.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog

from onharu.kernel import clock, measures
from onharu.upstream import tally
from onharu.upstream.circuits import FAILURES_TO_OPEN, OPEN_SECONDS, Circuits, CircuitsInMemory, circuits_of_the_house
from onharu.upstream.faults import Unavailable

__all__ = ["FAILURES_TO_OPEN", "OPEN_SECONDS", "Breaker", "Circuits", "CircuitsInMemory"]

log = structlog.get_logger(__name__)
CLOSED, OPEN = 0, 2


class Breaker:
    """One upstream's circuit: asked before each call, told after it; announces every change of state.

    A hold is kept for one operation of an upstream, as quotas are counted for each.
    """

    def __init__(
        self, upstream: str, *, circuits: Circuits | None = None, now: Callable[[], float] = clock.monotonic
    ) -> None:
        self._upstream = upstream
        self._circuits: Circuits = circuits if circuits is not None else circuits_of_the_house()
        self._now = now
        self._tell(CLOSED)

    def _tell(self, state: int) -> None:
        measures.put("upstream_breaker_state", state, upstream=self._upstream)

    def admit(self) -> None:
        """Let the call go out, or raise Unavailable at once while the circuit is open."""
        seconds = self._circuits.admit(self._upstream, self._now())
        if seconds > 0:
            self._tell(OPEN)
            tally.count(self._upstream, "breaker_refused")
            raise Unavailable(self._upstream, "breaker_open", retry_after=int(seconds) + 1)

    def failed(self, reason: str) -> None:
        """Note that the upstream did not answer usably."""
        if self._circuits.failed(self._upstream, self._now()):
            self._tell(OPEN)
            tally.count(self._upstream, "breaker_opened")
            log.warning("upstream_breaker_opened", upstream=self._upstream, reason=reason)

    def succeeded(self) -> None:
        """Note that the upstream answered, be it with a refusal."""
        if self._circuits.succeeded(self._upstream):
            self._tell(CLOSED)
            tally.count(self._upstream, "breaker_closed")
            log.info("upstream_breaker_closed", upstream=self._upstream)

    def hold(self, operation: str, seconds: float) -> None:
        """Ask nothing of this operation for so long: the upstream said so."""
        if self.held(operation) <= 0:
            tally.count(self._upstream, "held")
            log.warning("upstream_held", upstream=self._upstream, operation=operation, seconds=round(seconds))
        until = clock.now().timestamp() + seconds
        measures.put("upstream_held_until_timestamp_seconds", until, upstream=self._upstream)
        self._circuits.hold(f"{self._upstream}:{operation}", self._now(), seconds)

    def held(self, operation: str) -> float:
        """Return for how many seconds this operation may not be asked."""
        return self._circuits.held(f"{self._upstream}:{operation}", self._now())
