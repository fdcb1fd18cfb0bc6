"""What is looked at every few seconds, in a thread of its own.

A tick is no job: it leaves no row, nobody waits for it, and one that was missed is not made up for. What it finds to do
is claimed row by row by whoever ticks, so any number of processes may tick at once. It does not share the thread of
`jobs`, as what is due at eight must not wait for an import that takes ten minutes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog
from django.db import close_old_connections

from onharu.kernel import clock

log = structlog.get_logger(__name__)
LATE_SECONDS = 120.0
Look = Callable[[], object]

_looks: dict[str, tuple[float, Look]] = {}
_bell = threading.Event()


def every(name: str, seconds: float) -> Callable[[Look], Look]:
    """Register a look that is taken every so many seconds, and whenever somebody rings."""

    def register(look: Look) -> Look:
        _looks[name] = (seconds, look)
        return look

    return register


def ring() -> None:
    """Have the ticker of this process look at everything now; another process's looks at its next tick."""
    _bell.set()


def keeping_up() -> bool:
    """Whether this process's ticker lives and looked lately; true where another process ticks."""
    ticker = next((one for one in threading.enumerate() if isinstance(one, Ticker)), None)
    return ticker is None or clock.monotonic() - ticker.beat_at < LATE_SECONDS


class Ticker(threading.Thread):
    """Takes each look when it is due. A look that raises is logged and taken again at its next time."""

    def __init__(self) -> None:
        super().__init__(name="onharu-ticks", daemon=True)
        self._stopping = threading.Event()
        self._next_at: dict[str, float] = {}
        self.beat_at: float = clock.monotonic()

    def run(self) -> None:
        """Look until `stop` is called."""
        while not self._stopping.is_set():
            self.beat_at = clock.monotonic()
            self.look()
            soonest = min(self._next_at.values(), default=self.beat_at + 1.0)
            if _bell.wait(max(0.05, soonest - clock.monotonic())):
                _bell.clear()
                self._next_at.clear()

    def look(self) -> None:
        """Take every look whose time has come."""
        for name, (seconds, look) in list(_looks.items()):
            now = clock.monotonic()
            if now < self._next_at.get(name, 0.0):
                continue
            self._next_at[name] = now + seconds
            try:
                close_old_connections()
                look()
            except Exception:
                log.exception("tick_failed", look=name)

    def end_soon(self) -> None:
        """Take no further look; returns at once."""
        self._stopping.set()
        _bell.set()

    def stop(self, seconds: float = 10.0) -> None:
        """Finish the look at hand and end."""
        self.end_soon()
        self.join(seconds)
