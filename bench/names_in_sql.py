"""Measures the way not taken: candidates from SQLite FTS5 trigrams and PostgreSQL pg_trgm, the same comparison after.

    python -m bench.names_in_sql

Kept so that docs/decisions can be checked. Strokes are written as keyboard letters: pg_trgm in a C locale takes
Hangul for no letters at all.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from onharu.names import hangul, rules, search
from onharu.names.readings import Reading, readings_of
from onharu.names.rules import Entry, Results
from onharu.names.synonyms import synonyms_of
from onharu.names.tests import golden
from tests.engines import Engines

MANY = 200_000
MOST = 120
ROUNDS = 2
Candidates = Callable[[str, str], list[int]]


def spelled(text: str) -> str:
    return hangul.to_keys(hangul.folded(text)).lower()


def columns(entry: Entry) -> tuple[str, str]:
    forms = [form for form in rules.forms_of(entry.text, generic=entry.generic) if form.role in ("whole", "turned")]
    strokes = " ".join(spelled(form.compact) for form in forms)
    return strokes, " ".join(spelled(hangul.initials(form.compact)) for form in forms)


def asked_in_sql(reading: Reading) -> tuple[str, str]:
    """Return the column to look in and the letters to look for."""
    if reading.kind in ("initials", "pattern"):
        return "initials", spelled(hangul.initials(hangul.initials_apart(reading.compact)))
    return "strokes", spelled(reading.compact)


def in_fts5(entries: list[Entry], folder: Path) -> Candidates:
    database = sqlite3.connect(folder / f"{len(entries)}.sqlite3")
    database.execute("CREATE VIRTUAL TABLE names USING fts5(strokes, initials, tokenize='trigram')")
    rows = ((entry.key, *columns(entry)) for entry in entries)
    database.executemany("INSERT INTO names(rowid, strokes, initials) VALUES (?, ?, ?)", rows)
    database.commit()

    def candidates(column: str, letters: str) -> list[int]:
        grams = sorted({letters[place : place + 3] for place in range(len(letters) - 2)})
        if not grams:  # the trap: a trigram table has no rows for fewer than three letters
            found = database.execute(f"SELECT rowid FROM names WHERE {column} GLOB ? LIMIT ?", (f"{letters}*", MOST))
            return [row[0] for row in found]
        match = f"{column} : ({' OR '.join(grams)})"
        found = database.execute("SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?", (match, MOST))
        return [row[0] for row in found]

    return candidates


def in_pg_trgm(entries: list[Entry], url: str) -> Candidates:
    database = psycopg.connect(url, autocommit=True)
    database.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    database.execute("DROP TABLE IF EXISTS names")
    database.execute("CREATE TABLE names (key bigint PRIMARY KEY, strokes text, initials text)")
    with database.cursor().copy("COPY names FROM STDIN") as rows:
        for entry in entries:
            rows.write_row((entry.key, *columns(entry)))
    for column in ("strokes", "initials"):
        database.execute(f"CREATE INDEX ON names USING gin ({column} gin_trgm_ops)")
    database.execute("ANALYZE names")
    database.execute("SET pg_trgm.word_similarity_threshold = 0.45")

    def candidates(column: str, letters: str) -> list[int]:
        query = f"SELECT key FROM names WHERE %s <%% {column} ORDER BY %s <<-> {column} LIMIT %s"
        return [row[0] for row in database.execute(query, (letters, letters, MOST))]

    return candidates


def searching(entries: list[Entry], candidates: Candidates) -> Callable[[str], Results]:
    by_key = {entry.key: entry for entry in entries}
    synonyms = synonyms_of("foods")

    def asked(query: str) -> Results:
        keys = {key for reading in readings_of(query, synonyms) for key in candidates(*asked_in_sql(reading))}
        found = [by_key[key] for key in sorted(keys)]
        return search.search_entries(found, query, synonyms=synonyms, limit=20, boosts={})

    return asked


def report(engine: str, entries: list[Entry], candidates: Candidates) -> None:
    questions = golden.questions()
    ask = searching(entries, candidates)
    overall = golden.grades(questions, ask)["overall"]
    taken = []
    for _ in range(ROUNDS):
        for question in questions:
            started = time.perf_counter()
            ask(question.query)
            taken.append((time.perf_counter() - started) * 1000)
    p95 = statistics.quantiles(taken, n=100, method="inclusive")[94]
    print(
        f"| {engine} | {len(entries):,} | {statistics.median(taken):.1f} | {p95:.1f} "
        f"| {overall.first:.3f} | {overall.reciprocal:.3f} |",
        flush=True,
    )


def main() -> None:
    real = golden.real_entries()
    print("| candidates from | names | p50 ms | p95 ms | P@1 | MRR |\n|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory(prefix="onharu-bench-") as folder:
        engines = Engines(Path(folder))
        try:
            url = engines.start_postgres()
            for entries in (real, golden.multiplied(real, MANY)):
                report("SQLite FTS5 trigram", entries, in_fts5(entries, Path(folder)))
                report("PostgreSQL pg_trgm", entries, in_pg_trgm(entries, url))
        finally:
            engines.stop()


if __name__ == "__main__":
    main()
