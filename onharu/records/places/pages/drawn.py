"""The map that needs no network: where the pharmacies of a list lie around a place, as a drawing."""

from __future__ import annotations

from collections.abc import Sequence

from onharu.catalog.pharmacies.public import Near, Place
from onharu.records.places.pages.shown import Row
from onharu.records.places.rules.scatter import Dot, Drawing, scatter


def map_of(middle: Place, found: Sequence[Near]) -> Drawing | None:
    """Draw the pharmacies of a list around a place, numbered as they are in the list; None where none has a place."""
    places = [one.pharmacy.place for one in found if one.pharmacy.place is not None]
    return scatter(middle, places) if places else None


def dots_of(drawing: Drawing | None, found: Sequence[Near], rows: Sequence[Row]) -> list[tuple[Dot, Row]]:
    """Put each dot beside its row; a pharmacy whose place nobody knows has a row and no dot."""
    placed = [row for one, row in zip(found, rows, strict=False) if one.pharmacy.place is not None]
    return list(zip(drawing.dots, placed, strict=False)) if drawing else []
