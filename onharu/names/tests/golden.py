"""The golden questions and the real names they were written from; the test and the benchmark share them.

`golden_foods.csv` was written from the names alone, before any engine answered. `expected` lists every name that a
person typing the query would want first, split by `|`; `*` stands for anything. The one engine-visible choice made
here is the weight of a dish, which the catalogue decides: half for standing in the official representative table
(codes D1…), half for how many generic rows there are of the dish.
"""

from __future__ import annotations

import csv
import math
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from onharu.names.rules import Entry, Results

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]
REAL_DATA = Path(os.environ.get("ONHARU_REAL_DATA") or REPOSITORY.parent / "shared" / "data")
REAL_NAMES = REAL_DATA / "foods" / "mfds_dishes_20250408.csv"
WHY_ABSENT = f"the official file of 14,584 dishes is not at {REAL_NAMES} (set ONHARU_REAL_DATA)"
CERTAIN_FAMILY = 5


@dataclass(frozen=True, slots=True)
class Question:
    """One golden query and the names that are right at rank 1."""

    kind: str
    query: str
    expected: tuple[str, ...]

    def place_in(self, results: Results) -> int:
        """Return the rank of the first right name, 0 when there is none."""
        for place, hit in enumerate(results.hits, start=1):
            if any(fnmatchcase(hit.text, wanted) for wanted in self.expected):
                return place
        return 0


@dataclass(frozen=True, slots=True)
class Grade:
    """How many questions, how often right at rank 1, mean reciprocal rank."""

    count: int
    first: float
    reciprocal: float


def questions() -> list[Question]:
    """Read the golden set."""
    with (HERE / "golden_foods.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [Question(row["kind"], row["query"], tuple(row["expected"].split("|"))) for row in rows]


def real_entries() -> list[Entry]:
    """Read the real names, keyed by line, generic unless of a franchise (codes D2…)."""
    with REAL_NAMES.open(encoding="utf-8-sig", newline="") as lines:
        rows = [(row["식품코드"], row["식품명"]) for row in csv.DictReader(lines)]
    generic = [(code, name) for code, name in rows if code[1] != "2"]
    family = Counter(dish for _, name in generic for dish in {name, name.partition("_")[0]})
    representative = {dish for code, name in generic if code[1] == "1" for dish in (name, name.partition("_")[0])}
    return [
        Entry(
            key=key,
            text=name,
            weight=_weight(family[name], representative=name in representative) if code[1] != "2" else 0.0,
            generic=code[1] != "2",
        )
        for key, (code, name) in enumerate(rows, start=1)
    ]


def _weight(rows: int, *, representative: bool) -> float:
    return 0.5 * representative + 0.5 * min(1.0, math.log2(1 + rows) / CERTAIN_FAMILY)


def multiplied(entries: list[Entry], count: int) -> list[Entry]:
    """Return `count` names: the real ones, and kinds and variants of different names put together, always the same."""
    halves = [entry.text.split("_") for entry in entries]
    seen = {entry.text for entry in entries}
    many = list(entries)
    step = 0
    while len(many) < count:
        one, other = halves[step % len(halves)], halves[(step * 7919 + step // len(halves) * 31 + 17) % len(halves)]
        text = f"{one[0]}_{other[-1]}" if len(other) > 1 else f"{other[0]}_{one[-1]}"
        step += 1
        if text not in seen:
            seen.add(text)
            many.append(Entry(len(many) + 1, text, 0.0, (), entries[step % len(entries)].generic))
    return many


def grades(asked: Iterable[Question], search: Callable[[str], Results]) -> dict[str, Grade]:
    """Ask every question and return the grades by kind, with `overall` last."""
    places: dict[str, list[int]] = defaultdict(list)
    for question in asked:
        places[question.kind].append(question.place_in(search(question.query)))
    places["overall"] = [place for kind in list(places) for place in places[kind]]
    return {kind: _grade(found) for kind, found in places.items()}


def _grade(places: list[int]) -> Grade:
    return Grade(
        count=len(places),
        first=sum(place == 1 for place in places) / len(places),
        reciprocal=sum(1 / place for place in places if place) / len(places),
    )
