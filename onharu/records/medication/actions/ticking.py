"""One look at the clock: write what came due, make messages of what is to be told, send them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

import structlog

from onharu.kernel import clock
from onharu.records.medication.actions import delivering, telling
from onharu.records.medication.actions.due import write_due
from onharu.records.medication.models import Regimen
from onharu.records.medication.queries.reminders import due_deliveries

log = structlog.get_logger(__name__)
AT_ONCE = 200
RESTS_SECONDS = 60.0
Spread = Callable[[Callable[[int], object], Iterable[int]], Iterable[Any]]

# People whose plan could not be written a moment ago: theirs is tried again later, everybody else's at once.
_resting: dict[int, float] = {}


def tick(spread: Spread = map) -> None:
    """Do everything that is due now. Safe to repeat, and by any number of workers at once.

    `spread` runs the sending of messages, several at a time where it is a pool's `map`.
    """
    at = clock.now()
    come_due(at)
    telling.tell_due(at)
    send_due(at, spread)


def come_due(at: datetime) -> int:
    """Write the doses that came due, person by person; one whose plan cannot be read holds up nobody else."""
    due = Regimen.objects.filter(next_at__lte=at, deleted_at__isnull=True).order_by("owner_id", "pk")
    written = 0
    for owner_id, rows in groupby(due.values_list("owner_id", "pk"), itemgetter(0)):
        if _resting.get(owner_id, 0.0) > clock.monotonic():
            continue
        try:
            written += len(write_due([pk for _, pk in rows], at))
        except Exception:
            _resting[owner_id] = clock.monotonic() + RESTS_SECONDS
            log.exception("plan_unreadable")
    return written


def send_due(at: datetime, spread: Spread = map) -> int:
    """Send the messages that are due; returns how many went out."""
    waiting = list(due_deliveries(at).values_list("pk", flat=True)[:AT_ONCE])
    return sum(bool(went) for went in spread(_deliver, waiting)) if waiting else 0


def _deliver(delivery_id: int) -> bool:
    try:
        return delivering.deliver(delivery_id)
    except Exception:
        log.exception("reminder_failed")
        return False
