"""Rows that were written out, read back for a person: numbers are new, everything else is as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.db.models import Field, FileField, Model

from onharu.kernel.belongings.giving import all_of, theirs
from onharu.kernel.belongings.plain import ME, value_of
from onharu.kernel.belongings.tables import Column, Ids, Row, Table
from onharu.kernel.problems import Invalid

AT_ONCE = 400
MOST_LETTERS = 4_000_000  # of rows that are held at once
FILE_NAME = re.compile(r"[a-z]{1,30}/([0-9A-Za-z_-]{1,80}\.(?:jpg|jpeg|png|webp))")
Files = Callable[[str], "File[bytes]"]
# The rows of a table, by its label; a few at a time are held.
Rows = Callable[[str], Iterable[Row]]
Written = list[tuple[Storage, str]]


class ArchiveRefused(Invalid):
    """The archive cannot be read back; nothing was changed."""

    code = "archive_refused"

    def __init__(self, ko: str, en: str) -> None:
        super().__init__(ko=f"이 파일은 가져올 수 없어요: {ko}", en=f"This file cannot be read back: {en}")


@transaction.atomic
def restore(
    tables: Iterable[Table], owner_id: int, rows: Rows, ids: Ids, files: Files, written: Written
) -> dict[str, int]:
    """Read rows back for a person, all or nothing; counts them. `ids` learns which number became which.

    `written` learns which files were written: whoever gives up has to delete them, as no rollback does. Raises
    ArchiveRefused for what a column cannot hold, or a row that hangs on one that is not there.
    """
    counted = {}
    for table in tables:
        if not table.stays:
            counted[table.label] = _Taking(table, owner_id, ids, files, written).take(rows(table.label))
    return counted


class _Taking:
    """One table being read back."""

    def __init__(self, table: Table, owner_id: int, ids: Ids, files: Files, written: Written) -> None:
        self.table, self.owner_id, self.ids, self.files, self.written = table, owner_id, ids, files, written
        self.columns = table.columns()
        self.known: dict[str, dict[str, int]] = {}
        self.used: set[str] = set()

    def take(self, rows: Iterable[Row]) -> int:
        """Read the rows back in their order; returns how many there are now."""
        try:
            return sum(self._take(some) for some in _parts(rows))
        except (IntegrityError, ValidationError) as error:
            raise ArchiveRefused(
                f"{self.table.label}의 줄들이 서로 맞지 않아요.", f"rows of {self.table.label} disagree."
            ) from error

    def _take(self, rows: Sequence[Row]) -> int:
        comes = [self._checked(row) for row in rows]
        self._look_up(comes)
        taken = [row for row in comes if self.table.comes(row) and self._is_whole(row)]
        if self.table.onto:
            return sum(self._write_over(row) for row in taken)
        self._add(taken)
        return len(taken)

    def _checked(self, row: object) -> Row:
        wanted = {column.name for column in self.columns}
        if not isinstance(row, dict) or row.keys() != wanted:
            raise ArchiveRefused(
                f"{self.table.label}의 줄에 다른 칸이 있어요.", f"a row of {self.table.label} has other columns."
            )
        return row

    def _look_up(self, rows: Sequence[Row]) -> None:
        """Find the numbers here of what is told by a code."""
        for column, kind in self.columns.items():
            if kind is not Column.NAME:
                continue
            wanted = {str(row[column.name]) for row in rows if row[column.name] is not None}
            self.known.setdefault(column.name, {})
            for code in self.table.by[column.name]:
                told = f"{code}="
                some = [said.removeprefix(told) for said in wanted if said.startswith(told)]
                found = _numbers(column, code, some)
                self.known[column.name] |= {f"{told}{value}": pk for value, pk in found.items()}

    def _is_whole(self, row: Row) -> bool:
        """Whether what the row cannot do without is known here."""
        return all(row[name] is None or str(row[name]) in self.known[name] for name in self.table.needs)

    def _add(self, rows: Sequence[Row]) -> None:
        made = [self.table.model(**self._values(row)) for row in rows]
        kept = all_of(self.table.model).bulk_create(made)
        numbers = self.ids.setdefault(self.table.label, {})
        for row, new in zip(rows, kept, strict=True):
            if not isinstance(number := row.get("id"), int):
                continue
            if number in numbers:
                raise ArchiveRefused(
                    f"{self.table.label}에 같은 번호가 두 번 있어요.", f"{self.table.label} has a number twice."
                )
            numbers[number] = new.pk

    def _write_over(self, row: Row) -> int:
        return theirs(self.table, self.owner_id).update(**self._values(row, own=False))

    def _values(self, row: Row, *, own: bool = True) -> dict[str, Any]:
        try:
            return self._values_in(dict(row), own=own)
        except (AttributeError, TypeError, ValueError, LookupError, RecursionError) as error:
            raise ArchiveRefused(
                f"{self.table.label}의 줄에 둘 수 없는 값이 있어요.", f"a row of {self.table.label} cannot be held."
            ) from error

    def _values_in(self, row: Row, *, own: bool) -> dict[str, Any]:
        if self.table.mend is not None:
            self.table.mend(row, self.ids)
        values = {
            column.attname: self._value(column, kind, row[column.name])
            for column, kind in self.columns.items()
            if kind is not Column.ID and column.name not in self.table.stay
        }
        values |= {name: make(self.owner_id, row) for name, make in self.table.made.items()}
        if own and "__" not in self.table.owner:
            values[self._owner().attname] = self.owner_id
        return values

    def _owner(self) -> Field[Any, Any]:
        return self.table.model._meta.get_field(self.table.owner)  # type: ignore[return-value]  # noqa: SLF001

    def _value(self, column: Field[Any, Any], kind: Column, said: Any) -> Any:
        try:
            return self._read(column, kind, said)
        except (ValidationError, ValueError, TypeError, KeyError, OverflowError) as error:
            where = f"{self.table.label}.{column.name}"
            raise ArchiveRefused(f"{where}에 둘 수 없는 값이 있어요.", f"{where} cannot hold a value.") from error

    def _read(self, column: Field[Any, Any], kind: Column, said: Any) -> Any:
        if kind is Column.FILE:
            return self._file(column, said)
        if kind is Column.PERSON:
            return self.owner_id if said == ME else None
        if kind is Column.NAME:
            return None if said is None else self.known[column.name].get(str(said))
        if kind is Column.ROW:
            return None if said is None else self.ids[label(column)][said]
        if column.name in self.table.refs:
            return None if said is None else self.ids.get(self.table.refs[column.name], {}).get(said)
        return value_of(column, said)

    def _file(self, column: Field[Any, Any], name: Any) -> str:
        if not name:
            return ""
        found = FILE_NAME.fullmatch(str(name))
        if found is None or not isinstance(column, FileField) or found[0] in self.used:
            raise ValueError
        self.used.add(found[0])  # one file of a row: a few megabytes written a thousand times would fill a disk
        wanted = column.generate_filename(self.table.model(), f"{self.owner_id}/{found[1]}")
        with self.files(str(name)) as file:
            kept: str = column.storage.save(wanted, file)
        self.written.append((column.storage, kept))
        return kept


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    some: list[Row] = []
    letters = 0
    for row in rows:
        some.append(row)
        letters += len(str(row))
        if len(some) >= AT_ONCE or letters > MOST_LETTERS:
            yield some
            some, letters = [], 0
    if some:
        yield some


def _numbers(column: Field[Any, Any], code: str, wanted: Sequence[str]) -> dict[str, int]:
    model = column.related_model
    assert isinstance(model, type)  # noqa: S101 a foreign key
    found: dict[str, int] = {}
    for begin in range(0, len(wanted), AT_ONCE):
        some = all_of(model).filter(**{f"{code}__in": wanted[begin : begin + AT_ONCE]})
        found.update(some.values_list(code, "pk"))
    return found


def label(column: Field[Any, Any]) -> str:
    """Name the table that a foreign key points to."""
    model = column.related_model
    assert isinstance(model, type) and issubclass(model, Model)  # noqa: S101, PT018 a foreign key
    return str(model._meta.label_lower)  # noqa: SLF001 the documented name
