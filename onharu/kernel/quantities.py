"""Nutrient amounts and how they add up. Plain Python, Decimal; `None` means unknown and is never zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

NUTRIENTS = (
    "kcal",
    "carbohydrate_g",
    "sugars_g",
    "fiber_g",
    "protein_g",
    "fat_g",
    "saturated_fat_g",
    "cholesterol_mg",
    "sodium_mg",
    "potassium_mg",
    "calcium_mg",
    "iron_mg",
    "caffeine_mg",
    "alcohol_g",
)
STEP = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Nutrients:
    """Amounts of the fourteen nutrients; energy in kcal, masses in the unit each name ends with."""

    kcal: Decimal | None = None
    carbohydrate_g: Decimal | None = None
    sugars_g: Decimal | None = None
    fiber_g: Decimal | None = None
    protein_g: Decimal | None = None
    fat_g: Decimal | None = None
    saturated_fat_g: Decimal | None = None
    cholesterol_mg: Decimal | None = None
    sodium_mg: Decimal | None = None
    potassium_mg: Decimal | None = None
    calcium_mg: Decimal | None = None
    iron_mg: Decimal | None = None
    caffeine_mg: Decimal | None = None
    alcohol_g: Decimal | None = None

    @classmethod
    def of(cls, amounts: Mapping[str, Decimal | None]) -> Self:
        """Take the nutrients out of a mapping; keys that are not nutrients are passed over."""
        return cls(**{key: amounts.get(key) for key in NUTRIENTS})

    def scaled(self, factor: Decimal) -> Nutrients:
        """Multiply every known amount, rounded half up to 0.001; unknown stays unknown."""
        return Nutrients(
            **{
                key: None if amount is None else (amount * factor).quantize(STEP, ROUND_HALF_UP)
                for key, amount in self.as_dict().items()
            }
        )

    def as_dict(self) -> dict[str, Decimal | None]:
        """List the amounts by nutrient key, in the fixed order."""
        return {key: getattr(self, key) for key in NUTRIENTS}


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over rows: what is known, and in how many of the `count` rows each nutrient is not."""

    nutrients: Nutrients
    unknown: dict[str, int]
    count: int


def total(parts: Iterable[Nutrients]) -> Total:
    """Add rows up. A nutrient unknown in every row stays unknown; in some rows, it is counted in `unknown`."""
    rows = [part.as_dict() for part in parts]
    sums: dict[str, Decimal | None] = {}
    unknown: dict[str, int] = {}
    for key in NUTRIENTS:
        known = [amount for row in rows if (amount := row[key]) is not None]
        sums[key] = sum(known, Decimal(0)) if known else None
        if missing := len(rows) - len(known):
            unknown[key] = missing
    return Total(nutrients=Nutrients.of(sums), unknown=unknown, count=len(rows))
