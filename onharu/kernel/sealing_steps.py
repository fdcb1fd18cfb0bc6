"""Steps of migrations that seal columns which stood open, fill blind indexes, and go back.

A table of SQLite is written anew at most once: text and numbers need no other column there to be sealed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation

from onharu.kernel.resealing import Columns, Row, columns_of
from onharu.kernel.sealed import Sealed
from onharu.kernel.sealing import MARK, Unreadable, blind, keyed, unseal
from onharu.kernel.spelling import tag_spelling


class AtOnce(Operation):
    """Changes of columns and constraints of some tables, drawn from the state before and the state after them all.

    On SQLite those `remade` are written anew once each, and of the others no column has to change.
    """

    reversible = True

    def __init__(self, *operations: Operation, remade: tuple[str, ...] = ()) -> None:
        self._operations = operations
        self._remade = remade
        self._models = sorted({operation.model_name for operation in operations})  # type: ignore[attr-defined]

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change the state, without drawing all models anew after each step."""
        state.__dict__.pop("apps", None)
        for operation in self._operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Change the tables into those of `to_state`."""
        for name in self._models:
            before, after = (state.apps.get_model(app_label, name) for state in (from_state, to_state))
            if schema_editor.connection.vendor != "sqlite":
                _reshape(schema_editor, before, after)
            elif name in self._remade:
                schema_editor._remake_table(after)  # noqa: SLF001 there is no public way
            else:
                _reindex(schema_editor, before, after)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Change them back: `to_state` is the one before."""
        self.database_forwards(app_label, schema_editor, from_state, to_state)


def _reshape(editor: Any, before: Any, after: Any) -> None:
    # PostgreSQL alters no table whose rows, written twice in this transaction, still wait to be checked.
    editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    old, new = before._meta.constraints, after._meta.constraints  # noqa: SLF001
    for constraint in old:
        if constraint not in new:
            editor.remove_constraint(before, constraint)
    _reindex(editor, before, after)
    for field in after._meta.local_concrete_fields:  # noqa: SLF001
        was = before._meta.get_field(field.name)  # noqa: SLF001
        if was.deconstruct()[1:] != field.deconstruct()[1:]:
            editor.alter_field(before, was, field)
    for constraint in new:
        if constraint not in old:
            editor.add_constraint(after, constraint)


def _reindex(editor: Any, before: Any, after: Any) -> None:
    old, new = before._meta.indexes, after._meta.indexes  # noqa: SLF001
    for index in old:
        if index not in new:
            editor.remove_index(before, index)
    for index in new:
        if index not in old:
            editor.add_index(after, index)


class SealColumns(migrations.RunPython):
    """A step of a migration: seal columns that stood open. Backwards it opens them."""

    def __init__(self, model: str, *names: str) -> None:
        def forwards(registry: Any, _schema: Any) -> None:
            _rewrite(columns_of(registry.get_model(model), names), _sealed)

        def backwards(registry: Any, _schema: Any) -> None:
            _rewrite(columns_of(registry.get_model(model), names), _opened)

        super().__init__(forwards, backwards)


class BlindIndex(migrations.RunPython):
    """A step of a migration: fill a blind index with what another column says, which comes to be sealed after it.

    Backwards nothing is to be done, but where a word stood in its place: then it is spelled from the tag's name.
    """

    def __init__(self, model: str, index: str, *, of: str) -> None:
        def forwards(registry: Any, _schema: Any) -> None:
            table = registry.get_model(model)
            about = f"{table._meta.db_table}.{of}"  # noqa: SLF001
            _each(table, lambda row: {index: blind(about, row.owner_id, getattr(row, of))}, "owner_id", of)

        def backwards(registry: Any, _schema: Any) -> None:
            table = registry.get_model(model)
            for pk, name in _raw(table, "name") if index == of else ():
                table.objects.filter(pk=pk).update(**{index: tag_spelling(name)})

        super().__init__(forwards, backwards)


class KeyDigests(migrations.RunPython):
    """A step of a migration: digests that could be guessed at become keyed ones. Backwards they stay what they are."""

    def __init__(self, model: str, name: str) -> None:
        def forwards(registry: Any, _schema: Any) -> None:
            table = registry.get_model(model)
            _each(table, lambda row: {name: keyed(getattr(row, name).encode())}, name)

        super().__init__(forwards, migrations.RunPython.noop)


def _each(model: Any, change: Callable[[Any], dict[str, object]], *names: str) -> None:
    for row in list(model.objects.only("pk", *names)):
        model.objects.filter(pk=row.pk).update(**change(row))


def _raw(model: type[models.Model], name: str) -> Iterator[Row]:
    for rows in columns_of(model, [name]).batches():
        yield from rows


def _rewrite(columns: Columns, change: Callable[[Sealed, Any], Any]) -> None:
    for rows in columns.batches():
        for row in rows:
            found = {place: change(field, row[place + 1]) for place, field in enumerate(columns.fields)}
            fresh = {place: value for place, value in found.items() if value != row[place + 1]}
            if fresh:
                columns.replace(row, fresh)


def _sealed(field: Sealed, raw: Any) -> Any:
    if raw is None or raw == "" or is_sealed(field, raw):
        return raw
    return field.get_db_prep_value(field.from_plain(raw), connection)


def _opened(field: Sealed, raw: Any) -> Any:
    return field.to_plain(field.value_of(unseal(raw, field.about))) if raw else raw


def is_sealed(field: Sealed, raw: object) -> bool:
    """Whether a stored value opens as one of this column."""
    if isinstance(raw, str) and raw.startswith(f"{MARK}."):
        with suppress(Unreadable):
            unseal(raw, field.about)
            return True
    return False
