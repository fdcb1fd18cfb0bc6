"""Brings the official tables onto the shelf anew every week, in short steps, by one process at a time.

A step ends after a minute, so that other work is not kept waiting; the next one goes on at the page where it ended. A
step that failed is tried again when the source said, or an hour later. Without a key nothing is done and nothing said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db.models import Q

from onharu.catalog.medicines.actions.refreshing import (
    RefreshReport,
    refresh_contraindications,
    refresh_medicines,
    refresh_pills,
)
from onharu.catalog.medicines.models import Refresh
from onharu.kernel import clock
from onharu.kernel.problems import Conflict
from onharu.upstream import medicine_facts

WEEKLY = "weekly"
EVERY = timedelta(days=7)
STEP = 60.0
NEXT_STEP = timedelta(seconds=5)
# Nobody who works goes longer without a word than one page takes, failures and all.
DEAD_AFTER = timedelta(minutes=10)
KINDS: tuple[Callable[..., RefreshReport], ...] = (refresh_medicines, refresh_pills, refresh_contraindications)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did: the report of the kind it read, if any, and when to take the next one (None: not soon)."""

    report: RefreshReport | None = None
    go_on_at: datetime | None = None


def refresh_weekly(*, seconds: float = STEP) -> Step:
    """Refresh for some seconds what was begun, or begin when a week has passed; nothing without a source to ask."""
    if not medicine_facts.may_be_asked():
        return Step()
    now = clock.now()
    Refresh.objects.get_or_create(
        table=WEEKLY, defaults={"next_start": 0, "begun_at": now, "touched_at": now - DEAD_AFTER}
    )
    _begin_a_new_week(now)
    if not _taken(now):
        return Step()
    place = Refresh.objects.values_list("next_start", flat=True).get(table=WEEKLY) or 0
    try:
        report = KINDS[place](progress=_alive, until=clock.monotonic() + seconds)
    except Conflict:
        return Step()  # somebody gave the command meanwhile
    finally:
        _leave()
    return _after(place, report)


def _begin_a_new_week(now: datetime) -> None:
    finished = Refresh.objects.filter(table=WEEKLY, next_start__isnull=True, begun_at__lte=now - EVERY)
    finished.update(next_start=0, begun_at=now)


def _taken(now: datetime) -> bool:
    """Take the right to refresh; another process has it until it leaves, or has said nothing for long."""
    idle = Q(touched_at__lte=now - DEAD_AFTER)
    return bool(Refresh.objects.filter(idle, table=WEEKLY, next_start__isnull=False).update(touched_at=now))


def _alive(_done: int, _total: int | None) -> None:
    Refresh.objects.filter(table=WEEKLY).update(touched_at=clock.now())


def _leave() -> None:
    Refresh.objects.filter(table=WEEKLY).update(touched_at=clock.now() - DEAD_AFTER)


def _after(place: int, report: RefreshReport) -> Step:
    if report.stopped is not None:
        log.warning("medicines_refresh_stopped", table=report.stopped.table, reason=report.stopped.reason)
        return Step(report, report.stopped.go_on_at)
    if report.paused:
        return Step(report, clock.now() + NEXT_STEP)
    last = place + 1 == len(KINDS)
    Refresh.objects.filter(table=WEEKLY).update(next_start=None if last else place + 1)
    return Step(report, None if last else clock.now() + NEXT_STEP)
