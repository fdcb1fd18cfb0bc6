"""The loop of `onharu beat`: it outlives a database that is away."""

from __future__ import annotations

import threading

import structlog
from django.db import Error, close_old_connections

from onharu.kernel.jobs.broker import app
from onharu.kernel.schedule.scheduler import Scheduler

log = structlog.get_logger(__name__)
LONGEST = 5.0
# How long nobody looks when something broke.
BROKEN = 2.0


def keep_time(ended: threading.Event) -> None:
    """Owe what is due until told to end."""
    scheduler: Scheduler | None = None
    while not ended.is_set():
        try:
            close_old_connections()
            scheduler = scheduler or Scheduler(app=app, max_interval=LONGEST)
            pause = min(scheduler.tick(), LONGEST)
        except Error:
            log.exception("schedule_unreachable")
            pause = BROKEN
        ended.wait(pause)
    if scheduler is not None:
        scheduler.close()
