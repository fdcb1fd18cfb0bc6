"""The adapter of many processes: the number of a row goes to a broker, and a worker elsewhere claims the row.

The broker is only told; what is owed stands in the table. So a broker that is away, hangs, was emptied or tells twice
costs time and nothing else. It is loaded only where `ONHARU_JOBS=celery`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from celery import Celery
from django.conf import settings
from django.db import close_old_connections
from django.db.models import Q

from onharu.kernel import clock, ticks, walls
from onharu.kernel.broker_urls import broker_of
from onharu.kernel.jobs import queue, watching
from onharu.kernel.jobs.registry import KILLED_AFTER, MOST_SECONDS, seconds_of
from onharu.kernel.jobs.rows import Job, owed

log = structlog.get_logger(__name__)
QUEUE = "onharu"
PREFIX = "onharu-jobs."
PATIENCE = 0.2
RESTS = 5.0  # seconds that a broker which failed is left alone; the sweep tells it of what it missed
SWEPT = 2.0
RESENT = timedelta(seconds=10)
# Nothing is sent again to a list this long: what seems lost stands in it.
LONG = 100
TASKS_PER_CHILD = 500

# A sender gives up soon and repeats nothing. A worker waits, and tries for ever.
HASTY = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "max_retries": 0, "interval_start": 0}
PATIENT = {"socket_timeout": 30, "socket_connect_timeout": 5}
# Longer than any lease: what a dead worker held in its hands comes back when the table has long told of it.
HELD = {"visibility_timeout": MOST_SECONDS + 600, "global_keyprefix": PREFIX, "socket_keepalive": True}


def _made() -> Celery:
    broker = broker_of(settings.JOBS_BROKER)
    found = Celery("onharu", broker=broker.url, fixups=[], set_as_current=True)
    found.conf.update(
        broker_transport_options={**HELD, **HASTY, **broker.options},
        broker_use_ssl=broker.tls,
        broker_connection_timeout=PATIENCE,
        broker_connection_retry_on_startup=True,
        result_backend=None,
        task_ignore_result=True,
        task_default_queue=QUEUE,
        task_acks_late=True,
        task_serializer="json",
        accept_content=["json"],
        event_serializer="json",
        task_publish_retry=False,
        task_soft_time_limit=MOST_SECONDS,
        task_time_limit=MOST_SECONDS + KILLED_AFTER,
        worker_prefetch_multiplier=1,
        worker_lost_wait=1.0,
        worker_max_tasks_per_child=TASKS_PER_CHILD,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        timezone=settings.TIME_ZONE,
        enable_utc=True,
        beat_scheduler="onharu.kernel.schedule.scheduler.Scheduler",
    )
    return found


app = _made()


def be_patient() -> None:
    """Be a worker: wait for the broker as long as it takes."""
    options = {name: value for name, value in app.conf.broker_transport_options.items() if name not in HASTY}
    app.conf.update(broker_transport_options={**options, **PATIENT}, broker_connection_timeout=5)


@app.task(name="onharu.run", bind=True, ignore_result=True)
def run_owed(self: Any, number: object) -> str:
    """Claim the row of this number and run it; a row that somebody else has, or that is done, is passed over."""
    if type(number) is not int:
        return "passed"
    try:
        with walls.for_house():
            close_old_connections()
            row = queue.claim(self.request.id, number)
            return queue.run(row) if row else "passed"
    except Exception:
        # The lease is over in time, and the sweep tells of it again. Nothing of the error reaches Celery's own log.
        log.exception("job_unwritten", job_id=number)
        return "unwritten"


@dataclass(slots=True)
class _Line:
    """Whether the broker is left alone for now."""

    until: float = 0.0
    lost: bool = False

    def rests(self) -> bool:
        return clock.monotonic() < self.until

    def failed(self, error: Exception) -> None:
        self.until = clock.monotonic() + RESTS
        if not self.lost:
            log.warning("broker_lost", fault=type(error).__name__)
        self.lost = True

    def held(self) -> None:
        if self.lost:
            log.info("broker_back")
        self.lost = False


line = _Line()


def send(number: int, name: str) -> bool:
    """Tell the broker of a row. Never raises, and takes no longer than its patience; tells whether it was told."""
    if line.rests():
        return False
    seconds = seconds_of(name)
    try:
        run_owed.apply_async(
            args=(number,), soft_time_limit=seconds, time_limit=seconds + KILLED_AFTER, retry=False, ignore_result=True
        )
    except Exception as error:  # noqa: BLE001 whatever a transport raises, the row is owed
        line.failed(error)
        return False
    line.held()
    return True


def waiting() -> int:
    """Count what stands in the broker's list."""
    with app.connection_for_write() as connection:
        # Declared, not asked for passively: that question forgets the prefix of our keys.
        channel: Any = connection.default_channel
        return int(channel.queue_declare(QUEUE).message_count)


def sweep() -> int:
    """Tell the broker of what is due and was not told lately: lost, tried again, or for now. Returns how many."""
    if line.rests():
        return 0
    try:
        room = LONG - waiting()
    except Exception as error:  # noqa: BLE001 as above
        line.failed(error)
        return 0
    at = clock.now()
    untold = Q(sent_at=None) | Q(sent_at__lte=at - RESENT) | Q(sent_at__gt=at + RESENT)
    told = 0
    for row in Job.objects.filter(owed(at) & untold).order_by("run_at", "pk")[: max(room, 0)]:
        # Whoever sweeps at the same time finds it told.
        if not Job.objects.filter(pk=row.pk, sent_at=row.sent_at).update(sent_at=at):
            continue
        if not send(row.pk, row.name):
            break
        told += 1
    return told


def begin() -> None:
    """Send the rows of this process from now on, and sweep where somebody ticks."""
    if not queue.senders:
        queue.senders.append(send)
    ticks.every("kernel.sweep_jobs", SWEPT)(_look)


def _look() -> None:
    watching.looked()
    sweep()
