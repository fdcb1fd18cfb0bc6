"""The list of the erased outside of the database, so that a restored backup does not bring anybody back.

A line holds a receipt and a mark: a salted digest of the account's number and the instant it joined. Whoever has the
backup can find which account that was, and nobody else can find anything.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from onharu.accounts.public import User
from onharu.kernel import clock
from onharu.rights.models import Erasure

NAME = "erased.jsonl"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """That an account was erased: the receipt, the account's mark, and when."""

    receipt: str
    mark: str
    erased_at: str


def place() -> Path:
    """Tell where the list is kept."""
    return Path(settings.ONHARU_DATA) / NAME


def mark_of(user: User, salt: str = "") -> str:
    """Make an account's mark, with a salt of its own unless one is given."""
    salt = salt or secrets.token_hex(8)
    said = f"{user.pk}:{clock.microseconds(user.date_joined)}"
    return f"{salt}:{hashlib.blake2b(said.encode(), key=salt.encode(), digest_size=24).hexdigest()}"


def bury(erasure: Erasure) -> None:
    """Write an erasure into the list before anything is removed. Saying it twice changes nothing."""
    if any(stone.receipt == erasure.receipt for stone in tombstones(place())):
        return
    stone = Tombstone(erasure.receipt, erasure.mark, clock.now().isoformat())
    descriptor = os.open(place(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, (json.dumps(asdict(stone)) + "\n").encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def tombstones(path: Path) -> Iterator[Tombstone]:
    """Read a list; a line that cannot be read is passed over."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield Tombstone(**json.loads(line))
        except (ValueError, TypeError):
            continue


def risen(path: Path) -> Iterator[tuple[Tombstone, User]]:
    """Find the accounts that a restored backup brought back though they were erased."""
    stones = list(tombstones(path))
    for user in User.objects.order_by("pk").iterator():
        for stone in stones:
            if mark_of(user, stone.mark.partition(":")[0]) == stone.mark:
                yield stone, user
                break
