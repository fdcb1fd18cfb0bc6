"""Taking a backup: written under another name, read back to its end, and only then called a backup."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from onharu.kernel import clock, milestones
from onharu.kernel.backups import notes
from onharu.kernel.backups.house import House
from onharu.kernel.backups.keys import BackupKey
from onharu.kernel.backups.manifest import FORMAT, Head, Manifest
from onharu.kernel.backups.packing import Heard, pack, unpack
from onharu.kernel.backups.refusals import BackupRefused, damaged
from onharu.kernel.backups.stores import Store

SUFFIX = ".tar.age"
NAMED = re.compile(r"onharu-\d{8}T\d{6}Z\.tar\.age")
WORKSHOP, LOCK = ".backing-up", "backup.lock"


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was read back, and which older ones went for it."""

    file: Path
    size: int
    manifest: Manifest
    seconds: float
    gone: tuple[Path, ...] = ()


def take(*, house: House, key: BackupKey, to: Path, keep: int | None, heard: Heard) -> Taken:
    """Take a backup into a folder, or into a file that is not there yet. Raises BackupRefused or OSError.

    With `keep`, only so many backups stay in that folder, this one among them.
    """
    begun = clock.monotonic()
    with _workshop(house.folder) as workshop:
        place = _place(to)
        beside = place.with_name(f".{place.name}.part")
        try:
            manifest = _written(house, key, beside, workshop, heard)
            _settle(beside, place)
        finally:
            beside.unlink(missing_ok=True)
    gone = _age_out(place.parent, keep) if keep and NAMED.fullmatch(place.name) else ()
    taken = Taken(place, place.stat().st_size, manifest, clock.monotonic() - begun, gone)
    at = clock.now().isoformat(timespec="seconds")
    notes.went_well(house.folder, at=at, file=place, size=taken.size, seconds=round(taken.seconds, 1))
    milestones.reached(f"{milestones.BACKUP}.house", at=clock.now(), bytes=taken.size)
    return taken


def _written(house: House, key: BackupKey, file: Path, workshop: Path, heard: Heard) -> Manifest:
    snapshot = house.store.snapshot(workshop)
    made_at = clock.now().astimezone(UTC).isoformat(timespec="seconds")
    head = Head(FORMAT, house.made_by, made_at, house.store.engine, snapshot.server, snapshot.migrations)
    sources = [(house.store.member, snapshot.file), *house.sources()]
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as sealed:
        manifest = pack(sealed, key=key, head=head, sources=sources, tables=snapshot.tables, heard=heard)
        sealed.flush()
        os.fsync(sealed.fileno())
    snapshot.file.unlink()
    found = verify(file, key=key, store_of=lambda _: house.store, workshop=workshop, heard=heard)[1]
    if found != manifest:
        raise damaged(file.name)
    return manifest


def verify(
    file: Path, *, key: BackupKey, store_of: Callable[[Head], Store], workshop: Path, heard: Heard
) -> tuple[Head, Manifest]:
    """Read a backup to its end: every piece, every digest, and the database as its engine sees it.

    Raises BackupRefused.
    """
    with tempfile.TemporaryDirectory(dir=workshop, prefix="look-") as laid:
        head, manifest = unpack(
            file, key=key, into=Path(laid), wanted=lambda name: name.startswith("database."), fits=fits, heard=heard
        )
        store = store_of(head)
        store.look(Path(laid) / store.member, manifest.tables)
    return head, manifest


def fits(head: Head) -> None:
    """Refuse what a newer edition wrote in another form."""
    if head.format != FORMAT:
        raise BackupRefused(
            "backup_newer",
            f"더 새로운 {head.made_by}이 만든 백업이에요. 먼저 온하루를 올려 주세요.",
            f"A newer Onharu ({head.made_by}) made this backup: upgrade first.",
        )


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """Make a place of one's own in the data folder; what a killed backup left there is swept first."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupRefused(
                "backup_under_way", "다른 백업이 진행 중이에요.", "Another backup is under way."
            ) from error
        place = folder / WORKSHOP
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)


def _place(to: Path) -> Path:
    """Find the name of the file: as said, else by the moment. Nothing that is there is written over."""
    if to.name.endswith(SUFFIX) and not to.is_dir():
        if to.exists():
            raise BackupRefused("backup_there", f"{to}: 이미 있는 파일이에요.", f"{to} is there already.")
        to.parent.mkdir(parents=True, exist_ok=True)
        return to
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    at = clock.now().astimezone(UTC)
    while (place := to / _name(at)).exists():
        at += timedelta(seconds=1)
    return place


def _name(at: datetime) -> str:
    return f"onharu-{at:%Y%m%dT%H%M%S}Z{SUFFIX}"


def _settle(beside: Path, place: Path) -> None:
    """Give a file its name, so that it is there after a cut of power too."""
    beside.replace(place)
    descriptor = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _age_out(folder: Path, keep: int) -> tuple[Path, ...]:
    """Remove the oldest backups of a folder, by their names, until so many are left."""
    old = sorted(path for path in folder.iterdir() if NAMED.fullmatch(path.name))[: -max(keep, 1)]
    for path in old:
        path.unlink()
    return tuple(old)
