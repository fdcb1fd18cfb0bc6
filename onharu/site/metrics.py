"""`/metrics`: who may read it, and what it tells beyond what was counted.

It stands before Django's own handler: a server whose threads are all busy, whose database is away or whose hosts are
named still answers its watcher. Read from this machine itself, or with METRICS_TOKEN; to anybody else the address does
not exist. What came through a proxy came from elsewhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from hmac import compare_digest
from importlib import import_module
from importlib.metadata import version
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.db import connection

from onharu.kernel import jobs, measures, milestones, walls
from onharu.kernel.measures import queries

PATH = "/metrics"
KIND = "text/plain; version=0.0.4; charset=utf-8"
PASSED_ON = frozenset({b"x-forwarded-for", b"x-forwarded-proto", b"x-real-ip", b"forwarded", b"via"})
HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})
Send = Callable[[dict[str, Any]], Awaitable[None]]
Figures = Iterator[tuple[str, tuple[str, ...], float]]


def begin() -> None:
    """Count in this process from now on, unless METRICS says no. Before any handler is made."""
    if settings.METRICS:
        measures.switch_on()
        queries.listen()
        jobs.on_ran(_ran)


def _ran(name: str, outcome: str, seconds: float) -> None:
    measures.observe("celery_task_duration_seconds", seconds, task=name, state=outcome)


def may_read(client: str, headers: Mapping[bytes, bytes]) -> bool:
    """Whether who asks from this address with these headers is shown the figures."""
    token = settings.METRICS_TOKEN
    said = headers.get(b"authorization", b"")
    if token and compare_digest(said, f"Bearer {token}".encode()):
        return True
    return _is_here(client) and not (PASSED_ON & headers.keys()) and _asked_here(headers.get(b"host", b""))


def _is_here(client: str) -> bool:
    try:
        return ip_address(client).is_loopback
    except ValueError:
        return False


def _asked_here(host: bytes) -> bool:
    """Refuse a page elsewhere whose name was made to lead here."""
    name = host.decode("latin-1")
    return (name.rpartition(":")[0] if ":" in name.rpartition("]")[2] else name) in HERE


async def answer(scope: Mapping[str, Any], send: Send) -> None:
    """Answer one reading."""
    headers = dict(scope["headers"])
    client = (scope.get("client") or ("", 0))[0]
    if measures.is_on() and scope["method"] in {"GET", "HEAD"} and may_read(client, headers):
        status, body = 200, await asyncio.to_thread(written)
    else:
        status, body = 404, b""
    length = str(len(body)).encode()
    said = [(b"content-type", KIND.encode()), (b"cache-control", b"no-store"), (b"content-length", length)]
    await send({"type": "http.response.start", "status": status, "headers": said})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def written() -> bytes:
    """Write the page in this thread, and let go of its connection."""
    # Loaded by name: a process that counts nothing loads nothing of Prometheus.
    page = import_module("onharu.kernel.measures.page").page
    try:
        with walls.for_house():
            told: bytes = page({"jobs": _of_jobs, "milestones": _of_milestones, "build": _of_build})
            return told
    finally:
        connection.close()


def _of_jobs() -> Figures:
    now = jobs.state()
    yield "outbox_pending", (), now.pending
    yield "outbox_oldest_pending_seconds", (), now.oldest_pending_seconds
    yield "outbox_dead", (), now.dead
    if now.last_tick is not None:
        yield "celery_beat_last_tick_timestamp_seconds", (), now.last_tick.timestamp()
    for name, at in jobs.last_done().items():
        yield "periodic_last_done_timestamp_seconds", (name,), at.timestamp()


def _of_milestones() -> Figures:
    for one in milestones.all_reached():
        kind, _, target = one.name.partition(".")
        at = one.at.timestamp()
        if kind == milestones.BACKUP:
            yield "backup_last_success_timestamp_seconds", (target,), at
            yield "backup_size_bytes", (target,), one.figures.get("bytes", 0.0)
        elif kind == milestones.RESTORE:
            yield "backup_last_verified_restore_timestamp_seconds", (target,), at
        elif kind == milestones.ACCESS:
            yield "audit_chain_verified_timestamp_seconds", (), at


def _of_build() -> Figures:
    yield "app_build_info", (version("onharu"), settings.REVISION), 1.0
