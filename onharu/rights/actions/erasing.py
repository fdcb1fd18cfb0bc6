"""Erasing a person: work that is owed, rows of every room with their files, the account, and what memory holds.

It begins anew where it fell: every step says nothing when it was done before. The account goes last.
"""

from __future__ import annotations

from collections import Counter

from django.db import connection

from onharu.accounts.public import remove, shut
from onharu.kernel import clock, files
from onharu.kernel.belongings import count_of, erase
from onharu.rights.actions.tombstones import bury
from onharu.rights.models import Erasure
from onharu.rights.rooms import ROOMS, forget, tables


class LeftBehind(Exception):
    """Rows of a person are still there after the work; it is begun anew."""


def erase_person(*, receipt: str) -> None:
    """Do an erasure that is due. One that was taken back, is done, or is not due yet changes nothing."""
    erasure = Erasure.objects.filter(receipt=receipt, finished_at=None, due_at__lte=clock.now()).first()
    if erasure is None or erasure.person is None:
        return
    person = erasure.person
    Erasure.objects.filter(pk=receipt, begun_at=None).update(begun_at=clock.now())
    bury(erasure)
    shut(user_id=person)
    removed = Counter(erasure.removed)
    removed += _remove(erasure, person)
    _check(person)
    _finish(erasure, removed)


def _remove(erasure: Erasure, person: int) -> Counter[str]:
    progress = _Progress(erasure, sum(count_of(table, person) for table in tables() if not table.kept))
    removed: Counter[str] = Counter()
    for room in reversed(ROOMS):
        room.before(person)
        removed += Counter(erase(room.tables, person, progress.step))
        # Kept at once: what is counted here is not there any more to be counted after a fall.
        Erasure.objects.filter(pk=erasure.pk).update(removed=dict(Counter(erasure.removed) + removed))
    files.forget_below(f"photos/{person}")
    removed += Counter(remove(user_id=person))
    forget(person)
    return removed


class _Progress:
    """How far an erasure is, told once for every five percent."""

    def __init__(self, erasure: Erasure, whole: int) -> None:
        self.pk, self.whole, self.done, self.told = erasure.pk, max(whole, 1), 0, 0

    def step(self, rows: int) -> None:
        """Count rows that went."""
        self.done += rows
        percent = min(self.done * 100 // self.whole, 99)
        if percent >= self.told + 5:
            self.told = percent
            Erasure.objects.filter(pk=self.pk).update(percent=percent)


def _check(person: int) -> None:
    """Raise LeftBehind where a row of this person is still there, written by a request that was under way."""
    left = [table.label for table in tables() if not table.kept and count_of(table, person)]
    if left:
        raise LeftBehind(", ".join(left))


def _finish(erasure: Erasure, removed: Counter[str]) -> None:
    Erasure.objects.filter(pk=erasure.pk).update(
        person=None, finished_at=clock.now(), percent=100, removed={name: n for name, n in removed.items() if n}
    )
    if connection.vendor == "sqlite":
        # Deleted pages are overwritten at once; this empties the log beside the file, which still has the old ones.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
