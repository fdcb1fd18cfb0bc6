"""How a room says which of its tables are a person's, and how each column of them is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.conf import settings
from django.db.models import AutoField, Field, FileField, ForeignKey, Model

Row = dict[str, Any]
Ids = dict[str, dict[int, int]]
Made = Callable[[int, Row], Any]


class Column(Enum):
    """What a column holds, as far as carrying it somewhere else goes."""

    PLAIN = "a value"
    ID = "the row's own number"
    ROW = "the number of another row of this person"
    NAME = "something of everybody's, told by its code"
    PERSON = "this person, or somebody else"
    FILE = "a file"


def _nothing(_owner_id: int) -> None:
    return None


def _all(_row: Row) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with rows of people.

    owner    where a row says whose it is, as a lookup
    left_out columns that are not written out, with the reason
    made     of those, how a restored row gets its value, from the owner and the row
    stay     columns that are written out but not read back, with the reason
    by       columns that name something of everybody's, and the codes it is told by, the best first
    needs    of those, the ones without which a row says nothing
    refs     plain numbers that name rows of another table
    mend     puts numbers within a value right
    comes    whether a row is read back
    onto     the row stands already and is written over
    stays    why no row is read back
    kept     why erasing leaves the rows
    """

    model: type[Model]
    owner: str = "owner"
    left_out: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, Made] = field(default_factory=dict)
    stay: Mapping[str, str] = field(default_factory=dict)
    by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    refs: Mapping[str, str] = field(default_factory=dict)
    mend: Callable[[Row, Ids], None] | None = None
    comes: Callable[[Row], bool] = _all
    onto: bool = False
    stays: str = ""
    kept: str = ""

    @property
    def label(self) -> str:
        """The table's name in an archive."""
        return label_of(self.model)

    def columns(self) -> dict[Field[Any, Any], Column]:
        """List the columns that are written out."""
        fields = self.model._meta.concrete_fields  # noqa: SLF001 the documented way to a model's fields
        return {one: self._kind(one) for one in fields if one.name not in self.left_out and one.name != self.owner}

    def _kind(self, column: Field[Any, Any]) -> Column:
        if isinstance(column, ForeignKey):
            return self._kind_of_reference(column)
        if isinstance(column, FileField):
            return Column.FILE
        return Column.ID if isinstance(column, AutoField) else Column.PLAIN

    def _kind_of_reference(self, column: ForeignKey[Any, Any]) -> Column:
        if column.name in self.by:
            return Column.NAME
        person = column.related_model._meta.label == settings.AUTH_USER_MODEL  # noqa: SLF001 as above
        return Column.PERSON if person else Column.ROW


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """What one room holds of a person, parents before children.

    `before` lets go of what stands in no table (work that is owed, files); `forget` of what memory and cache hold.
    """

    room: str
    tables: tuple[Table, ...]
    before: Callable[[int], object] = _nothing
    forget: Callable[[int], object] = _nothing


def label_of(model: type[Model]) -> str:
    """Name a table in an archive."""
    return model._meta.label_lower  # noqa: SLF001 the documented name
