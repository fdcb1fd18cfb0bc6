"""Where the state of circuits is kept: the port that a store of them fulfils, and the store of one process.

A circuit opens after five failures in a row and lets one probe out a minute. A hold is something else: a server said
until when not to ask (a day's quota is used up), so not even a probe goes out before that.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

FAILURES_TO_OPEN = 5
OPEN_SECONDS = 60.0
SHARED = "onharu.upstream.circuits_in_redis.CircuitsInRedis"


class Circuits(Protocol):
    """Where the state of every circuit is kept. Each method is one atomic step; `now` is in seconds."""

    def admit(self, name: str, now: float) -> float:
        """Return 0 when a call may go out, else the seconds until the next probe. Admitting may hand out the probe."""

    def failed(self, name: str, now: float) -> bool:
        """Note a failure; say whether it opened the circuit."""

    def succeeded(self, name: str) -> bool:
        """Note a success; say whether it closed an open circuit."""

    def hold(self, name: str, now: float, seconds: float) -> None:
        """Remember that nothing may be asked under this name for some time."""

    def held(self, name: str, now: float) -> float:
        """Return for how many seconds nothing may be asked under this name, 0 when something may."""


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
        self._holds: dict[str, float] = {}

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

    def hold(self, name: str, now: float, seconds: float) -> None:
        """Remember until when; the later of two ends counts."""
        with self._lock:
            self._holds[name] = max(self._holds.get(name, now), now + seconds)

    def held(self, name: str, now: float) -> float:
        """Return what is left of a hold."""
        with self._lock:
            return max(0.0, self._holds.get(name, now) - now)


def circuits_of_the_house() -> Circuits:
    """Make the store of circuits: shared by every process where Redis is configured, else of this process."""
    if not settings.REDIS_URL:
        return CircuitsInMemory()
    # Loaded by name: a house without Redis does not carry its client.
    shared: Circuits = import_string(SHARED)(settings.REDIS_URL)
    return shared
