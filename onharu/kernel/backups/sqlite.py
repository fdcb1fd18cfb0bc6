"""SQLite: a copy of one moment while others write, and the file put in its place."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from django.db.backends.sqlite3._functions import (  # type: ignore[import-untyped]
    register as register_functions,
)

from onharu.kernel.backups.manifest import Table
from onharu.kernel.backups.refusals import BackupRefused
from onharu.kernel.backups.stores import Snapshot, Staged, differs, not_sound

SECONDS = 20.0
LEVEL = 6
COPY = "onharu.sqlite3"


class SqliteStore:
    """The database of a data folder."""

    engine = "sqlite"
    member = "database.sqlite3.gz"

    def __init__(self, file: Path) -> None:
        self.file = file

    def snapshot(self, folder: Path) -> Snapshot:
        """Copy the database as it is at one moment; who writes meanwhile is not held up."""
        copy, packed = folder / COPY, folder / self.member
        with closing(self._open()) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, whatever the source keeps beside it
        try:
            tables, migrations = self._read(copy)
        except sqlite3.Error as error:
            raise not_sound(type(error).__name__) from error
        with copy.open("rb") as plain, gzip.open(packed, "wb", compresslevel=LEVEL) as file:
            shutil.copyfileobj(plain, file)
        copy.unlink()
        return Snapshot(packed, f"SQLite {sqlite3.sqlite_version}", migrations, tables)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.file.resolve().as_uri()}?mode=rw", uri=True, timeout=SECONDS)

    def look(self, part: Path, tables: Mapping[str, Table]) -> None:
        """Read a part back: the file is sound and has every row. Raises BackupRefused."""
        laid = part.with_name(COPY)
        self._lay(part, laid, tables)
        laid.unlink()

    def _lay(self, part: Path, place: Path, tables: Mapping[str, Table]) -> None:
        try:
            with gzip.open(part, "rb") as packed, place.open("xb") as file:
                place.chmod(0o600)
                shutil.copyfileobj(packed, file)
            found, _ = self._read(place)
        except (OSError, EOFError, sqlite3.Error) as error:
            raise not_sound(type(error).__name__) from error
        differs(found, tables)

    def _read(self, file: Path) -> tuple[dict[str, Table], tuple[str, ...]]:
        """Count every table of a file that nobody else has open, after looking whether it is sound."""
        with closing(sqlite3.connect(file)) as connection:
            register_functions(connection)  # constraints ask for them
            if (said := connection.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                raise not_sound(str(said)[:80])
            names = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            )
            tables = {name: Table(_count(connection, name)) for (name,) in names.fetchall()}
            rows = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
            return tables, tuple(name for (name,) in rows)

    def empty(self) -> bool:
        """Whether there is nothing yet that could be lost."""
        return not self.file.exists() or self.file.stat().st_size == 0

    def gather(self) -> None:
        """Put what lies beside the database into its one file; refused while anybody has it open."""
        if self.empty():
            return
        try:
            with closing(sqlite3.connect(self.file, timeout=1.0)) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            raise BackupRefused(
                "house_open",
                "누가 데이터베이스를 쓰고 있어요. 서버와 다른 명령을 멈춘 뒤 다시 해 주세요.",
                "The database is in use: stop the server and other commands, then try again.",
            ) from error

    def stage(self, part: Path, folder: Path, tables: Mapping[str, Table]) -> Staged:
        """Lay the database into a folder that will become the data folder, and look whether it is all there."""
        self._lay(part, folder / COPY, tables)
        return Staged()

    def swap(self, staged: Staged) -> str:
        """Nothing to do: the file goes with the others of its folder."""
        self.gather()
        return ""

    def undo(self, staged: Staged) -> None:
        """Nothing to do: what was staged lies in its folder."""


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608 a name it told us
