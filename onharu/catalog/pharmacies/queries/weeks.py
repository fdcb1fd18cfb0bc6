"""Weeks of hours by id, kept in this process: a row of them is written once and never changed, so none gets stale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache

from onharu.catalog.pharmacies.models import WeekHours
from onharu.catalog.pharmacies.rules.hours import Moment, parse, state_at
from onharu.catalog.pharmacies.rules.week import Week
from onharu.kernel import clock

# How long a process may not know a week that another has written.
LOOK_EVERY = 60.0
KEPT_MOMENTS = 128
_lock = Lock()
_kept: dict[int, Week] = {}
_looked: list[float] = []
_standings: LRUCache[tuple[int, int, int, int], Standing] = LRUCache(KEPT_MOMENTS)


@dataclass(frozen=True, slots=True)
class Standing:
    """Which weeks, by id, are open, closed or unknown at a moment."""

    open: tuple[int, ...]
    closed: tuple[int, ...]
    unknown: tuple[int, ...]


def weeks_of(ids: Iterable[int | None]) -> Mapping[int, Week]:
    """Look up weeks by id. No statement when all were met before, one otherwise."""
    meet(ids)
    return _kept


def meet(ids: Iterable[int | None]) -> bool:
    """Read the weeks that were never met before; tell whether there were any."""
    missing = {week for week in ids if week is not None} - _kept.keys()
    if missing:
        _keep(missing)
    return bool(missing)


def standing_at(now: Moment) -> Standing:
    """Sort all weeks by what they are at a moment. One statement a minute, two where weeks are new."""
    _look()
    named = (now.kinds[0], now.kinds[1], now.minute, len(_kept))
    with _lock:
        found = _standings.get(named)
    if found is None:
        sorted_ids: dict[str, list[int]] = {"open": [], "closed": [], "unknown": []}
        for one, week in tuple(_kept.items()):
            sorted_ids[state_at(week, now)].append(one)
        found = Standing(**{state: tuple(ids) for state, ids in sorted_ids.items()})
        with _lock:
            _standings[named] = found
    return found


def _look() -> None:
    """Read the weeks that others have written since the last look."""
    now = clock.monotonic()
    if _looked and now - _looked[0] < LOOK_EVERY:
        return
    _looked[:] = [now]
    missing = set(WeekHours.objects.values_list("pk", flat=True)) - _kept.keys()
    if missing:
        _keep(missing if _kept else None)


def _keep(ids: Iterable[int] | None) -> None:
    rows = WeekHours.objects.all() if ids is None else WeekHours.objects.filter(pk__in=ids)
    read = {one: parse(text) for one, text in rows.values_list("pk", "text")}
    with _lock:
        _kept.update(read)


def drop_kept_weeks() -> None:
    """Forget every kept week, as a new process would."""
    with _lock:
        _kept.clear()
        _standings.clear()
        _looked.clear()
