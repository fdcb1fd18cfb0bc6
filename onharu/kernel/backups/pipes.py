"""Files that are sealed while they are written and opened while they are read, in the format of age.

age seals in chunks of 64 KiB, each with a counter and the last with a mark: what was cut, swapped or changed does not
open. A thread stands between, so that memory stays small whatever a house holds.
"""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyrage

from onharu.kernel.backups.keys import BackupKey
from onharu.kernel.backups.refusals import BackupRefused, another_key, damaged

CHUNK = 1 << 20
_NO_KEY = "No matching keys"


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    out, into = os.pipe()
    return os.fdopen(out, "rb"), os.fdopen(into, "wb")


def _then_closed(end: BinaryIO, work: Callable[[], object]) -> None:
    """Work, and close this end of the pipe, so that who stands at the other one does not wait for ever."""
    try:
        work()
    finally:
        end.close()


def _seal(reader: BinaryIO, file: BinaryIO, key: BackupKey) -> None:
    try:
        pyrage.encrypt_io(reader, file, [key.recipient])
    except pyrage.EncryptError as error:  # all that can go wrong is the file
        raise OSError(str(error)) from error


@contextmanager
def sealed_into(file: BinaryIO, key: BackupKey) -> Iterator[BinaryIO]:
    """Open a way into a file on which everything is sealed. Raises OSError where it cannot be written."""
    reader, writer = _pipe()
    with ThreadPoolExecutor(1, "onharu-seals") as pool:
        sealing = pool.submit(_then_closed, reader, lambda: _seal(reader, file, key))
        try:
            with writer:
                yield writer
        except BrokenPipeError:
            sealing.result()  # why the other end went away
            raise
        sealing.result()


@contextmanager
def opened_from(path: Path, key: BackupKey) -> Iterator[BinaryIO]:
    """Open a way out of a sealed file. Only when this ends without BackupRefused was that all of it, and true."""
    reader, writer = _pipe()
    with path.open("rb") as file, ThreadPoolExecutor(1, "onharu-opens") as pool:
        opening = pool.submit(_then_closed, writer, lambda: pyrage.decrypt_io(file, writer, list(key.identities)))
        try:
            with reader:
                yield reader
                while reader.read(CHUNK):
                    pass
        except (tarfile.TarError, EOFError, ValueError) as error:
            raise _fault(opening, path.name) or damaged(path.name) from error
        if fault := _fault(opening, path.name):
            raise fault


def _fault(opening: Future[None], name: str) -> BackupRefused | None:
    error = opening.exception()
    if error is None:
        return None
    return another_key(name) if _NO_KEY in str(error) else damaged(name)
