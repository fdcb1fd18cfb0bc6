"""Seals and opens values with the ring of this process, and spells blind indexes: AES-256-GCM, docs/decisions/0095.

A sealed value is `s1.<name of the key>.<base64url of nonce and ciphertext>`, bound to what it is about.
"""

from __future__ import annotations

import binascii
import hashlib
import os
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from onharu.kernel import clock, keyring

MARK = "s1"
NONCE = 12
# A process seals with the ring as its file was at most so many seconds ago.
LOOK_AGAIN = 1.0
_STANDARD = str.maketrans("-_", "+/")


class Unreadable(Exception):
    """A sealed value does not open. It is never taken for an empty one."""


@dataclass(frozen=True, slots=True)
class _Ring:
    """The ring made ready: what seals, what opens by name, the secret of indexes, and of which file state it is."""

    seals: str
    box: AESGCM
    boxes: Mapping[str, AESGCM]
    index: bytes
    retired: frozenset[str]
    stamp: tuple[int, ...]


class _Held:
    """The ring of this process, read again when its file was written anew."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ring: _Ring | None = None
        self._looked_at = 0.0

    def ring(self) -> _Ring:
        """The ring as it stood a moment ago; raises KeysRefused where there is none."""
        ring = self._ring
        if ring is None or clock.monotonic() - self._looked_at > LOOK_AGAIN:
            return self.newest()
        return ring

    def held(self) -> _Ring:
        """The ring as it was read last, however long ago."""
        return self._ring or self.newest()

    def newest(self) -> _Ring:
        """Read the ring again if it was written anew."""
        with self._lock:
            self._looked_at = clock.monotonic()
            stamp = _stamp()
            if self._ring is None or self._ring.stamp != stamp:
                self._ring = _ready(ring_now(), stamp)
            return self._ring


_held = _Held()


def keys_file() -> Path | None:
    """Tell which file the keys are in; None where a variable holds them."""
    return None if settings.FIELD_KEYS else Path(settings.FIELD_KEYS_FILE)


def ring_now() -> keyring.Keyring:
    """Read the ring from where it is kept. Raises KeysRefused."""
    if (path := keys_file()) is None:
        return keyring.read_text(settings.FIELD_KEYS)
    if settings.DEBUG and path.parent.exists():
        keyring.make_file(path)
    return keyring.read_file(path)


def _stamp() -> tuple[int, ...]:
    path = keys_file()
    if path is None:
        return (hash(settings.FIELD_KEYS),)
    try:
        state = path.stat()
    except OSError:
        return ()
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_mode


def _ready(ring: keyring.Keyring, stamp: tuple[int, ...]) -> _Ring:
    boxes = {key.name: AESGCM(key.secret) for key in ring.opening}
    seals, index = ring.of(keyring.SEALS)[0], ring.of(keyring.INDEX)[0]
    retired = frozenset(key.name for key in ring.of(keyring.RETIRED))
    return _Ring(seals.name, boxes[seals.name], boxes, index.secret, retired, stamp)


def look_again() -> None:
    """Read the ring again if it was written anew, without waiting for the moment to do so."""
    _held.newest()


def seal(value: bytes, about: bytes) -> str:
    """Seal a value for one column with the key that seals now."""
    ring = _held.ring()
    return _sealed(ring.seals, ring.box, value, about)


def seal_with(key: keyring.Key, value: bytes, about: bytes) -> str:
    """Seal a value with a key of one's choice."""
    return _sealed(key.name, AESGCM(key.secret), value, about)


def _sealed(name: str, box: AESGCM, value: bytes, about: bytes) -> str:
    nonce = os.urandom(NONCE)
    return f"{MARK}.{name}." + urlsafe_b64encode(nonce + box.encrypt(nonce, value, about)).decode()


def unseal(text: str, about: bytes) -> bytes:
    """Open a value of a column. Raises Unreadable, which says of which column and key, never what it was."""
    try:
        mark, name, body = text.split(".")
        whole = binascii.a2b_base64(body.translate(_STANDARD), strict_mode=True)
    except ValueError:
        mark = name = ""
        whole = b""
    if mark != MARK:
        raise Unreadable(f"{about.decode()} holds a value that was not sealed.")
    box = _held.held().boxes.get(name) or _held.newest().boxes.get(name)
    if box is None:
        raise Unreadable(_without_key(name, about))
    try:
        return box.decrypt(whole[:NONCE], whole[NONCE:], about)
    except (InvalidTag, ValueError):
        raise Unreadable(
            f"A value of {about.decode()} does not open with the key {name}: it was changed, or the key is another."
        ) from None


def _without_key(name: str, about: bytes) -> str:
    if name in _held.held().retired:
        return f"A value of {about.decode()} is sealed with the key {name}, which is retired."
    return f"A value of {about.decode()} is sealed with the key {name}, which is not among the field keys."


def blind(about: str, owner_id: int, text: str) -> str:
    """Spell a text so that one owner's equal texts of a column are equal and tell nothing else."""
    said = f"{about}\0{owner_id}\0{text}".encode()
    return hashlib.blake2b(said, key=_held.held().index, digest_size=16).hexdigest()


def keyed(said: bytes) -> str:
    """Digest what must be known again but not guessed at."""
    return hashlib.blake2b(said, key=_held.held().index, digest_size=32).hexdigest()
