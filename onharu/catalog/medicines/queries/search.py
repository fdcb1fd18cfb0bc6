"""Searches the shelf: by name through the index of names, by symptom through what labels mention. Two statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Value
from django.db.models.fields import FloatField

from onharu.catalog.medicines.models import Mention, Product
from onharu.catalog.medicines.queries.facts import SHELF, briefs
from onharu.catalog.medicines.rules.facts import BriefFacts
from onharu.catalog.medicines.rules.questions import FREE, NAME, SYMPTOM, Asked
from onharu.catalog.medicines.rules.symptoms import vocabulary
from onharu.names import public as names

SYMPTOMS = "symptoms"
GOOD_NAME = 80.0  # a name that people typed like this is meant, also where a symptom sounds alike
GOOD_SYMPTOM = 75.0
ENOUGH = 60.0  # below that, a name is not an answer but a resemblance


@dataclass(frozen=True, slots=True)
class FoundProduct:
    """One product with how well it answers, between 0 and 100."""

    brief: BriefFacts
    score: float


@dataclass(frozen=True, slots=True)
class FoundProducts:
    """What the shelf answers. `corrected` is the spelling that was understood; `symptom` the one that was meant."""

    products: tuple[FoundProduct, ...]
    corrected: str | None = None
    symptom: str | None = None


def on_shelf(asked: Asked) -> FoundProducts:
    """Answer a question from the shelf; a free question is a name unless it rather says a symptom."""
    if asked.kind == SYMPTOM:
        return by_symptom(asked.text, asked.limit)
    found = by_name(asked.text, asked.limit)
    if asked.kind == NAME or (found.products and found.products[0].score >= GOOD_NAME):
        return found
    meant = by_symptom(asked.text, asked.limit)
    return meant if asked.kind == FREE and meant.products else found


def by_name(text: str, limit: int) -> FoundProducts:
    """Find products by what people call them."""
    results = names.search(SHELF, text, limit=limit)
    hits = [hit for hit in results.hits if hit.score >= ENOUGH]
    known = {one.id: one for one in briefs(Product.objects.filter(pk__in=[hit.key for hit in hits]))} if hits else {}
    products = tuple(FoundProduct(known[hit.key], hit.score) for hit in hits if hit.key in known)
    return FoundProducts(products, corrected=results.corrected if products else None)


def by_symptom(text: str, limit: int) -> FoundProducts:
    """Find products whose label names a symptom; those that are for little else come first."""
    symptom = symptom_meant(text)
    if symptom is None:
        return FoundProducts(())
    mentioned = Mention.objects.filter(symptom=symptom).annotate(
        score=F("weight") * Value(100.0, output_field=FloatField())
    )
    order = mentioned.order_by("-weight", "product__name").values_list("product_id", "score")[:limit]
    scores = dict(order)
    known = {one.id: one for one in briefs(Product.objects.filter(pk__in=scores))}
    products = tuple(FoundProduct(known[key], round(score, 1)) for key, score in scores.items() if key in known)
    return FoundProducts(products, symptom=symptom)


def symptom_meant(text: str) -> str | None:
    """Tell which symptom of the vocabulary somebody means: "머리 아파" is 두통; None when it is none."""
    hits: Sequence[names.Hit] = names.rank(text, _entries(), shelf=SYMPTOMS, limit=1).hits
    if not hits or hits[0].score < GOOD_SYMPTOM:
        return None
    return vocabulary()[hits[0].key].name


def _entries() -> list[names.Entry]:
    return [
        names.Entry(key=place, text=symptom.name, aliases=symptom.said, weight=1.0)
        for place, symptom in enumerate(vocabulary())
    ]
