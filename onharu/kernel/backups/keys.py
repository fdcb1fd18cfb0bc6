"""The key of backups: an age identity (https://age-encryption.org/v1), apart from every other key. No Django here.

A text with one identity a line; lines that begin with # say nothing. The first seals, and all of them open, so that a
new key can be put on top while older backups are still wanted.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from pyrage import IdentityError, x25519

from onharu.kernel import keyring
from onharu.kernel.backups.refusals import BackupRefused

NAME = "backup.key"
VARIABLE = "ONHARU_BACKUP_KEY"
HEAD = "# Opens the backups of Onharu, with `onharu restore` or with the program age. Keep a copy on another machine.\n"


@dataclass(frozen=True, slots=True)
class BackupKey:
    """The identities, where they are kept, and whether they were made just now."""

    identities: tuple[x25519.Identity, ...] = field(repr=False)
    place: str
    made: bool = False

    @property
    def recipient(self) -> x25519.Recipient:
        """Whom new backups are sealed for."""
        return self.identities[0].to_public()


def read_text(text: str, place: str) -> BackupKey:
    """Read a key. Raises BackupRefused, which repeats nothing of it."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        identities = tuple(x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#"))
    except IdentityError:
        identities = ()
    if not identities:
        raise BackupRefused(
            "backup_key_unreadable",
            f"{place}에는 백업의 열쇠가 없어요. AGE-SECRET-KEY-1…로 시작하는 줄이 있어야 해요.",
            f"{place} holds no key of backups: a line that begins with AGE-SECRET-KEY-1… is wanted.",
        )
    return BackupKey(identities, place)


def read_file(path: Path) -> BackupKey:
    """Read a key from its file. Raises BackupRefused where it is missing or others may read it."""
    try:
        mode, text = path.stat().st_mode, path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BackupRefused(
            "backup_key_missing",
            f"백업의 열쇠 {path}를 읽을 수 없어요. 따로 둔 사본을 거기에 두거나 --key로 알려 주세요.",
            f"The key of backups {path} cannot be read: put your copy there, or name it with --key.",
        ) from error
    if mode & keyring.OTHERS:
        raise BackupRefused(
            "backup_key_open",
            f"누구나 백업의 열쇠를 읽을 수 있어요. 이렇게 하세요: chmod 600 {path}",
            f"Everybody may read the key of backups. Run: chmod 600 {path}",
        )
    return read_text(text, str(path))


def key_of(folder: Path, said: str, *, make: bool = False) -> BackupKey:
    """Find the key: what the environment says, else the file of the data folder. Raises BackupRefused.

    With `make` that file is made where there is none.
    """
    if said:
        return read_text(said, VARIABLE)
    path = folder / NAME
    made = make and not path.exists()
    if made:
        make_file(path)
    found = read_file(path)
    return BackupKey(found.identities, found.place, made)


def make_file(path: Path) -> None:
    """Make a key out of chance, readable by its owner only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{HEAD}{x25519.Identity.generate()}\n")
        file.flush()
        os.fsync(file.fileno())
