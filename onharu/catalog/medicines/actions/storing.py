"""Writes products into the shelf: what is new, what changed, what is the same. Empty never takes away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from onharu.catalog.medicines.actions.parts import store_holds, store_looks, store_sections
from onharu.catalog.medicines.models import Product
from onharu.catalog.medicines.rules.rows import ProductRow
from onharu.kernel.rows import insert
from onharu.kernel.sheets import Refused

ASK_AT_ONCE = 500
PLAIN = ("name", "name_en", "company", "supply", "class_code", "class_name", "form", "image_url", "source", "as_of")
COLUMNS = (*PLAIN, "starter")


@dataclass(slots=True)
class Tally:
    """Counts of an import under way, and the products it changed."""

    new: int = 0
    changed: int = 0
    same: int = 0
    passed: int = 0
    refused: list[Refused] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)

    @property
    def all(self) -> int:
        """How many rows were fit to be kept."""
        return self.new + self.changed + self.same


def store_products(rows: Iterable[ProductRow], *, tally: Tally) -> None:
    """Write rows by their item_seq; several rows of one number are one product with several looks."""
    by_seq: dict[str, list[ProductRow]] = {}
    for row in rows:
        by_seq.setdefault(row.item_seq, []).append(row)
    kept = products_by_seq(by_seq)
    wanted = {number: _merged(kept.get(number), of_one[0]) for number, of_one in by_seq.items()}
    fresh = {number for number in by_seq if number not in kept}
    differ = {number for number, product in wanted.items() if number in kept and _differs(kept[number], product)}
    written = fresh | differ
    _upsert([wanted[number] for number in by_seq if number in written])
    ids = {**{number: product.pk for number, product in kept.items()}, **_ids_of(fresh)}
    differ |= store_sections({ids[number]: of_one[0] for number, of_one in by_seq.items()})
    differ |= store_holds({ids[number]: of_one[0] for number, of_one in by_seq.items()})
    differ |= store_looks({ids[number]: of_one for number, of_one in by_seq.items()})
    differ -= fresh
    tally.new += len(fresh)
    tally.changed += len(differ)
    tally.same += len(by_seq) - len(fresh) - len(differ)
    tally.touched |= {ids[number] for number in fresh | differ}


def products_by_seq(item_seqs: Iterable[str]) -> dict[str, Product]:
    """Find products by number, some hundreds at once."""
    numbers, found = list(item_seqs), {}
    for start in range(0, len(numbers), ASK_AT_ONCE):
        part = Product.objects.filter(item_seq__in=numbers[start : start + ASK_AT_ONCE])
        found.update({product.item_seq: product for product in part})
    return found


def _merged(kept: Product | None, row: ProductRow) -> Product:
    """Lay what a row says over what stands there. The name and the source are those of whoever has the label."""
    product = Product(item_seq=row.item_seq, pk=kept.pk if kept else None)
    leads = kept is None or bool(row.sections) or kept.source == row.source
    for column in COLUMNS:
        before: Any = getattr(kept, column) if kept else ""
        said: Any = getattr(row, column)
        if column in {"name", "company", "source", "as_of"} and not leads:
            said = ""
        if column == "supply" and (before, said) == ("STORE", "OTC"):
            said = before  # what a convenience store sells is over the counter too; few tables tell the two apart
        setattr(product, column, said or before or (None if column == "as_of" else said))
    # What looks and permits add to a shipped product leaves it ours: its words still are.
    product.starter = kept.starter and not row.sections if kept and not row.starter else row.starter
    return product


def _differs(kept: Product, wanted: Product) -> bool:
    return any(getattr(kept, column) != getattr(wanted, column) for column in COLUMNS)


def _upsert(products: Sequence[Product]) -> None:
    """Write products by number; a known one keeps its id."""
    columns = ("item_seq", *COLUMNS)
    insert(Product, columns, ([getattr(one, column) for column in columns] for one in products), over="item_seq")


def _ids_of(item_seqs: Iterable[str]) -> dict[str, int]:
    return {number: product.pk for number, product in products_by_seq(item_seqs).items()}
