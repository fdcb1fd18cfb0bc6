"""Measures the search over names on the database the environment names; prints JSON. Started by bench.names."""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onharu.site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 Django must be set up first

from onharu.names import queries  # noqa: E402
from onharu.names.public import replace, search  # noqa: E402
from onharu.names.tests import golden  # noqa: E402

MANY = 200_000
SLIPS = 500
ROUNDS = 7
SHELF = "foods"


def measure() -> dict:
    """Grade the golden set and time it at both sizes."""
    call_command("migrate", "names", verbosity=0)
    questions = golden.questions()
    real = golden.real_entries()
    many = golden.multiplied(real, MANY)
    slips = golden.slips_in(real, SLIPS, seed=1)
    small = fill_and_time(real, questions)
    graded = golden.grades(questions, lambda query: search(SHELF, query))
    graded["slips"] = golden.grades(slips, lambda query: search(SHELF, query, distinct=True))["overall"]
    large = fill_and_time(many, questions)
    return {
        "rounds": ROUNDS,
        "grades": {kind: [grade.count, grade.first, grade.reciprocal] for kind, grade in graded.items()},
        "sizes": [small, large],
    }


def fill_and_time(entries: list, questions: list) -> dict:
    """Fill the shelf, then time the first search of a process and every question a few times."""
    count = len(entries)
    started = time.perf_counter()
    replace(SHELF, entries)
    filled = time.perf_counter() - started
    # The list is no part of what is measured, nor is walking it in every collection of garbage.
    entries.clear()
    queries.let_go()
    gc.collect()
    before = resident()
    started = time.perf_counter()
    search(SHELF, "김치찌개")
    first = time.perf_counter() - started
    taken: dict[tuple[str, str], list[float]] = {}
    for _ in range(ROUNDS):
        for question in questions:
            started = time.perf_counter()
            search(SHELF, question.query)
            taken.setdefault((question.kind, question.query), []).append((time.perf_counter() - started) * 1000)
    by_kind: dict[str, list[float]] = {}
    for (kind, _), spent in taken.items():
        by_kind.setdefault(kind, []).append(statistics.median(spent))
    medians = [median for kind in by_kind.values() for median in kind]
    return {
        "names": count,
        "fill_s": filled,
        "first_ms": first * 1000,
        "index_mb": queries.current_index(SHELF).size_in_bytes / 1e6,
        "grown_mb": (resident() - before) / 1e6,
        "p50": statistics.median(medians),
        "p95": percentile(medians, 95),
        "p95_all": percentile([spent for every in taken.values() for spent in every], 95),
        "by_kind": {kind: [statistics.median(spent), percentile(spent, 95)] for kind, spent in by_kind.items()},
    }


def percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def resident() -> int:
    """Return the memory of this process, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    print(json.dumps(measure()))
