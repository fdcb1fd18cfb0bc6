"""What changed since this process last looked at a person: one statement, and everything else is kept.

Kept is only what a version names: a value of a room under the version it was read at, and with each person the
counter up to which the days written are known. Dropping any of it costs time and nothing else. A value is read after
its version, so it may be newer than its name, never older.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, TypeVar

import structlog
from cachetools import LRUCache
from django.utils.translation import get_language

from onharu.kernel.days import news_of

T = TypeVar("T")
log = structlog.get_logger(__name__)
MOST_VALUES = 2048
MOST_DAYS = 400_000  # of all people together; a person weighs what they wrote, and a little
A_PERSON = 20


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of a person at `latest`: each part's newest version on any day, and the days written."""

    latest: int = 0
    by_part: Mapping[str, int] = field(default_factory=dict)
    written: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person's versions stand now, seen from one day.

    `parts` are the versions of that day's parts, `by_part` the newest of each part on any day. `changed` names the
    parts of the days that changed after what was `known`.
    """

    owner_id: int
    day: date
    version: int
    latest: int
    parts: Mapping[str, int]
    by_part: Mapping[str, int]
    changed: Mapping[date, frozenset[str]]
    known: Known


_lock = Lock()
_people: LRUCache[int, Known] = LRUCache(maxsize=MOST_DAYS, getsizeof=lambda known: A_PERSON + len(known.written))
_values: LRUCache[tuple[Hashable, ...], tuple[Hashable, Any]] = LRUCache(maxsize=MOST_VALUES)


def standing_of(owner_id: int, day: date) -> Standing:
    """Look how a person's versions stand. One statement."""
    with _lock:
        known = _people.get(owner_id) or Known()
    news = news_of(owner_id, day, known.latest)
    if news.latest < known.latest:  # the database was put back to an earlier day
        known = Known()
        news = news_of(owner_id, day, known.latest)
    by_part, changed = dict(known.by_part), dict[date, frozenset[str]]()
    for on, part, version in news.changed:
        by_part[part] = max(version, by_part.get(part, 0))
        changed[on] = changed.get(on, frozenset()) | {part}
    return Standing(
        owner_id=owner_id,
        day=day,
        version=news.version,
        latest=news.latest,
        parts=news.parts,
        by_part=by_part,
        changed=changed,
        known=known,
    )


def remember(standing: Standing, written: frozenset[date]) -> None:
    """Keep what is known of a person now."""
    known = Known(latest=standing.latest, by_part=standing.by_part, written=written)
    with _lock:
        before = _people.get(standing.owner_id)
        if before is None or before.latest <= known.latest:
            _people[standing.owner_id] = known


def _always(_: Any) -> bool:
    return True


def kept(
    standing: Standing,
    part: str,
    name: Hashable,
    stamp: Hashable,
    read: Callable[[], T],
    *,
    holds: Callable[[T], bool] = _always,
) -> T:
    """Answer with what a room told when it was last asked, if its version is still `stamp`; else ask and keep.

    What does not hold any more, for a reason that the value itself knows, is asked for anew too.
    """
    key = (standing.owner_id, part, name, get_language())
    with _lock:
        found = _values.get(key)
    if found is not None and found[0] == stamp and holds(found[1]):
        value: T = found[1]
        return value
    value = read()
    with _lock:
        _values[key] = (stamp, value)
    return value


def tried(part: str, read: Callable[[], T], failed: list[str] | None = None) -> T | None:
    """Read something of a room. When that fails, it is logged, named in `failed`, and None: never a zero."""
    try:
        return read()
    except Exception:
        log.exception("day_part_failed", part=part)
        if failed is not None and part not in failed:
            failed.append(part)
        return None


def forget_all() -> None:
    """Forget everybody, as a new process would."""
    with _lock:
        _people.clear()
        _values.clear()
