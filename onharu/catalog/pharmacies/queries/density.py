"""How dense pharmacies stand around a place: a guess that decides how far is looked first, never what is found."""

from __future__ import annotations

from collections import Counter
from math import floor, pi, sqrt

from django.db.models import Count, F
from django.db.models.functions import Floor

from onharu.catalog.pharmacies.models import LISTED, Pharmacy
from onharu.catalog.pharmacies.queries.shelf import is_empty
from onharu.catalog.pharmacies.rules.facts import Place
from onharu.kernel import clock

KEPT_SECONDS = 600.0
# Cells of about 2.2 km either way, all over the country a few thousand.
NORTH, EAST = 50, 40
CELL_M = 2_222.0
NARROWEST_M = 250.0
Cells = Counter[tuple[int, int]]
_kept: list[tuple[float, Cells]] = []


def reach(place: Place, many: int, most: float) -> float:
    """Guess within how many metres about so many pharmacies stand; `most` where that is not much less."""
    cells = _cells()
    row, column = floor(place.latitude * NORTH), floor(place.longitude * EAST)
    around = 1
    met = _within(cells, row, column, around)
    while met < many and around * CELL_M < most:
        around += 1
        met = _within(cells, row, column, around)
    side = (2 * around + 1) * CELL_M
    guess = sqrt(many / max(met, 1) / pi) * side
    return most if guess > most * 0.7 else max(guess, NARROWEST_M)


def _within(cells: Cells, row: int, column: int, around: int) -> int:
    """Count a block of cells."""
    return sum(
        cells.get((north, east), 0)
        for north in range(row - around, row + around + 1)
        for east in range(column - around, column + around + 1)
    )


def shelf_is_empty() -> bool:
    """Tell whether nothing was imported yet. No statement where the cells say that something was."""
    return not _cells() and is_empty()


def _cells() -> Cells:
    """Count pharmacies by cell. One statement in ten minutes; every time while the shelf is empty."""
    now = clock.monotonic()
    if _kept and now < _kept[0][0]:
        return _kept[0][1]
    rows = (
        Pharmacy.objects.filter(LISTED, latitude__isnull=False)
        .order_by()
        .values_list(Floor(F("latitude") * NORTH), Floor(F("longitude") * EAST))
        .annotate(many=Count("id"))
    )
    cells = Counter({(int(north), int(east)): many for north, east, many in rows})
    _kept[:] = [(now + KEPT_SECONDS, cells)] if cells else []
    return cells


def drop_kept_cells() -> None:
    """Forget the cells, as a new process would."""
    _kept.clear()
