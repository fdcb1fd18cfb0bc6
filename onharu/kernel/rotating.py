"""Changes the key that columns are sealed with, while others read and write.

The file of the keys says how far that has come, so whoever is stopped goes on by being called again:

1. a new key is `next`: everybody can open with it before anything is sealed with it;
2. it `seals`, the one before only `opens`; everything is sealed anew, until nothing is left;
3. the one before is `retired`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from onharu.kernel import clock, keyring
from onharu.kernel.fieldkeys import let_go, vouch
from onharu.kernel.keyring import NEXT, OPENS, RETIRED, SEALS, Keyring, fresh_key
from onharu.kernel.resealing import Heard, left, reseal
from onharu.kernel.sealing import keys_file, look_again, ring_now

MOST_PASSES = 100


@dataclass(frozen=True, slots=True)
class Rotated:
    """The key that everything is sealed with now, how many rows were written, and which keys open nothing any more."""

    key: str
    rows: int
    retired: tuple[str, ...]


class StillWritten(Exception):
    """Rows are sealed with an old key all the time: some process does not see the new file of keys."""


def rotate(*, patience: float, settle: float, heard: Heard = lambda _done, _total: None) -> Rotated:
    """Seal everything with a new key, or finish the rotation that was begun.

    `patience` is how long every server may take to see the file of keys, `settle` how long a write may be under way.
    Where a variable holds the keys, the one that seals in it is the new one, and nothing is retired.
    """
    path = keys_file()
    if path is not None:
        _begin(path, patience)
    switched = clock.monotonic()
    look_again()
    vouch()
    key = ring_now().of(SEALS)[0].name
    rows = _until_nothing_is_left(key, heard)
    _rest(settle - (clock.monotonic() - switched))
    rows += _until_nothing_is_left(key, heard)
    return Rotated(key, rows, () if path is None else _retire(path))


def _begin(path: Path, patience: float) -> None:
    """Let a new key seal; a rotation that was begun goes on with its own."""
    ring = keyring.read_file(path)
    if not ring.of(NEXT, OPENS):
        ring = ring.with_key(fresh_key(NEXT))
        _put(path, ring, patience)
    if fresh := ring.of(NEXT):
        vouch()
        states = {old.name: OPENS for old in ring.of(SEALS)} | {fresh[0].name: SEALS}
        _put(path, ring.with_states(**states), patience)


def _put(path: Path, ring: Keyring, patience: float) -> None:
    keyring.replace_file(path, ring)
    look_again()
    _rest(patience)


def _until_nothing_is_left(key: str, heard: Heard) -> int:
    rows = 0
    for _ in range(MOST_PASSES):
        rows += reseal(key, heard=heard)
        if not left(key):
            return rows
    raise StillWritten(f"Some process goes on sealing with another key than {key}; nothing was retired.")


def _retire(path: Path) -> tuple[str, ...]:
    ring = keyring.read_file(path)
    old = tuple(key.name for key in ring.of(OPENS))
    if old:
        keyring.replace_file(path, ring.with_states(**dict.fromkeys(old, RETIRED)))
        look_again()
        let_go(*old)
    return old


def forget_retired() -> tuple[str, ...]:
    """Take retired keys out of the file for good: backups from before open no more. Returns their names."""
    path = keys_file()
    if path is None:
        return ()
    ring = keyring.read_file(path)
    gone = tuple(key.name for key in ring.of(RETIRED))
    if gone:
        keyring.replace_file(path, ring.without(RETIRED))
    return gone


def _rest(seconds: float) -> None:
    if seconds > 0:
        time.sleep(seconds)
