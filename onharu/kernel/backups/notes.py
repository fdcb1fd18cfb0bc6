"""How the last backup went, in a file of the data folder: for whoever asks how old it is."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

NAME = "backup.last"


@dataclass(frozen=True, slots=True)
class Note:
    """When a backup was last finished and read back, where it lies, and whether a later try failed."""

    finished_at: str = ""
    file: str = ""
    size: int = 0
    seconds: float = 0.0
    failed_at: str = ""
    fault: str = ""


def read(folder: Path) -> Note:
    """Read the note; an empty one where there is none."""
    try:
        return Note(**json.loads((folder / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Note()


def went_well(folder: Path, *, at: str, file: Path, size: int, seconds: float) -> None:
    """Note a backup that was read back."""
    _write(folder, Note(at, str(file), size, seconds))


def failed(folder: Path, *, at: str, fault: str) -> None:
    """Note a failure by its kind, beside the last that went well."""
    _write(folder, replace(read(folder), failed_at=at, fault=fault))


def _write(folder: Path, note: Note) -> None:
    beside = folder / f"{NAME}.new"
    beside.write_text(json.dumps(asdict(note)), encoding="utf-8")
    os.chmod(beside, 0o600)  # noqa: PTH101 beside the write
    beside.replace(folder / NAME)
