"""Official facts about medicines: the door. It knows no person, stores nothing and never says who asked.

There is no fallback: what the source does not say, nobody makes up. Without a key nothing is asked, and the shelf has
what was imported.
"""

from __future__ import annotations

from collections.abc import Iterator

from onharu.upstream import registry
from onharu.upstream.medicine_facts.port import (
    DUR_KINDS,
    LABELS,
    PERMIT_DETAILS,
    PERMITS,
    PILLS,
    SUBSTANCES,
    Backend,
    HeldFact,
    LookFact,
    NoticeFact,
    Page,
    ProductFact,
    ProductNoticeFact,
    Refused,
    Row,
    SubstanceFact,
    Unavailable,
    UnfitRow,
    notices,
    product_notices,
)

__all__ = [
    "DUR_KINDS",
    "LABELS",
    "PERMITS",
    "PERMIT_DETAILS",
    "PILLS",
    "SUBSTANCES",
    "HeldFact",
    "LookFact",
    "NoticeFact",
    "Page",
    "ProductFact",
    "ProductNoticeFact",
    "Refused",
    "Row",
    "SubstanceFact",
    "Unavailable",
    "UnfitRow",
    "lacks",
    "may_be_asked",
    "notices",
    "pages",
    "product_notices",
    "products_named",
]

CAPABILITY = "medicine_facts"


def may_be_asked() -> bool:
    """Whether somebody outside can be asked: the operator chose a source, and it lacks nothing."""
    return _chosen() is not registry.embedded_of(CAPABILITY) and not lacks()


def lacks() -> str:
    """Name what the operator has to supply before anybody can be asked, "" for nothing."""
    return _chosen().lacks()


def products_named(name: str) -> tuple[ProductFact, ...]:
    """Find products whose name holds `name`, within three seconds in all; none is an answer too.

    Every row was checked against the name: sources that ignore a filter send their whole table. Raises Unavailable
    or Refused when the answer cannot be relied on.
    """
    return _chosen().products_named(name)


def pages(table: str, *, start: int = 0) -> Iterator[Page]:
    """Read a table from a row on, page by page, in the source's order; `Page.next_start` is where to go on later.

    Raises Unavailable (`quota` with `retry_after` when the day's calls are used up) or Refused.
    """
    return _chosen().pages(table, start=start)


def _chosen() -> Backend:
    chosen: Backend = registry.backend_of(CAPABILITY)
    return chosen
