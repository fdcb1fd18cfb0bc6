"""What the house counts and times, for Prometheus: plain functions that any room calls, one line where it happens.

    measures.count("auth_refresh_reuse_total")
    measures.count("cache_requests_total", cache="answers", result="hit")
    measures.observe("upstream_request_duration_seconds", seconds, upstream=self.upstream)

Every name stands in `names`, with its labels. A label is a word of ours (a route's template, a vendor, an outcome),
never a person, an address or free text; what is no such word is counted as "other" (see `book`). Nothing is counted
until a server switches it on, and nothing of Prometheus is loaded before.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from onharu.kernel import clock

if TYPE_CHECKING:
    from onharu.kernel.measures.book import Book

__all__ = ["FOLDER", "count", "is_on", "observe", "put", "standing", "switch_off", "switch_on", "timed"]

# Where the processes of one server keep their figures, so that any of them can tell the sum.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_book: Book | None = None


def switch_on() -> None:
    """Count from now on in this process; with a folder in the environment, together with its siblings."""
    global _book  # noqa: PLW0603 one book in a process
    if _book is None:
        _book = import_module(f"{__name__}.book").Book(os.environ.get(FOLDER, ""))


def switch_off() -> None:
    """Count no more, and forget what was counted. For tests."""
    global _book  # noqa: PLW0603
    _book = None


def is_on() -> bool:
    """Whether this process counts."""
    return _book is not None


def standing() -> Book:
    """Return the book of this process. Raises LookupError where nothing is counted."""
    if _book is None:
        raise LookupError("measures are off")
    return _book


def count(name: str, by: float = 1, **labels: str) -> None:
    """Add to a counter."""
    if _book is not None:
        _book.of(name, labels).inc(by)


def observe(name: str, amount: float, **labels: str) -> None:
    """Note one amount, mostly seconds, in a histogram."""
    if _book is not None:
        _book.of(name, labels).observe(amount)


def put(name: str, amount: float, **labels: str) -> None:
    """Set a gauge."""
    if _book is not None:
        _book.of(name, labels).set(amount)


@contextmanager
def timed(name: str, **labels: str) -> Iterator[None]:
    """Time a block, also one that fails."""
    started = clock.monotonic()
    try:
        yield
    finally:
        observe(name, clock.monotonic() - started, **labels)
