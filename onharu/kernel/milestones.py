"""What was reached last, and when: a backup made, a backup proved, a record found whole. One small file for each.

They lie in the data folder (`milestones/`), beside what they tell of, so that every process there sees them and none
has to be asked. A file is replaced as a whole: a reader finds the old or the new one.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings

log = structlog.get_logger(__name__)
BACKUP, RESTORE, ACCESS = "backup", "restore", "access"
_NAME = re.compile(r"[a-z]+(\.[a-z0-9_]+)?")


@dataclass(frozen=True, slots=True)
class Milestone:
    """What was reached (`backup.database`), when, and figures of it, such as its `bytes`."""

    name: str
    at: datetime
    figures: Mapping[str, float] = field(default_factory=dict)


def place() -> Path:
    """Tell where the files are."""
    return Path(settings.ONHARU_DATA) / "milestones"


def reached(name: str, *, at: datetime, **figures: float) -> None:
    """Remember that something was reached. A folder that cannot be written is logged: what was done is done."""
    if not _NAME.fullmatch(name):
        raise ValueError(name)
    said = json.dumps({"at": at.isoformat(), "figures": figures})
    try:
        place().mkdir(mode=0o750, parents=True, exist_ok=True)
        descriptor, fresh = tempfile.mkstemp(dir=place(), prefix=".")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(said)
        Path(fresh).chmod(0o640)
        Path(fresh).replace(place() / f"{name}.json")
    except OSError as error:
        log.warning("milestone_not_kept", milestone=name, error=type(error).__name__)


def all_reached() -> list[Milestone]:
    """List what was reached; a file that cannot be understood is passed over."""
    found = []
    for path in sorted(place().glob("[a-z]*.json")):
        if not _NAME.fullmatch(path.stem):
            continue
        with suppress(ValueError, KeyError, TypeError, OSError):
            said = json.loads(path.read_text(encoding="utf-8"))
            figures = {key: float(value) for key, value in said["figures"].items()}
            found.append(Milestone(path.stem, datetime.fromisoformat(said["at"]), figures))
    return found
