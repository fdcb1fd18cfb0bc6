"""Counts of an import or a refresh under way."""

from __future__ import annotations

from dataclasses import dataclass, field

from onharu.kernel.sheets import Refused


@dataclass(slots=True)
class Tally:
    """What is counted while rows are stored.

    new, changed and same count what the source says; passed is what was said later already. matched, ambiguous and
    alone tell how its rows met the other source; twins are rows that their source has a second time.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    passed: int = 0
    matched: int = 0
    ambiguous: int = 0
    alone: int = 0
    twins: int = 0
    refused: list[Refused] = field(default_factory=list)
    made_unknown: list[Refused] = field(default_factory=list)

    @property
    def all(self) -> int:
        """How many rows were fit to be kept."""
        return self.new + self.changed + self.same
