"""Files of the data folder that take each other's place, and who may do it when. No Django here.

A swap is written down before it begins: whoever comes after a cut goes on where it stood, first taking the old away,
then putting the new in its place. Either all of it happens or none.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from onharu.kernel.backups.refusals import BackupRefused

STAGING, JOURNAL, LOCK = ".restoring", "swap.json", "serving.lock"
DATABASE = ("onharu.sqlite3", "onharu.sqlite3-wal", "onharu.sqlite3-shm")
LEAVING, PLACING = "leaving", "placing"
RESTORING = BackupRefused(
    "house_restoring",
    "백업을 되살리는 중이에요. 끝난 뒤에 시작하세요.",
    "A backup is being put back: start afterwards.",
)
SERVING = BackupRefused(
    "house_open",
    "서버가 돌고 있어요. 멈춘 뒤 다시 해 주세요.",
    "The server is running: stop it, then try again.",
)


def serve_from(folder: Path) -> IO[str]:
    """Note that a server lives in this folder for as long as what is returned stays open. Raises BackupRefused."""
    return _locked(folder / LOCK, fcntl.LOCK_SH)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Be sure that no server lives in this folder, and that none begins to. Raises BackupRefused."""
    with _locked(folder / LOCK, fcntl.LOCK_EX):
        yield


def _locked(path: Path, kind: int) -> IO[str]:
    file = path.open("a", encoding="utf-8")
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise (RESTORING if kind == fcntl.LOCK_SH else SERVING) from error
    return file


def begin_swap(folder: Path, *, names: tuple[str, ...], before: str) -> None:
    """Write down which names of the folder take another's place, and do it. What was there lies in `before` then."""
    os.sync()
    _note(folder, {"names": names, "before": before, "state": LEAVING})
    finish_swap(folder)


def under_way(folder: Path) -> bool:
    """Whether a swap was cut off."""
    return (folder / STAGING / JOURNAL).exists()


def finish_swap(folder: Path) -> None:
    """Do what is written down, from where it stands. Saying it twice changes nothing."""
    staging = folder / STAGING
    if not under_way(folder):
        return
    said = json.loads((staging / JOURNAL).read_text(encoding="utf-8"))
    before = folder / said["before"]
    before.mkdir(mode=0o700, exist_ok=True)
    if said["state"] == LEAVING:
        for name in said["names"]:
            if (folder / name).exists():
                (folder / name).rename(before / name)
        _note(folder, {**said, "state": PLACING})
    for name in said["names"]:
        if (staging / name).exists():
            (staging / name).rename(folder / name)
    _kept(folder)
    (staging / JOURNAL).unlink()
    shutil.rmtree(staging)


def _note(folder: Path, said: dict[str, object]) -> None:
    staging = folder / STAGING
    beside = staging / f"{JOURNAL}.new"
    with beside.open("w", encoding="utf-8") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(staging / JOURNAL)
    _kept(folder)
    _kept(staging)


def _kept(folder: Path) -> None:
    """Have the names of a folder survive a cut of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
