"""Facts of products by item_seq, as frozen values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from onharu.catalog.medicines.models import LabelSection, Look, PlainWords, Product, ProductIngredient
from onharu.catalog.medicines.rules.facts import BriefFacts, IngredientFacts, LookFacts, ProductFacts
from onharu.catalog.medicines.rules.questions import numbers

SHELF = "medicines"


def with_summary(products: QuerySet[Product]) -> QuerySet[Product]:
    """Add the general summary and its source to each product; empty where none was made."""
    words = PlainWords.objects.filter(product=OuterRef("pk"), symptom="")
    return products.annotate(
        summary=Coalesce(Subquery(words.values("text")[:1]), Value("")),
        summary_source=Coalesce(Subquery(words.values("source")[:1]), Value("")),
    )


# Written out: the query builder takes longer for these joins than either database does.
_BRIEFS = (
    "SELECT product.id, product.item_seq, product.name, product.company, product.supply, product.image_url, "  # noqa: S608 our own names
    "COALESCE(words.text, ''), COALESCE(words.source, ''), product.source, product.as_of, product.withdrawn_on "
    f'FROM "{Product._meta.db_table}" AS product '  # noqa: SLF001
    f'LEFT JOIN "{PlainWords._meta.db_table}" AS words '  # noqa: SLF001
    "ON words.product_id = product.id AND words.symptom = '' WHERE product.{column} IN ({places})"
)


def brief_of(item_seqs: Iterable[str]) -> dict[str, BriefFacts]:
    """Look up what search rows show, by item_seq; unknown numbers are absent. One statement."""
    return {one.item_seq: one for one in _briefs("item_seq", numbers(item_seqs))}


def briefs_by_id(ids: Iterable[int]) -> dict[int, BriefFacts]:
    """Look up what search rows show, by our own ids. One statement."""
    return {one.id: one for one in _briefs("id", list(ids))}


def _briefs(column: str, wanted: Sequence[int | str]) -> list[BriefFacts]:
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_BRIEFS.format(column=column, places=", ".join(["%s"] * len(wanted))), wanted)
        return [BriefFacts(*row) for row in cursor.fetchall()]


def facts_of(item_seqs: Iterable[str]) -> dict[str, ProductFacts]:
    """Look up whole products by item_seq; unknown numbers are absent. Four statements whatever their number."""
    holds = ProductIngredient.objects.select_related("ingredient").order_by("place")
    found = with_summary(Product.objects.filter(item_seq__in=numbers(item_seqs))).prefetch_related(
        Prefetch("holds", holds), Prefetch("sections", LabelSection.objects.all()), "looks"
    )
    return {product.item_seq: _facts(product) for product in found}


def looks_of(item_seqs: Iterable[str]) -> dict[str, LookFacts]:
    """Look up how pills look by item_seq, each product's first look; what nobody described is absent. One statement."""
    looks = Look.objects.filter(product__item_seq__in=numbers(item_seqs)).select_related("product")
    found: dict[str, LookFacts] = {}
    for look in looks.order_by("product_id", "place"):
        found.setdefault(look.product.item_seq, _look(look))
    return found


def _facts(product: Any) -> ProductFacts:
    return ProductFacts(
        id=product.pk,
        item_seq=product.item_seq,
        name=product.name,
        name_en=product.name_en,
        company=product.company,
        supply=product.supply,
        class_name=product.class_name,
        form=product.form,
        image_url=product.image_url,
        ingredients=tuple(_ingredient(row) for row in product.holds.all()),
        sections={section.kind: section.text for section in product.sections.all()},
        looks=tuple(_look(look) for look in product.looks.all()),
        summary=product.summary,
        summary_source=product.summary_source,
        source=product.source,
        as_of=product.as_of,
        refreshed_at=product.refreshed_at,
        withdrawn_on=product.withdrawn_on,
    )


def _ingredient(row: ProductIngredient) -> IngredientFacts:
    held = row.ingredient
    return IngredientFacts(held.pk, held.name, held.name_en, held.code, row.amount, row.unit)


def _look(look: Look) -> LookFacts:
    return LookFacts(
        description=look.description,
        shape=look.shape,
        colors=tuple(color for color in dict.fromkeys((look.color_front, look.color_back)) if color),
        imprint_front=look.imprint_front,
        imprint_back=look.imprint_back,
        long_mm=look.long_mm,
        short_mm=look.short_mm,
        thick_mm=look.thick_mm,
    )
