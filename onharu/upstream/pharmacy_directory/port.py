"""What every directory of pharmacies promises. Plain Python, in the words of the field.

An empty text and None are "not said", never "closed" and never zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from onharu.upstream.faults import Refused, Unavailable

__all__ = ["DIRECTORY", "LIST", "Backend", "Page", "PharmacyFact", "Refused", "Unavailable", "UnfitRow"]

# The two tables that hold every pharmacy: the whole directory, and the list that can be asked for by area.
DIRECTORY, LIST = "directory", "list"


@dataclass(frozen=True, slots=True)
class PharmacyFact:
    """One pharmacy. `hours` are (opens, closes) from Monday to Sunday and on holidays, as written: "0900", "2630".

    Texts of hours are digits with their lost zeros put back (at least four), "" where the source says nothing. They
    may close before they open or after 2400: what that means is the reader's to decide. Places are degrees of WGS84.
    """

    hpid: str
    name: str
    address: str = ""
    phone: str = ""
    latitude: float | None = None
    longitude: float | None = None
    hours: tuple[tuple[str, str], ...] = (("", ""),) * 8
    note: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class UnfitRow:
    """A row that could not be read: its place in the table from 1, what it is called, and why.

    `hpid` is its key, where that much was legible: such a pharmacy is listed all the same.
    """

    place: int
    name: str
    reason: str
    hpid: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a table. `start` counts rows before it, `next_start` is where to go on, None after the last page."""

    table: str
    start: int
    next_start: int | None
    total: int
    arrived: int
    rows: tuple[PharmacyFact, ...]
    refused: tuple[UnfitRow, ...] = ()


class Backend(Protocol):
    """Somebody who knows every pharmacy."""

    source: str
    leaves_home: bool

    def lacks(self) -> str:
        """Name what the operator has to supply before this backend can answer, "" for nothing."""

    def pages(self, table: str, *, start: int = 0) -> Iterator[Page]:
        """Read a table from a row on, page by page; raises Unavailable or Refused."""
