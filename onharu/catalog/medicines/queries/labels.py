"""Labels as a summary is made from them, and the summaries that are out of date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onharu.catalog.medicines.models import LabelSection, Mention, ProductIngredient
from onharu.catalog.medicines.rules.plain_words import label_mark
from onharu.catalog.medicines.rules.symptoms import vocabulary

ASK_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Told:
    """What a product's label says it is for, what is in it, and the fingerprint of both."""

    product_id: int
    efficacy: str
    ingredients: tuple[str, ...]
    mark: str


def labels_told(product_ids: Iterable[int] | None = None) -> Iterator[list[Told]]:
    """Read the labels of these products (None: all) some hundreds at once, in two statements each."""
    known = LabelSection.objects.filter(kind=LabelSection.Kind.EFFICACY)
    ids = sorted(known.values_list("product_id", flat=True) if product_ids is None else set(product_ids))
    for start in range(0, len(ids), ASK_AT_ONCE):
        part = ids[start : start + ASK_AT_ONCE]
        holds: dict[int, list[str]] = {}
        rows = ProductIngredient.objects.filter(product_id__in=part).order_by("product_id", "place")
        for product, name in rows.values_list("product_id", "ingredient__name"):
            holds.setdefault(product, []).append(name)
        texts = known.filter(product_id__in=part).order_by("product_id").values_list("product_id", "text")
        yield [_told(product, text, tuple(holds.get(product, ()))) for product, text in texts]


def _told(product_id: int, efficacy: str, ingredients: tuple[str, ...]) -> Told:
    return Told(product_id, efficacy, ingredients, label_mark(efficacy, ingredients))


def symptoms_of(product_ids: Iterable[int]) -> dict[int, list[str]]:
    """Name the symptoms that these products' labels mention, the foremost first."""
    found: dict[int, list[str]] = {}
    rows = Mention.objects.filter(product_id__in=list(product_ids)).order_by("product_id", "-weight", "symptom")
    for product, symptom in rows.values_list("product_id", "symptom"):
        found.setdefault(product, []).append(symptom)
    return found


def label_words() -> dict[str, tuple[str, ...]]:
    """List the words by which labels name each symptom of the vocabulary."""
    return {symptom.name: symptom.label_words for symptom in vocabulary()}
