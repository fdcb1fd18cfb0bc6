"""Fills the shelf with sentences on what each medicine is for: made once for a label, anew when the label changes.

Every label is told in its own words at once, without asking anybody; `asking` lets a model say some of it better.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.db import transaction

from onharu.catalog.medicines.actions.indexing import changed
from onharu.catalog.medicines.models import PlainWords
from onharu.catalog.medicines.queries.labels import Told, label_words, labels_told, symptoms_of
from onharu.kernel import clock
from onharu.upstream import plain_words

WRITE_AT_ONCE = 500
LONGEST = 400
COLUMNS = ["text", "source", "model", "label_mark", "made_at"]
Key = tuple[int, str]


def summarise(product_ids: Iterable[int] | None = None, *, symptoms: bool = False) -> int:
    """Tell these products (None: all) in their labels' own words where a summary is absent or out of date.

    Asks no model, however many there are. With `symptoms`, one more for each symptom that a label mentions. Returns
    how many were written.
    """
    asked = None if product_ids is None else set(product_ids)
    written = 0
    with transaction.atomic():
        for part in labels_told(asked):
            written += _tell_at_home(part, symptoms=symptoms)
        gone = _forget_unlabelled(asked)
    if written or gone:
        changed()
    return written


def _tell_at_home(part: list[Told], *, symptoms: bool) -> int:
    marks = {told.product_id: told.mark for told in part}
    stand = dict(_standing(marks))
    stale = {key for key, mark in stand.items() if mark != marks[key[0]]}
    named = symptoms_of(marks) if symptoms or any(symptom for _, symptom in stale) else {}
    fresh: list[PlainWords] = []
    for told in part:
        # What was told of a symptom before is told anew, where the changed label still mentions it.
        mentioned = [one for one in named.get(told.product_id, ()) if symptoms or (told.product_id, one) in stale]
        for symptom in ("", *mentioned):
            up_to_date = stand.get((told.product_id, symptom)) == told.mark
            if not up_to_date and (text := _at_home(told.efficacy, symptom)):
                fresh.append(_row(told, symptom, text=text, source=PlainWords.Source.EXTRACT))
    _drop(stale)
    _write(fresh)
    return len(fresh)


def _standing(product_ids: Iterable[int]) -> Iterable[tuple[Key, str]]:
    rows = PlainWords.objects.filter(product_id__in=list(product_ids))
    return (
        ((product, symptom), mark) for product, symptom, mark in rows.values_list("product_id", "symptom", "label_mark")
    )


def _drop(stale: set[Key]) -> None:
    """Let go of what was made from another label; what is made anew follows in the same transaction."""
    for symptom in {symptom for _, symptom in stale}:
        products = [product for product, one in stale if one == symptom]
        PlainWords.objects.filter(symptom=symptom, product_id__in=products).delete()


@lru_cache(maxsize=4096)
def _at_home(efficacy: str, symptom: str) -> str:
    named_by = label_words().get(symptom, ())
    label = plain_words.Label(name="", sections={"efficacy": efficacy})
    return plain_words.explain_at_home(label, symptom, named_by=named_by).text[:LONGEST]


def _row(told: Told, symptom: str, *, text: str, source: str) -> PlainWords:
    return PlainWords(
        product_id=told.product_id,
        symptom=symptom,
        text=text,
        source=source,
        model="",
        label_mark=told.mark,
        made_at=clock.now(),
    )


def _write(rows: list[PlainWords]) -> None:
    PlainWords.objects.bulk_create(
        rows,
        batch_size=WRITE_AT_ONCE,
        update_conflicts=True,
        unique_fields=["product", "symptom"],
        update_fields=COLUMNS,
    )


def _forget_unlabelled(product_ids: set[int] | None) -> int:
    """Drop summaries of products whose label says nothing of what they are for any more."""
    rows = PlainWords.objects.exclude(product__sections__kind="efficacy")
    if product_ids is not None:
        rows = rows.filter(product_id__in=product_ids)
    return rows.delete()[0]
