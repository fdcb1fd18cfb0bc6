"""Shelves are read from a replica of the database, where there is one; everything of people always from the primary.

People must read what they just wrote, so what has an owner never comes from a copy that is some moments behind. Shelves
change by imports and refreshes. A process that wrote to a shelf reads the primary for a while, and so does everybody
within a transaction. A replica that is away, or too far behind, is not asked: each process looks every few seconds.
"""

from __future__ import annotations

import threading
from typing import Any

import structlog
from django.db import DatabaseError, connections, models, transaction

from onharu.kernel import clock

log = structlog.get_logger(__name__)
PRIMARY, REPLICA = "default", "replica"
SHELVES = frozenset({"foods", "exercises", "medicines", "pharmacies", "names"})
# Rows of a shelf by which processes agree who does something: true at once, or not at all.
AGREED = frozenset({"medicines.question", "medicines.refresh", "pharmacies.refresh", "names.shelf", "names.segment"})
WROTE_SECONDS = 10.0
LOOK_EVERY = 3.0
TOO_FAR_BEHIND = 5.0
BEHIND = """
SELECT NOT pg_is_in_recovery() OR (
    EXISTS (SELECT 1 FROM pg_stat_wal_receiver) AND COALESCE(
        pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
        OR now() - pg_last_xact_replay_timestamp() < make_interval(secs => %s), false))"""


class _Standing:
    """What this process knows of the replica."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._good, self._looked_at, self._wrote_at = True, float("-inf"), float("-inf")

    def wrote(self) -> None:
        """Read the primary for a while: the replica has not heard yet."""
        self._wrote_at = clock.monotonic()

    def usable(self) -> bool:
        """Whether the replica may be asked. One thread looks now and then; while it is bad, nobody waits for it."""
        now = clock.monotonic()
        if now - self._wrote_at < WROTE_SECONDS:
            return False
        if now - self._looked_at < LOOK_EVERY:
            return self._good
        if not self._lock.acquire(blocking=False):
            return False
        try:
            self._looked_at = now
            self._note(good=_follows())
        finally:
            self._lock.release()
        return self._good

    def lost(self) -> None:
        """Ask it no more until somebody has looked again."""
        self._looked_at = clock.monotonic()
        self._note(good=False)

    def _note(self, *, good: bool) -> None:
        if good != self._good:
            log.warning("replica_back" if good else "replica_away")
        self._good = good

    def forget(self) -> None:
        """Know nothing. For tests."""
        self._good, self._looked_at, self._wrote_at = True, float("-inf"), float("-inf")


standing = _Standing()


def _follows() -> bool:
    """Ask the replica whether it hears its primary and is hardly behind."""
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(BEHIND, [TOO_FAR_BEHIND])
            return bool(cursor.fetchone()[0])
    except DatabaseError:
        return False


def _opens() -> bool:
    """Whether this thread has a living connection to the replica, or gets one now."""
    try:
        connections[REPLICA].ensure_connection()
    except DatabaseError:
        standing.lost()
        return False
    return True


class Shelves:
    """Django's router: reads of shelves go to the replica."""

    def db_for_read(self, model: type[models.Model], **_: Any) -> str | None:
        """Choose the replica for a shelf, where it is there and nothing was just written; else the primary."""
        meta = model._meta  # noqa: SLF001 the documented options
        if meta.app_label not in SHELVES or meta.label_lower in AGREED:
            return PRIMARY
        if transaction.get_connection(PRIMARY).in_atomic_block or not standing.usable() or not _opens():
            return PRIMARY
        return REPLICA

    def db_for_write(self, model: type[models.Model], **_: Any) -> str:
        """Choose the primary, and remember that a shelf was written."""
        if model._meta.app_label in SHELVES:  # noqa: SLF001 as above
            standing.wrote()
        return PRIMARY

    def allow_relation(self, *_: Any, **__: Any) -> bool:
        """Let rows of the two be put together: they are one database."""
        return True

    def allow_migrate(self, db: str, *_: Any, **__: Any) -> bool:
        """Let nobody migrate a copy."""
        return db == PRIMARY
