"""Measures the search over medicines: how often it is right and how long each layer takes, on both engines.

    python -m bench.medicines                    printed
    python -m bench.medicines --write FILE.md    the same, written as a page
    python -m bench.medicines --products 6000    with a smaller large shelf, to see that it runs

Needs the official files (see onharu/catalog/medicines/tests/conftest.py); the products of the large shelf are made
from them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.names import ENGINES, table
from tests.engines import Engines

ROOT = Path(__file__).resolve().parent.parent
MANY, TENS = 50_000, 60
DATA = Path(os.environ.get("ONHARU_REAL_DATA") or ROOT.parent / "shared" / "data")


def run_apart(engine: str, folder: Path, products: int) -> dict:
    """Measure one engine in a process of its own."""
    engines = Engines(folder)
    environment = {**os.environ, "ONHARU_DATA": str(folder), "SECRET_KEY": "a-key-for-the-benchmark-" + "x" * 40}
    environment.pop("DATABASE_URL", None)
    if engine == "postgres":
        environment["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or engines.start_postgres()
    try:
        command = [sys.executable, "-W", "ignore", "-m", "bench.medicines_on_one_engine", str(DATA), str(products)]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, cwd=ROOT)
    finally:
        engines.stop()
    return {"engine": ENGINES[engine], **json.loads(done.stdout.splitlines()[-1])}


def page(results: list[dict]) -> str:
    """Return the results as a page."""
    first = results[0]
    large = first["sizes"][1]["products"]
    wrong = "; ".join(f"{query} → {got or '(nothing)'}" for _, query, got in first["wrong"])
    lowest = "; ".join(f"{query} {score:.2f}" for query, score in first["worst"])

    def each(key: str, form: str) -> str:
        return ", ".join(f"{one[key]:{form}} ({one['engine']})" for one in results)

    return f"""# Search over medicines

Written by `python -m bench.medicines --write docs/performance/medicines.md` on 2 cores shared with other work. The
questions are `golden_medicines.csv` and `golden_symptoms.csv` in `onharu/catalog/medicines/tests`. The shelf holds the
{first["sizes"][0]["products"]:,} products of the starter list and of e약은요 2024-06-03; {large:,} are these and
halves of two names put together, with the label of one of them.
Targets: P@1 ≥ 0.90; memory p99 ≤ 0.3 ms; shelf p95 ≤ 5 ms at both sizes.

## How often the first answer is right

{grades_table(results)}

Not right: {wrong}.

Symptoms: mean nDCG@10 over {first["sentences"]} sentences {each("ndcg", ".3f")}. A label is relevant when its own
words say it (2 within the first 60 letters, 1 later), graded without the vocabulary that the search uses.
Lowest: {lowest}.

## How long each layer takes, in process

Every question five times with an empty memory (three statements: the shelf's stamp, the search, the rows), p50 / p95
over the questions in ms, each by its best time, as other work ran beside. Whole labels are `type=detail`, twenty at
once. "Own CPU" is what the process itself spends, without waiting for the two cores that others use; on SQLite it is
the whole work. Memory is {first["sizes"][0]["answers"]:,} kept answers.

{times_table(results)}

Telling a pill by its marks among 24,460 looks: p95 in ms, each by its best, {each("identify_p95", ".1f")}.
Importing the 4,712 labels takes in seconds {each("import_labels_s", ".1f")}, the 25,040 pills onto
{large:,} products {each("import_pills_s", ".1f")}.

{comparing_section(results)}
"""


def grades_table(results: list[dict]) -> str:
    """Lay out the grades by kind."""
    head = ["kind", "questions", *(f"P@1 {one['engine']}" for one in results)]
    rows = [
        [kind, str(count), *(f"{one['grades'][kind][1]:.3f}" for one in results)]
        for kind, (count, _) in results[0]["grades"].items()
    ]
    return table(head, rows)


def times_table(results: list[dict]) -> str:
    """Lay out the times by engine and size."""
    head = [
        "engine",
        "products",
        "name",
        "symptom",
        "free",
        "shelf p95",
        "of it own CPU",
        "whole labels",
        "memory p50 / p99",
    ]
    rows = [
        [
            one["engine"],
            f"{size['products']:,}",
            *("{:.1f} / {:.1f}".format(*size["shelf"][kind]) for kind in ("name", "symptom", "free")),
            f"{size['shelf_all']:.1f}",
            f"**{size['shelf_cpu']:.1f}**",
            "{:.1f} / {:.1f}".format(*size["labels"]),
            "{:.3f} / **{:.3f}**".format(*size["memory"]),
        ]
        for one in results
        for size in one["sizes"]
    ]
    return table(head, rows)


def comparing_section(results: list[dict]) -> str:
    """Tell how long comparisons take, by engine."""
    first = results[0]["comparing"]
    columns = ("p50", "p95", "cpu_p95", "longest", "first")
    rows = [[one["engine"], *(f"{one['comparing'][name]:.1f}" for name in columns)] for one in results]
    return f"""## How long comparing ten medicines takes

{TENS} times ten of the {first["products"]:,} products whose substances are known, drawn by lot, with all
{first["notices"]:,} official notices on substances; three statements, each ten by its best of five;
{first["found"]:.0f} findings on average.
"First" is the first comparison of a process, which reads the notices. Aim: p95 ≤ 5 ms.

{table(["engine", "p50 ms", "p95 ms", "of it own CPU", "longest", "first"], rows)}"""


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--products", type=int, default=MANY, help="how many the large shelf holds")
    parser.add_argument("--engine", choices=list(ENGINES), action="append")
    chosen = parser.parse_args()
    results = []
    for engine in chosen.engine or ENGINES:
        with tempfile.TemporaryDirectory(prefix="onharu-bench-") as folder:
            results.append(run_apart(engine, Path(folder), chosen.products))
    text = page(results)
    print(text)
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
