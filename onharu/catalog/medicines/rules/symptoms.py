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
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Symptom:
    """One symptom: its name, what else people call it, and the words that labels use for it."""

    name: str
    said: tuple[str, ...]
    label_words: tuple[str, ...]


@functools.cache
def vocabulary() -> tuple[Symptom, ...]:
    """Read the shipped vocabulary: columns `symptom`, `said`, `label_words`, the last two split by |."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Symptom(row["symptom"], _split(row["said"]), _split(row["label_words"]) or (row["symptom"],))
            for row in csv.DictReader(file)
        )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def mentions(efficacy: str, symptoms: Iterable[Symptom]) -> Mapping[str, float]:
    """Weigh the symptoms that a label's efficacy names: the first of few counts most, each between 0 and 1.

    A word that stands only within a longer word of another symptom does not count for it ("통" in "두통").
    """
    said = _SPACES.sub("", efficacy)
    first: dict[str, int] = {}
    for symptom in symptoms:
        places = [place for word in symptom.label_words if (place := said.find(_SPACES.sub("", word))) >= 0]
        if places:
            first[symptom.name] = min(places)
    order = sorted(first, key=lambda name: (first[name], name))
    return {name: round(1 / (1 + 0.15 * place) / (1 + 0.03 * len(order)), 4) for place, name in enumerate(order)}
