"""Puts products into what is searched: names into the index of names, symptoms beside them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping

from onharu.catalog.medicines.models import LabelSection, Loaded, Mention, Product
from onharu.catalog.medicines.queries.facts import SHELF
from onharu.catalog.medicines.queries.remembered import STAMP
from onharu.catalog.medicines.rules.naming import bare
from onharu.catalog.medicines.rules.symptoms import mentions, vocabulary
from onharu.kernel import clock
from onharu.names import public as names

ASK_AT_ONCE = 500
# A label in plain words leads a shipped product, which leads one that is known by its looks only.
LABELLED, SHIPPED, SEEN = 1.0, 0.9, 0.3
# What was withdrawn is found by its name, after all others, and by no symptom.
WITHDRAWN = 0.0


def index_products(product_ids: Iterable[int]) -> None:
    """Write names and symptoms of these products into what is searched, and tell every process of the change."""
    ids = sorted(product_ids)
    entries: list[names.Entry] = []
    for start in range(0, len(ids), ASK_AT_ONCE):
        part = ids[start : start + ASK_AT_ONCE]
        products = Product.objects.filter(pk__in=part).only("pk", "name", "name_en", "starter", "withdrawn_on")
        said = LabelSection.objects.filter(product_id__in=part).values_list("product_id", "kind", "text")
        efficacies: dict[int, str] = {}
        for product_id, kind, text in said:
            efficacies.setdefault(product_id, "")
            if kind == LabelSection.Kind.EFFICACY:
                efficacies[product_id] = text
        for product in products:
            entries.append(_entry(product, labelled=product.pk in efficacies))
            if product.withdrawn_on is not None and product.pk in efficacies:
                efficacies[product.pk] = ""
        _mention(efficacies)
    if entries:
        names.upsert(SHELF, entries)
        changed()


def index_symptoms() -> int:
    """Write anew which symptoms the labels on the shelf name; returns of how many labels."""
    living = LabelSection.objects.filter(product__withdrawn_on__isnull=True)
    known = living.filter(kind=LabelSection.Kind.EFFICACY).order_by("product_id")
    efficacies = known.values_list("product_id", "text")
    count = 0
    while part := list(efficacies[count : count + ASK_AT_ONCE]):
        _mention(dict(part))
        count += len(part)
    return count


def changed() -> None:
    """Give the shelf a new stamp: every process drops its finished answers within a second."""
    Loaded.objects.update_or_create(table=STAMP, defaults={"edition": secrets.token_hex(8), "loaded_at": clock.now()})


def _mention(efficacies: Mapping[int, str]) -> None:
    Mention.objects.filter(product_id__in=efficacies).delete()
    Mention.objects.bulk_create(
        [
            Mention(product_id=product, symptom=symptom, weight=weight)
            for product, efficacy in efficacies.items()
            for symptom, weight in mentions(efficacy, vocabulary()).items()
        ],
        batch_size=ASK_AT_ONCE,
    )


def _entry(product: Product, *, labelled: bool) -> names.Entry:
    weight = LABELLED if labelled else SHIPPED if product.starter else SEEN
    weight = weight if product.withdrawn_on is None else WITHDRAWN
    aliases = tuple(name for name in (bare(product.name), product.name_en) if name and name != product.name)
    return names.Entry(key=product.pk, text=product.name, weight=weight, aliases=aliases, generic=labelled)
