"""Counts what happened at the wire: of this process, for whoever asks here, and for the page of figures."""

from __future__ import annotations

from collections import Counter
from threading import Lock

from onharu.kernel import measures

_lock = Lock()
_counts: Counter[tuple[str, str]] = Counter()


def count(upstream: str, outcome: str) -> None:
    """Add one to an upstream's outcome."""
    with _lock:
        _counts[upstream, outcome] += 1


def call(upstream: str, outcome: str, seconds: float) -> None:
    """Add one call that ended, and how long it took."""
    count(upstream, outcome)
    measures.count("upstream_requests_total", upstream=upstream, outcome=outcome)
    measures.observe("upstream_request_duration_seconds", seconds, upstream=upstream)


def counted() -> dict[tuple[str, str], int]:
    """Return every (upstream, outcome) seen by this process with its number."""
    with _lock:
        return dict(_counts)


def reset() -> None:
    """Start again from nothing."""
    with _lock:
        _counts.clear()
