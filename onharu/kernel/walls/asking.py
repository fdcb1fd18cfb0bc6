"""For whom the database is asked now. Plain Python: a variable of the context, read by our PostgreSQL engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

NOBODY = ""
HOUSE = "house"
FINDING_OUT = "?"
# Who signs in to the database may be one whom no policy holds (a superuser); then people's work is done as this role.
ROLE = "onharu_walled"
_asking: ContextVar[str | None] = ContextVar("walls_asking", default=None)
_otherwise = [HOUSE]


def asking() -> str:
    """Tell for whom: a person's number, "house", "" for nobody, "?" while it is being found out."""
    said = _asking.get()
    return _otherwise[0] if said is None else said


def trust_nobody() -> None:
    """Make nobody the rule of this process: from now on a thread sees only what it says for whom."""
    _otherwise[0] = NOBODY


@contextmanager
def _saying(who: str) -> Iterator[None]:
    token = _asking.set(who)
    try:
        yield
    finally:
        _asking.reset(token)


@contextmanager
def as_person(owner_id: int) -> Iterator[None]:
    """Work with the rows of one person."""
    with _saying(str(int(owner_id))):
        yield


@contextmanager
def for_house() -> Iterator[None]:
    """Work with everybody's rows: jobs, ticks, the admin, and the few questions that begin with no owner."""
    with _saying(HOUSE):
        yield


@contextmanager
def for_nobody() -> Iterator[None]:
    """Work with nobody's rows: what anybody may ask."""
    with _saying(NOBODY):
        yield


@contextmanager
def finding_out() -> Iterator[None]:
    """Find out who asks, by tables without a wall only: the connection is told nothing, as that costs a statement."""
    with _saying(FINDING_OUT):
        yield


def become(owner_id: int) -> None:
    """Go on as somebody who just signed in, to the end of the block that the request runs in."""
    if _asking.get() is not None:
        _asking.set(str(int(owner_id)))
