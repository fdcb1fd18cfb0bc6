"""Measures the search over names: how often it is right, how long it takes, what it holds in memory.

    python -m bench.names                    both engines, printed
    python -m bench.names --write FILE.md    the same, written as a page

Needs the official file of 14,584 dishes (see onharu/names/tests/golden.py). 200,000 names are made from it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.engines import Engines

ENGINES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
MANY = 200_000
ROUNDS = 5
SHELF = "foods"
# (kind, P@1 at least); the promises of the golden set.


def run_apart(engine: str, folder: Path) -> dict:
    """Measure one engine in a process of its own."""
    engines = Engines(folder)
    environment = {**os.environ, "ONHARU_DATA": str(folder), "SECRET_KEY": "a-key-for-the-benchmark-" + "x" * 40}
    environment.pop("DATABASE_URL", None)
    if engine == "postgres":
        environment["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or engines.start_postgres()
    try:
        command = [sys.executable, "-W", "ignore", "-m", "bench.names_on_one_engine"]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    finally:
        engines.stop()
    return {"engine": engine, **json.loads(done.stdout)}


def page(results: list[dict]) -> str:
    """Return the results as a page."""
    graded, timed, by_kind = grades_table(results), times_table(results), kinds_table(results)
    return f"""# Search over names

Written by `python -m bench.names --write docs/performance/names.md` on 2 cores, 24 GiB, Linux.
The questions are `onharu/names/tests/golden_foods.csv`, written from the 14,584 official names before any engine
answered; `slips` are 500 dishes with one stroke wrong by chance, which nobody has picked. 200,000 names are the real
ones, and kinds and variants of different names put together.
Targets: overall P@1 ≥ 0.90, MRR ≥ 0.93, no kind below P@1 0.75; p95 ≤ 8 ms at 14,584 names, ≤ 30 ms at 200,000.

## How often it is right (14,584 names)

{graded}

## How long it takes

Every question {results[0]["rounds"]} times, one SQL statement each, in one thread. p50 and p95 are over the questions,
each by its median; "p95 of all" is over every single search, with what else the machine did at the time in it.

{timed}

p50 / p95 in ms by kind of question:

{by_kind}
"""


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def grades_table(results: list[dict]) -> str:
    head = ["kind", "questions"]
    for result in results:
        head += [f"P@1 {ENGINES[result['engine']]}", f"MRR {ENGINES[result['engine']]}"]
    rows = []
    for kind, (count, _, _) in results[0]["grades"].items():
        figures = [figure for result in results for figure in result["grades"][kind][1:]]
        rows.append([kind, str(count), *(f"{figure:.3f}" for figure in figures)])
    return table(head, rows)


def times_table(results: list[dict]) -> str:
    head = [
        "engine",
        "names",
        "p50 ms",
        "p95 ms",
        "p95 of all ms",
        "first search of a process ms",
        "index MB",
        "process grew MB",
        "fill s",
    ]
    rows = [
        [
            ENGINES[result["engine"]],
            f"{size['names']:,}",
            *(f"{size[key]:.1f}" for key in ("p50", "p95", "p95_all")),
            f"{size['first_ms']:.0f}",
            f"{size['index_mb']:.1f}",
            f"{size['grown_mb']:.0f}",
            f"{size['fill_s']:.1f}",
        ]
        for result in results
        for size in result["sizes"]
    ]
    return table(head, rows)


def kinds_table(results: list[dict]) -> str:
    sizes = [(ENGINES[result["engine"]], size) for result in results for size in result["sizes"]]
    rows = [
        [kind, *("{:.1f} / {:.1f}".format(*size["by_kind"][kind]) for _, size in sizes)]
        for kind in results[0]["sizes"][0]["by_kind"]
    ]
    return table(["kind", *(f"{engine} {size['names']:,}" for engine, size in sizes)], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    results = []
    for engine in ENGINES:
        with tempfile.TemporaryDirectory(prefix="onharu-bench-") as folder:
            results.append(run_apart(engine, Path(folder)))
    text = page(results)
    print(text)
    if chosen.write:
        chosen.write.parent.mkdir(parents=True, exist_ok=True)
        chosen.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
