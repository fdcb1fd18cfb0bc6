"""The one signal of the codebase: whose day changed. Sent after commit, nothing but ids in it.

`touch` bumps durable versions in the caller's transaction, so that a reader in any process sees the change even where
the two share no cache. A person has one counter; each part of each day ("meals", "workouts", ...) keeps what the
counter said when that part last changed. So the versions of one person are in the order in which their changes
committed, whichever part or day they are of, and "what is newer than V" misses nothing. Versions are microseconds of
the clock and only grow; they order changes and name ETags and stream events, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Max
from django.dispatch import Signal

from onharu.kernel import clock

day_touched = Signal()


@dataclass(frozen=True, slots=True)
class Touched:
    """A change of one person's day; `version` is greater than any before it for this owner, on any day.

    `part` is what changed; empty where that is not known, as several parts did or another process told of it.
    """

    owner_id: int
    day: date
    version: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """How a person's versions stand: those of the parts of one day, and what changed anywhere after a known version.

    `latest` is the person's counter. A part that is not in `parts` was never written on that day.
    """

    latest: int
    parts: Mapping[str, int]
    changed: tuple[tuple[date, str, int], ...]

    @property
    def version(self) -> int:
        """The version of the day: that of its latest part; 0 when nothing was ever recorded on it."""
        return max(self.parts.values(), default=0)


class PersonVersion(models.Model):
    """A person's counter. Its row is the queue in which one person's writers stand until they commit."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", primary_key=True)
    version = models.BigIntegerField()

    class Meta:
        app_label = "kernel"


class DayVersion(models.Model):
    """The latest version of one part of one person's day. No row means that nothing was ever recorded there."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    part = models.CharField(max_length=16)
    version = models.BigIntegerField()

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["owner", "day", "part"], name="one_version_a_part")]
        indexes = [models.Index(fields=["owner", "version"], name="dayversion_resume")]


_COUNT = """
INSERT INTO kernel_personversion (owner_id, version) VALUES (%s, %s)
ON CONFLICT (owner_id) DO UPDATE SET version = CASE
    WHEN kernel_personversion.version >= excluded.version THEN kernel_personversion.version + 1
    ELSE excluded.version END
RETURNING version"""
_NOTE = """
INSERT INTO kernel_dayversion (owner_id, day, part, version) VALUES (%s, %s, %s, %s)
ON CONFLICT (owner_id, day, part) DO UPDATE SET version = excluded.version"""
_VERSION = "SELECT MAX(version) FROM kernel_dayversion WHERE owner_id = %s AND day = %s"
_NEWS = """
SELECT day, part, version FROM kernel_dayversion WHERE owner_id = %s AND day = %s
UNION ALL SELECT day, part, version FROM kernel_dayversion WHERE owner_id = %s AND version > %s AND day <> %s
UNION ALL SELECT NULL, '', version FROM kernel_personversion WHERE owner_id = %s"""


def touch(owner_id: int, *days: date, part: str) -> None:
    """Announce that a part of these days of this person changed; screens learn of it when the transaction commits.

    Say it last: from here to the commit, other writers of this person wait.
    """
    for day in dict.fromkeys(days):
        with transaction.atomic(savepoint=False):
            version = _bump(owner_id, day, part)
        touched = Touched(owner_id=owner_id, day=day, version=version, part=part)
        transaction.on_commit(lambda touched=touched: day_touched.send(sender=DayVersion, touched=touched))  # type: ignore[misc]


def touch_all(owner_id: int, changed: Iterable[tuple[date, str]]) -> None:
    """Announce many days and parts of a person at once, as when years were read back. Two statements; one is told."""
    pairs = sorted(set(changed))
    if not pairs:
        return
    with transaction.atomic(savepoint=False):
        version = _bump(owner_id, *pairs[-1])
        DayVersion.objects.bulk_create(
            [
                DayVersion(owner_id=owner_id, day=day, part=part, version=version - 1 - back)
                for back, (day, part) in enumerate(reversed(pairs[:-1]))
            ],
            batch_size=500,
            update_conflicts=True,
            unique_fields=["owner", "day", "part"],
            update_fields=["version"],
        )
    touched = Touched(owner_id=owner_id, day=pairs[-1][0], version=version)
    transaction.on_commit(lambda: day_touched.send(sender=DayVersion, touched=touched))


def _bump(owner_id: int, day: date, part: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [owner_id, clock.microseconds(clock.now())])
        (version,) = cursor.fetchone()
        cursor.execute(_NOTE, [owner_id, day, part, version])
    return int(version)


def version_of(owner_id: int, day: date) -> int:
    """Tell the version of a day; 0 when nothing was ever recorded on it. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, [owner_id, day])
        (version,) = cursor.fetchone()
    return int(version or 0)


def news_of(owner_id: int, day: date, after: int) -> News:
    """Tell the versions of a day's parts and what changed on other days after a version. One statement.

    Written out, because every warm summary asks it and building the query would cost six times the asking.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEWS, [owner_id, day, owner_id, after, day, owner_id])
        rows = cursor.fetchall()
    latest, parts, changed = 0, {}, []
    for when, part, version in rows:
        if when is None:
            latest = int(version)
        elif (on := when if isinstance(when, date) else date.fromisoformat(when)) == day:
            parts[part] = int(version)
        else:
            changed.append((on, part, int(version)))
    changed += [(day, part, version) for part, version in parts.items() if version > after]
    return News(latest=latest, parts=parts, changed=tuple(changed))


def versions_of(owner_id: int, first: date, last: date) -> dict[date, int]:
    """Tell the versions of the days from `first` to `last` that anything was recorded on. One statement."""
    rows = DayVersion.objects.filter(owner_id=owner_id, day__range=(first, last))
    return dict(rows.values_list("day").annotate(Max("version")).order_by())


def changed_since(owner_id: int, version: int, limit: int = 100) -> Iterable[Touched]:
    """List the days that changed after a version, oldest first, so that a broken stream can resume."""
    rows = DayVersion.objects.filter(owner_id=owner_id, version__gt=version).values_list("day")
    latest = rows.annotate(latest=Max("version")).order_by("latest")[:limit]
    return [Touched(owner_id=owner_id, day=day, version=of_day) for day, of_day in latest]
