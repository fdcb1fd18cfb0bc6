"""Brings the official directory onto the shelf anew every night, in short steps, by one process at a time.

A step ends after a minute; the next one goes on at the page where it ended. A step that failed is tried again when the
source said, or an hour later. Without a key nothing is done and nothing said.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

import structlog

from onharu.catalog.pharmacies.actions.refreshing import refresh_pharmacies
from onharu.catalog.pharmacies.models import Refresh
from onharu.kernel import clock
from onharu.kernel.readings import STEP, Step, Turn
from onharu.upstream import pharmacy_directory

NIGHTLY = "nightly"
# The source counts its calls from midnight, and by four the last pharmacies have told their hours of the day.
BEGINS = time(4)

_turn = Turn(Refresh.objects, NIGHTLY)
log = structlog.get_logger(__name__)


def refresh_nightly(*, seconds: float = STEP) -> Step:
    """Refresh for some seconds what was begun, or begin once it is four in Seoul; nothing without a source to ask."""
    if not pharmacy_directory.may_be_asked():
        return Step()
    before = last_night(clock.now()) - timedelta(microseconds=1)
    step = _turn.step((refresh_pharmacies,), if_begun_before=before, seconds=seconds)
    if step.report is not None and step.report.stopped is not None:
        stopped = step.report.stopped
        log.warning("pharmacies_refresh_stopped", table=stopped.table, reason=stopped.reason)
    return step


def last_night(now: datetime) -> datetime:
    """Tell when it was four in Seoul last."""
    there = now.astimezone(clock.zone(clock.DEFAULT_ZONE))
    four = datetime.combine(there.date(), BEGINS, tzinfo=there.tzinfo)
    return four if four <= there else four - timedelta(days=1)
