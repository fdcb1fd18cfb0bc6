"""Writing the record: two statements for any number of rows, in line behind the one tail."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from onharu.kernel import clock
from onharu.kernel.access import mark
from onharu.kernel.access.tables import GENESIS, TAIL, AccessRow, AccessTail

LONGEST_WHAT = 120


@dataclass(frozen=True, slots=True)
class Act:
    """What is written of one access."""

    kind: str
    what: str
    who: str
    whose: int | None
    address: str = ""

    @property
    def own(self) -> bool:
        """Whether somebody changed what is theirs."""
        return self.kind == "change" and self.who == str(self.whose)


def digest_of(row: AccessRow) -> str:
    """Seal a row: BLAKE2b over the digest of the row before and everything the row says."""
    said = [row.sequence, clock.microseconds(row.at), row.who, row.address, row.whose, row.kind, row.what, row.own]
    spelled = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return hashlib.blake2b(row.before.encode() + spelled, digest_size=32).hexdigest()


def append(acts: Sequence[Act], *, at: datetime) -> None:
    """Write accesses at the end of the record; other writers wait until this transaction ends. Two statements."""
    if not acts:
        return
    with transaction.atomic(savepoint=False):
        tail = held_tail()
        rows = _rows(acts, tail, at)
        AccessRow.objects.bulk_create(rows)
        newest = rows[-1]
        transaction.on_commit(lambda: mark.keep(newest.sequence, newest.digest))


def held_tail() -> AccessTail:
    """Hold the tail until the transaction ends; one statement."""
    tail = AccessTail.objects.select_for_update().filter(pk=TAIL).first()
    if tail is None:
        AccessTail.objects.get_or_create(pk=TAIL, defaults={"sequence": 0, "digest": GENESIS})
        tail = AccessTail.objects.select_for_update().get(pk=TAIL)
    return tail


def _rows(acts: Sequence[Act], tail: AccessTail, at: datetime) -> list[AccessRow]:
    rows, before = [], tail.digest
    for sequence, act in enumerate(acts, start=tail.sequence + 1):
        row = AccessRow(
            sequence=sequence,
            at=at,
            who=act.who,
            address=act.address,
            whose=act.whose,
            kind=act.kind,
            what=act.what[:LONGEST_WHAT],
            own=act.own,
            before=before,
        )
        row.digest = before = digest_of(row)
        rows.append(row)
    return rows
