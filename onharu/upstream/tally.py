"""Counts what happened at the wire, for the metrics page of a later day. One process, no labels beyond these two."""

from __future__ import annotations

from collections import Counter
from threading import Lock

_lock = Lock()
_counts: Counter[tuple[str, str]] = Counter()


def count(upstream: str, outcome: str) -> None:
    """Add one to an upstream's outcome."""
    with _lock:
        _counts[upstream, outcome] += 1


def counted() -> dict[tuple[str, str], int]:
    """Return every (upstream, outcome) seen by this process with its number."""
    with _lock:
        return dict(_counts)


def reset() -> None:
    """Start again from nothing."""
    with _lock:
        _counts.clear()
