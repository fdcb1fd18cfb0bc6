"""The adapter of the embedded server: a thread that asks the table, once a second and whenever somebody rings."""

from __future__ import annotations

import uuid

import structlog
from django.db import close_old_connections

from onharu.kernel import clock, walls
from onharu.kernel.jobs import queue, watching
from onharu.kernel.jobs.registry import seconds_of
from onharu.kernel.patience import long_work
from onharu.kernel.threads import Watched

log = structlog.get_logger(__name__)
POLL_SECONDS = 1.0
PULSE_SECONDS = 30.0


class Worker(Watched):
    """The embedded server's worker: runs what is due, sleeps until the bell rings or a second passes."""

    def __init__(self) -> None:
        super().__init__("onharu-jobs")
        self._known: dict[str, str] = {}
        self._told_at = float("-inf")

    def run(self) -> None:
        """Work for the house until `stop` is called."""
        with walls.for_house(), long_work():
            self._work()

    def _work(self) -> None:
        while not self.stopping.is_set():
            try:
                close_old_connections()
                ran = self._look()
            except Exception:
                log.exception("jobs_unreachable")
                ran = False
            if not ran:
                queue.rest(POLL_SECONDS)

    def _look(self) -> bool:
        """Run the one job that is due first; tells whether there was one."""
        self.beat_at, self.allowed = clock.monotonic(), 0.0
        if self.beat_at - self._told_at > PULSE_SECONDS:
            watching.looked()
            self._told_at = self.beat_at
        queue.owe_periodic(self._known)
        row = queue.claim(uuid.uuid4().hex)
        if row is None:
            return False
        self.allowed = float(seconds_of(row.name))
        queue.run(row)
        return True

    def end_soon(self) -> None:
        """Take no further job; returns at once."""
        super().end_soon()
        queue.ring()
