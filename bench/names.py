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
TARGETS = (
    "Targets: overall P@1 ≥ 0.90, MRR ≥ 0.93, no kind below P@1 0.75; p95 ≤ 8 ms at 14,584 names, ≤ 30 ms at 200,000."
)


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
    lines = [
        "# Search over names",
        "",
        "Written by `python -m bench.names --write docs/performance/names.md` on 2 cores, 24 GiB, Linux.",
        "The questions: `onharu/names/tests/golden_foods.csv`, written from the 14,584 official names before any engine",
        "answered. 200,000 names are the real ones and kinds and variants of different names put together.",
        TARGETS,
        "",
        "## How often it is right (14,584 names)",
        "",
        "| kind | questions | "
        + " | ".join(f"P@1 {ENGINES[r['engine']]} | MRR {ENGINES[r['engine']]}" for r in results)
        + " |",
        "|---|---|" + "---|---|" * len(results),
    ]
    for kind, (count, _, _) in results[0]["grades"].items():
        cells = (f"{r['grades'][kind][1]:.3f} | {r['grades'][kind][2]:.3f}" for r in results)
        name = f"**{kind}**" if kind == "overall" else kind
        lines.append(f"| {name} | {count} | " + " | ".join(cells) + " |")
    lines += [
        "",
        "## How long it takes",
        "",
        f"Every question {results[0]['rounds']} times, one SQL statement each, in one thread.",
        "",
        "| engine | names | p50 ms | p95 ms | first search of a process ms | index in memory MB | process grew MB | filling s |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for r in results:
        lines.extend(
            f"| {ENGINES[r['engine']]} | {s['names']:,} | {s['p50']:.1f} | {s['p95']:.1f} | {s['first_ms']:.0f} "
            f"| {s['index_mb']:.1f} | {s['grown_mb']:.0f} | {s['fill_s']:.1f} |"
            for s in r["sizes"]
        )
    lines += [
        "",
        "p50 / p95 in ms by kind of question:",
        "",
        "| kind | " + " | ".join(f"{ENGINES[r['engine']]} {s['names']:,}" for r in results for s in r["sizes"]) + " |",
        "|---|" + "---|" * sum(len(r["sizes"]) for r in results),
    ]
    for kind in results[0]["sizes"][0]["by_kind"]:
        cells = ("{:.1f} / {:.1f}".format(*s["by_kind"][kind]) for r in results for s in r["sizes"])
        lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


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
