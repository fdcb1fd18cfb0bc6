"""What differs between files in a folder and files in a bucket: a link of its own, and forgetting all below a name."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages


def link_to(storage: Storage, name: str, *, content_type: str, filename: str = "") -> str:
    """Sign a link that holds for a minute, for somebody who may see the file; "" where the house sends it itself.

    With `filename` it is kept under that name instead of shown.
    """
    signed = getattr(storage, "link", None)
    return str(signed(name, content_type=content_type, filename=filename)) if signed else ""


def forget_below(folder: str) -> None:
    """Delete every file of a folder, also those that no row names. Saying it twice changes nothing."""
    chosen: Any = storages["default"]
    if hasattr(chosen, "forget_below"):
        chosen.forget_below(folder)
        return
    place = Path(settings.MEDIA_ROOT) / folder
    while place.exists():
        with suppress(FileNotFoundError):  # somebody else deleted a file meanwhile
            shutil.rmtree(place)


def kept_apart(folder: str) -> Storage:
    """Open a folder beside the media that is no person's photograph: in the bucket where there is one, else at home.

    At home it is readable by the house only.
    """
    chosen: Any = storages["default"]
    if hasattr(chosen, "beside"):
        beside: Storage = chosen.beside(folder)
        return beside
    return FileSystemStorage(
        Path(settings.ONHARU_DATA) / folder, file_permissions_mode=0o600, directory_permissions_mode=0o700
    )
