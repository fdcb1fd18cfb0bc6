"""One search, from the query to the ordered hits, over an index or over a short list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from onharu.names import ranking, rules, slips
from onharu.names.ranking import NO_MATCH, Asked, Match
from onharu.names.readings import readings_of
from onharu.names.rules import Entry, Form, Hit, Results
from onharu.names.shelf_index import ShelfIndex
from onharu.names.synonyms import Synonyms

# How many names are compared letter by letter: for what was typed, for the next reading (of Latin letters it is the
# likelier one), for each further reading.
MOST_COMPARED: Final = (96, 64, 32)
# Slips are looked for only when nothing fits well, among the names that share the most clues.
FITS_WELL: Final = 84.0
FEW_HITS: Final = 3
MOST_SLIPS: Final = 32

NOTHING: Final = Results(())


@lru_cache(maxsize=8192)
def _forms_of(text: str, aliases: tuple[str, ...], generic: bool) -> tuple[tuple[Form, ...], str]:  # noqa: FBT001 a cache key
    """Keep the forms and kinds of names met lately: each key press of one person meets mostly the same names."""
    forms = rules.forms_of(text, aliases, generic=generic)
    return forms, _kind_of(forms)


def _kind_of(forms: tuple[Form, ...]) -> str:
    """Return what the name is a variant of, itself when of nothing."""
    by_role = {form.role: form.compact for form in reversed(forms)}
    return by_role.get("head") or by_role.get("main") or next(iter(by_role.values()), "")


class _Named:
    """One name under comparison: its forms, worked out once, and the best match so far."""

    __slots__ = ("entry", "forms", "kind", "match", "share")

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.forms, self.kind = _forms_of(entry.text, entry.aliases, entry.generic)
        self.match: Match = NO_MATCH
        self.share = 0.0


def search_index(
    index: ShelfIndex,
    query: str,
    *,
    synonyms: Synonyms,
    limit: int,
    boosts: Mapping[int, float],
    distinct: bool = False,
) -> Results:
    """Return the names of the index that answer the query, best first."""
    asked = _asked(query, synonyms)
    named: dict[int, _Named] = {}
    for place, question in enumerate(asked):
        most = MOST_COMPARED[min(place, len(MOST_COMPARED) - 1)]
        rows = index.candidates(question.reading.grams(), most)
        if place == 0:
            rows += [(row, 0.0) for row in index.rows_of(boosts)]
        for row, share in rows:
            one = named.get(row) or named.setdefault(row, _Named(index.entry(row)))
            one.share = max(one.share, share)
            _keep_better(one, ranking.direct(question, one.forms))
    scored = _scored(asked, list(named.values()), boosts)
    return _answer(query, _each_text_once(scored) if distinct else scored, limit)


def search_entries(
    entries: Iterable[Entry], query: str, *, synonyms: Synonyms, limit: int, boosts: Mapping[int, float]
) -> Results:
    """Return the entries of a short list that answer the query, by the same order as a shelf's."""
    asked = _asked(query, synonyms)
    named = [_Named(entry) for entry in entries]
    for one in named:
        for question in asked:
            _keep_better(one, ranking.direct(question, one.forms))
    return _answer(query, _scored(asked, named, boosts), limit)


def _asked(query: str, synonyms: Synonyms) -> list[Asked]:
    return [ranking.asked(reading, synonyms.endings) for reading in readings_of(query, synonyms)]


def _keep_better(one: _Named, match: Match) -> None:
    if match.points and match > one.match:
        one.match = match


def _scored(asked: list[Asked], named: list[_Named], boosts: Mapping[int, float]) -> list[tuple[float, _Named]]:
    """Return the names that fit with their scores, best first; slips are looked for when little fits."""
    fitting = [one.match.points for one in named if one.match.points]
    if len(fitting) < FEW_HITS or max(fitting) < FITS_WELL:
        _find_slips(asked, named)
    found = [one for one in named if one.match.points]
    families = Counter(one.kind for one in found)
    scored = [
        (
            ranking.standing(one.match, one.entry, boost=boosts.get(one.entry.key, 0.0), relatives=families[one.kind]),
            one,
        )
        for one in found
    ]
    scored = [pair for pair in scored if pair[0] >= ranking.LEAST_SCORE]
    scored.sort(key=lambda pair: (-pair[0], len(pair[1].entry.text), pair[1].entry.key))
    return scored


def _each_text_once(scored: list[tuple[float, _Named]]) -> list[tuple[float, _Named]]:
    first: dict[str, tuple[float, _Named]] = {}
    for pair in scored:
        first.setdefault(pair[1].entry.text, pair)
    return list(first.values())


def _answer(query: str, scored: list[tuple[float, _Named]], limit: int) -> Results:
    if not scored:
        return NOTHING
    hits = tuple(Hit(one.entry.key, one.entry.text, round(score, 2), one.match.kind) for score, one in scored[:limit])
    return Results(hits, _corrected(query, scored[0][1].match))


def _find_slips(asked: list[Asked], named: list[_Named]) -> None:
    """Compare stroke by stroke the names that share the most clues and do not fit well already."""
    likely = sorted((one for one in named if one.match.points < FITS_WELL), key=lambda one: -one.share)
    for one in likely[:MOST_SLIPS]:
        for question in asked:
            _keep_better(one, slips.resembling(question, one.forms))


def _corrected(query: str, match: Match) -> str | None:
    """Return the catalogue's spelling when a slip was understood, None when nothing was mistyped."""
    if not match.slip or not match.spelling:
        return None
    same = rules.compact(match.spelling) == rules.compact(rules.tidy(query))
    return None if same else match.spelling
