"""Takes over what the wire says of products, in the words of this shelf."""

from __future__ import annotations

from collections.abc import Iterable

from onharu.catalog.medicines.rules.naming import FOR_EXPORT, substances_in
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
LOOKS = tuple(LookRow.__dataclass_fields__)


def product_rows(facts: Iterable[medicine_facts.ProductFact]) -> list[ProductRow]:
    """Make rows of what came, without products for export only and those whose number cannot be true."""
    return [row for fact in facts if (row := _row(fact)) is not None]


def _row(fact: medicine_facts.ProductFact) -> ProductRow | None:
    try:
        number = seq(fact.item_seq)
    except UnfitError:
        return None
    if not fact.name or FOR_EXPORT.search(fact.name):
        return None
    source = SOURCES[fact.table]
    held = tuple(HeldRow(one.name, one.name_en, one.code, one.amount, one.unit) for one in fact.holds)
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
        look=LookRow(**{name: getattr(look, name) for name in LOOKS}) if look else None,
        source=source,
        as_of=fact.as_of,
    )
