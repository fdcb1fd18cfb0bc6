"""Tell what a house of so many people needs, from what was measured: python -m bench.capacity [--write].

CPU of a request comes from the table that `make bench` wrote into docs/performance.md, the size of a person's year from
a year that is written and weighed here. What is assumed is listed, each with the number that it is.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from math import ceil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "docs" / "performance.md"
PAGE = ROOT / "docs" / "operations" / "capacity.md"
BEGIN, END = "<!-- capacity -->", "<!-- /capacity -->"
ONHARU = str(Path(sys.executable).with_name("onharu"))

WEIGHED = """
    SELECT (page_count - freelist_count) * page_size
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size
"""
# What a person does on a day, by the line of docs/performance.md that is nearest to it.
DAY = {
    "summary, warm": (24, "the day is looked at, also by the live page after each change"),
    "summary, cold": (12, "it has changed since"),
    "/api/users/me/": (4, "other small pages"),
    "workoutplans/today": (4, "today's plan"),
    "weekly_progress": (2, "the week"),
    "food search": (16, "four foods, four askings each while one types"),
    "commit": (8, "meals, doses and sets are written, counted as the dearest write there is"),
    "analyze, model 0 ms, 800×600": (1, "a photograph is taken in; looking at it comes on top"),
}
VISION_MS = 18  # the embedded recogniser, CPU for one photograph (docs/performance/vision.md)
PEAK_HOUR = 0.15  # share of a day's requests that falls into its busiest hour
WITHIN_THE_HOUR = 2.0  # how much busier the busiest minute is than its hour
FULL = 0.6  # of a core that is used before answers get slow
PAGES = 2.0  # what a page costs beside its answer; every second person uses pages rather than an app
STREAM_SHARE = 0.05  # of all people who have the page open in the busiest minute
PHOTO_KB = 190  # a stored photograph with its thumbnail
ONE_PROCESS, ONE_MACHINE = 0.3, 6  # cores
STORES = 2  # cores for PostgreSQL, Redis and the front door
PEOPLE = (5, 1_000, 10_000, 100_000)


def cpu_of() -> dict[str, float]:
    """Read milliseconds of CPU of a request by the name of its line."""
    rows = re.findall(r"^\| ([^|]+) \|(.+)\|$", FIGURES.read_text(encoding="utf-8"), re.MULTILINE)
    cells = {name.strip(): [cell.strip() for cell in rest.split("|")] for name, rest in rows}
    return {name: float(cells[name][3]) for name in DAY}


def year_bytes() -> float:
    """Write two people's years into a database of their own and tell what the second one added."""
    with tempfile.TemporaryDirectory(prefix="onharu-capacity-") as folder:
        environment = {**os.environ, "ONHARU_DATA": folder, "DEBUG": "1"}

        def said(*words: str) -> None:
            subprocess.run([ONHARU, *words], check=True, env=environment, stdout=subprocess.DEVNULL)

        def weighed() -> int:
            with sqlite3.connect(Path(folder) / "onharu.sqlite3") as database:
                return int(database.execute(WEIGHED).fetchone()[0])

        said("migrate", "--verbosity", "0")
        said("load_starter")
        said("seed_demo", "--username", "first", "--days", "365")
        before = weighed()
        said("seed_demo", "--username", "second", "--days", "365", "--seed", "1")
        return weighed() - before


def table(year: float) -> str:
    """Work everything out."""
    cpu = cpu_of()
    asked = sum(count for count, _ in DAY.values())
    spent = sum(count * cpu[name] for name, (count, _) in DAY.items()) * (1 + PAGES) / 2 + VISION_MS
    lines = [
        f"A person's day is {asked} askings and {spent:,.0f} ms of CPU, of which {VISION_MS} are the look at one"
        f" photograph; a person's year is {year / 1e6:.1f} MB of rows"
        f" and {365 * PHOTO_KB / 1024:.0f} MB of photographs.",
        "",
        "| people | requests/s in the busiest minute | cores of pages, API and jobs | open live streams |"
        " rows after a year | photographs after a year | so |",
        "|---|---|---|---|---|---|---|",
    ]
    for people in PEOPLE:
        peak = people * asked * PEAK_HOUR / 3600 * WITHIN_THE_HOUR
        cores = people * spent / 1000 * PEAK_HOUR / 3600 * WITHIN_THE_HOUR / FULL
        lines.append(
            f"| {people:,} | {peak:,.1f} | {cores:,.2f} | {people * STREAM_SHARE:,.0f} |"
            f" {people * year / 1e9:,.2f} GB |"
            f" {people * 365 * PHOTO_KB / 1024 / 1024:,.0f} GB | {advice(cores)} |"
        )
    return "\n".join([*lines, "", *assumptions(cpu)])


def advice(cores: float) -> str:
    """Say which way of running carries it."""
    if cores < ONE_PROCESS:
        return "`make up`, one process"
    if cores < ONE_MACHINE:
        return f"one machine of {ceil(cores) + STORES} cores, compose.yml"
    return "several machines: [scale](scale.md)"


def assumptions(cpu: dict[str, float]) -> list[str]:
    """List what is measured and what is taken for granted."""
    days = [f"| {name} | {count} | {cpu[name]:.2f} | {why} |" for name, (count, why) in DAY.items()]
    return [
        "| a day of a person | times | CPU ms each, measured | what it stands for |",
        "|---|---|---|---|",
        *days,
        "",
        f"Assumed: {PEAK_HOUR:.0%} of a day fall into its busiest hour, and the busiest minute is {WITHIN_THE_HOUR:g}"
        f" times that; half of all use pages, which cost {PAGES:g} times their answer; a core is full at {FULL:.0%};"
        f" {STREAM_SHARE:.0%} have the page open at once; one photograph a day of {PHOTO_KB} KB. Change them in"
        " `bench/capacity.py` and run it again.",
    ]


def main() -> None:
    """Work out, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    text = table(year_bytes())
    print(text)
    if chosen.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
