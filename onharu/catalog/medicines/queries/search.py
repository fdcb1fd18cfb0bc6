"""Searches the shelf: by name through the index of names, by symptom through what labels mention. Two statements."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum

from onharu.catalog.medicines.models import LabelSection, Mention
from onharu.catalog.medicines.queries.facts import SHELF, briefs_by_id
from onharu.catalog.medicines.rules.facts import BriefFacts
from onharu.catalog.medicines.rules.naming import bare, without_unit
from onharu.catalog.medicines.rules.questions import FREE, NAME, SYMPTOM, Asked, folded
from onharu.catalog.medicines.rules.said import says_nothing_else, symptoms_said
from onharu.catalog.medicines.rules.symptoms import vocabulary
from onharu.names import public as names

SYMPTOMS = "symptoms"
GOOD_NAME = 80.0  # a name that people typed like this is meant, also where a symptom sounds alike
GOOD_SYMPTOM = 75.0
ENOUGH = 60.0  # below that, a name is not an answer but a resemblance
WORDS_IN_LABEL = 50.0  # of a label that has the very words, which no symptom of the vocabulary is
LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class FoundProduct:
    """One product with how well it answers, between 0 and 100."""

    brief: BriefFacts
    score: float


@dataclass(frozen=True, slots=True)
class FoundProducts:
    """What the shelf answers. `corrected` is the spelling that was understood; `symptoms` those that were meant."""

    products: tuple[FoundProduct, ...]
    corrected: str | None = None
    symptoms: tuple[str, ...] = ()


def on_shelf(asked: Asked) -> FoundProducts:
    """Answer a question from the shelf; a free question is a name unless it rather says a symptom."""
    if asked.kind == SYMPTOM:
        meant = by_symptom(asked.text, asked.limit)
        return meant if meant.symptoms else _by_words_of_labels(asked.text, asked.limit)
    if asked.kind == FREE and says_nothing_else(asked.text):
        meant = by_symptom(asked.text, asked.limit)
        if meant.products:
            return meant
    found = by_name(asked.text, asked.limit)
    if asked.kind == NAME or (found.products and found.products[0].score >= GOOD_NAME):
        return found
    meant = by_symptom(asked.text, asked.limit)
    return meant if meant.products else found


def by_name(text: str, limit: int) -> FoundProducts:
    """Find products by what people call them; withdrawn ones after all others, unless their very name was written."""
    results = names.search(SHELF, without_unit(text), limit=limit)
    hits = [hit for hit in results.hits if hit.score >= ENOUGH]
    found = _in_order([(hit.key, hit.score) for hit in hits])
    living_first = tuple(sorted(found, key=lambda one: one.brief.withdrawn_on is not None and not _is(one.brief, text)))
    return FoundProducts(living_first, corrected=results.corrected if found else None)


def _is(brief: BriefFacts, text: str) -> bool:
    """Whether somebody wrote the very name, as who reads it off a box does."""
    return text in {folded(brief.name), folded(bare(brief.name))}


def by_symptom(text: str, limit: int) -> FoundProducts:
    """Find products whose label names what somebody suffers from.

    Of two symptoms said, products that are for both come first; then those that are for little else. What was withdrawn
    is proposed to nobody for anything.
    """
    meant = symptoms_meant(text)
    if not meant:
        return FoundProducts(())
    if len(meant) == 1:
        alone = Mention.objects.filter(symptom=meant[0]).order_by("-weight", "product_id")
        weighed = [(key, 100 * weight) for key, weight in alone.values_list("product_id", "weight")[:limit]]
    else:
        several = Mention.objects.filter(symptom__in=meant).values("product_id")
        both = several.annotate(said=Count("id"), total=Sum("weight")).order_by("-said", "-total", "product_id")
        columns = both.values_list("product_id", "total")[:limit]
        weighed = [(key, 100 * total / len(meant)) for key, total in columns]
    return FoundProducts(_in_order(weighed), symptoms=meant)


def symptoms_meant(text: str) -> tuple[str, ...]:
    """Tell which symptoms of the vocabulary somebody means, one or two: "머리 아파" is 두통; none when it is none."""
    said = symptoms_said(text)
    if said:
        return said
    hits: Sequence[names.Hit] = names.rank(text, _entries(), shelf=SYMPTOMS, limit=1).hits
    if not hits or hits[0].score < GOOD_SYMPTOM:
        return ()
    return (vocabulary()[hits[0].key].name,)


def _by_words_of_labels(text: str, limit: int) -> FoundProducts:
    if len(text) < LEAST_WORDS:
        return FoundProducts(())
    saying = LabelSection.objects.filter(
        kind="efficacy", text__icontains=text, product__withdrawn_on__isnull=True
    ).order_by("product_id")
    keys = saying.values_list("product_id", flat=True)[:limit]
    return FoundProducts(_in_order([(key, WORDS_IN_LABEL) for key in keys]))


def _in_order(scored: Sequence[tuple[int, float]]) -> tuple[FoundProduct, ...]:
    if not scored:
        return ()
    known = briefs_by_id(key for key, _ in scored)
    return tuple(FoundProduct(known[key], round(score, 1)) for key, score in scored if key in known)


@functools.cache
def _entries() -> tuple[names.Entry, ...]:
    return tuple(
        names.Entry(key=place, text=symptom.name, aliases=symptom.said, weight=1.0)
        for place, symptom in enumerate(vocabulary())
    )
