"""Whether the collected static files are those of the installed code: collecting takes seconds, comparing does not."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Collected(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the package has no types
    """Static files under names that tell what is in them, each beside itself squeezed by gzip."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """Squeeze by gzip only: brotli takes ten times as long, and where nginx stands in front it does that itself."""
        return Compressor(**kwargs, use_brotli=False)


def digest() -> str:
    """Name the state of every static source by its name and what is in it: a copy of all of it has the same."""
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            inside = hashlib.sha256(Path(storage.path(path)).read_bytes()).hexdigest()
            found.update(f"{path}:{inside};".encode())
    return found.hexdigest()


def _note() -> Path:
    return Path(settings.STATIC_ROOT).with_suffix(".digest")


def static_is_current() -> bool:
    """Whether what was collected last is what the code has now."""
    note = _note()
    return note.exists() and Path(settings.STATIC_ROOT).exists() and note.read_text(encoding="utf-8") == digest()


def collect_static() -> None:
    """Collect the static files anew, and note of which code they are."""
    call_command("collectstatic", clear=True, verbosity=0, interactive=False)
    _note().write_text(digest(), encoding="utf-8")
