"""The jobs that exist: a stable name, what runs, how long it may take, and when it is owed by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from typing import TypeVar

from onharu.kernel.jobs.periods import Period

Entry = Callable[..., object]
E = TypeVar("E", bound=Entry)

SECONDS = 240  # what a job may take where it does not say
MOST_SECONDS = 3000
# From the limit to the end of the lease: to stop what is too slow, and for clocks of machines that differ.
MARGIN = timedelta(seconds=60)
KILLED_AFTER = 15  # seconds from being asked to stop to being stopped


@dataclass(frozen=True, slots=True)
class Kind:
    """What runs under a name, and for how long at most."""

    entry: Entry
    seconds: int = SECONDS


entries: dict[str, Kind] = {}
periods: dict[str, Period] = {}


def job(name: str, *, seconds: int = SECONDS) -> Callable[[E], E]:
    """Register a background entry under a stable name; it is stopped when it takes longer than `seconds`.

    Only a worker process can stop it; the thread of the embedded server lets it end, and others wait for its lease.
    """
    if not 0 < seconds <= MOST_SECONDS:
        raise ValueError(f"a job may take up to {MOST_SECONDS} seconds, not {seconds}")

    def register(entry: E) -> E:
        entries[name] = Kind(entry, seconds)
        return entry

    return register


def periodic(name: str, every: timedelta, *, at: time = time(0), seconds: int = SECONDS) -> Callable[[E], E]:
    """Register a background entry that is owed once in each period; days and weeks (Sunday) begin at `at` in Seoul."""
    periods[name] = Period(every, at)
    return job(name, seconds=seconds)


def seconds_of(name: str) -> int:
    """Tell how long a job may take; one that nobody registered as long as any."""
    return entries[name].seconds if name in entries else SECONDS


def lease_of(name: str) -> timedelta:
    """Tell for how long a claim holds."""
    return timedelta(seconds=seconds_of(name)) + MARGIN
