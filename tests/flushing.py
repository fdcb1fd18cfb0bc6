"""Lets a test database be emptied on SQLite although triggers keep rows in it: they step aside for that moment."""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3.base import DatabaseOperations

_empty = DatabaseOperations.sql_flush


def sql_flush(self: DatabaseOperations, *args: Any, **kwargs: Any) -> list[str]:
    """Empty the tables with their triggers away."""
    statements = _empty(self, *args, **kwargs)
    with self.connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    away, back = [f'DROP TRIGGER "{name}"' for name, _ in triggers], [sql for _, sql in triggers]
    return [*away, *statements, *back] if statements else []


def let_tests_empty_tables() -> None:
    """Use it in place of Django's."""
    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]
