"""`make bench`: the product against a bare Django view on the same server, in the same minutes, as ratios.

Rounds take turns: bare, product, bare, product …, so that a machine whose speed drifts drifts under both.
`--write` puts the table into docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bench import pharmacies_over_http as pharmacies
from bench.lines import Ask, Line, Run, cpu_seconds, drive, memory_mb, request, summed
from bench.photos import photographs
from tests.booted import Booted
from tests.engines import free_port

ROOT = Path(__file__).resolve().parent.parent
QUERIES = (
    "%EA%B9%80%EC%B9%98%EC%B0%8C%EA%B2%8C", "%EB%B0%A5", "%E3%84%B1%E3%85%8A%E3%85%89%E3%84%B1", "rlacl",
    "%EB%9D%BC%EB%A9%B4", "%EB%B0%94%EB%82%98%EB%82%98", "%EB%90%9C%EC%9E%A5", "%EB%B9%84%EB%B9%94%EB%B0%A5",
)  # fmt: skip
TYLENOL = "/api/medicines/search/?itemName=%ED%83%80%EC%9D%B4%EB%A0%88%EB%86%80"
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
_fresh = count(1)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: medians of the rounds, and the ratio of each round to the bare round before it."""

    name: str
    product: Run
    bare: Run
    ratio: float
    cpu_ratio: float
    aim: str


class Servers:
    """The product with sixty demo days, and the bare view, on two ports."""

    def __init__(self, folder: Path) -> None:
        # One proxy is believed, so that askers can stand at addresses of their own.
        settings = {"DJANGO_SETTINGS_MODULE": "bench.settings", "PYTHONPATH": str(ROOT), "TRUSTED_PROXIES": "1"}
        self.folder = folder
        self.product = Booted(folder, "--demo", **settings)
        self.product.wait_ready()
        self.database = folder / "data" / "onharu.sqlite3"
        self.bare_port = free_port()
        words = ["--interface", "asginl", "--port", str(self.bare_port), "--no-ws", "--log-level", "warning"]
        self.bare = subprocess.Popen([sys.executable, "-m", "granian", *words, "bench.bare:application"], cwd=ROOT)
        time.sleep(2)
        _, body = self.product.ask("POST", "/auth/token/", {"username": "demo", "password": "onharu-demo"})
        self.headers = {"Authorization": f"Bearer {body['access']}"}

    def drive_bare(self, seconds: float) -> Run:
        """Load the bare view."""
        raw = request("GET", "/bare/")
        return drive(self.bare_port, self.bare.pid, lambda _: raw, seconds=seconds)

    def drive_product(self, ask: Ask, seconds: float, lines: int = 8) -> Run:
        """Load the product."""
        return drive(self.product.port, self.product.process.pid, ask, seconds=seconds, lines=lines)

    def get(self, *paths: str, **headers: str) -> Ask:
        """Ask for addresses in turn."""
        raws = [request("GET", path, headers={**self.headers, **headers}) for path in paths]
        return lambda number: raws[number % len(raws)]

    def stop(self) -> None:
        """Stop both."""
        self.product.stop()
        self.bare.terminate()
        self.bare.wait(10)


def compare(servers: Servers, name: str, ask: Ask, aim: str, rounds: int, seconds: float) -> Row:
    """Take turns with the bare view."""
    servers.drive_product(ask, 1)
    pairs = [(servers.drive_bare(seconds), servers.drive_product(ask, seconds)) for _ in range(rounds)]
    return row_of(name, pairs, aim)


def row_of(name: str, pairs: list[tuple[Run, Run]], aim: str) -> Row:
    """Make a line of the table from its rounds."""
    return Row(
        name=name,
        product=middle([product for _, product in pairs]),
        bare=middle([bare for bare, _ in pairs]),
        ratio=statistics.median(product.rate / bare.rate for bare, product in pairs),
        cpu_ratio=statistics.median(product.cpu_ms / bare.cpu_ms for bare, product in pairs),
        aim=aim,
    )


def middle(runs: list[Run]) -> Run:
    """Take the median of every figure."""
    return Run(
        rate=statistics.median(run.rate for run in runs),
        cpu_ms=statistics.median(run.cpu_ms for run in runs),
        p50=statistics.median(run.p50 for run in runs),
        p95=statistics.median(run.p95 for run in runs),
        wrong=sum(run.wrong for run in runs),
    )


def never_asked(servers: Servers) -> Ask:
    """Ask for names that nobody has asked for yet, so that memory cannot answer."""
    return lambda _: request("GET", f"{TYLENOL}%20{next(_fresh)}", headers=servers.headers)


def cold(servers: Servers, rounds: int, seconds: float) -> Row:
    """Summaries of the sixty days, all made unreachable in the cache before each pass over them."""
    ask = servers.get(*(f"/api/days/{day}/summary/" for day in demo_days(servers)))
    pairs = []
    for _ in range(rounds):
        bare = servers.drive_bare(seconds)
        pairs.append((bare, one_pass_after_another(servers, ask, len(demo_days(servers)), passes=8)))
    return row_of("summary, cold", pairs, "")


