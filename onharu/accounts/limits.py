"""How often: allauth's rate limits, said as problems that name the seconds to wait."""

from __future__ import annotations

import math

from allauth.core import ratelimit
from allauth.core.internal import ratelimit as internal
from django.core.cache import cache
from django.http import HttpRequest

from onharu.kernel import clock
from onharu.kernel.problems import TooMany

APP = "allauth.account"


class TooManyTries(TooMany):
    """Signing in or up was tried too often from one place, or for one name."""

    code = "too_many_tries"
    ko = "시도가 너무 많았어요. 잠시 뒤에 다시 해 주세요."
    en = "Too many tries. Please wait a moment and try again."


def spend(request: HttpRequest, action: str) -> None:
    """Count one try of an action; raises TooManyTries when its limit is spent."""
    if not ratelimit.consume(request, action=action):
        raise TooManyTries(retry_after=seconds_left(request, action))


def seconds_left(request: HttpRequest, action: str, key: str | None = None) -> int:
    """Count the seconds until an action that is over its limit may be tried again."""
    now, longest = clock.now().timestamp(), 1.0
    for rate in internal.get_rates(app=APP, action=action):
        name = internal.get_cache_key(request, app=APP, action=action, rate=rate, key=key)
        tries = cache.get(name, [])  # newest first
        if len(tries) >= rate.amount:
            longest = max(longest, min(tries[-1] + rate.duration - now, rate.duration))
    return math.ceil(longest)
