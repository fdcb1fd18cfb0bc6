"""How much a name resembles what was typed wrongly, stroke by stroke."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import partial_ratio_alignment

from onharu.names import hangul, rules
from onharu.names.ranking import EQUAL, NO_MATCH, STARTING, Asked, Match, less_cost
from onharu.names.rules import Form

# Below this likeness two texts are simply different.
LEAST_LIKE: Final = 0.6
# Below this part of runs in common two texts are not the same words in another order.
LEAST_SHARED: Final = 0.7
# A slip inside a longer name needs some length and some likeness to be told from chance.
LEAST_INSIDE: Final = 5
LEAST_LIKE_INSIDE: Final = 0.75
INSIDE_COST: Final = 12.0
# The beginning of a longer name needs more likeness than a whole name does.
LEAST_LIKE_STARTING: Final = 0.7
WORDS_COST: Final = 6.0
SLIP_FOUND: Final = "typo"


def resembling(query: Asked, forms: tuple[Form, ...]) -> Match:
    """Return how the name resembles what was typed, stroke by stroke; NO_MATCH when it does not."""
    if not forms or query.reading.kind in ("initials", "synonym") or query.reading.pattern is not None:
        return NO_MATCH
    whole = forms[0]
    best = max(
        *_alike_forms(query, forms), _alike_inside(query, whole), _alike_words(query, whole), _alike_runs(query, whole)
    )
    return less_cost(best, query)._replace(slip=True) if best.points else NO_MATCH


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
            yield (
                Match(points, likeness, SLIP_FOUND, _first_strokes(form.words, size))
                if likeness > LEAST_LIKE_STARTING
                else NO_MATCH
            )


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


def _alike_inside(query: Asked, whole: Form) -> Match:
    """Compare with the part of the name that is most like what was typed: 부르펜 is inside 어린이부루펜시럽."""
    if len(query.folded) < LEAST_INSIDE:
        return NO_MATCH
    window = partial_ratio_alignment(query.folded, hangul.folded(whole.compact), score_cutoff=100 * LEAST_LIKE_INSIDE)
    if window is None:
        return NO_MATCH
    part = _syllables_between(whole.compact, window.dest_start, window.dest_end)
    likeness = rules.similarity(query.compact, part)
    if likeness < LEAST_LIKE_INSIDE:
        return NO_MATCH
    close = likeness * len(query.compact) / len(whole.compact)
    return Match(_points_of(likeness) - INSIDE_COST, close, SLIP_FOUND, part)


def _syllables_between(text: str, start: int, end: int) -> str:
    """Return the syllables of which at least half lies between two places in the folded strokes."""
    taken = ""
    place = 0
    for char in text:
        size = len(hangul.folded(char))
        middle = place + size / 2
        taken += char if start <= middle <= end else ""
        place += size
    return taken


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
    return Match(_points_of(likeness) - WORDS_COST, close, SLIP_FOUND, " ".join(spelled))


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
    return Match(54.0 + 24.0 * shared, len(query.compact) / len(whole.compact), "words", "")
