"""How well one name answers one reading of a query, and in which order names are shown.

The order promised: exact > prefix > representative (weight) > one's own history (boost) > generic before brand. The
kind of match decides a band of the score; weight, boost, generic, family and closeness move a name inside its band.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log2
from typing import Final, NamedTuple

from onharu.names import hangul
from onharu.names.readings import Reading
from onharu.names.rules import Entry, Form

# The top of each band. A form that is equal to the query: by role of the form.
EQUAL: Final = {
    "whole": 100.0,
    "parts": 100.0,
    "trunk": 100.0,
    "main": 100.0,
    "natural": 97.0,
    "turned": 97.0,
    "inner": 97.0,
    "head": 95.0,
    "tail": 85.0,
}
ENDING: Final = {"whole": 93.0, "main": 93.0, "natural": 92.0, "head": 90.5}
STARTING: Final = {
    "whole": 88.0,
    "parts": 88.0,
    "trunk": 88.0,
    "main": 88.0,
    "natural": 87.0,
    "inner": 86.0,
    "turned": 84.0,
    "head": 84.0,
    "tail": 80.0,
}
HALF_TYPED_COST: Final = 2.0
LOOSE_INITIALS_COST: Final = 5.0
ENDED_BY: Final = 82.0
# These end with a variant, not with what the name is.
NOT_ENDED_BY: Final = ("parts", "trunk", "tail", "turned")
WORD_STARTING: Final = 80.0
INSIDE: Final = 76.0
ALL_WORDS: Final = 78.0
ALL_WORDS_CLOSE: Final = 10.0

# Inside a band: how many points the name's standing can add, and how they are shared.
BAND: Final = 7.0
WEIGHT_SHARE: Final = 0.45
BOOST_SHARE: Final = 0.25
GENERIC_SHARE: Final = 0.1
FAMILY_SHARE: Final = 0.1
CLOSE_SHARE: Final = 0.1
# Thirty-two relatives (2 to this power) say no more than more of them would.
LARGE_FAMILY: Final = 5

LEAST_SCORE: Final = 50.0


class Match(NamedTuple):
    """How one reading fits one name: points before standing, closeness 0 to 1, the kind of fit, the spelling found.

    Matches compare by points, then by closeness.
    """

    points: float
    close: float
    kind: str
    spelling: str
    slip: bool = False


NO_MATCH: Final = Match(0.0, 0.0, "", "")


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading made ready to be compared many times."""

    reading: Reading
    compact: str
    words: tuple[str, ...]
    strokes: str
    folded: str
    settled: str
    unsettled: str
    is_ending: bool


def asked(reading: Reading, endings: frozenset[str]) -> Asked:
    """Prepare a reading for comparison with many names."""
    text = reading.compact
    return Asked(
        reading,
        text,
        tuple(reading.words.split(" ")),
        hangul.decompose(text),
        hangul.folded(text),
        text[:-1],
        hangul.decompose(text[-1:]),
        len(text) == 1 and text in endings,
    )


def direct(query: Asked, forms: tuple[Form, ...]) -> Match:
    """Return how the name contains what was typed, letter by letter; NO_MATCH when it does not."""
    if not forms:
        return NO_MATCH
    if query.reading.kind == "initials":
        return _by_initials(query, forms)
    if query.reading.pattern is not None:
        return _by_pattern(query, query.reading.pattern, forms)
    found = NO_MATCH
    for form in forms:
        match = _as_one_form(query, form)
        if match is not NO_MATCH and match > found:
            found = match
    if found.points < ENDED_BY:
        found = max(found, _within(query, forms))
    if not found.points:
        return NO_MATCH
    kind = query.reading.kind if query.reading.kind != "typed" else found.kind
    return found._replace(points=found.points - query.reading.cost, kind=kind, slip=query.reading.slip)


