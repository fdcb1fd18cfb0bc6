"""What is looked at every few seconds, in a thread of its own.

A tick is no job: it leaves no row, nobody waits for it, and one that was missed is not made up for. What it finds to do
is claimed row by row by whoever ticks, so any number of processes may tick at once. It does not share the thread of
`jobs`, as what is due at eight must not wait for an import that takes ten minutes.

Most looks are the house's: one process that ticks is enough (`onharu up`, `onharu beat`). Some are about what a serving
process remembers by itself, and each serving process takes those, in another thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog
from django.db import close_old_connections

from onharu.kernel import clock, measures, walls
from onharu.kernel.patience import long_work
from onharu.kernel.threads import Watched

log = structlog.get_logger(__name__)
Look = Callable[[], object]

_looks: dict[str, tuple[float, Look]] = {}
_own: dict[str, tuple[float, Look]] = {}
_bell = threading.Event()


def every(name: str, seconds: float) -> Callable[[Look], Look]:
    """Register a look that is taken every so many seconds, and whenever somebody rings."""

    def register(look: Look) -> Look:
        _looks[name] = (seconds, look)
        return look

    return register


def in_each_process(name: str, seconds: float) -> Callable[[Look], Look]:
    """Register a look that every serving process takes, about what it has in memory."""

    def register(look: Look) -> Look:
        _own[name] = (seconds, look)
        return look

    return register


def ring() -> None:
    """Have the ticker of this process look at everything now; another process's looks at its next tick."""
    _bell.set()


class Ticker(Watched):
    """Takes each look when it is due. A look that raises is logged and taken again at its next time.

    With `own` it takes this process's own looks in place of the house's, and nobody rings for them.
    """

    def __init__(self, *, own: bool = False) -> None:
        super().__init__("onharu-own-ticks" if own else "onharu-ticks")
        self._own = own
        self._ringing = threading.Event() if own else _bell
        self._next_at: dict[str, float] = {}

    def run(self) -> None:
        """Look until `stop` is called."""
        while not self.stopping.is_set():
            self.beat_at = clock.monotonic()
            self.look()
            soonest = min(self._next_at.values(), default=self.beat_at + 1.0)
            if self._ringing.wait(max(0.05, soonest - clock.monotonic())):
                self._ringing.clear()
                self._next_at.clear()

    def look(self) -> None:
        """Take every look whose time has come, for the house."""
        with walls.for_house(), long_work():
            self._look()
        measures.put("ticker_last_look_timestamp_seconds", clock.now().timestamp())

    def _look(self) -> None:
        for name, (seconds, look) in list((_own if self._own else _looks).items()):
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
        super().end_soon()
        self._ringing.set()
