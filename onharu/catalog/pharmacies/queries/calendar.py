"""Public holidays around a day, kept in this process for a minute: hot reads ask no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from threading import Lock

from cachetools import TTLCache

from onharu.kernel import clock
from onharu.kernel.holidays import holidays_between

KEPT_SECONDS = 60.0
KEPT_DAYS = 64
BEFORE, AFTER = timedelta(days=2), timedelta(days=10)
_lock = Lock()
_kept: TTLCache[date, Mapping[date, str]] = TTLCache(KEPT_DAYS, KEPT_SECONDS, clock.monotonic)


def holidays_around(day: date) -> Mapping[date, str]:
    """Name the holidays from two days before to ten days after a day. One statement a minute.

    So a holiday that staff add counts after a minute at the latest.
    """
    with _lock:
        found = _kept.get(day)
    if found is None:
        named = holidays_between(day - BEFORE, day + AFTER)
        found = {off: " · ".join(names) for off, names in named.items()}
        with _lock:
            _kept[day] = found
    return found


def drop_kept_holidays() -> None:
    """Forget every kept holiday."""
    with _lock:
        _kept.clear()
