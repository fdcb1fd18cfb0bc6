"""Explains the five hottest questions at a million rows on a PostgreSQL of its own, with their indexes and without.

    python -m bench.indexes --write docs/performance/indexes.md

Names are searched for in three ways at a million: as the house does (docs/decisions/0013), by reading every row, and by
pg_trgm's index.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.engines import Engines

BEGINS = "# Indexes"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onharu-bench-") as folder:
        engines = Engines(Path(folder))
        url = os.environ.get("BENCH_DATABASE_URL") or engines.start_postgres("-c", "shared_buffers=512MB")
        environment = {
            **os.environ,
            "ONHARU_DATA": folder,
            "SECRET_KEY": "a-key-for-the-benchmark-" + "x" * 40,
            "DEBUG": "1",
            "REDIS_URL": "",
            "DATABASE_URL": url,
        }
        try:
            words = [sys.executable, "-W", "ignore", "-m", "bench.indexes_on_one_engine"]
            done = subprocess.run(words, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        finally:
            engines.stop()
    text = done.stdout[done.stdout.index(BEGINS) :]
    print(text)
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
