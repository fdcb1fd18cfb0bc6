"""Writes what sources say of pharmacies into the shelf: two sources of one pharmacy become one row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from onharu.catalog.pharmacies.rules.rows import Kind, PharmacyRow
from onharu.kernel.sheets import Refused


@dataclass(slots=True)
class Tally:
    """Counts of an import or a refresh under way.

    new, changed and same count what the source says; matched, ambiguous and alone how its rows met the other source.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    passed: int = 0
    matched: int = 0
    ambiguous: int = 0
    alone: int = 0
    refused: list[Refused] = field(default_factory=list)
    made_unknown: list[Refused] = field(default_factory=list)

    @property
    def all(self) -> int:
        """How many rows were fit to be kept."""
        return self.new + self.changed + self.same


def store_pharmacies(rows: Iterable[PharmacyRow], *, tally: Tally) -> None:
    """Write rows by their source's key, all of them or none, and merge those that are one pharmacy.

    May be called page by page and repeated. A row older (`as_of`) than what the same source said is passed.
    """
    raise NotImplementedError


def end_listing(source_kind: Kind, seen_before: datetime, on: date) -> int:
    """Mark as gone what a complete reading of a source did not list (last stored before an instant); returns how many.

    What another source lists stays. Ends nothing when fewer than nine of ten known ones were seen: such a reading was
    not complete.
    """
    raise NotImplementedError
