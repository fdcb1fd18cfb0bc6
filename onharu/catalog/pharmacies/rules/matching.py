"""Tells which rows of two lists are one pharmacy. Plain Python: a function of the two lists, whatever their order.

Two different pharmacies must never become one, so each rule needs two kinds of evidence of place, name and phone, and
a pair counts only when neither side fits anybody else as well. See docs/decisions/0082.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Final, NamedTuple

from onharu.catalog.pharmacies.rules.areas import parts_of
from onharu.catalog.pharmacies.rules.phones import LEAST_ALIKE, digits, same_phone
from onharu.catalog.pharmacies.rules.rows import PharmacyRow

# Metres. Two lists place one door up to some tens of metres apart, and the doors of a large block some hundreds.
DOOR: Final = 50.0
BLOCK: Final = 300.0
# A pharmacy that took its name and its number along.
MOVED: Final = 1000.0
_METRES_PER_DEGREE: Final = 111_195.0
# A cell of the net that neighbours are looked for in: at least DOOR on each side anywhere in Korea.
_CELL: Final = 1 / 1500
# More of a name than a list would ever write.
MOST_COMPARED: Final = 120
_COMPANY = re.compile(r"주식회사|\(주\)|㈜")
_SIGNS = re.compile(r"[^0-9a-z가-힣]")


class Known(NamedTuple):
    """What matching knows of one row: its key, its name and phone as compared, its house and its place."""

    key: str
    name: str
    phone: str
    building: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Matched:
    """Which rows are one pharmacy, and which cannot be told.

    `pairs` leads from the first list's keys to the second's. `ambiguous` keys fit more than one. `twins` are keys of
    rows that their own list has a second time, to the one that stands for them.
    """

    pairs: Mapping[str, str]
    ambiguous: frozenset[str]
    twins: Mapping[str, str]


def known(row: PharmacyRow) -> Known:
    """Make a row ready to be compared."""
    house = parts_of(row.address).building
    return Known(row.key, bare_name(row.name), digits(row.phone), house, row.latitude, row.longitude)


def bare_name(name: str) -> str:
    """Spell a name without what lists write in different ways: spaces, brackets, marks, 주식회사."""
    said = unicodedata.normalize("NFC", name)
    return _SIGNS.sub("", unicodedata.normalize("NFKC", _COMPANY.sub("", said)).casefold())[:MOST_COMPARED]


def metres(one: Known, other: Known) -> float | None:
    """Tell how far apart two rows are placed; None when one has no place. Flat: meant for some kilometres."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    east = (one.longitude - other.longitude) * cos(radians(one.latitude))
    return _METRES_PER_DEGREE * hypot(one.latitude - other.latitude, east)


def match(first: Sequence[Known], second: Sequence[Known]) -> Matched:
    """Pair the rows of two lists, the surest first. What fits two rows equally well is paired with neither."""
    twins = _twins(first) | _twins(second)
    first = [one for one in first if one.key not in twins]
    second = [other for other in second if other.key not in twins]
    fits: list[list[tuple[str, str]]] = [[] for _ in RULES]
    for one, other in _compared(first, second):
        place = next((number for number, rule in enumerate(RULES) if rule(one, other)), None)
        if place is not None:
            fits[place].append((one.key, other.key))
    pairs: dict[str, str] = {}
    left_out: set[tuple[int, str]] = set()
    for found in fits:
        free = [(a, b) for a, b in found if not {(0, a), (1, b)} & left_out]
        degrees: dict[tuple[int, str], int] = defaultdict(int)
        for a, b in free:
            degrees[0, a] += 1
            degrees[1, b] += 1
        pairs.update((a, b) for a, b in free if degrees[0, a] == degrees[1, b] == 1)
        left_out.update(degrees)
    taken = {(0, a) for a in pairs} | {(1, b) for b in pairs.values()}
    return Matched(pairs, frozenset(key for side, key in left_out if (side, key) not in taken), twins)


def _twins(rows: Sequence[Known]) -> dict[str, str]:
    """Find rows that stand in one list twice, same in name, phone and house: the greater key, given later, counts."""
    alike: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        if row.name and row.building and len(row.phone) >= LEAST_ALIKE:
            alike[row.name, row.phone, row.building].append(row.key)
    return {key: max(keys) for keys in alike.values() if len(keys) > 1 for key in keys if key != max(keys)}


def _same_name(one: Known, other: Known) -> bool:
    return bool(one.name) and one.name == other.name


def _same_phone(one: Known, other: Known) -> bool:
    return same_phone(one.phone, other.phone)


def _same_house(one: Known, other: Known) -> bool:
    return bool(one.building) and one.building == other.building


def _within(most: float) -> Callable[[Known, Known], bool]:
    def near(one: Known, other: Known) -> bool:
        apart = metres(one, other)
        return apart is not None and apart <= most

    return near


_AT_ONE_DOOR, _IN_ONE_BLOCK, _NOT_FAR = _within(DOOR), _within(BLOCK), _within(MOVED)


def _all(*needed: Callable[[Known, Known], bool]) -> Callable[[Known, Known], bool]:
    return lambda one, other: all(fits(one, other) for fits in needed)


# The surest first. A name alone, a phone alone and a place alone never make two rows one.
RULES: Final = (
    _all(_same_name, _same_phone, _same_house),
    _all(_same_name, _same_phone, _IN_ONE_BLOCK),
    _all(_same_name, _same_phone, _NOT_FAR),
    _all(_same_name, _same_house),
    _all(_same_name, _AT_ONE_DOOR),
    # Renamed: a chain's word more or less, or a new owner who kept the number.
    _all(_same_phone, _same_house),
    _all(_same_phone, _AT_ONE_DOOR),
)


def _compared(first: Sequence[Known], second: Sequence[Known]) -> Iterator[tuple[Known, Known]]:
    """Yield every two rows that some rule could fit, each two once."""
    shelves: dict[tuple[str, ...] | tuple[str, int, int], list[Known]] = defaultdict(list)
    for other in second:
        for clue in _clues(other, around=False):
            shelves[clue].append(other)
    for one in first:
        met: dict[str, Known] = {}
        for clue in _clues(one, around=True):
            met.update((other.key, other) for other in shelves.get(clue, ()))
        yield from ((one, other) for other in met.values())


def _clues(row: Known, *, around: bool) -> Iterable[tuple[str, ...] | tuple[str, int, int]]:
    """Yield what a row can be found by: end of phone; name with house; name with cell (and the cells around it)."""
    if len(row.phone) >= LEAST_ALIKE:
        yield ("phone", row.phone[-LEAST_ALIKE:])
    if row.name and row.building:
        yield (row.name, row.building)
    if row.name and row.latitude is not None and row.longitude is not None:
        reach = range(-1, 2) if around else range(1)
        south, west = int(row.latitude / _CELL), int(row.longitude / _CELL)
        for north in reach:
            for east in reach:
                yield (row.name, south + north, west + east)
