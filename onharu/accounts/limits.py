"""How often somebody may try to sign in, by address and by account: counted in the database, said as problems.

allauth spells the limits out (`ACCOUNT_RATE_LIMITS`); the counting is the house's own, as allauth's is as forgetful as
the cache that it counts in. A name that nobody has is counted like one that somebody has.
"""

from __future__ import annotations

from collections.abc import Sequence

from allauth.core.internal import ratelimit as internal
from django.http import HttpRequest

from onharu.kernel import measures, rates
from onharu.kernel.callers import address_of
from onharu.kernel.problems import TooMany

APP = "allauth.account"


class TooManyTries(TooMany):
    """Signing in or up was tried too often from one place, or for one name."""

    code = "too_many_tries"
    ko = "시도가 너무 많았어요. 잠시 뒤에 다시 해 주세요."
    en = "Too many tries. Please wait a moment and try again."


def spend(request: HttpRequest, action: str, key: str = "") -> tuple[str, ...]:
    """Count one try of an action by each of its limits; returns what was counted, for `give_back`.

    `key` is the account that is tried, as it was written. Raises TooManyTries when a limit is spent.
    """
    counted: list[str] = []
    for rate in internal.get_rates(app=APP, action=action):
        name = f"{action}:{rate}:{_whose(request, rate.per, key)}"
        try:
            # An address is shared by many and counted by the minute; of an account every stretch of time is guarded.
            rates.spend_surely(name, most=rate.amount, seconds=rate.duration, renewed=rate.per == "key")
        except TooMany as refused:
            measures.count("auth_login_failures_total", reason="too_many_tries")
            raise TooManyTries(retry_after=refused.retry_after) from refused
        counted.append(name)
    return tuple(counted)


def give_back(counted: Sequence[str]) -> None:
    """Give tries back that were none, as who tried is who they said."""
    for name in counted:
        rates.give_back_surely(name)


def _whose(request: HttpRequest, per: str, key: str) -> str:
    return {"ip": address_of(request), "user": str(request.user.pk), "key": key}[per]
