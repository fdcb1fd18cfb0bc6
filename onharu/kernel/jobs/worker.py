"""The worker of Celery: a parent that hears of numbers, and children that claim and run their rows."""

from __future__ import annotations

import logging
from typing import Any

import structlog
from billiard import current_process
from billiard.exceptions import TimeLimitExceeded, WorkerLostError
from celery import signals
from django.db import Error, connections

from onharu.kernel import measures, walls
from onharu.kernel.jobs import queue
from onharu.kernel.jobs.broker import app, be_patient

log = structlog.get_logger(__name__)


def work(processes: int) -> int:
    """Work until told to end, and finish the jobs at hand; returns the exit code."""
    be_patient()
    # The logs of this house stay as they are.
    signals.setup_logging.connect(_keep_logs, weak=False)
    signals.worker_process_init.connect(_begin_child, weak=False)
    signals.task_failure.connect(_lost, weak=False)
    logging.getLogger("celery").setLevel(logging.WARNING)
    connections.close_all()
    worker = app.Worker(
        concurrency=processes,
        pool="prefork",
        optimization="fair",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


def _keep_logs(**_: Any) -> None:
    return


def _begin_child(**_: Any) -> None:
    """Begin with no connection of the parent's, and count where the child that had this place before has counted."""
    for one in connections.all(initialized_only=True):
        one.connection = None
    if measures.is_on():
        measures.standing().take_place(current_process().index)  # type: ignore[attr-defined]  # Celery's pool numbers its children


def _lost(
    sender: object = None, task_id: str = "", exception: BaseException | None = None, args: Any = (), **_: Any
) -> None:
    """Owe again, in the parent, what a child held that was killed or had to be: nobody waits for its lease."""
    if not isinstance(exception, WorkerLostError | TimeLimitExceeded) or not args:
        return
    try:
        with walls.for_house():
            queue.put_back_lost(int(args[0]), task_id, exception)
    except Error:
        log.exception("job_unwritten", job_id=args[0])
    finally:
        connections.close_all()
