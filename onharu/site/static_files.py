"""Whether the collected static files are those of the installed code: collecting takes seconds, comparing does not."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders


def digest() -> str:
    """Name the state of every static source by path, size and time of change."""
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            found.update(f"{path}:{state.st_size}:{state.st_mtime_ns};".encode())
    return found.hexdigest()


def _note() -> Path:
    return Path(settings.STATIC_ROOT).with_suffix(".digest")


def static_is_current() -> bool:
    """Whether what was collected last is what the code has now."""
    note = _note()
    return note.exists() and Path(settings.STATIC_ROOT).exists() and note.read_text(encoding="utf-8") == digest()


def remember_static() -> None:
    """Note what was collected."""
    _note().write_text(digest(), encoding="utf-8")
