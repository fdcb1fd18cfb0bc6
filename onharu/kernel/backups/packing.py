"""Writing and reading the sealed file: a tar of the head, the parts, and last the manifest with all their digests."""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, BinaryIO

from onharu.kernel.backups import manifest as papers
from onharu.kernel.backups.keys import BackupKey
from onharu.kernel.backups.manifest import Head, Manifest, Part, Table
from onharu.kernel.backups.pipes import CHUNK, opened_from, sealed_into
from onharu.kernel.backups.refusals import damaged

MODE = 0o600
MOST_PAPER = 1 << 28  # a head or a manifest is never larger
Source = Path | bytes
Heard = Callable[[int, int | None], None]


class _Digested(io.RawIOBase):
    """A file that is digested while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        raw = self._file.read(size)
        self.digest.update(raw)
        self.size += len(raw)
        return raw


def pack(
    file: BinaryIO,
    *,
    key: BackupKey,
    head: Head,
    sources: Iterable[tuple[str, Source]],
    tables: Mapping[str, Table],
    heard: Heard,
) -> Manifest:
    """Write everything into a file, sealed. A picture that went away meanwhile is left out."""
    parts: list[Part] = []
    with sealed_into(file, key) as way, tarfile.open(fileobj=way, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        _add(tar, papers.HEAD, papers.as_bytes(head))
        for number, (name, source) in enumerate(sources):
            try:
                parts.append(_add(tar, name, source))
            except FileNotFoundError:
                continue
            heard(number + 1, None)
        made = Manifest(dict(tables), tuple(parts))
        _add(tar, papers.MANIFEST, papers.as_bytes(made))
    return made


def _add(tar: tarfile.TarFile, name: str, source: Source) -> Part:
    info = tarfile.TarInfo(name)
    info.mode = MODE
    if isinstance(source, bytes):
        info.size = len(source)
        return _added(tar, info, io.BytesIO(source))
    with source.open("rb") as file:
        info.size = file.seek(0, io.SEEK_END)
        info.mtime = source.stat().st_mtime
        file.seek(0)
        return _added(tar, info, file)


def _added(tar: tarfile.TarFile, info: tarfile.TarInfo, file: IO[bytes]) -> Part:
    digested = _Digested(file)
    tar.addfile(info, digested)
    return Part(info.name, info.size, digested.digest.hexdigest())


class Unpacking:
    """A sealed file under way: lays wanted parts into a folder, and compares all of them with the manifest."""

    def __init__(self, folder: Path, wanted: Callable[[str], bool], heard: Heard) -> None:
        self._folder, self._wanted, self._heard = folder, wanted, heard
        self.head: Head | None = None
        self.manifest: Manifest | None = None
        self._found: list[Part] = []

    def take(self, tar: tarfile.TarFile, member: tarfile.TarInfo, fits: Callable[[Head], None]) -> None:
        """Take the next member. Raises ValueError for what is not where it belongs."""
        file = tar.extractfile(member)
        if not member.isreg() or file is None or not papers.is_part(member.name) or self.manifest is not None:
            raise ValueError("a part that does not belong here")
        if (self.head is None) != (member.name == papers.HEAD):
            raise ValueError("the head is not the first")
        if member.name == papers.HEAD:
            self.head = papers.head_of(file.read(MOST_PAPER))
            fits(self.head)
        elif member.name == papers.MANIFEST:
            self.manifest = papers.manifest_of(file.read(MOST_PAPER))
        else:
            self._found.append(self._laid(member, file))
            self._heard(len(self._found), None)

    def _laid(self, member: tarfile.TarInfo, file: IO[bytes]) -> Part:
        digested = _Digested(file)
        if self._wanted(member.name):
            place = self._folder / member.name
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as kept:
                place.chmod(MODE)
                while raw := digested.read(CHUNK):
                    kept.write(raw)
        else:
            while digested.read(CHUNK):
                pass
        return Part(member.name, digested.size, digested.digest.hexdigest())

    def whole(self) -> tuple[Head, Manifest]:
        """Tell what was found. Raises ValueError where a part is missing, too many or another."""
        if self.head is None or self.manifest is None or tuple(self._found) != self.manifest.parts:
            raise ValueError("the parts are not those of the manifest")
        return self.head, replace(self.manifest)


def unpack(
    path: Path,
    *,
    key: BackupKey,
    into: Path,
    wanted: Callable[[str], bool],
    fits: Callable[[Head], None],
    heard: Heard,
) -> tuple[Head, Manifest]:
    """Read a sealed file to its end, lay the wanted parts into a folder, and tell what it holds. Raises BackupRefused.

    Nothing of the folder may be believed before this returns.
    """
    unpacking = Unpacking(into, wanted, heard)
    with opened_from(path, key) as way, tarfile.open(fileobj=way, mode="r|") as tar:
        for member in tar:
            unpacking.take(tar, member, fits)
    try:
        return unpacking.whole()
    except ValueError as error:
        raise damaged(path.name) from error
