"""Asks the shelf what official notices say of several products together. Three statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onharu.catalog.medicines.models import Product
from onharu.catalog.medicines.queries.notices import Notices, notices, notices_on
from onharu.catalog.medicines.rules.facts import ProductNoticeFacts
from onharu.catalog.medicines.rules.interactions import (
    DUPLICATE,
    About,
    Finding,
    Medicine,
    Substance,
    Uncompared,
    findings,
    uncompared,
)
from onharu.catalog.medicines.rules.questions import numbers

OWN_SOURCE = "제품의 성분을 서로 견주어 봄"
NOBODY = About()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found, what could not be compared, and which numbers are not on the shelf.

    `on_products` are notices on a product itself, by item_seq, that none of its substances has told of: splitting a
    tablet, and what no substance could be matched for.
    """

    medicines: tuple[Medicine, ...]
    findings: tuple[Finding, ...]
    uncompared: tuple[Uncompared, ...]
    unknown: tuple[str, ...]
    on_products: Mapping[str, tuple[ProductNoticeFacts, ...]]


def interactions(item_seqs: Sequence[str], about: About = NOBODY) -> Comparison:
    """Compare products with the official notices and with each other; each number counts once."""
    wanted = list(dict.fromkeys(item_seqs))
    known = notices()
    medicines = _medicines(wanted, known)
    on_shelf = {medicine.item_seq for medicine in medicines}
    codes = frozenset(code for medicine in medicines for code in medicine.codes)
    said = [notice for notice in known.on(codes) if notice.kind != DUPLICATE or len(medicines) > 1]
    return Comparison(
        medicines=tuple(medicines),
        findings=findings(medicines, said, about, OWN_SOURCE),
        uncompared=uncompared(medicines),
        unknown=tuple(number for number in wanted if number not in on_shelf),
        on_products=_on_products(medicines, known),
    )


def _medicines(item_seqs: Sequence[str], known: Notices) -> list[Medicine]:
    columns = (
        "item_seq", "name", "form", "holds__ingredient__key", "holds__ingredient__name", "holds__ingredient__code",
    )  # fmt: skip
    rows = Product.objects.filter(item_seq__in=numbers(item_seqs)).order_by("id", "holds__place").values_list(*columns)
    held: dict[tuple[str, str, str], list[Substance]] = defaultdict(list)
    for item_seq, name, form, key, substance, code in rows:
        of_one = held[item_seq, name, form]
        if key:
            of_one.append(Substance(substance, key, known.codes_of(key, code)))
    places = {number: place for place, number in enumerate(item_seqs)}
    found = [Medicine(number, name, tuple(substances), form) for (number, name, form), substances in held.items()]
    return sorted(found, key=lambda one: places[one.item_seq])


def _on_products(medicines: Iterable[Medicine], known: Notices) -> dict[str, tuple[ProductNoticeFacts, ...]]:
    by_product = notices_on(medicine.item_seq for medicine in medicines)
    left: dict[str, tuple[ProductNoticeFacts, ...]] = {}
    for medicine in medicines if by_product else ():
        told = known.kinds_on(medicine.codes)
        untold = [one for one in by_product.get(medicine.item_seq, ()) if not _told(one, medicine, told)]
        if untold:
            left[medicine.item_seq] = tuple(untold)
    return left


def _told(notice: ProductNoticeFacts, medicine: Medicine, kinds: frozenset[str]) -> bool:
    """Whether the notices on a medicine's substances say this already."""
    return notice.kind in kinds and (not notice.code or notice.code in medicine.codes)
