"""Walks over sealed columns row by row, and seals them anew with another key.

A row is written only where it still holds what was read, so nothing that somebody writes meanwhile is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from onharu.kernel.sealed import Sealed
from onharu.kernel.sealing import MARK, unseal

AT_ONCE = 500
Heard = Callable[[int, int | None], None]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The sealed columns of one table."""

    table: str
    pk: str
    fields: tuple[Sealed, ...]

    def other_than(self, key: str) -> tuple[str, list[str]]:
        """Write the condition that some value is sealed with another key."""
        each = [f"({_quoted(field.column)} <> '' AND {_quoted(field.column)} NOT LIKE %s)" for field in self.fields]
        return "(" + " OR ".join(each) + ")", [f"{MARK}.{key}.%"] * len(each)

    def count(self, key: str) -> int:
        """Count the rows that hold a value sealed with another key."""
        condition, values = self.other_than(key)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {_quoted(self.table)} WHERE {condition}", values)  # noqa: S608 our own names
            return int(cursor.fetchone()[0])

    def rows(self, after: object, condition: str = "", values: Sequence[object] = ()) -> list[Row]:
        """Read some rows after a primary key: the key and what the columns hold, as it is stored."""
        names = ", ".join(_quoted(name) for name in (self.pk, *(field.column for field in self.fields)))
        asked = [f"{_quoted(self.pk)} > %s"] if after is not None else []
        asked += [condition] if condition else []
        where = f" WHERE {' AND '.join(asked)}" if asked else ""
        statement = f"SELECT {names} FROM {_quoted(self.table)}{where} ORDER BY {_quoted(self.pk)} LIMIT {AT_ONCE}"  # noqa: S608
        with connection.cursor() as cursor:
            given: list[Any] = [*([after] if after is not None else []), *values]
            cursor.execute(statement, given)
            return [tuple(row) for row in cursor.fetchall()]

    def batches(self, condition: str = "", values: Sequence[object] = ()) -> Iterator[list[Row]]:
        """Read all rows in the order of their keys, some at a time."""
        after: object = None
        while rows := self.rows(after, condition, values):
            yield rows
            after = rows[-1][0]

    def replace(self, row: Row, fresh: Mapping[int, object]) -> int:
        """Write some columns of a row if they hold what was read; returns how many rows that were."""
        names = [_quoted(self.fields[place].column) for place in fresh]
        changes = ", ".join(f"{name} = %s" for name in names)
        same = " AND ".join(f"{name} = %s" for name in names)
        statement = f"UPDATE {_quoted(self.table)} SET {changes} WHERE {_quoted(self.pk)} = %s AND {same}"  # noqa: S608
        with connection.cursor() as cursor:
            given: list[Any] = [*fresh.values(), row[0], *(row[place + 1] for place in fresh)]
            cursor.execute(statement, given)
            return int(cursor.rowcount)


def _quoted(name: str | None) -> str:
    return str(connection.ops.quote_name(str(name)))


def columns_of(model: type[models.Model], names: Sequence[str] = ()) -> Columns:
    """Name the sealed columns of a model, all of them or these."""
    sealed = [field for field in model._meta.concrete_fields if isinstance(field, Sealed)]  # noqa: SLF001
    wanted = tuple(field for field in sealed if not names or field.name in names)
    pk = model._meta.pk.column  # noqa: SLF001 every table has one
    return Columns(model._meta.db_table, str(pk), wanted)  # noqa: SLF001


def all_columns() -> list[Columns]:
    """Name the sealed columns of every table there is."""
    found = (columns_of(model) for model in apps.get_models() if model._meta.managed)  # noqa: SLF001
    return [columns for columns in found if columns.fields]


def reseal(key: str, *, heard: Heard = lambda _done, _total: None) -> int:
    """Seal everything with `key`, which must be the one that seals now; returns how many rows were written.

    Rows that others change meanwhile are left to them. A stop at any moment costs nothing: what is done is not read
    again.
    """
    tables = all_columns()
    total, done, written = sum(columns.count(key) for columns in tables), 0, 0
    for columns in tables:
        condition, values = columns.other_than(key)
        after: object = None
        while True:
            with transaction.atomic():
                rows = columns.rows(after, condition, values)
                written += sum(_reseal_row(columns, row, key) for row in rows)
            if not rows:
                break
            after, done = rows[-1][0], done + len(rows)
            heard(done, total)
    return written


def left(key: str) -> int:
    """Count the rows that hold a value sealed with another key."""
    return sum(columns.count(key) for columns in all_columns())


def _reseal_row(columns: Columns, row: Row, key: str) -> int:
    fresh = {}
    for place, field in enumerate(columns.fields):
        old = row[place + 1]
        if old and not old.startswith(f"{MARK}.{key}."):
            fresh[place] = field.get_db_prep_value(field.value_of(unseal(old, field.about)), connection)
    return columns.replace(row, fresh)
