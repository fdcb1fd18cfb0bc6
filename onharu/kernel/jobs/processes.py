"""The processes that work: `onharu worker` and `onharu beat`, for either adapter. They end when they are told to."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any

import structlog
from django.conf import settings
from django.db import connections

from onharu.kernel import walls
from onharu.kernel.jobs.thread import Worker
from onharu.kernel.ticks import Ticker

log = structlog.get_logger(__name__)
DRAIN_SECONDS = 20.0


def unpooled() -> None:
    """Give each process one connection of its own: a pool's threads do not outlive a fork."""
    connections.close_all()
    for one in connections.all(initialized_only=False):
        if hasattr(one, "close_pool"):
            one.close_pool()
        one.settings_dict["OPTIONS"].pop("pool", None)
        one.settings_dict.update(CONN_MAX_AGE=None, CONN_HEALTH_CHECKS=True)


def told_to_end() -> threading.Event:
    """Hear SIGTERM and SIGINT."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    return ended


def work(processes: int) -> int:
    """Run jobs until told to end, and finish those at hand; returns the exit code."""
    if settings.JOBS == "celery":
        worker: Any = import_module("onharu.kernel.jobs.worker")
        return int(worker.work(processes))
    _live(told_to_end(), [Worker(), Ticker()])
    return 0


def keep_time() -> None:
    """Owe what the schedule says, tell the broker of what it lost, and tick, until told to end."""
    worker: Any = import_module("onharu.kernel.schedule.beat")
    ended = told_to_end()
    _live(ended, [Ticker()], lambda: worker.keep_time(ended))


def _live(
    ended: threading.Event, threads: list[Worker | Ticker], meanwhile: Callable[[], object] | None = None
) -> None:
    for thread in threads:
        thread.start()
    with walls.for_house():
        (meanwhile or ended.wait)()
    for thread in threads:
        thread.end_soon()
    for thread in threads:
        thread.stop(DRAIN_SECONDS)
