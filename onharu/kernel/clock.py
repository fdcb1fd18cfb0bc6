"""The only reader of the machine's clock, and the arithmetic of local days. Plain Python.

Everything below the door takes `at: datetime` or `day: date` as an argument.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DEFAULT_ZONE = "Asia/Seoul"


def now() -> datetime:
    """Tell the present instant, aware, in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Tell seconds on a clock that never goes back; only differences mean anything."""
    return time.monotonic()


@lru_cache(maxsize=128)
def zone(name: str) -> ZoneInfo:
    """Find a time zone by IANA name; an unknown name raises ValueError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone: {name!r}") from error


def local_day(at: datetime, zone_name: str = DEFAULT_ZONE, day_start_hour: int = 0) -> date:
    """Name the local day an instant belongs to, when days begin at `day_start_hour` (0-6)."""
    local = at.astimezone(zone(zone_name))
    if local.hour < day_start_hour:
        return local.date() - timedelta(days=1)
    return local.date()


def instant_of(
    day: date,
    at: clock_time,
    zone_name: str = DEFAULT_ZONE,
    day_start_hour: int = 0,
) -> datetime:
    """Place a wall-clock time on a local day; times before the day's start belong to the next calendar date."""
    calendar = day + timedelta(days=1) if at.hour < day_start_hour else day
    return datetime.combine(calendar, at, tzinfo=zone(zone_name)).astimezone(UTC)


def microseconds(at: datetime) -> int:
    """Count whole microseconds from 1970-01-01 UTC to an instant."""
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
