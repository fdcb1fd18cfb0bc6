"""How things stand with a person, in one statement; and what was read of them, kept as long as that stands.

Kept is only what the person's counter and the profile's version name, and a value is read after its name: it may be
newer than that, never older. Dropping it costs time and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from cachetools import LRUCache
from django.db.models import BigIntegerField, CharField, DateField, Value

from onharu.accounts.public import Visit
from onharu.insights.models import PutAway
from onharu.kernel.days import PersonVersion

T = TypeVar("T")
MOST_KEPT = 128
_lock = Lock()
_kept: LRUCache[Hashable, Any] = LRUCache(maxsize=MOST_KEPT)


@dataclass(frozen=True, slots=True)
class Standing:
    """The counter that every write of a person raises, and the rules they put away with their last silent day."""

    latest: int
    away: Mapping[str, date]


def standing_of(visit: Visit) -> Standing:
    """Ask how things stand; one statement."""
    counter = PersonVersion.objects.filter(owner_id=visit.person.id).values_list(
        Value("", output_field=CharField()), Value(None, output_field=DateField()), "version"
    )
    silent = PutAway.objects.of(visit.person.id).filter(until_day__gte=visit.today).order_by()
    rows = counter.union(
        silent.values_list("rule", "until_day", Value(0, output_field=BigIntegerField())), all=True
    )  # fmt: skip
    found = sorted(rows, key=lambda row: row[0])
    return Standing(
        latest=max((version for _, _, version in found), default=0),
        away={rule: until for rule, until, _ in found if until is not None},
    )


def kept(visit: Visit, standing: Standing, what: Hashable, read: Callable[[], T], *, whole: Callable[[T], bool]) -> T:
    """Answer with what was read under this standing, else read it and keep it when it is `whole`."""
    key = (visit.person.id, visit.person.version, standing.latest, what)
    with _lock:
        found: T | None = _kept.get(key)
    if found is None:
        found = read()
        if whole(found):
            with _lock:
                _kept[key] = found
    return found


def drop_kept() -> None:
    """Forget everything that this process keeps of people."""
    with _lock:
        _kept.clear()
