"""Answers to questions, finished and kept: in this process, and in Redis for every process where there is one.

What is kept is kept under the shelf's stamp, which is read before an answer is made, so an answer from before a change
is never found after it. A process looks at the stamp at most once a second, so an answer is at most a second older than
the shelf.
"""

from __future__ import annotations

from threading import Lock

from onharu.catalog.medicines.models import Loaded
from onharu.catalog.medicines.rules.questions import Asked
from onharu.kernel import clock
from onharu.kernel.layered import Found, Layered, Make

STAMP = "medicines.stamp"
LOOK_EVERY = 1.0
FRESH, STALE = 600.0, 600.0


class Memory:
    """Finished answers by question, as long as the shelf is the same. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers = Layered("medicines", fresh=FRESH, stale=STALE)
        self._stamp: str | None = None
        self._looked_at = float("-inf")

    def get(self, asked: Asked, make: Make) -> Found:
        """Find the answer of the shelf as it stands, or have it made once for all who ask now."""
        return self._answers.get((self._look(), asked), make)

    def forget(self) -> None:
        """Drop everything that this process keeps, as a new process would."""
        with self._lock:
            self._answers.forget()
            self._stamp, self._looked_at = None, float("-inf")

    def _look(self) -> str | None:
        now = clock.monotonic()
        if now - self._looked_at >= LOOK_EVERY:
            stamp = current_stamp()
            with self._lock:
                self._looked_at = now
                if stamp != self._stamp:
                    self._answers.forget()
                    self._stamp = stamp
        return self._stamp

    def size(self) -> tuple[int, int]:
        """Tell how many answers are kept here, and their bytes."""
        return self._answers.size()


def current_stamp() -> str | None:
    """Read which state of the shelf stands in the database; None before anything was put on it. One statement."""
    return Loaded.objects.filter(table=STAMP).values_list("edition", flat=True).first()


memory = Memory()
