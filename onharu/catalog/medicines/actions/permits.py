"""Adds what a table without numbers knows to the products it names: English names, class, who may sell it."""

from __future__ import annotations

from collections.abc import Sequence

from onharu.catalog.medicines.actions.storing import Tally
from onharu.catalog.medicines.models import Product
from onharu.catalog.medicines.rules.naming import without_export_name
from onharu.catalog.medicines.rules.rows import PermitRow
from onharu.catalog.medicines.rules.salts import plain

COLUMNS = ("name_en", "class_code", "class_name", "supply", "image_url")


def store_permits(rows: Sequence[PermitRow], *, tally: Tally) -> None:
    """Fill what is empty on the one product of that name and company; a row that names none or two is passed."""
    if not rows:
        return
    known: dict[tuple[str, str], list[Product]] = {}
    for product in Product.objects.only("pk", "name", "company", *COLUMNS):
        known.setdefault(_called(product.name, product.company), []).append(product)
    changed = []
    for row in rows:
        found = known.get(_called(row.name, row.company), [])
        if len(found) != 1:
            tally.passed += 1
            continue
        if _filled(found[0], row):
            changed.append(found[0])
            tally.changed += 1
        else:
            tally.same += 1
    Product.objects.bulk_update(changed, COLUMNS, batch_size=500)
    tally.touched |= {product.pk for product in changed}


def _called(name: str, company: str) -> tuple[str, str]:
    return plain(without_export_name(name)), plain(company.replace("(주)", "").replace("주식회사", ""))


def _filled(product: Product, row: PermitRow) -> bool:
    empty = [column for column in COLUMNS if not getattr(product, column) and getattr(row, column)]
    for column in empty:
        setattr(product, column, getattr(row, column))
    return bool(empty)
