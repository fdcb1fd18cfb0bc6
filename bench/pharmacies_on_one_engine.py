"""Measures which pharmacies are near on the database the environment names; prints JSON. For bench.pharmacies."""

from __future__ import annotations

import gc
import json
import os
import random
import statistics
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onharu.site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 Django must be set up first
from django.db import connection  # noqa: E402 see above
from django.test.utils import CaptureQueriesContext  # noqa: E402 see above

from bench.pharmacies import CASES, FILES, ROUNDS, SCATTERED  # noqa: E402 see above
from onharu.catalog.pharmacies.models import Pharmacy, WeekHours  # noqa: E402 see above
from onharu.catalog.pharmacies.public import Place, drop_kept, import_pharmacies, nearby  # noqa: E402 see above
from onharu.catalog.pharmacies.rules.hours import SEOUL  # noqa: E402 see above

SEED = 20_261_122
TIMES = 5
PLAN_WORDS = ("pharmacies_by_place", "pharmacies_by_week")


def measure(data: Path) -> dict:
    """Import the real files, and ask the same questions again and again."""
    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    for name in FILES:
        import_pharmacies(path=data / name)
    took = time.perf_counter() - begun
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE pharmacies_pharmacy")
    drop_kept()
    first = milliseconds(lambda: ask(next(iter(CASES.values()))))
    return {
        "rows": Pharmacy.objects.count(),
        "listed": Pharmacy.objects.filter(same_as=None, gone_on=None, latitude__isnull=False).count(),
        "with_hours": Pharmacy.objects.filter(same_as=None, week__isnull=False).count(),
        "weeks": WeekHours.objects.count(),
        "import_s": took,
        "first": first,
        "cases": {name: one_case(case) for name, case in CASES.items()},
        "scattered": {name: scattered(how) for name, how in SCATTERED.items()},
    }


def ask(case: dict):
    """Ask one question."""
    how = {name: value for name, value in case.items() if name not in ("place", "at")}
    return nearby(Place(*case["place"]), at=datetime.fromisoformat(case["at"]).replace(tzinfo=SEOUL), **how)


def one_case(case: dict) -> dict:
    """Ask one question many times, then once in each of some new minutes, and tell its plan."""
    answer = ask(case)
    with CaptureQueriesContext(connection) as statements:
        ask(case)
    gc.collect()
    took = [milliseconds(lambda: ask(case)) for _ in range(ROUNDS)]
    best = [min(milliseconds(lambda: ask(case)) for _ in range(TIMES)) for _ in range(ROUNDS)]
    spent = [milliseconds(lambda: ask(case), time.thread_time) for _ in range(ROUNDS)]
    at = datetime.fromisoformat(case["at"])
    fresh = [milliseconds(lambda: ask({**case, "at": minute})) for minute in minutes(at)]  # noqa: B023 called at once
    return {
        "statements": len(statements),
        "found": len(answer.found),
        "hidden": answer.hidden_unknown,
        "farthest": answer.found[-1].distance_m if answer.found else None,
        "p50": statistics.median(took),
        "p95": percentile(took, 95),
        "best_p50": statistics.median(best),
        "best_p95": percentile(best, 95),
        "cpu_p95": percentile(spent, 95),
        "fresh": statistics.median(fresh),
        "plan": plan(statements[-1]["sql"]),
    }


def minutes(at: datetime) -> list[str]:
    """Name minutes after an instant that were not asked for yet."""
    return [(at + timedelta(minutes=n)).isoformat() for n in range(1, 21)]


def scattered(how: dict) -> dict:
    """Ask once from each of many places near pharmacies all over the country, each by its best of five."""
    dice = random.Random(SEED)
    stands = list(Pharmacy.objects.filter(latitude__isnull=False).order_by("id").values_list("latitude", "longitude"))
    places = [(north + dice.gauss(0, 0.02), east + dice.gauss(0, 0.02)) for north, east in dice.sample(stands, 300)]
    took, statements = [], []
    for place in places:
        case = {"place": place, **how}
        with CaptureQueriesContext(connection) as asked:
            ask(case)
        statements.append(len(asked))
        took.append(min(milliseconds(lambda: ask(case)) for _ in range(TIMES)))  # noqa: B023 called at once
    return {
        "p50": statistics.median(took),
        "p95": percentile(took, 95),
        "longest": max(took),
        "most_statements": max(statements),
        "one_statement": statements.count(1) / len(statements),
    }


def plan(statement: str) -> list[str]:
    """Name the indexes by which the engine finds rows."""
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + statement)
        lines = [str(line) for line in cursor.fetchall()]
    return sorted({word for word in PLAN_WORDS for line in lines if word in line})


def milliseconds(work, timer=time.perf_counter) -> float:
    begun = timer()
    work()
    return (timer() - begun) * 1000


def percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1])), ensure_ascii=False))
