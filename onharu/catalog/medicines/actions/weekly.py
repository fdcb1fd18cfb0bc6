"""Brings the official tables onto the shelf anew every week, in short steps, by one process at a time.

A step ends after a minute, so that other work is not kept waiting; the next one goes on at the page where it ended. A
step that failed is tried again when the source said, or an hour later. Without a key nothing is done and nothing said.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import structlog

from onharu.catalog.medicines.actions.refreshing import (
    refresh_contraindications,
    refresh_medicines,
    refresh_pills,
)
from onharu.catalog.medicines.models import Refresh
from onharu.kernel import clock
from onharu.kernel.problems import Conflict
from onharu.kernel.readings import NEXT_STEP, STEP, RefreshReport, Step, Turn
from onharu.upstream import medicine_facts

WEEKLY = "weekly"
EVERY = timedelta(days=7)
KINDS: tuple[Callable[..., RefreshReport], ...] = (refresh_medicines, refresh_pills, refresh_contraindications)

_turn = Turn(Refresh.objects, WEEKLY)
log = structlog.get_logger(__name__)


def refresh_weekly(*, seconds: float = STEP) -> Step:
    """Refresh for some seconds what was begun, or begin when a week has passed; nothing without a source to ask."""
    if not medicine_facts.may_be_asked():
        return Step()
    place = _turn.take(if_begun_before=clock.now() - EVERY)
    if place is None:
        return Step()
    try:
        report = KINDS[place](progress=_turn.alive, until=clock.monotonic() + seconds)
    except Conflict:
        return Step()  # somebody gave the command meanwhile
    finally:
        _turn.leave()
    return _after(place, report)


def _after(place: int, report: RefreshReport) -> Step:
    if report.stopped is not None:
        log.warning("medicines_refresh_stopped", table=report.stopped.table, reason=report.stopped.reason)
        return Step(report, report.stopped.go_on_at)
    if report.paused:
        return Step(report, clock.now() + NEXT_STEP)
    return Step(report, None if _turn.done(place, of=KINDS) else clock.now() + NEXT_STEP)
