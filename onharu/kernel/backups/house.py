"""What a house consists of, for whoever takes it along or puts it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onharu.kernel.backups.manifest import KEYS, MARKS, MEDIA
from onharu.kernel.backups.packing import Source
from onharu.kernel.backups.stores import Store

ERASED = "erased.jsonl"


@dataclass(frozen=True, slots=True)
class House:
    """A data folder, its database, and the secrets without which neither can be read.

    `secrets` holds the files of keys by their names, wherever the house has them from; `given` names those that the
    environment gives, which no folder is to hold.
    """

    folder: Path
    store: Store
    made_by: str
    secrets: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    given: frozenset[str] = frozenset()

    @property
    def media(self) -> Path:
        """Where the pictures are."""
        return self.folder / MEDIA

    def sources(self) -> Iterator[tuple[str, Source]]:
        """Name everything beside the database that goes into a backup."""
        for name, secret in sorted(self.secrets.items()):
            yield f"{KEYS}/{name}", secret
        if (self.folder / ERASED).exists():
            yield f"{MARKS}/{ERASED}", self.folder / ERASED
        for path in sorted(self.media.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield f"{MEDIA}/{path.relative_to(self.media).as_posix()}", path
