"""Finds pills by what is printed on them, their shape and their colour. Two statements, one more after a change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import Lock

from onharu.catalog.medicines.models import Look
from onharu.catalog.medicines.queries.facts import briefs_by_id
from onharu.catalog.medicines.queries.remembered import current_stamp
from onharu.catalog.medicines.rules.facts import BriefFacts, LookFacts
from onharu.catalog.medicines.rules.imprints import Mark, Marks, color_meant, shape_meant

_COLORS = re.compile(r"[^가-힣]+")
_lock = Lock()
_held: tuple[str | None, Marks] | None = None


@dataclass(frozen=True, slots=True)
class FoundPill:
    """A pill that may be the one in the hand: its product, how it looks, and how well that answers (0 to 100)."""

    brief: BriefFacts
    look: LookFacts
    score: float


def identify(*, imprint: str = "", shape: str = "", color: str = "", limit: int = 20) -> tuple[FoundPill, ...]:
    """Find pills, best first, of equal ones the living; each product once, by the look that fits best."""
    found = marks().search(imprint, shape=shape_meant(shape), color=color_meant(color))
    best: dict[int, tuple[float, Mark]] = {}
    for score, mark in found:
        best.setdefault(mark.product_id, (score, mark))
        if len(best) == limit:
            break
    if not best:
        return ()
    products = briefs_by_id(best)
    pills = [
        FoundPill(products[product], _look(mark), score)
        for product, (score, mark) in best.items()
        if product in products
    ]
    return tuple(sorted(pills, key=lambda one: (-one.score, one.brief.withdrawn_on is not None)))


def marks() -> Marks:
    """Read the looks of the shelf, again only after the shelf changed. One statement when nothing did."""
    global _held  # noqa: PLW0603 replaced as a whole, never changed
    stamp = current_stamp()
    held = _held
    if held is not None and held[0] == stamp:
        return held[1]
    with _lock:
        if _held is None or _held[0] != stamp:
            _held = (stamp, Marks(_all()))
        return _held[1]


def forget_marks() -> None:
    """Drop the looks this process holds. For tests."""
    global _held  # noqa: PLW0603 see above
    _held = None


def _all() -> list[Mark]:
    columns = (
        "product_id", "pk", "folded_front", "folded_back", "shape", "color_front", "color_back", "imprint_front",
        "imprint_back",
    )  # fmt: skip
    return [
        Mark(product, look, front, back, shape, _colors(one, other), said_front, said_back)
        for product, look, front, back, shape, one, other, said_front, said_back in Look.objects.order_by(
            "product_id", "place"
        ).values_list(*columns)
    ]


def _colors(*said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(color for cell in said for color in _COLORS.split(cell) if color))


def _look(mark: Mark) -> LookFacts:
    return LookFacts(
        description="",
        shape=mark.shape,
        colors=mark.colors,
        imprint_front=mark.imprint_front,
        imprint_back=mark.imprint_back,
        long_mm=None,
        short_mm=None,
        thick_mm=None,
    )