def demo_days(servers: Servers) -> list[str]:
    """List the days the demo person wrote something on."""
    with sqlite3.connect(servers.database) as reader:
        return [day for (day,) in reader.execute("SELECT DISTINCT day FROM kernel_dayversion ORDER BY day")]


def one_pass_after_another(servers: Servers, ask: Ask, size: int, passes: int) -> Run:
    """Ask for every day once, then change every day's version, and so on; only the asking is timed."""
    line, times, spent = Line(servers.product.port), [], 0.0
    pid = servers.product.process.pid
    for _ in range(passes):
        with sqlite3.connect(servers.database, timeout=20) as writer:
            writer.execute("UPDATE kernel_dayversion SET version = version + 1")
        before = cpu_seconds(pid)
        for number in range(size):
            begun = time.perf_counter()
            line.ask(ask(number))
            times.append(time.perf_counter() - begun)
        spent += cpu_seconds(pid) - before
    return summed(times, sum(times), spent, 0)


def predecessors_seven(day: str) -> tuple[str, ...]:
    """List the reads of the predecessor's load script; on such a machine it answered 131 of them a second."""
    return (
        "/healthz",
        "/api/users/me/",
        "/api/today/summary/",
        "/api/workoutplans/today/",
        f"/api/workoutplans/summary/?date={day}",
        "/api/tasks/weekly_progress/",
        f"/api/meals/?log_date={day}",
    )


def table(rows: list[Row], notes: list[str]) -> str:
    """Write the figures as Markdown."""
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    lines = [
        (
            f"Measured {time.strftime('%Y-%m-%d')} on {machine}, SQLite, one server process; load generator on the same"
            " cores. Medians of rounds that took turns with the bare view."
        ),
        "",
        "| what | requests/s | bare/s | ratio | CPU ms | bare CPU ms | × bare | p50 ms | p95 ms | wrong | aim |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        run, bare = row.product, row.bare
        lines.append(
            f"| {row.name} | {run.rate:,.0f} | {bare.rate:,.0f} | **{row.ratio:.2f}** | {run.cpu_ms:.2f} |"
            f" {bare.cpu_ms:.2f} | {row.cpu_ratio:.2f} | {run.p50:.1f} | {run.p95:.1f} | {run.wrong} | {row.aim} |"
        )
    return "\n".join([*lines, "", *notes])


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", choices=["pharmacies"], help="print the lines of one room; nothing is written")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onharu-bench-") as folder:
        servers = Servers(Path(folder))
        try:
            rows = near_pharmacies(servers, options.rounds, options.seconds)
            text = table(*rows) if options.only else measure(servers, options.rounds, options.seconds, *rows)
        finally:
            servers.stop()
    print(text)
    if options.write and not options.only:
        page = ROOT / "docs" / "performance.md"
        before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
        page.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def near_pharmacies(servers: Servers, rounds: int, seconds: float) -> tuple[list[Row], list[str]]:
    """Ask for pharmacies on the real shelf, or on the demo's where the public files are not at hand."""
    count = pharmacies.fill(servers.folder)
    rows = [compare(servers, *asked, rounds, seconds) for asked in pharmacies.asks(servers.folder)]
    return rows, [f"Pharmacies on the shelf: {count:,}."]


def measure(servers: Servers, rounds: int, seconds: float, asked: list[Row], notes: list[str]) -> str:
    """Run everything once through, after what was asked already."""
    pid = servers.product.process.pid
    first = memory_mb(pid)
    today = demo_days(servers)[-1]
    summary = f"/api/days/{today}/summary/"
    mix = predecessors_seven(today)
    rows = [
        compare(servers, "summary, warm", servers.get(summary), "≥ 0.35", rounds, seconds),
        cold(servers, rounds, seconds),
        compare(servers, "/api/users/me/", servers.get("/api/users/me/"), "", rounds, seconds),
        compare(
            servers, "food search", servers.get(*(f"/api/foods/?q={query}" for query in QUERIES)), "", rounds, seconds
        ),
        compare(servers, "workoutplans/today", servers.get("/api/workoutplans/today/"), "", rounds, seconds),
        compare(servers, "weekly_progress", servers.get("/api/tasks/weekly_progress/"), "", rounds, seconds),
        compare(servers, "the predecessor's seven GETs in turn", servers.get(*mix), "≥ 1,048/s", rounds, seconds),
        compare(servers, "medicine search, memory", servers.get(TYLENOL), "≥ 0.35", rounds, seconds),
        compare(servers, "medicine search, shelf", never_asked(servers), "", rounds, seconds),
        *asked,
        *photographs(servers, rounds, seconds, row_of),
    ]
    last = memory_mb(pid)
    notes = [
        *notes,
        (
            f"Memory of the process tree: {first[0]:.0f} MB resident ({first[1]:.0f} MB proportional) before load,"
            f" {last[0]:.0f} MB ({last[1]:.0f} MB) after."
        ),
    ]
    return table(rows, notes)


if __name__ == "__main__":
    main()
