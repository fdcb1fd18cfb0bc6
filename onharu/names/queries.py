"""Asks: the names that answer a query. One SQL statement for each search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import connection

from onharu.names import search
from onharu.names.models import Segment, Shelf
from onharu.names.rules import Results
from onharu.names.shelf_index import ShelfIndex, unpacked
from onharu.names.synonyms import synonyms_of

# The stamp is asked every time; the names come along only when this process does not hold that stamp.
_CURRENT: Final = (
    f"SELECT shelf.stamp, segment.names FROM {Shelf._meta.db_table} AS shelf "  # noqa: S608, SLF001 our own table names
    f"LEFT JOIN {Segment._meta.db_table} AS segment ON segment.shelf_id = shelf.id AND shelf.stamp <> %s "  # noqa: SLF001
    "WHERE shelf.name = %s ORDER BY segment.first_key"
)

# Replaced as a whole, never changed: threads may read it while another puts a newer index in.
_held: dict[str, tuple[str, ShelfIndex]] = {}
_EMPTY: Final = ("", ShelfIndex([]))


def answers(shelf: str, query: str, *, limit: int, boosts: Mapping[int, float], distinct: bool) -> Results:
    """Return the names on the shelf that answer the query, best first."""
    if not query.strip():
        return search.NOTHING
    index = current_index(shelf)
    return search.search_index(index, query, synonyms=synonyms_of(shelf), limit=limit, boosts=boosts, distinct=distinct)


def current_index(shelf: str) -> ShelfIndex:
    """Return the index of what the database holds now, read again only when another process or we wrote since.

    A stamp is random, so an index kept from a transaction that was rolled back is never taken for a later one.
    """
    stamp, index = _held.get(shelf, _EMPTY)
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT, [stamp, shelf])
        rows = cursor.fetchall()
    if not rows:
        return _EMPTY[1]
    if rows[0][0] != stamp:
        stamp = rows[0][0]
        index = ShelfIndex([unpacked(bytes(names)) for _, names in rows if names is not None])
        _held[shelf] = (stamp, index)
    return index


def let_go() -> None:
    """Drop the indexes this process holds; the next search reads them again."""
    _held.clear()
