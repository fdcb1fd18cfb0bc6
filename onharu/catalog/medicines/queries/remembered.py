"""Answers to questions, finished and kept in this process: the first layer of a search.

What is kept is dropped when the shelf's stamp changes, in whatever process that happened; a process looks at the stamp
at most once a second, so a kept answer is at most a second older than the shelf. Lifetimes are spread, so that not all
popular answers are made anew in the same moment.
"""

from __future__ import annotations

import secrets
from threading import Lock

from cachetools import TLRUCache

from onharu.catalog.medicines.models import Loaded
from onharu.catalog.medicines.rules.questions import Asked
from onharu.kernel import clock

STAMP = "medicines.stamp"
LOOK_EVERY = 1.0
LIVES = 600.0
KEPT_BYTES = 16 * 1024 * 1024


def _lives_until(_key: Asked, _value: bytes, now: float) -> float:
    """Spread lifetimes by a quarter either way."""
    return now + LIVES * (0.75 + secrets.randbelow(500) / 1000)


class Memory:
    """Finished answers by question, bounded in bytes. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: TLRUCache[Asked, bytes] = TLRUCache(KEPT_BYTES, _lives_until, clock.monotonic, len)
        self._stamp: str | None = None
        self._looked_at = float("-inf")

    def get(self, asked: Asked) -> bytes | None:
        """Find a kept answer; None when there is none or the shelf has changed since."""
        self._look()
        with self._lock:
            return self._answers.get(asked)

    def keep(self, asked: Asked, answer: bytes, stamp: str | None) -> None:
        """Keep an answer that was made while the shelf had this stamp; one made before a change is not kept."""
        with self._lock:
            if stamp == self._stamp and len(answer) < KEPT_BYTES // 8:
                self._answers[asked] = answer

    def stamp(self) -> str | None:
        """Tell under which stamp answers are kept now."""
        return self._stamp

    def forget(self) -> None:
        """Drop everything, as a new process would."""
        with self._lock:
            self._answers.clear()
            self._stamp, self._looked_at = None, float("-inf")

    def _look(self) -> None:
        now = clock.monotonic()
        if now - self._looked_at < LOOK_EVERY:
            return
        stamp = current_stamp()
        with self._lock:
            self._looked_at = now
            if stamp != self._stamp:
                self._answers.clear()
                self._stamp = stamp

    def size(self) -> tuple[int, int]:
        """Tell how many answers are kept, and their bytes."""
        with self._lock:
            return len(self._answers), int(self._answers.currsize)


def current_stamp() -> str | None:
    """Read which state of the shelf stands in the database; None before anything was put on it. One statement."""
    return Loaded.objects.filter(table=STAMP).values_list("edition", flat=True).first()


memory = Memory()
