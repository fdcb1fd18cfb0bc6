"""What a worker is given in tests. Every run is a line of a file; every effect a row that there can be only one of."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from datetime import date, timedelta

from onharu.kernel.holidays import ExtraHoliday
from onharu.kernel.jobs import broker, queue, registry, thread
from onharu.kernel.jobs.registry import job
from tests.toys import LINES

FIRST = date(1900, 1, 1)

# So that a test need not wait for minutes.
registry.MARGIN = timedelta(seconds=3)
broker.KILLED_AFTER = 1
broker.RESENT = timedelta(seconds=3)
queue.FIRST_PAUSE = queue.LONGEST_PAUSE = 0.5
thread.POLL_SECONDS = 0.2


def note(word: str) -> None:
    """Write a line at once, whatever happens next."""
    descriptor = os.open(os.environ[LINES], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{word}\n".encode())
    os.close(descriptor)


@job("toy.effect", seconds=4)
def effect(number: int, seconds: float = 0.0) -> None:
    """Begin, take a while, and have an effect that may be had once."""
    note(f"began {number}")
    time.sleep(seconds)
    ExtraHoliday.objects.get_or_create(day=FIRST + timedelta(days=number), defaults={"name": "toy"})
    note(f"ended {number}")


@job("toy.poison", seconds=4)
def poison() -> None:
    """Take the worker along."""
    note("poison")
    os.kill(os.getpid(), signal.SIGKILL)


@job("toy.slow", seconds=1)
def slow() -> None:
    """Take longer than it may."""
    note("slow")
    time.sleep(60)


@job("toy.deaf", seconds=1)
def deaf() -> None:
    """Take longer than it may, and not hear of it."""
    note("deaf")
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(Exception):
            time.sleep(1)
