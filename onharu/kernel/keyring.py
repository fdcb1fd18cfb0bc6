"""The keys of sealed columns as text, in a variable or in a file that nobody else may read. No Django here.

One key a line (or between commas): what it is for, its name, and 32 bytes as base64url. Lines that begin with # say
nothing.

    seals kf3a91c  …   new values are sealed with it; there is exactly one
    opens k81bd02  …   values that were sealed with it still open
    next  k0c44e7  …   it opens, and is about to seal: a rotation has begun
    retired k5d…   …   it opens nothing any more; kept for backups from before
    index x2b7710  …   spells blind indexes; exactly one, and it does not rotate
"""

from __future__ import annotations

import os
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

SEALS, OPENS, NEXT, RETIRED, INDEX = "seals", "opens", "next", "retired", "index"
STATES = (SEALS, NEXT, OPENS, RETIRED, INDEX)
BYTES = 32
OTHERS = 0o007
HEAD = "# Without these keys the sealed columns of the database are lost. Keep a copy, apart from the database's.\n"
_NAME = re.compile(r"[a-z0-9]{1,16}")


class KeysRefused(Exception):
    """The keys are missing, damaged or open to everybody; the one sentence says which and what to do."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what it is for, how sealed values name it, and its secret."""

    state: str
    name: str
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.state} {self.name})"


@dataclass(frozen=True, slots=True)
class Keyring:
    """All keys, in the order they were written down."""

    keys: tuple[Key, ...]

    def __post_init__(self) -> None:
        names = [key.name for key in self.keys]
        if len(self.of(SEALS)) != 1 or len(self.of(INDEX)) != 1 or len(set(names)) != len(names):
            raise KeysRefused("The field keys need exactly one line that seals, one index, and no name twice.")

    def of(self, *states: str) -> tuple[Key, ...]:
        """Name the keys that are for this."""
        return tuple(key for key in self.keys if key.state in states)

    @property
    def opening(self) -> tuple[Key, ...]:
        """The keys with which values open, the one that seals first."""
        return (*self.of(SEALS), *self.of(NEXT), *self.of(OPENS))

    def with_states(self, **states: str) -> Keyring:
        """Make the ring in which these keys are for something else, by name."""
        return Keyring(tuple(replace(key, state=states.get(key.name, key.state)) for key in self.keys))

    def with_key(self, key: Key) -> Keyring:
        """Make the ring with one key more."""
        return Keyring((*self.keys, key))

    def without(self, state: str) -> Keyring:
        """Make the ring without the keys that are for this."""
        return Keyring(tuple(key for key in self.keys if key.state != state))

    def as_text(self) -> str:
        """Write the ring as `read_text` reads it."""
        lines = (f"{key.state} {key.name} {urlsafe_b64encode(key.secret).decode()}\n" for key in self.keys)
        return HEAD + "".join(lines)


def fresh_key(state: str) -> Key:
    """Make a key out of chance."""
    return Key(state, ("x" if state == INDEX else "k") + secrets.token_hex(3), secrets.token_bytes(BYTES))


def fresh_ring() -> Keyring:
    """Make a ring with one key that seals and one for indexes."""
    return Keyring((fresh_key(SEALS), fresh_key(INDEX)))


def read_text(text: str) -> Keyring:
    """Read a ring. Raises KeysRefused, whose sentence repeats nothing of a secret."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    said = (words for line in lines for one in line.split(",") if (words := one.split()))
    return Keyring(tuple(_key(words) for words in said))


def _key(words: Sequence[str]) -> Key:
    if len(words) != 3 or words[0] not in STATES or not _NAME.fullmatch(words[1]):
        raise KeysRefused(f"A line of the field keys is not of the form '{'|'.join(STATES)} NAME BASE64URL'.")
    try:
        secret = urlsafe_b64decode(words[2] + "=" * (-len(words[2]) % 4))
    except ValueError:
        secret = b""
    if len(secret) != BYTES:
        raise KeysRefused(f"The field key {words[1]} is damaged: it must be {BYTES} bytes as base64url.")
    return Key(words[0], words[1], secret)


def read_file(path: Path) -> Keyring:
    """Read a ring from its file. Raises KeysRefused where it is missing or others may read it."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeysRefused(f"The field keys are missing: put {path} back from your backup.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise KeysRefused(f"The field keys in {path} cannot be read: {type(error).__name__}.") from None
    if mode & OTHERS:
        raise KeysRefused(f"Everybody may read the field keys. Run: chmod 600 {path}")
    return read_text(text)


def make_file(path: Path) -> None:
    """Write a new ring where there is no file yet, readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(fresh_ring().as_text())


def replace_file(path: Path, ring: Keyring) -> None:
    """Put a ring in the place of the file: whoever reads meanwhile has the old one or the new one, whole."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(ring.as_text())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
