"""Puts the names of products into the index of names."""

from __future__ import annotations

from collections.abc import Iterable

from onharu.catalog.medicines.models import Product
from onharu.catalog.medicines.queries.facts import SHELF
from onharu.catalog.medicines.rules.naming import bare
from onharu.names import public as names

ASK_AT_ONCE = 500
# A label in plain words leads a shipped product, which leads one that is known by its looks only.
LABELLED, SHIPPED, SEEN = 1.0, 0.9, 0.3


def index_names(product_ids: Iterable[int]) -> None:
    """Write the names of these products into the index, once for all of them."""
    ids = sorted(product_ids)
    entries: list[names.Entry] = []
    for start in range(0, len(ids), ASK_AT_ONCE):
        part = Product.objects.filter(pk__in=ids[start : start + ASK_AT_ONCE]).prefetch_related("sections")
        entries += [_entry(product) for product in part]
    if entries:
        names.upsert(SHELF, entries)


def _entry(product: Product) -> names.Entry:
    labelled = bool(product.sections.all())
    weight = LABELLED if labelled else SHIPPED if product.starter else SEEN
    aliases = tuple(name for name in (bare(product.name), product.name_en) if name and name != product.name)
    return names.Entry(key=product.pk, text=product.name, weight=weight, aliases=aliases, generic=labelled)
