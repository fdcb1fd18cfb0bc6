"""Measures the five hottest questions and the search of names at a million rows; prints a page.

Started by bench.indexes, on the PostgreSQL that the environment names, which is empty.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onharu.site.settings")
django.setup()

from django.apps import apps  # noqa: E402 Django must be set up first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from onharu.kernel.kept import _LATEST  # noqa: E402
from onharu.names import queries  # noqa: E402
from onharu.names.public import replace, search  # noqa: E402
from onharu.names.tests import golden  # noqa: E402

ROWS = 1_000_000
PEOPLE = 1000
ROUNDS = 15
MOST_LINES = 9
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
IN_SQL = "SELECT id FROM bench_names WHERE text ILIKE %s ORDER BY length(text), id LIMIT 20"
SCANS = ("enable_indexscan", "enable_bitmapscan", "enable_indexonlyscan")
BY_TYPE = {
    "BooleanField": "false",
    "DateField": "DATE '2026-11-22' - (n / {people})::int",
    "DateTimeField": "TIMESTAMPTZ '2026-11-22 03:00+00' - (n / {people}) * INTERVAL '1 day'",
    "JSONField": "'{{}}'::jsonb",
    "BinaryField": "'\\x00'::bytea",
    "UUIDField": "gen_random_uuid()",
    "DecimalField": "1",
    "FloatField": "1",
}


def value_of(column: Any) -> str:
    """Write something that a column takes; a person has a row a day."""
    if column.null:
        return "NULL"
    if column.is_relation:
        return "1 + n % {people}" if column.name == "owner" else "1 + n"
    kind = column.get_internal_type()
    return BY_TYPE.get(kind) or ("n % 30000" if "Integer" in kind else f"LEFT('x' || n, {column.max_length or 20})")


def concrete(model: Any) -> list[Any]:
    return list(model._meta.concrete_fields)


def table_of(model: Any) -> str:
    return str(model._meta.db_table)


def fill(cursor: Any, model: Any, **said: str) -> None:
    """Put a million rows into a table, in no order of its index."""
    columns = [one for one in concrete(model) if one.get_internal_type() != "BigAutoField"]
    values = ", ".join(said.get(one.name, value_of(one)).format(people=PEOPLE) for one in columns)
    names = ", ".join(f'"{one.column}"' for one in columns)
    cursor.execute(
        f'INSERT INTO "{table_of(model)}" ({names})'
        f" SELECT {values} FROM generate_series(0, {ROWS - 1}) n ORDER BY hashint4(n)"
    )


def explained(cursor: Any, statement: str, values: list[Any]) -> tuple[str, float]:
    """Return PostgreSQL's plan, short, and how long it took to run, in milliseconds."""
    cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", values)
    lines = [row[0] for row in cursor.fetchall()]
    took = float(next(line for line in lines if line.startswith("Execution Time")).split()[2])
    return "\n".join(lines[:MOST_LINES]), took


def compared(cursor: Any, statement: str, values: list[Any]) -> tuple[str, float, float]:
    """Return the plan, and the medians with the indexes and without any."""
    explained(cursor, statement, values)
    runs = [explained(cursor, statement, values) for _ in range(ROUNDS)]
    with_index = statistics.median(took for _, took in runs)
    for scan in SCANS:
        cursor.execute(f"SET {scan} = off")
    without = statistics.median(explained(cursor, statement, values)[1] for _ in range(3))
    for scan in SCANS:
        cursor.execute(f"SET {scan} = on")
    return runs[-1][0], with_index, without


def sql_of(rows: Any) -> tuple[str, list[Any]]:
    """Return the statement of a query set."""
    statement, values = rows.query.sql_with_params()
    return statement, list(values)


