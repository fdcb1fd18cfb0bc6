"""The golden questions about medicines, and how answers are graded; the tests and the benchmark share them.

`golden_medicines.csv` was written from the real names before the engine answered: `expected` lists patterns of names
that a person typing the query would want first. `golden_symptoms.csv` says by words of the official label what is
relevant to a sentence, without the vocabulary the search uses: 2 when the label says it within its first words, 1 when
it says it anywhere, 0 otherwise; & wants both.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from fnmatch import fnmatchcase
from math import log2
from pathlib import Path

from onharu.catalog.medicines.models import LabelSection
from onharu.catalog.medicines.public import NAME, SYMPTOM, Asked, on_shelf

HERE = Path(__file__).resolve().parent
KINDS = (
    "exact", "prefix", "half", "chosung", "typo", "keyboard", "strength", "spacing", "ingredient", "english",
)  # fmt: skip
FIRST_WORDS = 60
TOP = 10


@dataclass(frozen=True, slots=True)
class Question:
    """One golden query and the patterns of names that are right at rank 1."""

    kind: str
    query: str
    expected: tuple[str, ...]


def questions() -> list[Question]:
    """Read the questions about names."""
    with (HERE / "golden_medicines.csv").open(encoding="utf-8", newline="") as lines:
        return [Question(row["kind"], row["query"], tuple(row["expected"].split("|"))) for row in csv.DictReader(lines)]


def sentences() -> list[tuple[str, str]]:
    """Read the sentences about symptoms with what is relevant to them."""
    with (HERE / "golden_symptoms.csv").open(encoding="utf-8", newline="") as lines:
        return [(row["query"], row["relevant"]) for row in csv.DictReader(lines)]


def is_right(question: Question, names: list[str]) -> bool:
    """Tell whether the first name is one that was wanted."""
    return bool(names) and any(fnmatchcase(names[0], wanted) for wanted in question.expected)


def names_found(query: str, limit: int = TOP) -> list[str]:
    """Search by name, as the shelf answers it."""
    found = on_shelf(Asked(NAME, query.casefold(), detail=False, limit=limit))
    return [one.brief.name for one in found.products]


def graded() -> tuple[dict[str, tuple[int, float]], list[tuple[str, str, str]]]:
    """Ask everything: by kind how many questions and how often the first was right, and what went wrong."""
    right: dict[str, list[bool]] = defaultdict(list)
    wrong = []
    for question in questions():
        names = names_found(question.query)
        right[question.kind].append(is_right(question, names))
        if not right[question.kind][-1]:
            wrong.append((question.kind, question.query, names[0] if names else ""))
    right["overall"] = [one for kind in list(right) for one in right[kind]]
    return {kind: (len(ones), sum(ones) / len(ones)) for kind, ones in right.items()}, wrong


def ndcg() -> tuple[float, list[tuple[str, float]]]:
    """Ask every sentence: the mean nDCG at ten against all labels on the shelf, and that of each sentence."""
    texts = dict(LabelSection.objects.filter(kind="efficacy").values_list("product_id", "text"))
    scores = []
    for query, relevant in sentences():
        grades = {product: grade(text, relevant) for product, text in texts.items()}
        found = on_shelf(Asked(SYMPTOM, query.casefold(), detail=False, limit=TOP))
        got = gain([grades.get(one.brief.id, 0) for one in found.products])
        best = gain(sorted(grades.values(), reverse=True)[:TOP])
        scores.append((query, got / best if best else 0.0))
    return sum(score for _, score in scores) / len(scores), scores


def grade(text: str, relevant: str) -> int:
    """Grade a label by its own words: 2 at the beginning, 1 later, 0 never."""
    return max(_grade_of_all(text, way.split("&")) for way in relevant.split("|"))


def _grade_of_all(text: str, words: list[str]) -> int:
    places = [found.start() if (found := re.search(word, text)) else None for word in words]
    if None in places:
        return 0
    return 2 if max(place for place in places if place is not None) < FIRST_WORDS else 1


def gain(grades: list[int]) -> float:
    """Add up grades, the later the less."""
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))
