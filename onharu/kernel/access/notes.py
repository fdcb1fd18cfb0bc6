"""What rooms say of an access while a request runs; outside of a request it is written at once, as the house's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from onharu.kernel import clock
from onharu.kernel.access.chain import Act, append
from onharu.kernel.access.tables import HOUSE


@dataclass(frozen=True, slots=True)
class Done:
    """Something that happened besides looking and changing: a sign-in, an export, an erasure."""

    kind: str
    whose: int | None
    who: str | None


@dataclass(slots=True)
class Notes:
    """What was said during one request: whom it is about, and what happened. `by` is who proved to be there."""

    about: list[int] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    by: str | None = None


_open: ContextVar[Notes | None] = ContextVar("access_notes", default=None)


@contextmanager
def listening() -> Iterator[Notes]:
    """Gather what is said from here to the end of the block."""
    notes = Notes()
    token = _open.set(notes)
    try:
        yield notes
    finally:
        _open.reset(token)


def of(*owner_ids: int, by: int | str | None = None) -> None:
    """Say whose records this request shows or changes, where that is somebody else than who asks.

    `by` says who asks where nobody is signed in: a number, or "" for whoever holds a secret. Outside of a request
    nobody looks, and nothing is written.
    """
    notes = _open.get()
    if notes is not None:
        notes.about += [owner_id for owner_id in owner_ids if owner_id not in notes.about]
        notes.by = notes.by if by is None else str(by)


def done(kind: str, *, whose: int | None, who: int | None = None, what: str = "") -> None:
    """Say that something happened to a person's account or records: a sign-in, an export, an erasure.

    `who` is whoever did it, where that is not who asks. Outside of a request it was the house.
    """
    notes = _open.get()
    if notes is not None:
        notes.done.append(Done(kind, whose, None if who is None else str(who)))
    else:
        append([Act(kind, what or kind, HOUSE if who is None else str(who), whose)], at=clock.now())
