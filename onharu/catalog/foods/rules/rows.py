"""What a line of a food table becomes, whichever table it came from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FoodRow:
    """One line of a table, in the words of our columns. `amounts` holds all fourteen nutrients per 100."""

    code: str
    name: str
    basis: str
    amounts: dict[str, Decimal | None]
    source: str
    kind: str = "dish"
    category: str = ""
    maker: str = ""
    representative: bool = False
    serving_grams: Decimal | None = None
    name_en: str = ""
    aliases: str = ""
    source_code: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One named unit of a food that is on the shelf already."""

    code: str
    name: str
    grams: Decimal
    source: str
    guess: bool = False


class UnfitError(ValueError):
    """A line cannot be taken; the words say why."""
