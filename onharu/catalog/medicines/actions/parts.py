"""Writes what hangs on a product: label sections, substances, looks. Each answers which products changed by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onharu.catalog.medicines.models import Ingredient, LabelSection, Look, ProductIngredient
from onharu.catalog.medicines.rules.rows import HeldRow, LookRow, ProductRow
from onharu.catalog.medicines.rules.salts import plain
from onharu.catalog.medicines.rules.starter import OURS
from onharu.catalog.medicines.rules.tables import FROM_NAME
from onharu.catalog.medicines.rules.texts import folded_imprint
from onharu.kernel.rows import insert

ASK_AT_ONCE = 500
LOOK_COLUMNS = tuple(LookRow.__dataclass_fields__)
LOOK_OWN = ("product_id", "place", "folded_front", "folded_back", "source", "as_of")


def store_sections(rows: Mapping[int, ProductRow]) -> set[str]:
    """Write the sections of labels, verbatim. A section that a newer label lacks stays until a label replaces it.

    Sections in our own words go with the first official one: nobody should read both as one label.
    """
    said = {product: row for product, row in rows.items() if row.sections}
    kept: dict[tuple[int, str], str] = {}
    for part in _parts(product for product, row in said.items() if not row.starter):
        LabelSection.objects.filter(product_id__in=part, source__startswith=OURS).delete()
    for part in _parts(said):
        found = LabelSection.objects.filter(product_id__in=part).values_list("product_id", "kind", "text")
        kept.update({(product, kind): text for product, kind, text in found})
    fresh, changed = [], set()
    for product, row in said.items():
        for kind, text in row.sections.items():
            if kept.get((product, kind)) != text:
                fresh.append(LabelSection(product_id=product, kind=kind, text=text, source=row.source, as_of=row.as_of))
                changed.add(row.item_seq)
    LabelSection.objects.bulk_create(
        fresh,
        batch_size=ASK_AT_ONCE,
        update_conflicts=True,
        unique_fields=["product", "kind"],
        update_fields=["text", "source", "as_of"],
    )
    return changed


def store_holds(rows: Mapping[int, ProductRow]) -> set[str]:
    """Write what products hold. What only a name says never replaces what a table of substances said."""
    said = {product: row for product, row in rows.items() if row.holds}
    kept: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for part in _parts(said):
        columns = ("product_id", "source", "ingredient__key", "amount", "unit")
        for product, *held in (
            ProductIngredient.objects.filter(product_id__in=part).order_by("place").values_list(*columns)
        ):
            kept[product].append(tuple(held))
    known = _ingredients(held for row in said.values() for held in row.holds)
    fresh: list[tuple[Any, ...]] = []
    changed: dict[int, str] = {}
    for product, row in said.items():
        before = kept.get(product, [])
        if row.holds_source == FROM_NAME and any(source != FROM_NAME for source, *_ in before):
            continue
        wanted = [(row.holds_source, plain(held.name), held.amount, held.unit) for held in _distinct(row.holds)]
        if wanted == before:
            continue
        changed[product] = row.item_seq
        fresh += [
            (product, known[key], place, amount, unit, source)
            for place, (source, key, amount, unit) in enumerate(wanted)
        ]
    for part in _parts(changed):
        ProductIngredient.objects.filter(product_id__in=part).delete()
    insert(ProductIngredient, ("product_id", "ingredient_id", "place", "amount", "unit", "source"), fresh)
    return set(changed.values())


def store_looks(rows: Mapping[int, Sequence[ProductRow]]) -> set[str]:
    """Write how pills look; the looks of a product are replaced together."""
    said = {product: of_one for product, of_one in rows.items() if of_one[0].look is not None}
    kept: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for part in _parts(said):
        found = Look.objects.filter(product_id__in=part).order_by("place").values_list("product_id", *LOOK_COLUMNS)
        for product, *look in found:
            kept[product].append(tuple(look))
    fresh: list[tuple[Any, ...]] = []
    changed: dict[int, str] = {}
    for product, of_one in said.items():
        looks = list(dict.fromkeys(row.look for row in of_one if row.look is not None))
        if [tuple(getattr(look, column) for column in LOOK_COLUMNS) for look in looks] == kept.get(product, []):
            continue
        changed[product] = of_one[0].item_seq
        fresh += [_look(product, place, look, of_one[0]) for place, look in enumerate(looks)]
    for part in _parts(changed):
        Look.objects.filter(product_id__in=part).delete()
    insert(Look, (*LOOK_OWN, *LOOK_COLUMNS), fresh)
    return set(changed.values())


def _look(product: int, place: int, look: LookRow, row: ProductRow) -> tuple[Any, ...]:
    folded = (folded_imprint(look.imprint_front), folded_imprint(look.imprint_back))
    return (product, place, *folded, row.source, row.as_of, *(getattr(look, column) for column in LOOK_COLUMNS))


def _ingredients(held: Iterable[HeldRow]) -> dict[str, int]:
    """Find or make the substances, by their names made plain."""
    wanted = {plain(one.name): one for one in _distinct(held)}
    Ingredient.objects.bulk_create(
        [
            Ingredient(key=key, name=one.name[:200], name_en=one.name_en[:200], code=one.code)
            for key, one in wanted.items()
        ],
        batch_size=ASK_AT_ONCE,
        ignore_conflicts=True,
    )
    found: dict[str, int] = {}
    for part in _parts(wanted):
        found.update(Ingredient.objects.filter(key__in=part).values_list("key", "pk"))
    return found


def _distinct(held: Iterable[HeldRow]) -> list[HeldRow]:
    """Drop repetitions: two layers of one tablet hold the same substance once each."""
    once: dict[str, HeldRow] = {}
    for one in held:
        if key := plain(one.name):
            once.setdefault(key, one)
    return list(once.values())


def _parts(keys: Iterable[Any]) -> Iterable[list[Any]]:
    whole = list(keys)
    return (whole[start : start + ASK_AT_ONCE] for start in range(0, len(whole), ASK_AT_ONCE))
