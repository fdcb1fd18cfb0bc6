"""Words that a shelf's people use for one thing. The words are data (`data/<shelf>.csv`), the replacing is not.

Kinds of rows: `same` (any word of the row stands for the others, wherever it occurs), `read` (the words are read as
the last one, never the other way), `whole` (the first word, typed alone, also means the others), `ending` (one-syllable
words that name a kind when they end a name: 순대국 is a 국).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, product
from pathlib import Path
from typing import Final

from onharu.names import rules

MOST_VARIANTS: Final = 6
_FOLDER: Final = Path(__file__).parent / "data"
_LATIN: Final = re.compile(r"[a-z ]+")
_NEVER: Final = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The words of one shelf: what each may be replaced with, what a lone word means, which words end a name."""

    others: dict[str, tuple[str, ...]] = field(default_factory=dict)
    alone: dict[str, tuple[str, ...]] = field(default_factory=dict)
    endings: frozenset[str] = frozenset()
    pattern: re.Pattern[str] = _NEVER

    def knows(self, text: str) -> bool:
        """Tell whether any replaceable word occurs in the tidy text."""
        return self.pattern.search(text) is not None

    def variants(self, text: str) -> tuple[str, ...]:
        """Return other ways to say the tidy text, at most six, without the text itself."""
        found = [self.alone.get(rules.compact(text), ())]
        if self.knows(text):
            found.append(tuple(islice(self._replaced(text), MOST_VARIANTS + 1)))
        ways = dict.fromkeys(way for ways in found for way in ways if way != text)
        return tuple(ways)[:MOST_VARIANTS]

    def _replaced(self, text: str) -> Iterator[str]:
        """Yield the text with each known word replaced, all of them first, fewer later."""
        pieces: list[tuple[str, ...]] = []
        place = 0
        for match in self.pattern.finditer(text):
            pieces.append((text[place : match.start()],))
            pieces.append((*self.others[rules.compact(match.group())], match.group()))
            place = match.end()
        pieces.append((text[place:],))
        return ("".join(choice) for choice in product(*pieces))


@lru_cache(maxsize=16)
def synonyms_of(shelf: str) -> Synonyms:
    """Return the shelf's words, read once for each process; a shelf without a file has none."""
    path = _FOLDER / f"{shelf}.csv"
    if not path.is_file():
        return Synonyms()
    with path.open(encoding="utf-8", newline="") as lines:
        return built((row["kind"], tuple(row["words"].split("|"))) for row in csv.DictReader(lines))


def built(rows: Iterable[tuple[str, tuple[str, ...]]]) -> Synonyms:
    """Build the lookup from (kind, words) rows."""
    others: dict[str, tuple[str, ...]] = {}
    alone: dict[str, tuple[str, ...]] = {}
    endings: set[str] = set()
    spelled: set[str] = set()
    for kind, words in rows:
        if kind == "ending":
            endings.update(words)
        elif kind == "whole":
            alone[words[0]] = alone.get(words[0], ()) + words[1:]
        else:
            replaced = words[:-1] if kind == "read" else words
            spelled.update(replaced)
            for word in replaced:
                meant = words[-1:] if kind == "read" else _korean(words, but=word)
                key = rules.compact(word)
                others[key] = tuple(dict.fromkeys(others.get(key, ()) + meant))
    return Synonyms(others, alone, frozenset(endings), _any_of(spelled))


def _korean(words: tuple[str, ...], *, but: str) -> tuple[str, ...]:
    """Keep what a Korean catalogue may spell; nobody who types 커피 means "coffee"."""
    return tuple(word for word in words if word != but and not _LATIN.fullmatch(word))


def _any_of(words: set[str]) -> re.Pattern[str]:
    """Match the longest word first; a one-syllable word is never looked for, it would be found everywhere."""
    wanted = sorted((word for word in words if len(word) > 1), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_spelling, wanted))) if wanted else _NEVER


def _spelling(word: str) -> str:
    """Allow a space inside a Korean word (돈 까스); Latin words must stand alone, or "ice" hides in "rice"."""
    if _LATIN.fullmatch(word):
        return rf"(?<![a-z]){word.replace(' ', ' ?')}(?![a-z])"
    return " ?".join(rules.compact(word))
