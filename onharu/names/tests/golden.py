"""The golden questions and the real names they were written from; the test and the benchmark share them.

`golden_foods.csv` was written from the names alone, before any engine answered. `expected` lists every name that a
person typing the query would want first, split by `|`; `*` stands for anything. The shelf holds the names alone,
without the aliases and the starter dishes that the product adds.
"""

from __future__ import annotations

import csv
import os
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from glob import escape
from pathlib import Path

from onharu.names import hangul, rules
from onharu.names.rules import Entry, Results

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]
REAL_DATA = Path(os.environ.get("ONHARU_REAL_DATA") or REPOSITORY.parent / "shared" / "data")
REAL_NAMES = REAL_DATA / "foods" / "mfds_dishes_20250408.csv"
WHY_ABSENT = f"the official file of 14,584 dishes is not at {REAL_NAMES} (set ONHARU_REAL_DATA)"
# By the second letter of the code: analysed for the nation, a franchise's product, analysed elsewhere, else a recipe.
WEIGHTS = {"1": 1.0, "2": 0.1, "3": 0.7}
RECIPE = 0.4
FRANCHISE = "2"
PLAIN_NAME = re.compile("[가-힣 ]{3,8}")


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
    """Read the real names, keyed by line, generic unless of a franchise, weighted as the catalogue weighs them."""
    with REAL_NAMES.open(encoding="utf-8-sig", newline="") as lines:
        rows = [(row["식품코드"], row["식품명"]) for row in csv.DictReader(lines)]
    return [
        Entry(key, name, WEIGHTS.get(code[1], RECIPE), generic=code[1] != FRANCHISE)
        for key, (code, name) in enumerate(rows, start=1)
    ]


def slips_in(entries: list[Entry], count: int, seed: int) -> list[Question]:
    """Return real dishes with one random stroke changed, left out or put in: questions nobody has picked.

    Right is every name that can be called so: 덮밥_닭고기 for 닭고기 덮밥.
    """
    called: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for form in rules.forms_of(entry.text):
            if form.role != "tail":
                called[form.compact].add(entry.text)
    dishes = sorted({entry.text for entry in entries if entry.generic and PLAIN_NAME.fullmatch(entry.text)})
    chance = random.Random(seed)
    return [
        Question("any_slip", _one_stroke_wrong(dish, chance), tuple(map(escape, called[rules.compact(dish)])))
        for dish in chance.sample(dishes, count)
    ]


def _one_stroke_wrong(text: str, chance: random.Random) -> str:
    strokes = hangul.decompose(text)
    place = chance.choice([place for place, stroke in enumerate(strokes) if stroke != " "])
    alike = "ㅏㅓㅗㅜㅡㅣㅐㅔ" if hangul.is_vowel(strokes[place]) else "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
    other = chance.choice(alike.replace(strokes[place], ""))
    new = chance.choice([other, "", other + strokes[place]])
    return hangul.compose(strokes[:place] + new + strokes[place + 1 :])


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
