"""The vocabulary of symptoms: what people say, and the words by which labels name it. Plain Python."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "symptoms" / "symptoms.csv"
_SPACES = re.compile(r"\s+")
# The first of few counts most.
LATER, AMONG_MANY = 0.15, 0.03


@dataclass(frozen=True, slots=True)
class Symptom:
    """One symptom: its name, what else people call it, the words labels use, and words that only look like these."""

    name: str
    said: tuple[str, ...]
    label_words: tuple[str, ...]
    exceptions: tuple[str, ...] = ()


@functools.cache
def vocabulary() -> tuple[Symptom, ...]:
    """Read the shipped vocabulary: columns `symptom`, `said`, `label_words` and `except`, the last three split by |."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Symptom(
                row["symptom"],
                _split(row["said"]),
                _split(row["label_words"]) or (row["symptom"],),
                _split(row["except"]),
            )
            for row in csv.DictReader(file)
        )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def mentions(efficacy: str, symptoms: Iterable[Symptom]) -> Mapping[str, float]:
    """Weigh the symptoms that a label's efficacy names: the first of few counts most, each between 0 and 1.

    A word within a longer word of another symptom does not count ("두통" in "편두통"), nor within an exception.
    """
    pattern, names = _reader(tuple(symptoms))
    order: dict[str, None] = {}
    for found in pattern.finditer(_SPACES.sub("", efficacy)):
        order.update(dict.fromkeys(names[found.group()]))
    return {name: round(1 / (1 + LATER * place) / (1 + AMONG_MANY * len(order)), 4) for place, name in enumerate(order)}


@functools.lru_cache(maxsize=4)
def _reader(symptoms: tuple[Symptom, ...]) -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    """Make a pattern that finds the longest word at each place, and the symptoms each word names (none: exceptions)."""
    names: dict[str, tuple[str, ...]] = {}
    for symptom in symptoms:
        for word in symptom.exceptions:
            names.setdefault(_SPACES.sub("", word), ())
        for word in symptom.label_words:
            joined = _SPACES.sub("", word)
            names[joined] = (*names.get(joined, ()), symptom.name)
    longest_first = sorted(names, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first))), names
