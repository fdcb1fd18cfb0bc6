"""The values that leave this room."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from onharu.kernel.quantities import Nutrients


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One named unit: how much it is in the food's basis unit, who says so, whether it is only a guess."""

    name: str
    grams: Decimal
    source: str
    guess: bool = False


@dataclass(frozen=True, slots=True)
class FoodFacts:
    """What is known of one food.

    `per_100` counts per 100 g or per 100 ml (`basis`); `grams` of every unit counts in `basis_unit`. `units` begin
    with the one to offer first; units of the same dish in the shipped table and of its category follow the food's own.
    """

    id: int
    code: str
    name: str
    basis: str
    per_100: Nutrients
    units: tuple[UnitFacts, ...] = ()
    source: str = ""
    source_code: str = ""
    edition: str = ""
    category: str = ""
    maker: str = ""
    kind: str = "dish"
    name_en: str = ""

    @property
    def basis_unit(self) -> str:
        """What amounts of it are counted in: `g` or `ml`."""
        return "ml" if self.basis == "100ml" else "g"

    def nutrients_of(self, grams: Decimal) -> Nutrients:
        """Tell what this many grams (or ml, by `basis_unit`) hold."""
        return self.per_100.scaled(grams / 100)


@dataclass(frozen=True, slots=True)
class FoundFood:
    """One answer of a search: the food, how well its name fits (0 to 100) and in which way."""

    facts: FoodFacts
    score: float
    kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answers, best first; `corrected` is the catalogue's spelling when the query was a slip."""

    hits: tuple[FoundFood, ...]
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class GramsAnswer:
    """An amount in the food's basis unit, where it comes from, and whether it is only a guess."""

    grams: Decimal
    source: str
    guess: bool


@dataclass(frozen=True, slots=True)
class Portion:
    """An amount as people say it, with what it comes to in the food's basis unit."""

    quantity: Decimal
    unit: str
    grams: Decimal
    source: str
    guess: bool


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """What the shelf has for a label of a picture: the best food or None, and what else it could be."""

    label: str
    label_ko: str
    food: FoundFood | None
    alternatives: tuple[FoundFood, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelKeys:
    """A label of a picture in Korean, and the ids of the foods it can be, best first."""

    label_ko: str
    keys: tuple[int, ...]
