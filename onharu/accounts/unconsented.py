"""Watches that no health data is written without a consent that stands.

The door before it refuses (`health`); this is the look behind the door: a view that no room is named for, or a rule
that was forgotten, is counted and logged.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog

from onharu.accounts import principal
from onharu.kernel import days, measures

log = structlog.get_logger(__name__)
PROFILE = "profile"
_writing: ContextVar[bool] = ContextVar("onharu_writing", default=False)


@contextmanager
def watched(*, writing: bool) -> Iterator[None]:
    """Say whether what happens in this block may only be done with a consent: it writes, and does not take away."""
    token = _writing.set(writing)
    try:
        yield
    finally:
        _writing.reset(token)


def listen() -> None:
    """Hear of every day that changes; saying it twice hears it once."""
    days.day_touched.connect(_heard, dispatch_uid="onharu.unconsented")


def _heard(touched: days.Touched, **_: object) -> None:
    if not _writing.get() or touched.part == PROFILE:
        return
    user = principal.remembered(touched.owner_id)
    if user is not None and not user.profile.may_keep_health:
        log.error("health_written_without_consent", part=touched.part)
        measures.count("consent_missing_writes_total")
