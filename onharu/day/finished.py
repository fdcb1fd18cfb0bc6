"""Finished answers about a day: bytes kept in this process, and the name (ETag) of the state they tell of.

They are kept under the person's counter, which every write of theirs raises, the profile's version, and how the doses
of the day stand, which the clock alone changes, so that a kept answer is right or unreachable, never stale. Dropping
it costs only time.
"""

from __future__ import annotations

from datetime import date
from threading import Lock

from cachetools import LRUCache
from django.utils.translation import get_language

from onharu.accounts.public import Person
from onharu.day import standing
from onharu.day.doses import DOSES, doses_of, mark_of
from onharu.day.shapes import as_json
from onharu.day.standing import Standing, standing_of, tried
from onharu.day.summary import day_summary
from onharu.kernel import clock, measures
from onharu.kernel.web import dumps

KEPT_BYTES = 16 * 1024 * 1024
_lock = Lock()
_kept: LRUCache[tuple[int, date, str], bytes] = LRUCache(maxsize=KEPT_BYTES, getsizeof=len)


def summary_bytes(person: Person, day: date) -> tuple[bytes, str]:
    """Answer a day as JSON bytes with its ETag: one statement when warm."""
    now, at = standing_of(person.id, day), clock.now()
    etag = etag_of(person, now, mark_of(tried(DOSES, lambda: doses_of(person, now, at)), at))
    key = (person.id, day, etag)
    with _lock:
        kept = _kept.get(key)
    measures.count("cache_requests_total", cache="days", result="miss" if kept is None else "hit")
    if kept is None:
        summary = day_summary(person, day, now, at)
        kept = dumps(as_json(summary))
        if not summary.unavailable and summary.streak is not None:
            with _lock:
                _kept[key] = kept
    return kept, etag


def etag_of(person: Person, now: Standing, doses: str) -> str:
    """Name one state of everything a day depends on: whose it is, what they wrote on any day, profile, language, doses.

    Whose it is stands there as well, as an app that somebody else signs in to sends the mark that it has.
    """
    named = f"{person.id:x}-{now.latest:x}-{person.version:x}-{get_language() or 'ko'}"
    return f'"{named}-{doses}"' if doses else f'"{named}"'


def drop_kept() -> None:
    """Forget everything that this process keeps of days."""
    with _lock:
        _kept.clear()
    standing.forget_all()
