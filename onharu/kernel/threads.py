"""A thread that a process cannot do without: watched from its start until it is told to end. Plain Python."""

from __future__ import annotations

import threading
from contextlib import suppress

from onharu.kernel import clock

LATE_SECONDS = 120.0
# Who began here and was not told to end: one that died meanwhile stays on the list.
_watched: list[Watched] = []


def keeping_up() -> bool:
    """Whether the threads of this process live and were at their work lately; true where others do the work.

    One that said how long it may take (`allowed`, seconds) has that besides.
    """
    now = clock.monotonic()
    return all(one.is_alive() and now - one.beat_at < LATE_SECONDS + one.allowed for one in _watched)


class Watched(threading.Thread):
    """Says when it was last at its work (`beat_at`, of the monotonic clock), and works until `stopping` is set."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.stopping = threading.Event()
        self.beat_at: float = clock.monotonic()
        self.allowed: float = 0.0

    def start(self) -> None:
        """Begin, and be watched from now on."""
        super().start()
        _watched.append(self)

    def end_soon(self) -> None:
        """Take nothing further up; returns at once. Saying it twice changes nothing."""
        self.stopping.set()
        with suppress(ValueError):
            _watched.remove(self)

    def stop(self, seconds: float = 10.0) -> None:
        """Finish what is at hand and end."""
        self.end_soon()
        self.join(seconds)
