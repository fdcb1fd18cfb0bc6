"""How often something may be asked: counted by the minute in the cache, which may forget."""

from __future__ import annotations

from django.core.cache import cache

from onharu.kernel import clock
from onharu.kernel.problems import TooMany

MINUTE = 60


def spend(name: str, *, most: int) -> None:
    """Count one asking within this minute of the clock. Raises TooMany with the seconds that are left of it."""
    at = int(clock.now().timestamp())
    key = f"rate:{name}:{at // MINUTE}"
    if cache.add(key, 1, MINUTE):
        return
    try:
        count = cache.incr(key)
    except ValueError:  # forgotten in between
        return
    if count > most:
        raise TooMany(retry_after=MINUTE - at % MINUTE)
