"""Where it is counted how much of an allowance is used: in this process, in Redis or in the database.

Each store takes one in one atomic step, so that any number of processes accept exactly as many as there are. What is
refused counts nothing. Names arrive hashed: neither a person nor an address can be read from a store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, Protocol

from django.conf import settings
from django.db import connection, models

from onharu.kernel import clock
from onharu.kernel.jobs import periodic
from onharu.kernel.redis_line import RedisAway, line_of
from onharu.kernel.redis_urls import Client


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether one was to be had, how many are used now, and in how many seconds they all come back."""

    accepted: bool
    used: int
    seconds: float


class StoreAway(Exception):
    """The store does not answer."""


class Allowances(Protocol):
    """Counts under a name, from the first taking for so many seconds; `renewed` begins them anew at every taking."""

    def take(self, name: str, *, most: int, seconds: float, renewed: bool = False) -> Taken:
        """Take one of `most`, unless they are used up. Raises StoreAway."""

    def give_back(self, name: str) -> None:
        """Give one back that was taken and not used. Raises StoreAway."""


class InMemory:
    """Counts of one process."""

    LARGEST = 20_000

    def __init__(self) -> None:
        self._lock = Lock()
        self._rows: dict[str, tuple[int, datetime]] = {}

    def take(self, name: str, *, most: int, seconds: float, renewed: bool = False) -> Taken:
        """Take one of `most`."""
        now = clock.now()
        until = now + timedelta(seconds=seconds)
        with self._lock:
            used, ends_at = self._rows.get(name, (0, until))
            if ends_at <= now:
                used, ends_at = 0, until
            if used >= most:
                return Taken(accepted=False, used=used, seconds=(ends_at - now).total_seconds())
            if len(self._rows) >= self.LARGEST:
                self._forget(now)
            ends_at = until if renewed else ends_at
            self._rows[name] = (used + 1, ends_at)
        return Taken(accepted=True, used=used + 1, seconds=(ends_at - now).total_seconds())

    def give_back(self, name: str) -> None:
        """Give one back."""
        with self._lock:
            used, ends_at = self._rows.get(name, (0, clock.now()))
            if used > 0:
                self._rows[name] = (used - 1, ends_at)

    def forget(self) -> None:
        """Forget everything. For tests."""
        with self._lock:
            self._rows.clear()

    def _forget(self, now: datetime) -> None:
        """Leave out what is over; where nothing is, the half that was begun first."""
        living = {name: row for name, row in self._rows.items() if row[1] > now}
        if len(living) >= self.LARGEST:
            living = dict(list(living.items())[self.LARGEST // 2 :])
        self._rows = living


class InRedis:
    """Counts that every process shares, on the Redis server's clock: an allowance is over when its key is.

    A script names one key, so that it runs in a cluster wherever that key lives. It is never repeated: what was counted
    and not answered counts, at most one too many.
    """

    PREFIX = "onharu:allowance:"
    # KEYS[1] the name; ARGV[1] most, ARGV[2] milliseconds, ARGV[3] 1 to begin them anew at every taking.
    TAKE = """
local used = tonumber(redis.call('GET', KEYS[1]) or '0')
if used >= tonumber(ARGV[1]) then return {0, used, redis.call('PTTL', KEYS[1])} end
used = redis.call('INCR', KEYS[1])
if redis.call('PTTL', KEYS[1]) < 0 or ARGV[3] == '1' then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return {1, used, redis.call('PTTL', KEYS[1])}
"""
    GIVE_BACK = """
if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then redis.call('DECR', KEYS[1]) end
return 0
"""

    def take(self, name: str, *, most: int, seconds: float, renewed: bool = False) -> Taken:
        """Take one of `most`. Raises StoreAway."""
        accepted, used, left = self._run(self.TAKE, name, most, int(seconds * 1000), int(renewed))
        return Taken(accepted=bool(accepted), used=int(used), seconds=max(left, 0) / 1000)

    def give_back(self, name: str) -> None:
        """Give one back. Raises StoreAway."""
        self._run(self.GIVE_BACK, name)

    def _run(self, script: str, name: str, *said: int) -> Sequence[int]:
        def run(client: Client) -> Any:
            return client.eval(script, 1, f"{self.PREFIX}{name}", *said)

        try:
            found: Sequence[int] = line_of(settings.REDIS_URL).ask(run)
        except RedisAway as away:
            raise StoreAway from away
        return found


class Allowance(models.Model):
    """What is used of an allowance, and when it is over. `name` is a hash."""

    name = models.CharField(max_length=64, primary_key=True)
    used = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "kernel"

    def __str__(self) -> str:
        return self.name


class InDatabase:
    """Counts that every process shares, each taking one conditional upsert. Ask outside of a transaction."""

    TAKE = """
INSERT INTO kernel_allowance AS kept (name, used, ends_at) VALUES (%(name)s, 1, %(until)s)
ON CONFLICT (name) DO UPDATE SET
    used = CASE WHEN kept.ends_at <= %(now)s THEN 1 ELSE kept.used + 1 END,
    ends_at = CASE WHEN kept.ends_at <= %(now)s OR %(renewed)s THEN excluded.ends_at ELSE kept.ends_at END
WHERE kept.ends_at <= %(now)s OR kept.used < %(most)s
RETURNING used, ends_at"""

    def take(self, name: str, *, most: int, seconds: float, renewed: bool = False) -> Taken:
        """Take one of `most`: one statement, and one more where they are used up."""
        now = clock.now()
        adapt = connection.ops.adapt_datetimefield_value
        said = {
            "name": name,
            "now": adapt(now),
            "until": adapt(now + timedelta(seconds=seconds)),
            "most": most,
            "renewed": renewed,
        }
        with connection.cursor() as cursor:
            cursor.execute(self.TAKE, said)
            row = cursor.fetchone()
        if row is not None:
            return Taken(accepted=True, used=int(row[0]), seconds=(_instant(row[1]) - now).total_seconds())
        ends_at = Allowance.objects.filter(name=name).values_list("ends_at", flat=True).first() or now
        return Taken(accepted=False, used=most, seconds=(ends_at - now).total_seconds())

    def give_back(self, name: str) -> None:
        """Give one back."""
        Allowance.objects.filter(name=name, used__gt=0).update(used=models.F("used") - 1)


def _instant(said: datetime | str) -> datetime:
    """Read an instant as a driver gives it: SQLite's has no zone."""
    at = datetime.fromisoformat(said) if isinstance(said, str) else said
    return at if at.tzinfo else at.replace(tzinfo=UTC)


@periodic("kernel.forget_allowances", timedelta(hours=1))
def forget_allowances() -> None:
    """Delete what is over. Saying it twice changes nothing."""
    Allowance.objects.filter(ends_at__lte=clock.now()).delete()
