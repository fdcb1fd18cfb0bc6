"""Lays parts of products that come on different pages together: the looks of a pill, the substances of a tablet.

A page may hold one look of a product and a page much later another. So while a table is read, parts are only added;
when it was read from its first page to its last in one go, the parts that did not come any more are taken away. A
reading that was stopped and went on later only adds, as nobody knows then what the first half held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import replace
from typing import Generic, TypeVar

from onharu.catalog.medicines.actions.parts import LOOK_COLUMNS
from onharu.catalog.medicines.models import Look, ProductIngredient
from onharu.catalog.medicines.rules.rows import HeldRow, LookRow
from onharu.catalog.medicines.rules.salts import plain

ASK_AT_ONCE = 500
Part = TypeVar("Part", LookRow, HeldRow)
Parts = dict[str, list[Part]]


class Gathering(Generic[Part]):
    """The parts that came in one run, by item_seq; `standing` reads those on the shelf, `same` tells two apart."""

    def __init__(self, standing: Callable[[Collection[str]], Parts[Part]], same: Callable[[Part], Hashable]) -> None:
        self._standing: Callable[[Collection[str]], Parts[Part]] = standing
        self._same: Callable[[Part], Hashable] = same
        self._came: Parts[Part] = defaultdict(list)

    def lay(self, came: Mapping[str, Iterable[Part]]) -> Parts[Part]:
        """Return what stands of these products with what came of them so far in this run."""
        standing = self._standing(came.keys())
        laid: Parts[Part] = {}
        for number, parts in came.items():
            so_far = self._came[number]
            so_far += [part for part in parts if part not in so_far]
            stands = standing.get(number, [])
            known = {self._same(part) for part in stands}
            laid[number] = stands + [part for part in so_far if self._same(part) not in known]
        return laid

    def superfluous(self) -> Iterable[Parts[Part]]:
        """Yield, some hundreds at once, the products of which more or other stands than came, with what came."""
        numbers = list(self._came)
        for begun in range(0, len(numbers), ASK_AT_ONCE):
            standing = self._standing(numbers[begun : begun + ASK_AT_ONCE])
            yield {
                number: self._came[number]
                for number, stands in standing.items()
                if list(map(self._same, stands)) != list(map(self._same, self._came[number]))
            }


def looks() -> Gathering[LookRow]:
    """Gather the looks of pills."""
    return Gathering(_looks_of, lambda look: look)


def substances(source: str) -> Gathering[HeldRow]:
    """Gather substances; what stands from another source is not added to, but replaced."""

    def standing(numbers: Collection[str]) -> Parts[HeldRow]:
        found: Parts[HeldRow] = defaultdict(list)
        columns = ("product__item_seq", "ingredient__name", "amount", "unit")
        held = ProductIngredient.objects.filter(product__item_seq__in=numbers, source=source).order_by("place")
        for number, name, amount, unit in held.values_list(*columns):
            found[number].append(HeldRow(name, amount=amount, unit=unit))
        return found

    return Gathering(standing, lambda held: (plain(held.name), held.amount, held.unit))


def told_once(held: Iterable[HeldRow]) -> list[HeldRow]:
    """Join substances that are told more than once: which amount counts is not known then.

    Two layers of one tablet add up; the tablets of different days in one pack do not.
    """
    once: dict[str, HeldRow] = {}
    for one in held:
        key = plain(one.name)
        if key:
            once[key] = replace(one, amount=None, unit="") if key in once else one
    return list(once.values())


def _looks_of(numbers: Collection[str]) -> Parts[LookRow]:
    found: Parts[LookRow] = defaultdict(list)
    kept = Look.objects.filter(product__item_seq__in=numbers).order_by("place")
    for number, *columns in kept.values_list("product__item_seq", *LOOK_COLUMNS):
        found[number].append(LookRow(*columns))
    return found
