"""Finds rows by what is sealed in them, which SQL cannot."""

from __future__ import annotations

from typing import Any


def row_where(rows: Any, **said: Any) -> Any:
    """Find the one row that says this."""
    (found,) = [row for row in rows.all() if all(getattr(row, name) == value for name, value in said.items())]
    return found
