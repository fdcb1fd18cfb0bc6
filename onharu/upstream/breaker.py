"""Stops asking a server that does not answer: five failures open the circuit, one probe a minute closes it.

The state lives behind `Circuits`, a port of three methods, so that several processes can share it later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

import structlog

from onharu.kernel import clock
from onharu.upstream import tally
from onharu.upstream.faults import Unavailable

FAILURES_TO_OPEN = 5
OPEN_SECONDS = 60.0

log = structlog.get_logger(__name__)


class Circuits(Protocol):
    """Where the state of every circuit is kept. Each method is one atomic step; `now` is in seconds."""

    def admit(self, name: str, now: float) -> float:
        """Return 0 when a call may go out, else the seconds until the next probe. Admitting may hand out the probe."""

    def failed(self, name: str, now: float) -> bool:
        """Note a failure; say whether it opened the circuit."""

    def succeeded(self, name: str) -> bool:
        """Note a success; say whether it closed an open circuit."""


@dataclass(slots=True)
class _Circuit:
    failures: int = 0
    probe_at: float | None = None  # None while closed, else when the next probe may go out


class CircuitsInMemory:
    """Circuits of one process."""

    def __init__(self, failures_to_open: int = FAILURES_TO_OPEN, open_seconds: float = OPEN_SECONDS) -> None:
        self._failures_to_open = failures_to_open
        self._open_seconds = open_seconds
        self._lock = Lock()
        self._circuits: dict[str, _Circuit] = {}

    def admit(self, name: str, now: float) -> float:
        """Let calls pass while closed, and one call each minute while open; a probe that never reports expires."""
        with self._lock:
            circuit = self._circuits.setdefault(name, _Circuit())
            if circuit.probe_at is None:
                return 0.0
            if now < circuit.probe_at:
                return circuit.probe_at - now
            circuit.probe_at = now + self._open_seconds
            return 0.0

    def failed(self, name: str, now: float) -> bool:
        """Count a failure; the fifth in a row opens, and a failed probe keeps it open for another minute."""
        with self._lock:
            circuit = self._circuits.setdefault(name, _Circuit())
            circuit.failures += 1
            was_open = circuit.probe_at is not None
            if was_open or circuit.failures >= self._failures_to_open:
                circuit.probe_at = now + self._open_seconds
            return not was_open and circuit.probe_at is not None

    def succeeded(self, name: str) -> bool:
        """Forget every failure."""
        with self._lock:
            circuit = self._circuits.pop(name, None)
            return circuit is not None and circuit.probe_at is not None


class Breaker:
    """One upstream's circuit: asked before each call, told after it; announces every change of state."""

    def __init__(
        self, upstream: str, *, circuits: Circuits | None = None, now: Callable[[], float] = clock.monotonic
    ) -> None:
        self._upstream = upstream
        self._circuits: Circuits = circuits if circuits is not None else CircuitsInMemory()
        self._now = now

    def admit(self) -> None:
        """Let the call go out, or raise Unavailable at once while the circuit is open."""
        seconds = self._circuits.admit(self._upstream, self._now())
        if seconds > 0:
            tally.count(self._upstream, "breaker_refused")
            raise Unavailable(self._upstream, "breaker_open", retry_after=int(seconds) + 1)

    def failed(self, reason: str) -> None:
        """Note that the upstream did not answer usably."""
        if self._circuits.failed(self._upstream, self._now()):
            tally.count(self._upstream, "breaker_opened")
            log.warning("upstream_breaker_opened", upstream=self._upstream, reason=reason)

    def succeeded(self) -> None:
        """Note that the upstream answered, be it with a refusal."""
        if self._circuits.succeeded(self._upstream):
            tally.count(self._upstream, "breaker_closed")
            log.info("upstream_breaker_closed", upstream=self._upstream)
