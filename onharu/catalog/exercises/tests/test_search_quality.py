"""People find what they mean, on the shipped shelf and on the one with every official table on top.

`golden_exercises.csv` was written from what people say; `expected` lists every name that would be right at rank 1.
"""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from onharu.catalog.exercises.actions.imports import import_exercises
from onharu.catalog.exercises.public import find

pytestmark = pytest.mark.django_db
with (Path(__file__).parent / "golden_exercises.csv").open(encoding="utf-8", newline="") as _lines:
    QUESTIONS = list(csv.DictReader(_lines))


def first_of(query):
    hits = find(query, limit=1).hits
    return hits[0].facts.name if hits else None


def missed():
    answers = [(asked["kind"], asked["query"], asked["expected"], first_of(asked["query"])) for asked in QUESTIONS]
    return [(kind, query, answer) for kind, query, right, answer in answers if answer not in right.split("|")]


def test_the_golden_set_asks_enough_of_every_kind():
    kinds = defaultdict(set)
    for asked in QUESTIONS:
        kinds[asked["kind"]].add(asked["query"])
    assert sum(map(len, kinds.values())) == len(QUESTIONS) >= 60
    assert {kind for kind, queries in kinds.items() if len(queries) < 3} == set()


def test_people_find_what_they_mean(starter):
    wrong = missed()
    assert len(wrong) <= 0.05 * len(QUESTIONS), wrong


def test_people_still_find_it_among_the_official_tables(starter, real):
    for path in ("khepi_exercise_kcal_20240919.csv", "compendium2011_met.csv", "free_exercise_db.json"):
        import_exercises(path=real / path)
    wrong = missed()
    assert len(wrong) <= 0.1 * len(QUESTIONS), wrong
