"""Putting a backup back: laid beside the house, compared, settled by the site, and only then put in its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from onharu.kernel import clock
from onharu.kernel.backups import swapping, taking
from onharu.kernel.backups.house import ERASED, House
from onharu.kernel.backups.keys import BackupKey
from onharu.kernel.backups.manifest import KEYS, MARKS, MEDIA, Head, Manifest
from onharu.kernel.backups.packing import Heard, unpack
from onharu.kernel.backups.refusals import BackupRefused
from onharu.kernel.backups.stores import Staged

PARTS = "parts"
# What of a data folder takes another's place: everything that a backup has, and what belongs to the database it had.
NAMES = (*swapping.DATABASE, MEDIA, "secret.key", "field.keys", "vapid.pem", ERASED, "access.mark", "exports")
Settle = Callable[[Path, Mapping[str, str]], object]


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was put back, and what the house it took the place of is called now."""

    head: Head
    manifest: Manifest
    before_files: Path | None
    before_database: str


def restore(
    *,
    file: Path,
    house: House,
    key: BackupKey,
    known: Collection[str],
    replace: bool,
    settle: Settle,
    heard: Heard,
) -> Restored:
    """Put a backup in the place of a house, whole or not at all. Raises BackupRefused or OSError; nothing changed then.

    `known` names the migrations of this edition; `settle` is told the folder and the variables of what was laid beside.
    """
    house.folder.mkdir(parents=True, exist_ok=True)
    with swapping.alone_in(house.folder):
        swapping.finish_swap(house.folder)
        full = _full(house)
        if full and not replace:
            raise BackupRefused(
                "house_full",
                f"{house.folder}에 이미 기록이 있어요. 바꾸려면 --replace, 다른 곳에 두려면 --to를 쓰세요.",
                f"{house.folder} holds records already: use --replace to put it in their place, --to for elsewhere.",
            )
        house.store.gather()
        staging = _staging(house.folder)
        try:
            return _restored(file, house, key, lambda head: _fits(head, house, known), settle, heard)
        finally:
            if not swapping.under_way(house.folder):
                shutil.rmtree(staging, ignore_errors=True)


def _restored(
    file: Path, house: House, key: BackupKey, fits: Callable[[Head], None], settle: Settle, heard: Heard
) -> Restored:
    staging = house.folder / swapping.STAGING
    parts = staging / PARTS
    head, manifest = unpack(file, key=key, into=parts, wanted=lambda _: True, fits=fits, heard=heard)
    staged = house.store.stage(parts / house.store.member, staging, manifest.tables)
    try:
        _arrange(parts, staging, house)
        shutil.rmtree(parts)
        settle(staging, staged.variables)
        return Restored(head, manifest, *_swapped(house, staged))
    except BaseException:
        with suppress(BackupRefused):
            house.store.undo(staged)
        raise


def _swapped(house: House, staged: Staged) -> tuple[Path | None, str]:
    """Put everything in its place: the database, then the files by the journal."""
    before = f".before-restore-{clock.now():%Y%m%dT%H%M%S}"
    database = house.store.swap(staged)
    swapping.begin_swap(house.folder, names=NAMES, before=before)
    kept = house.folder / before
    if not any(kept.iterdir()):
        kept.rmdir()
        return None, database
    return kept, database


def _full(house: House) -> bool:
    return not house.store.empty() or any(path.is_file() for path in house.media.rglob("*"))


def _staging(folder: Path) -> Path:
    if (folder / MEDIA).is_mount():
        raise BackupRefused(
            "media_mounted",
            f"{folder / MEDIA}는 따로 연결된 디스크예요. --to로 다른 곳에 되살린 뒤 옮겨 주세요.",
            f"{folder / MEDIA} is a disk of its own: put the backup elsewhere with --to, then move it.",
        )
    staging = folder / swapping.STAGING
    shutil.rmtree(staging, ignore_errors=True)
    (staging / PARTS).mkdir(mode=0o700, parents=True)
    staging.chmod(0o700)
    return staging


def _fits(head: Head, house: House, known: Collection[str]) -> None:
    taking.fits(head)
    if head.engine != house.store.engine:
        raise BackupRefused(
            "backup_engine",
            f"{head.engine}의 백업인데 이 집은 {house.store.engine}을 써요. DATABASE_URL을 확인해 주세요.",
            f"This backup is of {head.engine}, and this house uses {house.store.engine}: check DATABASE_URL.",
        )
    if newer := sorted(set(head.migrations) - set(known)):
        raise BackupRefused(
            "backup_newer",
            f"더 새로운 온하루가 만든 백업이에요 ({newer[0]}). 먼저 온하루를 올려 주세요.",
            f"A newer Onharu made this backup ({newer[0]}): upgrade first.",
        )


def _arrange(parts: Path, staging: Path, house: House) -> None:
    """Lay the files as a data folder has them; what the environment gives is not laid there."""
    (parts / MEDIA).mkdir(exist_ok=True)
    (parts / MEDIA).rename(staging / MEDIA)
    for path in sorted((parts / KEYS).glob("*")):
        if path.name not in house.given:
            path.rename(staging / path.name)
    _join_erased(parts / MARKS / ERASED, house.folder / ERASED, staging / ERASED)


def _join_erased(theirs: Path, ours: Path, place: Path) -> None:
    """Keep everybody who is on either list of the erased: who was erased since the backup must not come back."""
    lines = [line for path in (theirs, ours) if path.exists() for line in path.read_text("utf-8").splitlines()]
    if lines:
        place.touch(mode=0o600)
        place.write_text("".join(f"{line}\n" for line in dict.fromkeys(lines)), encoding="utf-8")
