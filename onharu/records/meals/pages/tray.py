"""The tray: what the open sheet has just written down, each amount one press away from another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from onharu.catalog.foods.public import FoodFacts
from onharu.kernel.quantities import total
from onharu.kernel.wording import amount, fraction
from onharu.records.meals.queries import wording
from onharu.records.meals.queries.diary import ItemEntry, item_entry, items_of
from onharu.records.meals.queries.shelf import facts_by_key
from onharu.records.meals.rules import steps_around


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """One unit an amount can be said in, with its weight."""

    name: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TrayRow:
    """One food of the tray; `down` and `up` are the neighbouring amounts, empty where there is none."""

    id: int
    name: str
    portion: str
    said: str
    kcal: str
    guess: bool
    down: str
    up: str
    least: bool
    units: tuple[UnitChoice, ...]


@dataclass(frozen=True, slots=True)
class Tray:
    """The foods just written down, the latest first, with their sums."""

    rows: tuple[TrayRow, ...]
    ids: tuple[int, ...]
    kcal: str
    sodium: str
    unknown_kcal: int

    @property
    def earlier(self) -> int:
        """Count the foods before the latest one."""
        return max(len(self.rows) - 1, 0)


def tray_of(owner_id: int, ids: Sequence[int]) -> Tray:
    """Read the tray of these rows; what is not this person's or is gone is left out. At most two statements."""
    entries = [item_entry(item) for item in items_of(owner_id).filter(pk__in=ids)] if ids else []
    facts = facts_by_key(owner_id, [entry.food for entry in entries if entry.food is not None])
    summed = total(entry.nutrients for entry in entries)
    return Tray(
        rows=tuple(_row(entry, facts.get(entry.food) if entry.food else None) for entry in entries),
        ids=tuple(entry.id for entry in entries),
        kcal=amount(summed.nutrients.kcal),
        sodium=amount(summed.nutrients.sodium_mg),
        unknown_kcal=summed.unknown.get("kcal", 0),
    )


def _row(entry: ItemEntry, facts: FoodFacts | None) -> TrayRow:
    down, up = steps_around(entry.quantity, entry.unit)
    return TrayRow(
        id=entry.id,
        name=wording.food_name(entry.name),
        portion=wording.portion(entry.quantity, entry.unit, entry.grams, entry.basis_unit),
        said=fraction(entry.quantity),
        kcal=amount(entry.nutrients.kcal),
        guess=wording.is_guess(entry.grams_source),
        down=plain(entry.quantity if down is None else down),
        up=plain(up),
        least=down is None,
        units=unit_choices(entry, facts),
    )


def unit_choices(entry: ItemEntry, facts: FoodFacts | None) -> tuple[UnitChoice, ...]:
    """List the units a food can be counted in: its own with their weights, grams or ml, and the one in use."""
    known = {one.name: one.grams for one in facts.units} if facts else {}
    known.setdefault(entry.unit, entry.grams / entry.quantity)
    known[entry.basis_unit] = Decimal(1)
    return tuple(
        UnitChoice(
            name=name,
            words=name if name == entry.basis_unit else f"{name} ({amount(grams)} {entry.basis_unit})",
            chosen=name == entry.unit,
        )
        for name, grams in known.items()
    )


def plain(value: Decimal) -> str:
    """Write a number the way a form field takes it."""
    return f"{value.normalize():f}"