def _as_one_form(query: Asked, form: Form) -> Match:
    text, joined = query.compact, form.compact
    if joined == text:
        return Match(EQUAL[form.role], 1.0, "exact", form.words)
    if query.is_ending and form.role in ENDING and joined.endswith(text):
        return Match(ENDING[form.role], len(text) / len(joined), "part", text)
    if joined.startswith(text):
        return Match(STARTING[form.role], len(text) / len(joined), "prefix", text)
    if form.role != "tail" and joined.startswith(query.settled) and _goes_on(query, joined):
        return Match(STARTING[form.role] - HALF_TYPED_COST, len(text) / len(joined), "prefix", form.words)
    return NO_MATCH


def _goes_on(query: Asked, joined: str) -> bool:
    """Tell whether the last syllable typed becomes what stands there: 오징업 is on its way to 오징어볶음."""
    place = len(query.settled)
    return hangul.decompose(joined[place : place + 2]).startswith(query.unsettled)


def _within(query: Asked, forms: tuple[Form, ...]) -> Match:
    """Look for the query inside the name, then for its words one by one."""
    whole = forms[0]
    text = query.compact
    close = len(text) / len(whole.compact)
    if any(form.compact.endswith(text) for form in forms if form.role not in NOT_ENDED_BY):
        return Match(ENDED_BY, close, "part", text)
    if text in whole.compact:
        starts = f" {text}" in f" {whole.words}"
        return Match(WORD_STARTING if starts else INSIDE, close, "part", text)
    if len(query.words) > 1 and all(word in whole.compact for word in query.words):
        return Match(ALL_WORDS + ALL_WORDS_CLOSE * close, close, "words", query.reading.words)
    return NO_MATCH


def _by_initials(query: Asked, forms: tuple[Form, ...]) -> Match:
    best = NO_MATCH
    typed, plain = query.compact, query.folded
    for form in forms:
        letters = hangul.initials(form.compact)
        # ㅈ for ㅉ is no Shift and still counts; ㅉ was typed on purpose, yet 자장면 may be what the shelf calls it.
        loose = 0.0 if typed in letters else LOOSE_INITIALS_COST
        letters = hangul.folded(letters)
        if letters == plain:
            points = EQUAL[form.role] - 1.0 - loose
        elif letters.startswith(plain):
            points = STARTING[form.role] - loose
        elif plain in letters:
            points = INSIDE - loose
        else:
            continue
        best = max(best, Match(points, len(plain) / len(letters), "initials", form.words))
    return less_cost(best, query)


def _by_pattern(query: Asked, pattern: re.Pattern[str], forms: tuple[Form, ...]) -> Match:
    best = NO_MATCH
    for form in forms:
        found = pattern.search(form.compact)
        if not found:
            continue
        whole = len(found.group()) == len(form.compact)
        points = EQUAL[form.role] - 3.0 if whole else STARTING[form.role] if found.start() == 0 else INSIDE
        best = max(best, Match(points, len(found.group()) / len(form.compact), "prefix", found.group()))
    return less_cost(best, query)


def less_cost(match: Match, query: Asked) -> Match:
    """Return the match with what its reading costs taken off."""
    return match._replace(points=match.points - query.reading.cost, slip=query.reading.slip) if match.points else match


def standing(match: Match, entry: Entry, *, boost: float, relatives: int) -> float:
    """Return the score of a match, 0 to 100, moved inside its band by what the name is.

    `relatives` counts the names found that are of one kind with it: a dish with thirty variants is asked for more
    often than one that stands alone.
    """
    share = (
        WEIGHT_SHARE * min(1.0, max(0.0, entry.weight))
        + BOOST_SHARE * min(1.0, max(0.0, boost))
        + GENERIC_SHARE * entry.generic
        + FAMILY_SHARE * min(1.0, log2(max(1, relatives)) / LARGE_FAMILY)
        + CLOSE_SHARE * match.close
    )
    return max(0.0, match.points - BAND * (1.0 - share))
