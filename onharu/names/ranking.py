"""How well one name answers one reading of a query, and in which order names are shown.

The order promised: exact > prefix > representative (weight) > one's own history (boost) > generic before brand. The
kind of match decides a band of the score; weight, boost, generic and closeness move a name inside its band.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from onharu.names import hangul, rules
from onharu.names.readings import Reading
from onharu.names.rules import Form

# The top of each band. A form that is equal to the query: by role of the form.
EQUAL: Final = {
    "whole": 100.0,
    "main": 100.0,
    "natural": 97.0,
    "turned": 97.0,
    "inner": 97.0,
    "head": 95.0,
    "tail": 85.0,
}
ENDING: Final = 93.0
STARTING: Final = {
    "whole": 88.0,
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
WORD_STARTING: Final = 80.0
INSIDE: Final = 76.0
ALL_WORDS: Final = 78.0
ALL_WORDS_CLOSE: Final = 10.0

# Inside a band: how many points the name's standing can add, and how they are shared.
BAND: Final = 7.0
WEIGHT_SHARE: Final = 0.5
BOOST_SHARE: Final = 0.25
GENERIC_SHARE: Final = 0.1
CLOSE_SHARE: Final = 0.15

# Below this likeness two texts are simply different.
LEAST_LIKE: Final = 0.6
# Below this part of runs in common two texts are not the same words in another order.
LEAST_SHARED: Final = 0.7
LEAST_SCORE: Final = 50.0
SLIP_FOUND: Final = "typo"


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
    if query.is_ending and form.role in ("head", "main", "natural", "whole") and joined.endswith(text):
        return Match(ENDING, len(text) / len(joined), "part", text)
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
    if any(form.compact.endswith(text) for form in forms if form.role not in ("tail", "turned")):
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
    return _less_cost(best, query)


def _by_pattern(query: Asked, pattern: re.Pattern[str], forms: tuple[Form, ...]) -> Match:
    best = NO_MATCH
    for form in forms:
        found = pattern.search(form.compact)
        if not found:
            continue
        whole = len(found.group()) == len(form.compact)
        points = EQUAL[form.role] - 3.0 if whole else STARTING[form.role] if found.start() == 0 else INSIDE
        best = max(best, Match(points, len(found.group()) / len(form.compact), "prefix", found.group()))
    return _less_cost(best, query)


def _less_cost(match: Match, query: Asked) -> Match:
    return match._replace(points=match.points - query.reading.cost, slip=query.reading.slip) if match.points else match


def fuzzy(query: Asked, forms: tuple[Form, ...]) -> Match:
    """Return how the name resembles what was typed, stroke by stroke; NO_MATCH when it does not."""
    if query.reading.kind in ("initials", "synonym") or query.reading.pattern is not None:
        return NO_MATCH
    tries = [*_alike_forms(query, forms), _alike_words(query, forms[0]), _alike_runs(query, forms[0])]
    best = max(tries)
    return _less_cost(best, query)._replace(slip=True) if best.points else NO_MATCH


def _points_of(likeness: float) -> float:
    return 60.0 + 60.0 * (likeness - 0.5) if likeness >= LEAST_LIKE else 0.0


def _alike_forms(query: Asked, forms: tuple[Form, ...]) -> Iterator[Match]:
    """Compare with each form, and with as much of its beginning as was typed."""
    size = len(query.strokes)
    for form in forms:
        strokes, folded = hangul.decompose(form.compact), hangul.folded(form.compact)
        likeness = _likeness(query, strokes, folded)
        points = _points_of(likeness) - (100.0 - EQUAL[form.role]) / 3
        yield Match(points, likeness, SLIP_FOUND, form.words) if likeness >= LEAST_LIKE else NO_MATCH
        if len(strokes) > size:
            likeness = _likeness(query, strokes[:size], folded[: len(query.folded)])
            points = _points_of(likeness) - (95.0 - STARTING[form.role])
            yield Match(points, likeness, SLIP_FOUND, _first_strokes(form.words, size)) if likeness > 0.7 else NO_MATCH


def _likeness(query: Asked, strokes: str, folded: str) -> float:
    alike = OSA.distance(query.folded, folded)
    exact = OSA.distance(query.strokes, strokes)
    return 1.0 - (alike + rules.ALIKE_COST * max(0, exact - alike)) / max(len(strokes), len(query.strokes))


def _first_strokes(words: str, size: int) -> str:
    """Return the beginning of the words that takes about as many strokes as were typed."""
    taken = 0
    for place, char in enumerate(words):
        if taken >= size:
            return words[:place].rstrip()
        taken += len(hangul.decompose(char)) if char != " " else 0
    return words


def _alike_words(query: Asked, whole: Form) -> Match:
    """Compare word by word, each typed word with the word of the name that is most like it."""
    total = found = 0.0
    spelled: list[str] = []
    words = whole.words.split(" ")
    for typed in query.words:
        size = len(hangul.decompose(typed))
        likeness, word = (1.0, typed) if typed in whole.compact else _most_like(typed, words)
        total += size
        found += size * (likeness if likeness >= LEAST_LIKE else 0.0)
        spelled.append(word if likeness >= LEAST_LIKE else typed)
    likeness = found / total
    if likeness < LEAST_LIKE:
        return NO_MATCH
    close = likeness * len(query.compact) / len(whole.compact)
    return Match(_points_of(likeness) - 6.0, close, SLIP_FOUND, " ".join(spelled))


def _most_like(typed: str, words: list[str]) -> tuple[float, str]:
    return max((rules.similarity(typed, word), word) for word in words)


def _alike_runs(query: Asked, whole: Form) -> Match:
    """Compare without regard to order: 아이스아메리카노 finds 아메리카노 아이스."""
    runs = set(rules.runs_of(query.folded))
    if len(runs) < 4:
        return NO_MATCH
    shared = len(runs & set(rules.runs_of(hangul.folded(whole.compact)))) / len(runs)
    if shared < LEAST_SHARED:
        return NO_MATCH
    return Match(58.0 + 24.0 * shared, len(query.compact) / len(whole.compact), "words", "")


def standing(match: Match, *, weight: float, boost: float, generic: bool) -> float:
    """Return the score of a match, 0 to 100, moved inside its band by what the name is."""
    share = (
        WEIGHT_SHARE * min(1.0, max(0.0, weight))
        + BOOST_SHARE * min(1.0, max(0.0, boost))
        + GENERIC_SHARE * generic
        + CLOSE_SHARE * match.close
    )
    return max(0.0, match.points - BAND * (1.0 - share))
