"""A person's rows of a table, written out in the order of their numbers, a few thousand in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import Storage
from django.db.models import Field, FileField, Manager, Model, QuerySet

from onharu.kernel.belongings.plain import ME, SOMEBODY, plain
from onharu.kernel.belongings.tables import Column, Row, Table

AT_ONCE = 2000


def all_of(model: type[Model]) -> Manager[Any]:
    """Every row of a table, whatever its own manager hides."""
    return model._base_manager  # noqa: SLF001 the documented manager


def theirs(table: Table, owner_id: int) -> QuerySet[Any]:
    """Choose a person's rows."""
    rows: QuerySet[Any] = all_of(table.model).filter(**{table.owner: owner_id})
    return rows


def count_of(table: Table, owner_id: int) -> int:
    """Count a person's rows."""
    return theirs(table, owner_id).count()


def rows_of(table: Table, owner_id: int, seen: dict[str, set[int]]) -> Iterator[Row]:
    """Write out a person's rows; `seen` are the numbers of those that went before.

    A row that hangs on one that was written down after its table had been read is left for the next time, so that
    what is written out holds together although nobody waits for it.
    """
    written = [_Written(table, owner_id, column, kind) for column, kind in table.columns().items()]
    paths = list(dict.fromkeys(path for one in written for path in one.paths))
    mine = seen.setdefault(table.label, set())
    for pk, *values in _batches(table, owner_id, paths):
        found = dict(zip(paths, values, strict=True))
        if any(found[one.paths[0]] not in seen.get(one.hangs, ()) for one in written if one.hangs_in(found)):
            continue
        if isinstance(pk, int):
            mine.add(pk)
        yield {one.name: one.say(found) for one in written}


def files_of(table: Table, owner_id: int) -> Iterator[tuple[str, Storage, str]]:
    """List the files of a person's rows: the name in an archive, where the file lies, and its name there."""
    columns = [one for one, kind in table.columns().items() if isinstance(one, FileField)]
    for _, *names in _batches(table, owner_id, [one.attname for one in columns]) if columns else ():
        for column, name in zip(columns, names, strict=True):
            if name:
                yield member_of(table, name), column.storage, name


def member_of(table: Table, name: str) -> str:
    """Name a file in an archive."""
    return f"{table.model._meta.model_name}s/{PurePosixPath(name).name}"  # noqa: SLF001 the documented name


class _Written:
    """How one column of a table is written out."""

    def __init__(self, table: Table, owner_id: int, column: Field[Any, Any], kind: Column) -> None:
        self.name, self.table, self.owner_id, self.kind = column.name, table, owner_id, kind
        self.codes = table.by[column.name] if kind is Column.NAME else ()
        self.paths = [f"{column.name}__{code}" for code in self.codes] or [column.attname]
        self.hangs = str(column.related_model._meta.label_lower) if kind is Column.ROW else ""  # type: ignore[union-attr]  # noqa: SLF001

    def hangs_in(self, found: Mapping[str, Any]) -> bool:
        """Whether the row hangs on another one by this column."""
        return bool(self.hangs) and found[self.paths[0]] is not None

    def say(self, found: Mapping[str, Any]) -> Any:
        """Write the value out."""
        value = found[self.paths[0]]
        if self.kind is Column.NAME:
            named = zip(self.codes, self.paths, strict=True)
            return next((f"{code}={found[path]}" for code, path in named if found[path]), None)
        if self.kind is Column.PERSON:
            return None if value is None else ME if value == self.owner_id else SOMEBODY
        if self.kind is Column.FILE:
            return member_of(self.table, value) if value else ""
        return plain(value)


def _batches(table: Table, owner_id: int, paths: list[str]) -> Iterator[tuple[Any, ...]]:
    rows, last = theirs(table, owner_id).order_by("pk"), None
    while True:
        some = list((rows if last is None else rows.filter(pk__gt=last)).values_list("pk", *paths)[:AT_ONCE])
        yield from some
        if len(some) < AT_ONCE:
            return
        last = some[-1][0]
