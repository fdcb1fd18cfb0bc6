"""Rows a second of `onharu import foods`, measured in a database of its own that is thrown away.

    ONHARU_REAL_DATA=… python -m bench.imports [FILE …]

Prints the median of three first imports and of three repeats, index of names included. It empties the shelf
between runs: a PostgreSQL to measure on is named by BENCH_DATABASE_URL, never by DATABASE_URL.
"""

# ruff: noqa: PLC0415 Django is set up before anything of ours is imported

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

RUNS = 3
DATA = Path(os.environ.get("ONHARU_REAL_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data") / "foods"
FILES = ("mfds_dishes_20250408.csv", "mfds_dishes_20230715_per_serving.csv", "rda_ingredients_20250426.csv")


def main(files: list[Path]) -> None:
    """Measure every file in a fresh shelf."""
    print(f"{'file':<42} {'rows':>7} {'first s':>8} {'rows/s':>8} {'again s':>8} {'refused':>8}")
    for file in files:
        if not file.is_file():
            print(f"{file.name:<42} not here: set ONHARU_REAL_DATA")
            continue
        first, again, report = measure(file)
        print(
            f"{file.name:<42} {report.read:>7,} {first:>8.2f} {report.read / first:>8,.0f} {again:>8.2f}"
            f" {len(report.refused):>8}"
        )


def measure(file: Path):
    """Return the median seconds of a first import and of a repeat, and the first report."""
    from onharu.catalog.foods.models import Food
    from onharu.catalog.foods.public import SHELF, import_foods
    from onharu.names import public as names

    firsts, repeats, report = [], [], None
    for _ in range(RUNS):
        Food.objects.all().delete()
        names.replace(SHELF, [])
        before = time.perf_counter()
        report = import_foods(path=file)
        firsts.append(time.perf_counter() - before)
        before = time.perf_counter()
        import_foods(path=file)
        repeats.append(time.perf_counter() - before)
    return statistics.median(firsts), statistics.median(repeats), report


def prepare(folder: str) -> None:
    """Bring up an empty database in the folder, or the one of BENCH_DATABASE_URL."""
    import django
    from django.core.management import call_command

    os.environ["ONHARU_DATA"] = folder
    os.environ.pop("DATABASE_URL", None)
    if url := os.environ.get("BENCH_DATABASE_URL"):
        os.environ["DATABASE_URL"] = url
    os.environ.setdefault("SECRET_KEY", "a-key-for-benchmarks-that-signs-nothing-of-worth")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onharu.site.settings")
    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="onharu-bench-") as home:
        prepare(home)
        main([Path(word) for word in sys.argv[1:]] or [DATA / name for name in FILES])
