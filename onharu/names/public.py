"""The door of the names room: put names on a shelf, search a shelf, rank a short list the same way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from onharu.names import queries
from onharu.names import search as searching
from onharu.names.actions import forget, replace, upsert
from onharu.names.hangul import initials
from onharu.names.particles import particle, with_particle
from onharu.names.rules import Entry, Hit, Results, jamo_distance
from onharu.names.synonyms import synonyms_of

__all__ = [
    "Entry", "Hit", "Results", "forget", "initials", "jamo_distance", "particle", "rank", "replace", "search",
    "upsert", "with_particle",
]  # fmt: skip

_NO_BOOSTS: Final[Mapping[int, float]] = MappingProxyType({})


def search(
    shelf: str,
    query: str,
    *,
    limit: int = 20,
    boosts: Mapping[int, float] | None = None,
    distinct: bool = False,
) -> Results:
    """Return the names on the shelf that answer the query, best first, at the cost of one SQL statement.

    `boosts` maps keys to 0…1, how much a name is the person's own habit. `distinct` gives each spelling once, by its
    best key: catalogues hold the same name many times. An unknown shelf and an empty query have no answers.
    """
    return queries.answers(shelf, query, limit=limit, boosts=boosts or _NO_BOOSTS, distinct=distinct)


def rank(
    query: str,
    entries: Iterable[Entry],
    *,
    shelf: str = "",
    limit: int = 20,
    boosts: Mapping[int, float] | None = None,
) -> Results:
    """Return those entries of a short list that answer the query, in the order `search` would give; no SQL.

    `shelf` names the words to use (계란 is 달걀). Meant for some hundreds of entries, a person's own foods.
    """
    return searching.search_entries(
        entries, query, synonyms=synonyms_of(shelf), limit=limit, boosts=boosts or _NO_BOOSTS
    )
