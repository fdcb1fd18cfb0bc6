"""Writes many rows by one prepared statement: `bulk_create` takes several times as long (docs/decisions/0023)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, over: str | Sequence[str] = ""
) -> None:
    """Insert rows of a table; with `over`, one whose column (or columns) stands already is overwritten, id kept."""
    values = list(rows)
    if not values:
        return
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join(["%s"] * len(columns))
    statement = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})'  # noqa: S608, SLF001 our own names
    if over:
        held = (over,) if isinstance(over, str) else over
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in held)
        statement += " ON CONFLICT (" + ", ".join(f'"{name}"' for name in held) + f") DO UPDATE SET {changes}"  # nosec B608
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
