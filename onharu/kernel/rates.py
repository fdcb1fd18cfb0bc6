"""How often something may be asked, exactly, whichever process is asked; and how the answer tells what is left.

Which store counts is a setting: this process where there is only one, Redis where it is configured, else the database.
While Redis is away each process counts by itself, so that reading goes on. What guards a password (`surely`) is always
counted in the database: losing Redis or starting anew opens nothing.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from onharu.kernel import measures
from onharu.kernel.allowances import Allowances, InDatabase, InMemory, InRedis, StoreAway, Taken
from onharu.kernel.problems import TooMany

MINUTE = 60
# What makes a server work or asks another company's: one allowance of each person for all of it.
COSTLY_A_MINUTE = 60
IN_MEMORY, IN_REDIS, IN_DATABASE = "memory", "redis", "database"

_here, _in_database = InMemory(), InDatabase()
_stores: dict[str, Allowances] = {IN_MEMORY: _here, IN_REDIS: InRedis(), IN_DATABASE: _in_database}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an allowance stands: how many there are, how many are left, and the seconds until all are there again."""

    most: int
    left: int
    seconds: int


_told: ContextVar[Standing | None] = ContextVar("onharu_rate", default=None)


def spend(name: str, *, most: int, seconds: float = MINUTE) -> None:
    """Take one of the `most` that there are from the first asking for so many seconds.

    Raises TooMany with the seconds that are left of them. Ask outside of a transaction.
    """
    taken = _taken(_hashed(name), most, seconds)
    wait = _wait(taken, seconds)
    standing = Standing(most=most, left=max(0, most - taken.used), seconds=wait)
    before = _told.get()
    if before is None or not taken.accepted or standing.left < before.left:
        _told.set(standing)
    if not taken.accepted:
        measures.count("rate_limited_total", scope=name.partition(":")[0])
        raise TooMany(retry_after=wait)


def spend_costly(person_id: int) -> None:
    """Take one of the sixty costly askings that a person has in a minute. Raises TooMany."""
    spend(f"costly:{person_id}", most=COSTLY_A_MINUTE)


def spend_surely(name: str, *, most: int, seconds: float, renewed: bool = False) -> None:
    """Take one of `most` tries at something that guards an account, counted in the database.

    With `renewed` the seconds begin anew at every try that was let through: then no stretch of so many seconds holds
    more than `most`, wherever it begins. Raises TooMany.
    """
    taken = _in_database.take(_hashed(name), most=most, seconds=seconds, renewed=renewed)
    if not taken.accepted:
        measures.count("rate_limited_total", scope=name.partition(":")[0])
        raise TooMany(retry_after=_wait(taken, seconds))


def give_back_surely(name: str) -> None:
    """Give a try back that was none: the password was right."""
    _in_database.give_back(_hashed(name))


def _taken(name: str, most: int, seconds: float) -> Taken:
    try:
        return _stores[settings.RATES_STORE].take(name, most=most, seconds=seconds)
    except StoreAway:
        return _here.take(name, most=most, seconds=seconds)


def _wait(taken: Taken, seconds: float) -> int:
    """Tell the whole seconds to wait: never more than there are, though who took the first has a later clock."""
    return min(max(1, math.ceil(taken.seconds)), math.ceil(seconds))


def _hashed(name: str) -> str:
    """Name an allowance so that nobody reads from it whose it is."""
    return hashlib.blake2b(name.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=24).hexdigest()


def forget() -> None:
    """Forget what this process counted. For tests."""
    _here.forget()


class RatesMiddleware:
    """Says on an answer how the allowance stands that its request took from; of several, the one nearest its end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on and write `RateLimit-Limit`, `-Remaining` and `-Reset`."""
        token = _told.set(None)
        try:
            response = self.get_response(request)
            standing = _told.get()
        finally:
            _told.reset(token)
        if standing is not None:
            response["RateLimit-Limit"] = str(standing.most)
            response["RateLimit-Remaining"] = str(standing.left)
            response["RateLimit-Reset"] = str(standing.seconds)
        return response
