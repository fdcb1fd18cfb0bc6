"""What an amount weighs: of a food, said as quantity and unit or as plain grams."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from onharu.catalog.foods import public as foods
from onharu.catalog.foods.public import FoodFacts
from onharu.kernel.problems import Invalid
from onharu.records.meals.models import Eaten

MOST_GRAMS = Decimal(10000)
MOST_QUANTITY = Decimal(9999)
CENT = Decimal("0.01")


class AmountRefused(Invalid):
    """An amount that nobody eats."""

    code = "amount_invalid"
    ko = "양을 확인해 주세요. 0보다 크고 10,000 g 이하여야 해요."
    en = "Please check the amount: more than 0 and at most 10,000 g."


@dataclass(frozen=True, slots=True)
class Amount:
    """A resolved amount: what was said, what it weighs, and how that is known."""

    quantity: Decimal
    unit: str
    grams: Decimal
    grams_source: str


def amount_of(facts: FoodFacts, quantity: Decimal, unit: str, grams: Decimal | None) -> Amount:
    """Resolve an amount of a food; plain grams win over the unit's weight. Raises AmountRefused."""
    _check(quantity)
    if grams is not None:
        return Amount(quantity, unit or facts.basis_unit, sane(grams), Eaten.GramsSource.WEIGHED)
    if unit == facts.basis_unit:
        return Amount(quantity, unit, sane(quantity), Eaten.GramsSource.WEIGHED)
    if not unit:
        portion = foods.default_portion(facts)
        unit, guess = portion.unit, portion.guess
        grams, quantity = portion.grams * quantity, portion.quantity * quantity
    else:
        answer = foods.grams_of(facts, quantity, unit)
        grams, guess = answer.grams, answer.guess
    how = Eaten.GramsSource.GUESS if guess else Eaten.GramsSource.UNIT
    return Amount(quantity, unit, sane(grams), how)


def _check(quantity: Decimal) -> None:
    if not (quantity.is_finite() and 0 < quantity <= MOST_QUANTITY):
        raise AmountRefused


def sane(grams: Decimal) -> Decimal:
    """Round a weight to 0.01 and refuse what nobody eats."""
    if not grams.is_finite():
        raise AmountRefused
    rounded = grams.quantize(CENT, ROUND_HALF_UP)
    if not 0 < rounded <= MOST_GRAMS:
        raise AmountRefused
    return rounded


def change_of(row: Eaten, facts: FoodFacts | None, quantity: Decimal, unit: str, grams: Decimal | None) -> Amount:
    """Resolve a new amount of a row's own food; in the same unit it is in proportion to the old one."""
    if grams is not None:
        return Amount(quantity, unit, sane(grams), Eaten.GramsSource.WEIGHED)
    if unit == row.unit or facts is None:
        _check(quantity)
        return Amount(quantity, row.unit, sane(row.grams * quantity / row.quantity), row.grams_source)
    return amount_of(facts, quantity, unit, None)
