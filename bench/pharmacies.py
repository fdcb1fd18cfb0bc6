"""Measures how long it takes to tell which pharmacies are near and open, on both engines, with the real files.

    python -m bench.pharmacies                    printed
    python -m bench.pharmacies --write FILE.md    the same, written as a page

Needs the official files: ONHARU_REAL_DATA names the folder that holds pharmacies/.
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
DATA = Path(os.environ.get("ONHARU_REAL_DATA") or ROOT.parent / "shared" / "data") / "pharmacies"
FILES = ("hira_pharmacies_2025-12.csv", "seoul_pharmacy_hours_20241220_mon_sat.csv")
ROUNDS = 100
DAY, NIGHT, SUNDAY = "2026-11-24T14:00", "2026-11-24T03:00", "2026-11-22T14:00"
GANGNAM, VILLAGE, BUSAN = (37.4979, 127.0276), (37.65, 128.6), (35.1577, 129.0592)
FAR = 20_000
CASES: dict[str, dict] = {
    "강남, 14:00, 20": {"place": GANGNAM, "at": DAY, "limit": 20},
    "강남, 14:00, 20, open": {"place": GANGNAM, "at": DAY, "limit": 20, "open_only": True},
    "강남, 03:00, 20 km, open": {"place": GANGNAM, "at": NIGHT, "radius": FAR, "open_only": True},
    "강남, 03:00, 20 km, open or unknown": {
        "place": GANGNAM,
        "at": NIGHT,
        "radius": FAR,
        "open_only": True,
        "with_unknown": True,
    },
    "강남, Sunday 14:00, 20 km, open": {"place": GANGNAM, "at": SUNDAY, "radius": FAR, "open_only": True},
    "강남, 21:30, 20 km, 100, open": {
        "place": GANGNAM,
        "at": "2026-11-24T21:30",
        "radius": FAR,
        "limit": 100,
        "open_only": True,
    },
    "강남, 20 km, 100": {"place": GANGNAM, "at": DAY, "radius": FAR, "limit": 100},
    "강남, 20 km, 100, open": {"place": GANGNAM, "at": DAY, "radius": FAR, "limit": 100, "open_only": True},
    "a village in the mountains, 20 km, open": {"place": VILLAGE, "at": DAY, "radius": FAR, "open_only": True},
    "the same at 03:00": {"place": VILLAGE, "at": NIGHT, "radius": FAR, "open_only": True},
    "부산, 20 km, open, where no hours are known": {"place": BUSAN, "at": DAY, "radius": FAR, "open_only": True},
}
SCATTERED: dict[str, dict] = {
    "2 km, 20": {"at": DAY},
    "20 km, 20": {"at": DAY, "radius": FAR},
    "20 km, 100": {"at": DAY, "radius": FAR, "limit": 100},
    "20 km, 20, open": {"at": DAY, "radius": FAR, "open_only": True},
    "20 km, 20, open at 03:00": {"at": NIGHT, "radius": FAR, "open_only": True},
}


def run_apart(engine: str, folder: Path) -> dict:
    """Measure one engine in a process of its own."""
    engines = Engines(folder)
    environment = {**os.environ, "ONHARU_DATA": str(folder), "SECRET_KEY": "a-key-for-the-benchmark-" + "x" * 40}
    environment.pop("DATABASE_URL", None)
    if engine == "postgres":
        environment["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or engines.start_postgres()
    try:
        command = [sys.executable, "-W", "ignore", "-m", "bench.pharmacies_on_one_engine", str(DATA)]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, cwd=ROOT)
    finally:
        engines.stop()
    return {"engine": ENGINES[engine], **json.loads(done.stdout.splitlines()[-1])}


def page(results: list[dict]) -> str:
    """Return the results as a page."""
    first = results[0]

    def each(key: str, form: str) -> str:
        return ", ".join(f"{one[key]:{form}} ({one['engine']})" for one in results)

    return f"""# Which pharmacies are near and open

Written by `python -m bench.pharmacies --write docs/performance/pharmacies.md` on 2 cores shared with other work
(load average over the last 15 minutes: {os.getloadavg()[2]:.1f}). The shelf holds both real files:
{first["rows"]:,} rows, {first["listed"]:,} of which can be found by place; {first["with_hours"]:,} have hours,
{first["weeks"]:,} different weeks, all in Seoul and none for Sundays and holidays.
Aim: p95 ≤ 5 ms and at most 2 statements (besides one a minute each for holidays and for new weeks), on both engines,
for every radius up to 20 km.

## In process

Each question {ROUNDS} times, p50 / p95 in ms: as it came, with whatever else the machine did, and each by its best of
five, which comes close to a machine of its own. "Own CPU" is what the process itself spends, without PostgreSQL. "A new
minute" is the median of the first question in a minute: all weeks are sorted into open, closed and unknown anew. Left
out: how many of unknown hours stand before the last one found, counted up to 100.

{cases_table(results)}

The first question of a process, which reads weeks, holidays and density, takes in ms {each("first", ".0f")}. Importing
both files takes in seconds {each("import_s", ".1f")}.

## All over the country

300 places scattered around pharmacies drawn by lot, Tuesday 14:00 or 03:00, each by its best of five as other work
ran beside.

{scattered_table(results)}

The HTTP side stands in [performance.md](../performance.md), how it is asked in
[0080](../decisions/0080-the-nearest-by-two-indexes-and-the-weeks-that-are-open.md). That the nearest are the nearest
is proved by `onharu/catalog/pharmacies/tests/test_nearest_proof.py` (10,000 random questions against measuring all).
"""


def cases_table(results: list[dict]) -> str:
    """Lay out the questions by engine."""
    head = [
        "question",
        "found",
        "farthest",
        "left out",
        "engine",
        "statements",
        "as it came",
        "best of five",
        "own CPU p95",
        "a new minute",
        "found by",
    ]
    rows = []
    for name in CASES:
        for one in results:
            case = one["cases"][name]
            rows.append(
                [
                    name,
                    str(case["found"]),
                    "—" if case["farthest"] is None else f"{case['farthest']:,} m",
                    f"{case['hidden']}",
                    one["engine"],
                    str(case["statements"]),
                    f"{case['p50']:.2f} / {case['p95']:.2f}",
                    f"{case['best_p50']:.2f} / **{case['best_p95']:.2f}**",
                    f"{case['cpu_p95']:.2f}",
                    f"{case['fresh']:.1f}",
                    ", ".join(index.removeprefix("pharmacies_") for index in case["plan"]),
                ]
            )
    return table(head, rows)


def scattered_table(results: list[dict]) -> str:
    """Lay out the scattered places by engine."""
    head = ["question", "engine", "p50 ms", "p95 ms", "longest", "most statements", "with one"]
    rows = []
    for name in SCATTERED:
        for one in results:
            how = one["scattered"][name]
            rows.append(
                [
                    name,
                    one["engine"],
                    f"{how['p50']:.2f}",
                    f"**{how['p95']:.2f}**",
                    f"{how['longest']:.2f}",
                    str(how["most_statements"]),
                    f"{how['one_statement']:.0%}",
                ]
            )
    return table(head, rows)


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--engine", choices=list(ENGINES), action="append")
    chosen = parser.parse_args()
    results = []
    for engine in chosen.engine or ENGINES:
        with tempfile.TemporaryDirectory(prefix="onharu-bench-") as folder:
            results.append(run_apart(engine, Path(folder)))
    text = page(results)
    print(text)
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
