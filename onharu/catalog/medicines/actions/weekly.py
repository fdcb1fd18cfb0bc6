"""Brings the official tables onto the shelf anew every week, in short steps, by one process at a time.

A step ends after a minute, so that other work is not kept waiting; the next one goes on at the page where it ended. A
step that failed is tried again when the source said, or an hour later. Without a key nothing is done and nothing said.
"""

from __future__ import annotations

from datetime import timedelta

import structlog

from onharu.catalog.medicines.actions.refreshing import (
    refresh_contraindications,
    refresh_medicines,
    refresh_pills,
)
from onharu.catalog.medicines.models import Refresh
from onharu.kernel import clock
from onharu.kernel.readings import STEP, Refresher, Step, Turn
from onharu.upstream import medicine_facts

WEEKLY = "weekly"
EVERY = timedelta(days=7)
KINDS: tuple[Refresher, ...] = (refresh_medicines, refresh_pills, refresh_contraindications)

_turn = Turn(Refresh.objects, WEEKLY)
log = structlog.get_logger(__name__)


def refresh_weekly(*, seconds: float = STEP) -> Step:
    """Refresh for some seconds what was begun, or begin when a week has passed; nothing without a source to ask."""
    if not medicine_facts.may_be_asked():
        return Step()
    step = _turn.step(KINDS, if_begun_before=clock.now() - EVERY, seconds=seconds)
    if step.report is not None and step.report.stopped is not None:
        stopped = step.report.stopped
        log.warning("medicines_refresh_stopped", table=stopped.table, reason=stopped.reason)
    return step
