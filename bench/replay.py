"""Replays 10,000 searches of medicines over HTTP: how fast, from which layer, and how many calls were saved.

    python -m bench.replay
    python -m bench.replay --queries 300    to see that it runs

What is asked follows Zipf's law, as counts of searches do: the n-th most popular question is asked 1/n as often as the
first. One in fifty of the questions is a name that the shelf lacks; a source next door, 0.3 s away, knows half of
those. Nothing is warm: the process starts with an empty memory.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from itertools import count
from pathlib import Path
from urllib.parse import quote

import orjson

from bench.lines import Line, request
from bench.medicines import DATA, ROOT
from tests.booted import Booted

QUERIES = 10_000
DIFFERENT = 1_500
LINES = 4
UNKNOWN = 0.02
GOLDEN = ROOT / "onharu" / "catalog" / "medicines" / "tests"
SEED = 20261122


def questions(dice: random.Random) -> list[tuple[str, str]]:
    """Make the different questions (parameter, text) in order of popularity."""
    names = [("itemName", row["query"]) for row in rows(GOLDEN / "golden_medicines.csv")]
    said = [("efcyQesitm", row["query"]) for row in rows(GOLDEN / "golden_symptoms.csv")]
    with (DATA / "medicines" / "easy_drug_20240603.csv").open(encoding="utf-8-sig", newline="") as lines:
        shelf = [("itemName", row["제품명"].split("(")[0].strip()) for row in csv.DictReader(lines)]
    free = [("q", text) for _, text in dice.sample(names + said, 100)]
    known = dice.sample(shelf, DIFFERENT - len(names) - len(said) - len(free) - int(DIFFERENT * UNKNOWN))
    made = [
        ("itemName", f"{word}{number}나정")
        for number in range(int(DIFFERENT * UNKNOWN / 2))
        for word in ("신약", "없는약")
    ]
    pool = [*names, *said, *free, *known, *made]
    dice.shuffle(pool)
    return pool


def rows(path: Path) -> list[dict[str, str]]:
    """Read a golden set."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def replay(server: Booted, asked: list[tuple[str, str]]) -> tuple[list[float], Counter, Counter, set[str], int]:
    """Ask everything on four connections: times in ms, layers, statuses, products shown, rows shown."""
    _, body = server.ask("POST", "/auth/token/", {"username": "demo", "password": "onharu-demo"})
    headers = {"Authorization": f"Bearer {body['access']}"}
    numbers, lock = count(), threading.Lock()
    times: list[float] = []
    layers, statuses = Counter(), Counter()
    shown: set[str] = set()
    in_all = [0]

    def keep_asking() -> None:
        line = Line(server.port)
        while (number := next(numbers)) < len(asked):
            kind, text = asked[number]
            raw = request("GET", f"/api/medicines/search/?{kind}={quote(text)}&limit=10", headers=headers)
            begun = time.perf_counter()
            status, head, answered = ask(line, raw)
            spent = (time.perf_counter() - begun) * 1000
            found = [row["item_seq"] for row in orjson.loads(answered)["results"]] if status == 200 else []
            with lock:
                times.append(spent)
                statuses[status] += 1
                layers[head] += 1
                shown.update(found)
                in_all[0] += len(found)

    threads = [threading.Thread(target=keep_asking) for _ in range(LINES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, layers, statuses, shown, in_all[0]


def ask(line: Line, raw: bytes) -> tuple[int, str, bytes]:
    """Ask, and read which layer answered as well."""
    head, body = line.whole(raw)
    fields = dict(one.lower().split(b": ", 1) for one in head.split(b"\r\n")[1:])
    return int(head.split(b" ", 2)[1]), fields.get(b"x-cache-status", b"-").decode().upper(), body


def told(times: list[float], layers: Counter, statuses: Counter, calls: int, shown: set[str], in_all: int) -> str:
    """Say what came out."""
    ordered = sorted(times)
    fast = sum(spent < 100 for spent in ordered) / len(ordered)
    share = ", ".join(f"{layer} {number:,} ({number / len(times):.1%})" for layer, number in layers.most_common())
    lines = (
        f"{len(times):,} searches, {DIFFERENT:,} different, Zipf, {LINES} connections; answers {dict(statuses)}",
        f"under 100 ms: {fast:.2%}",
        f"p50 {ordered[len(ordered) // 2]:.1f} ms, p99 {ordered[int(len(ordered) * 0.99)]:.1f} ms",
        f"longest: {ordered[-1]:.0f} ms",
        f"layers: {share}",
        f"calls to the official API: {calls} instead of {len(times):,}: {1 - calls / len(times):.1%} saved",
        f"summaries to make: {len(shown):,}, one a product, instead of {in_all:,}, one a row shown",
        f"model calls saved: {1 - len(shown) / in_all:.1%}",
    )
    return "\n".join(lines)


def main() -> None:
    """Fill a server, replay, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=QUERIES)
    queries = parser.parse_args().queries
    dice = random.Random(SEED)
    pool = questions(dice)
    asked = dice.choices(pool, weights=[1 / place for place in range(1, len(pool) + 1)], k=queries)
    with tempfile.TemporaryDirectory(prefix="onharu-replay-") as folder:
        calls = Path(folder) / "calls"
        calls.touch()
        settings = {
            "DJANGO_SETTINGS_MODULE": "bench.replay_settings",
            "PYTHONPATH": str(ROOT),
            "BENCH_CALLS": str(calls),
        }
        server = Booted(Path(folder), "--demo", **settings)
        try:
            server.wait_ready()
            fill = [
                sys.executable,
                "-m",
                "django",
                "import",
                "medicines",
                DATA / "medicines" / "easy_drug_20240603.csv",
            ]
            environment = {**os.environ, **settings, "ONHARU_DATA": str(Path(folder) / "data")}
            subprocess.run(fill, env=environment, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
            times, layers, statuses, shown, in_all = replay(server, asked)
        finally:
            server.stop()
        print(told(times, layers, statuses, len(calls.read_text().splitlines()), shown, in_all))


if __name__ == "__main__":
    main()
