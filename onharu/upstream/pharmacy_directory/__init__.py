"""The official directory of pharmacies: the door. It knows no person and no position, and stores nothing.

There is no fallback: what the source does not say, nobody makes up. Without a key nothing is asked, and the shelf has
what was imported.
"""

from __future__ import annotations

from collections.abc import Iterator

from onharu.upstream import registry
from onharu.upstream.pharmacy_directory.port import (
    DIRECTORY,
    LIST,
    Backend,
    Page,
    PharmacyFact,
    Refused,
    Unavailable,
    UnfitRow,
)

__all__ = [
    "DIRECTORY",
    "LIST",
    "Page",
    "PharmacyFact",
    "Refused",
    "Unavailable",
    "UnfitRow",
    "lacks",
    "may_be_asked",
    "pages",
]

CAPABILITY = "pharmacy_directory"


def may_be_asked() -> bool:
    """Whether somebody outside can be asked: the operator chose a source, and it lacks nothing."""
    return _chosen() is not registry.embedded_of(CAPABILITY) and not lacks()


def lacks() -> str:
    """Name what the operator has to supply before anybody can be asked, "" for nothing."""
    return _chosen().lacks()


def pages(table: str, *, start: int = 0) -> Iterator[Page]:
    """Read a table from a row on, page by page, in the source's order; `Page.next_start` is where to go on later.

    Raises Unavailable (`quota` with `retry_after` when the day's calls are used up) or Refused.
    """
    return _chosen().pages(table, start=start)


def _chosen() -> Backend:
    chosen: Backend = registry.backend_of(CAPABILITY)
    return chosen
