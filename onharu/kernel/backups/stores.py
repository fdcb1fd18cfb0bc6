"""What a backup asks of an engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from onharu.kernel.backups.manifest import Table
from onharu.kernel.backups.refusals import BackupRefused


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A database at one moment, as a file."""

    file: Path
    server: str
    migrations: tuple[str, ...]
    tables: Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class Staged:
    """A database laid beside the one in use: how the environment names it, and what to call it."""

    variables: Mapping[str, str] = field(default_factory=dict)
    name: str = ""


class Store(Protocol):
    """An engine with one database."""

    engine: str
    member: str

    def snapshot(self, folder: Path) -> Snapshot:
        """Write the database as it is at one moment into a file of that folder."""

    def look(self, part: Path, tables: Mapping[str, Table]) -> None:
        """Read a part back without a server. Raises BackupRefused."""

    def empty(self) -> bool:
        """Whether there is nothing yet that could be lost."""

    def gather(self) -> None:
        """Refuse while somebody uses what is about to be replaced."""

    def stage(self, part: Path, folder: Path, tables: Mapping[str, Table]) -> Staged:
        """Lay a part beside the database in use and compare it with the manifest. Raises BackupRefused."""

    def swap(self, staged: Staged) -> str:
        """Put what was staged in the place of the database in use; tells what that one is called now, or ""."""

    def undo(self, staged: Staged) -> None:
        """Take away what was staged."""


def not_sound(why: str) -> BackupRefused:
    """Say that a database is broken."""
    return BackupRefused(
        "database_broken", f"데이터베이스가 온전하지 않아요: {why}.", f"The database is not sound: {why}."
    )


def differs(found: Mapping[str, Table], wanted: Mapping[str, Table]) -> None:
    """Raise BackupRefused where tables do not hold what the manifest says."""
    wrong = sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))
    if wrong:
        raise not_sound(f"{wrong[0]} ({len(wrong)})")
