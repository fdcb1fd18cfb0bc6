"""The newest digest kept outside of the database: a file in the data folder, so that a cut end can be told.

It is written after the commit and only moves forward; whoever shares the data folder shares it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from django.conf import settings

from onharu.kernel.access.tables import GENESIS

NAME = "access.mark"


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest row that was seen, and the newest that was folded away."""

    sequence: int = 0
    digest: str = GENESIS
    folded: int = 0
    folded_digest: str = GENESIS


def place() -> Path:
    """Tell where the mark is kept."""
    return Path(settings.ONHARU_DATA) / NAME


def kept() -> Mark | None:
    """Read the mark; None when none was ever kept, or what is there is no mark."""
    try:
        return _read(place().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def keep(sequence: int, digest: str) -> None:
    """Move the mark forward to a row. A row before the mark moves nothing."""
    with _held() as (descriptor, mark):
        if sequence > mark.sequence:
            _write(descriptor, replace(mark, sequence=sequence, digest=digest))


def keep_fold(sequence: int, digest: str) -> None:
    """Keep up to which row was folded away."""
    with _held() as (descriptor, mark):
        if sequence > mark.folded:
            _write(descriptor, replace(mark, folded=sequence, folded_digest=digest))


def set_anew(mark: Mark) -> None:
    """Put the mark where the operator says it belongs, as after a backup was restored."""
    with _held() as (descriptor, _):
        _write(descriptor, mark)


@contextmanager
def _held() -> Iterator[tuple[int, Mark]]:
    descriptor = os.open(place(), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor, _read(os.pread(descriptor, 1000, 0).decode(errors="replace")) or Mark()
    finally:
        os.close(descriptor)


def _read(text: str) -> Mark | None:
    try:
        return Mark(**json.loads(text))
    except (ValueError, TypeError):
        return None


def _write(descriptor: int, mark: Mark) -> None:
    # Padded to one size, so that a reader never meets the end of a longer one.
    os.pwrite(descriptor, f"{json.dumps(asdict(mark)):<256}\n".encode(), 0)
