"""Removing a person's rows: children first, a few hundred at a time so that nobody waits long; files before rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import FileField

from onharu.kernel.belongings.giving import all_of, theirs
from onharu.kernel.belongings.tables import Table

AT_ONCE = 500


def erase(tables: Iterable[Table], owner_id: int, heard: Callable[[int], object]) -> dict[str, int]:
    """Remove a person's rows of these tables, the last table first, with their files; counts what went.

    Safe to repeat: what was removed before a fall stays removed. The person's own account goes last, by the caller.
    """
    gone: dict[str, int] = {}
    for table in reversed(tuple(tables)):
        if table.kept or table.owner == "pk":
            continue
        gone[table.label] = 0
        while number := _some(table, owner_id):
            gone[table.label] += number
            heard(number)
    return gone


def _some(table: Table, owner_id: int) -> int:
    files = [one for one in table.model._meta.concrete_fields if isinstance(one, FileField)]  # noqa: SLF001 documented
    wanted = theirs(table, owner_id).order_by("pk").values_list("pk", *(one.name for one in files))
    with transaction.atomic():
        rows = list(wanted[:AT_ONCE])
        for _, *names in rows:
            for column, name in zip(files, names, strict=True):
                if name:
                    column.storage.delete(name)
        all_of(table.model).filter(pk__in=[pk for pk, *_ in rows]).only("pk").delete()
    return len(rows)
