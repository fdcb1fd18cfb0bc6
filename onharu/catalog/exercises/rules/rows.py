"""What a line of an exercise table becomes, whichever table it came from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from onharu.catalog.exercises.rules import codes


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """One line of a table, in the words of our columns. What a table does not say stays empty."""

    code: str
    name: str
    source: str
    name_en: str = ""
    aliases: str = ""
    pattern: str = ""
    measure: str = ""
    level: int = 0
    met: Decimal | None = None
    met_source: str = ""
    edition: str = ""
    instructions: str = ""
    planned: bool = False
    targets: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()

    def tags(self) -> tuple[tuple[str, str, int], ...]:
        """Return (kind, value, rank) of every code the row carries, in a settled order."""
        several = zip(codes.TAGS, (self.targets, self.equipment, self.places, self.loads, self.cautions), strict=True)
        return tuple((kind, value, rank) for kind, values in several for rank, value in enumerate(values))


@dataclass(frozen=True, slots=True)
class Read:
    """A line as it was read: its number in the file, its row, and what of it could not be kept ("" for nothing)."""

    line: int
    row: ExerciseRow
    left_out: str = ""


class UnfitError(ValueError):
    """A line cannot be taken; the words say why."""