def measure() -> str:
    """Fill the database and measure; returns the page."""
    call_command("migrate", verbosity=0)
    model = apps.get_model
    meal, dose, item = model("meals.Meal"), model("medication.Dose"), model("meals.MealItem")
    day, job = model("kernel.DayVersion"), model("kernel.Job")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # rows of people who are not there
        fill(cursor, meal)
        fill(cursor, item, food="NULL", own_food="NULL")
        fill(cursor, dose, key="'k' || n")
        fill(cursor, day, part="'meals'", version="n")
        fill(cursor, job, state="CASE WHEN n < 20 THEN 'waiting' ELSE 'done' END", key="'k' || n", name="'x'")
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
        today, month = NOW.date(), NOW.date() - timedelta(days=30)
        due = job.objects.filter(state="waiting", run_at__lte=NOW).order_by("run_at")
        questions = [
            ("What of a person's days changed last", _LATEST, [7, month, today]),
            ("The meals of a day", *sql_of(meal.objects.filter(owner_id=7, day=today, deleted_at=None))),
            ("The doses of a day", *sql_of(dose.objects.filter(owner_id=7, day=today))),
            (
                "What a person ate last",
                *sql_of(item.objects.filter(owner_id=7, deleted_at=None).order_by("-created_at")[:400]),
            ),
            ("The job that is due first", *sql_of(due[:1])),
        ]
        found = [(name, *compared(cursor, statement, values)) for name, statement, values in questions]
        return page(found, names(cursor))


def names(cursor: Any) -> list[tuple[str, float]]:
    """Search a million names in three ways; the median of the questions that people really ask, in milliseconds."""
    asked = [one.query for one in golden.questions() if one.kind in ("exact", "prefix", "multi_word")][:20]
    many = golden.multiplied(golden.real_entries(), ROWS)
    cursor.execute("CREATE TABLE bench_names (id bigint PRIMARY KEY, text text)")
    with cursor.copy("COPY bench_names FROM STDIN") as copy:
        for entry in many:
            copy.write_row((entry.key, entry.text))
    cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    cursor.execute("ANALYZE bench_names")
    cursor.execute("SET max_parallel_workers_per_gather = 0")

    def in_sql(word: str) -> None:
        cursor.execute(IN_SQL, [f"%{word}%"])
        cursor.fetchall()

    sequential = statistics.median(timed_once(in_sql, asked))
    cursor.execute("CREATE INDEX ON bench_names USING gin (text gin_trgm_ops)")
    trigrams = statistics.median(timed_once(in_sql, asked))
    replace("foods", many)
    many.clear()
    queries.let_go()
    search("foods", "김치찌개")
    own = statistics.median(timed_once(lambda word: search("foods", word), asked * 3))
    return [("every row read (`ILIKE`)", sequential), ("pg_trgm, GIN", trigrams), ("the house's index of names", own)]


def timed_once(ask: Callable[[str], object], words: list[str]) -> list[float]:
    """Time one asking of each word, in milliseconds."""
    taken = []
    for word in words:
        started = time.perf_counter()
        ask(word)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def page(found: list[tuple[str, str, float, float]], searches: list[tuple[str, float]]) -> str:
    """Write the page."""
    lines = [
        "# Indexes at a million rows",
        "",
        "Written by `python -m bench.indexes --write docs/performance/indexes.md` on PostgreSQL 17, two shared cores.",
        f"Every table has {ROWS:,} rows of {PEOPLE:,} people. Times are the server's own, the median of {ROUNDS}; the",
        "ratio is what counts, as the machine does other things too.",
        "",
        "| question | with its index ms | every row read ms | share |",
        "| --- | --- | --- | --- |",
        *(f"| {name} | {fast:.3f} | {slow:.1f} | {fast / slow:.4f} |" for name, _, fast, slow in found),
        "",
        "## Names",
        "",
        f"Of {ROWS:,} names, the median over questions that people ask, as the caller waits:",
        "",
        "| way | ms | share of reading every row |",
        "| --- | --- | --- |",
        *(f"| {way} | {took:.1f} | {took / searches[0][1]:.3f} |" for way, took in searches),
        "",
        "pg_trgm answers only what was typed as it stands in the name; the house's index answers slips, 초성,",
        "half-typed syllables and the wrong keyboard as well (docs/performance/names.md).",
        "",
        "## Plans",
        "",
    ]
    for name, plan, _, _ in found:
        lines += [f"**{name}**", "", "```", plan, "```", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    print(measure())
