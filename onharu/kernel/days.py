"""The one signal of the codebase: whose day changed. Sent after commit, nothing but ids in it.

`touch` bumps a durable version of the owner's day in the caller's transaction, so that a reader in any
process sees the change even where the two share no cache. Versions are microseconds of the clock and only
grow; they order changes and name ETags and stream events, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.dispatch import Signal

from onharu.kernel import clock

day_touched = Signal()


@dataclass(frozen=True, slots=True)
class Touched:
    """A change of one person's day; `version` is greater than any before it for this owner and day."""

    owner_id: int
    day: date
    version: int


class DayVersion(models.Model):
    """The latest version of one person's day. No row means that nothing was ever recorded."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    version = models.BigIntegerField()

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["owner", "day"], name="one_version_a_day")]
        indexes = [models.Index(fields=["owner", "version"], name="dayversion_resume")]


def touch(owner_id: int, *days: date) -> None:
    """Announce that these days of this person changed; screens learn of it when the transaction commits."""
    for day in dict.fromkeys(days):
        with transaction.atomic():
            version = _bump(owner_id, day)
        touched = Touched(owner_id=owner_id, day=day, version=version)
        transaction.on_commit(lambda touched=touched: day_touched.send(sender=DayVersion, touched=touched))  # type: ignore[misc]


def _bump(owner_id: int, day: date) -> int:
    stamp = clock.microseconds(clock.now())
    row = DayVersion.objects.filter(owner_id=owner_id, day=day)
    if not row.update(version=Greatest(F("version") + 1, stamp)):
        DayVersion.objects.bulk_create(
            [DayVersion(owner_id=owner_id, day=day, version=stamp)],
            update_conflicts=True,
            unique_fields=["owner", "day"],
            update_fields=["version"],
        )
    return row.values_list("version", flat=True).get()


def version_of(owner_id: int, day: date) -> int:
    """Tell the version of a day; 0 when nothing was ever recorded on it. One statement.

    Written out, because every warm summary asks it and building the query would cost six times the asking.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM kernel_dayversion WHERE owner_id = %s AND day = %s", [owner_id, day])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def versions_of(owner_id: int, first: date, last: date) -> dict[date, int]:
    """Tell the versions of the days from `first` to `last` that anything was recorded on. One statement."""
    rows = DayVersion.objects.filter(owner_id=owner_id, day__range=(first, last))
    return dict(rows.values_list("day", "version"))


def changed_since(owner_id: int, version: int, limit: int = 100) -> Iterable[Touched]:
    """List the days that changed after a version, oldest first, so that a broken stream can resume."""
    rows = DayVersion.objects.filter(owner_id=owner_id, version__gt=version).order_by("version")[:limit]
    return [Touched(owner_id=owner_id, day=row.day, version=row.version) for row in rows]
