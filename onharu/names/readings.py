"""What a person may have meant by what was typed: itself, initials, the other keyboard, another word for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from onharu.names import hangul, rules
from onharu.names.synonyms import Synonyms

LONGEST_QUERY: Final = 60
MOST_READINGS: Final = 10

# What a reading loses against one that needs less guessing, in points of the score.
SYNONYM_COST: Final = 1.0
KEYBOARD_COST: Final = 2.0
# Three Latin letters that happen to be three Korean consonants are seldom meant as initials.
KEYBOARD_INITIALS_COST: Final = 6.0

_LETTERS: Final = re.compile(r"[A-Za-z]")
_SYLLABLES_MAYBE_MORE: Final = re.compile(r"[0-9가-힣 ]*[가-힣][0-9가-힣 ]*[ㄱ-ㅎ]?")


@dataclass(frozen=True, slots=True)
class Reading:
    """One understanding of a query.

    `words` is tidy text; `kind` is typed, synonym, keyboard, initials or pattern; `slip` tells that the person's
    keyboard was set wrongly; `pattern` matches names that go on as the half-typed text does.
    """

    words: str
    kind: str
    cost: float = 0.0
    slip: bool = False
    pattern: re.Pattern[str] | None = None

    @property
    def compact(self) -> str:
        """The words without spaces."""
        return rules.compact(self.words)

    def grams(self) -> set[str]:
        """Return the clues to look names up by."""
        if self.kind == "initials":
            return rules.initial_grams(self.compact)
        if self.kind == "pattern":
            return _pattern_grams(self.compact)
        return rules.word_grams(self.words)


def readings_of(query: str, synonyms: Synonyms) -> tuple[Reading, ...]:
    """Return the understandings of a query, the most literal first; none for a query without letters or digits."""
    found: dict[tuple[str, str], Reading] = {}
    for reading in _literal(query[:LONGEST_QUERY]):
        for way in (reading, *_said_otherwise(reading, synonyms)):
            found.setdefault((way.words, way.kind), way)
    text = rules.tidy(query[:LONGEST_QUERY])
    for way in _typed_for_latin(text, synonyms):
        found.setdefault((way.words, way.kind), way)
    return tuple(found.values())[:MOST_READINGS]


def _literal(query: str) -> Iterator[Reading]:
    text = rules.tidy(query)
    if not text:
        return
    yield _shaped(text, cost=0.0, slip=False)
    if _half_typed(rules.compact(text)):
        # A letter that stands alone may also be a stroke too many or too few: 땅콩ㅋ조림.
        yield Reading(text, "typed")
    if _LETTERS.search(query):
        yield from _typed_for_hangul(query)


def _shaped(text: str, *, cost: float, slip: bool) -> Reading:
    """Tell initials, half-typed text and whole words apart."""
    joined = rules.compact(text)
    kind = "keyboard" if slip else "typed"
    if all(hangul.is_consonant(char) for char in joined):
        return Reading(hangul.decompose(joined), "initials", cost, slip)
    if _half_typed(joined):
        return Reading(text, "pattern", cost, slip, _continuing(hangul.initials_apart(joined)))
    return Reading(text, kind, cost, slip)


def _half_typed(joined: str) -> bool:
    """Tell whether lone consonants stand among syllables."""
    lone = [char for char in joined if hangul.is_consonant(char)]
    return 0 < len(lone) < len(joined) and not any(hangul.is_vowel(char) for char in joined)


def _continuing(joined: str) -> re.Pattern[str]:
    """Match names in which each lone consonant begins a syllable: 김ㅊㅉㄱ finds 김치찌개."""
    return re.compile("".join(_begun_by(char) for char in joined))


def _begun_by(char: str) -> str:
    if not hangul.is_consonant(char):
        return re.escape(char)
    first, last = hangul.syllables_begun_by(char)
    return f"[{char}{first}-{last}]"


def _pattern_grams(joined: str) -> set[str]:
    """Look a half-typed name up by its initials throughout and by the strokes of its whole syllables."""
    spread = hangul.initials_apart(joined)
    grams = rules.initial_grams(hangul.initials(spread))
    grams.update(rules.form_grams(spread)[:1] if hangul.is_syllable(spread[0]) else ())
    for run in re.findall("[가-힣]+", spread):
        strokes = hangul.folded(run)
        grams.update(strokes[place : place + 3] for place in range(len(strokes) - 2))
    return grams


def _typed_for_hangul(query: str) -> Iterator[Reading]:
    """Read Latin letters as the Korean keys they share, where that spells something: rlacl is 김치."""
    query = hangul.nfc(query)
    keys = query.lower() if query.isupper() else query
    shown = rules.tidy(hangul.from_keys(keys))
    joined = rules.compact(shown)
    if _SYLLABLES_MAYBE_MORE.fullmatch(shown):
        yield _shaped(shown, cost=KEYBOARD_COST, slip=True)
    elif len(joined) > 1 and all(hangul.is_consonant(char) for char in joined):
        yield _shaped(shown, cost=KEYBOARD_INITIALS_COST, slip=True)


def _typed_for_latin(text: str, synonyms: Synonyms) -> Iterator[Reading]:
    """Read Hangul letters as the Latin keys they share, where the shelf knows the word: ㅔㅑㅋㅋㅁ is pizza."""
    keys = hangul.to_keys(text)
    if keys == text or not keys.isascii():
        return
    whole_syllables = all(hangul.is_syllable(char) or char == " " for char in text)
    keys = keys.casefold()
    if whole_syllables and rules.compact(keys) not in synonyms.others:
        return
    if synonyms.knows(keys):
        for way in synonyms.variants(keys):
            yield Reading(way, "keyboard", KEYBOARD_COST, slip=True)


def _said_otherwise(reading: Reading, synonyms: Synonyms) -> Iterator[Reading]:
    if reading.kind not in ("typed", "keyboard"):
        return
    for way in synonyms.variants(reading.words):
        kind = "keyboard" if reading.slip else "synonym"
        yield Reading(way, kind, reading.cost + SYNONYM_COST, reading.slip)
