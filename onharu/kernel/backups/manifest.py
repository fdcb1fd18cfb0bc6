"""What a backup says of itself: first what it is, so that an unfit one is refused early; last what all it holds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

FORMAT = 1
HEAD, MANIFEST = "head.json", "manifest.json"
KEYS, MARKS, MEDIA = "keys", "marks", "media"
# Parts by their exact names; pictures lie below `media/`.
_NAMED = re.compile(
    r"head\.json|manifest\.json|database\.(sqlite3\.gz|pgdump)|keys/(secret\.key|field\.keys|vapid\.pem)"
    r"|marks/erased\.jsonl"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What made a backup, when, out of which engine, and up to which migrations."""

    format: int
    made_by: str
    made_at: str
    engine: str
    server: str
    migrations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """How many rows a table has, and on PostgreSQL a digest of them whatever their order."""

    rows: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A file in a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All tables of the database and all files beside it."""

    tables: Mapping[str, Table]
    parts: tuple[Part, ...]

    @property
    def rows(self) -> int:
        """Tell how many rows there are."""
        return sum(table.rows for table in self.tables.values())

    @property
    def pictures(self) -> int:
        """Tell how many files of pictures there are."""
        return sum(part.name.startswith(f"{MEDIA}/") for part in self.parts)


def as_bytes(said: Head | Manifest) -> bytes:
    """Spell it as JSON."""
    return json.dumps(asdict(said), ensure_ascii=False, indent=1).encode()


def head_of(raw: bytes) -> Head:
    """Read a head. Raises ValueError for anything else."""
    said = _object(raw)
    try:
        return Head(**{**said, "migrations": tuple(said["migrations"])})
    except (KeyError, TypeError) as error:
        raise ValueError("not a head") from error


def manifest_of(raw: bytes) -> Manifest:
    """Read a manifest. Raises ValueError for anything else."""
    said = _object(raw)
    try:
        tables = {name: Table(**table) for name, table in said["tables"].items()}
        return Manifest(tables, tuple(Part(**part) for part in said["parts"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a manifest") from error


def _object(raw: bytes) -> dict[str, Any]:
    said = json.loads(raw)
    if not isinstance(said, dict):
        raise ValueError("not an object")  # noqa: TRY004 it is what was read that is wrong
    return said


def is_part(name: str) -> bool:
    """Whether a file may be called that in a backup: nothing that leads out of its folder, nothing unknown."""
    if _NAMED.fullmatch(name):
        return True
    path = PurePosixPath(name)
    plain = "\0" not in name and "\\" not in name and str(path) == name
    return plain and len(path.parts) > 1 and path.parts[0] == MEDIA and ".." not in path.parts
