"""Takes over what the wire says of products, in the words of this shelf."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from onharu.catalog.medicines.rules.naming import FOR_EXPORT, UNIT_WORDS, substances_in
from onharu.catalog.medicines.rules.rows import HeldRow, LookRow, ProductRow, UnfitError
from onharu.catalog.medicines.rules.tables import EASY, FROM_NAME, PERMITS, PILLS, address, seq
from onharu.upstream import medicine_facts

# The same tables as the files', so that a product found on the wire and one imported are one.
SOURCES = {
    medicine_facts.LABELS: EASY,
    medicine_facts.PILLS: PILLS,
    medicine_facts.PERMITS: PERMITS,
    medicine_facts.PERMIT_DETAILS: PERMITS,
}
SMALLEST, LARGEST = Decimal("0.00001"), Decimal(10**8)
LOOKS = tuple(LookRow.__dataclass_fields__)
WIDTHS = {
    "description": 300, "shape": 10, "color_front": 30, "color_back": 30, "imprint_front": 60, "imprint_back": 60,
    "line_front": 10, "line_back": 10,
}  # fmt: skip


def product_rows(facts: Iterable[medicine_facts.ProductFact]) -> list[ProductRow]:
    """Make rows of what came, without products for export only and those whose number cannot be true."""
    return [row for fact in facts if (row := _row(fact)) is not None]


def held_row(fact: medicine_facts.HeldFact) -> HeldRow:
    """Make a row of one substance, in the units of this shelf; an amount that no column can hold is unknown."""
    amount = fact.amount if fact.amount is not None and SMALLEST <= fact.amount < LARGEST else None
    unit = UNIT_WORDS.get(fact.unit, fact.unit)[:20] if amount is not None else ""
    code = fact.code if len(fact.code) <= 7 else ""
    return HeldRow(fact.name[:200], fact.name_en[:200], code, amount and amount.quantize(SMALLEST), unit)


def _row(fact: medicine_facts.ProductFact) -> ProductRow | None:
    try:
        number = seq(fact.item_seq)
    except UnfitError:
        return None
    if not fact.name or FOR_EXPORT.search(fact.name):
        return None
    source = SOURCES[fact.table]
    held = tuple(map(held_row, fact.holds))
    named = () if held else substances_in(fact.name)
    look = fact.look
    return ProductRow(
        item_seq=number,
        name=fact.name[:200],
        name_en=fact.name_en[:200],
        company=fact.company[:80],
        supply=fact.supply,
        class_code=fact.class_code[:8],
        class_name=fact.class_name[:80],
        form=fact.form[:60],
        image_url=address(fact.image_url)[:200],
        holds=held or named,
        holds_source=source if held else FROM_NAME if named else "",
        sections=fact.sections,
        look=_look(look) if look else None,
        source=source,
        as_of=fact.as_of,
    )


def _look(fact: medicine_facts.LookFact) -> LookRow:
    said = {name: getattr(fact, name) for name in LOOKS}
    return LookRow(**{name: word[: WIDTHS[name]] if name in WIDTHS else word for name, word in said.items()})
