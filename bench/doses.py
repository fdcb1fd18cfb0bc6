"""Measures doses: how long planning takes.

    python -m bench.doses plan       ten regimens for a year, in a zone without clock changes and in one with them

Parts are functions of this module; each prints its medians.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal

from onharu.records.medication.rules.schedules import shapes as s
from onharu.records.medication.rules.schedules.planning import next_at, plan

ROUNDS = 21
YEAR = timedelta(days=365)
START = date(2026, 1, 1)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


def _at(text: str, days: s.Days | None = None, gap: int | None = None) -> s.Schedule:
    slots = s.Slots(tuple(s.Slot(s.At(clock_time.fromisoformat(one))) for one in text.split()))
    limit = s.Limit(None, None if gap is None else timedelta(minutes=gap))
    return s.Schedule((s.Phase(slots, days or s.Daily()),), "wall", limit)


def _by(*anchors: s.Anchor) -> s.Schedule:
    return s.Schedule((s.Phase(s.Slots(tuple(s.Slot(anchor) for anchor in anchors))),))


REGIMENS = (
    _by(*(s.AtMeal(meal, "after", 30) for meal in s.MEALS)),
    _by(s.AtMeal("breakfast", "before", 30), s.AtMeal("dinner", "before", 30)),
    _by(s.AtBedtime()),
    _by(s.OnWaking()),
    _at("08:00 20:00", gap=480),
    _at("09:00", s.Weekdays(frozenset({1, 4}))),
    _at("21:00", s.Cycle(21, 7)),
    s.Schedule((s.Phase(s.Interval(480, first=clock_time(7))),)),
    s.Schedule((s.Phase(s.Interval(420, first=clock_time(7))),)),
    s.Schedule((s.Phase(s.Spaced(4)),), "wall", s.Limit(None, timedelta(hours=4))),
)


def planned(zone: str) -> int:
    """Plan every regimen for a year; tell how many doses that makes."""
    facts = s.Facts(zone)
    courses = [s.Version(1, SINCE, schedule, Decimal(1), START) for schedule in REGIMENS]
    return sum(len(plan([course], facts, SINCE, SINCE + YEAR)) for course in courses)


def _after_five_years(zone: str) -> int:
    facts = s.Facts(zone)
    now = SINCE + 5 * YEAR
    courses = [s.Version(1, SINCE, schedule, Decimal(1), START) for schedule in REGIMENS]
    return sum(next_at([course], facts, now) is not None for course in courses)


def _timed(work: Callable[[], int]) -> tuple[int, float, float, float]:
    took, cpu = [], []
    for _ in range(ROUNDS):
        begun, busy = time.perf_counter(), time.process_time()
        count = work()
        took.append((time.perf_counter() - begun) * 1000)
        cpu.append((time.process_time() - busy) * 1000)
    return count, took[0], statistics.median(took), statistics.median(cpu)


def measure_plan() -> None:
    print("| what | doses | first, ms | median, ms | median of CPU, ms |\n|---|---|---|---|---|")
    for zone in ("Asia/Seoul", "America/New_York"):
        for name, work in (("10 regimens, 1 year", planned), ("next of 10, after 5 years", _after_five_years)):
            count, first, median, cpu = _timed(lambda work=work, zone=zone: work(zone))
            print(f"| {name}, {zone} | {count} | {first:.1f} | {median:.1f} | {cpu:.1f} |")


PARTS = {"plan": measure_plan}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
