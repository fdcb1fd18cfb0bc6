"""Whose call to another company this is, and what for: said by who makes it, heard by who keeps the record.

    with leaving(owner_id, "photo"):
        food_vision.look(jpeg, may_leave=True)

The wire below says what it sent (`sent`); at the end of the block whoever listens hears of each call that left, also
where the call or the block failed. Only sizes and names are told, never what was sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from onharu.kernel import clock

log = structlog.get_logger(__name__)
# What leaves, and why: the words that a person reads stand with whoever keeps the record.
PURPOSES = ("photo", "words_of_a_day", "plan_proposal", "push", "mail", "sign_in", "places")


@dataclass(frozen=True, slots=True)
class Left:
    """One call that went out: when, to whom, how many bytes (address and body), and whether it was answered."""

    at: datetime
    upstream: str
    sent: int
    ok: bool


@dataclass(slots=True)
class Trip:
    """What is sent for one person and one purpose. Whose it is may be found out on the way, as at a sign-in."""

    owner_id: int | None
    purpose: str
    calls: list[Left] = field(default_factory=list)


Hear = Callable[[int, str, Sequence[Left]], object]
_trip: ContextVar[Trip | None] = ContextVar("leaving", default=None)
_ears: list[Hear] = []


def listen(hear: Hear) -> None:
    """Hear of everything that leaves for a person; saying it twice hears it once."""
    if hear not in _ears:
        _ears.append(hear)


@contextmanager
def leaving(owner_id: int | None, purpose: str) -> Iterator[Trip]:
    """Name whose and what for the calls in this block are. Of a trip that turns out to be nobody's nothing is told."""
    if purpose not in PURPOSES:
        raise ValueError(purpose)
    trip = Trip(owner_id, purpose)
    token = _trip.set(trip)
    try:
        yield trip
    finally:
        _trip.reset(token)
        _tell(trip)


def sent(upstream: str, size: int, *, ok: bool) -> None:
    """Say that bytes went out to an upstream; nothing is kept of a call that is nobody's, as a refresh of a shelf."""
    trip = _trip.get()
    if trip is not None and size:
        trip.calls.append(Left(clock.now(), upstream, size, ok))


def _tell(trip: Trip) -> None:
    """Tell who listens. A record that cannot be written is logged: what was sent is sent, and its answer counts."""
    if trip.owner_id is None or not trip.calls:
        return
    for hear in _ears:
        try:
            hear(trip.owner_id, trip.purpose, tuple(trip.calls))
        except Exception:
            log.exception("leaving_unwritten", purpose=trip.purpose, calls=len(trip.calls))
