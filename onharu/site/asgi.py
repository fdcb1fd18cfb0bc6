"""The split server: `/events/` on the event loop, everything else on WSGI threads.

Django's ASGI handler costs about four times the CPU of its WSGI handler (docs/decisions/0003), so plain
requests never enter it.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import signal
import threading
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onharu.site.settings")
os.environ["ONHARU_PROCESS"] = "web"  # the limits of its statements, see site.stores
django.setup()

from a2wsgi import WSGIMiddleware  # noqa: E402 Django must be set up before handlers are made
from django.conf import settings  # noqa: E402
from django.core.handlers.asgi import ASGIHandler  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from whitenoise import WhiteNoise  # noqa: E402

from onharu.day.stream import hub  # noqa: E402
from onharu.kernel import jobs, ticks, walls  # noqa: E402
from onharu.site import metrics, queues  # noqa: E402
from onharu.site.addresses import in_ascii  # noqa: E402
from onharu.site.checks import refusal  # noqa: E402

FAREWELL_SECONDS = 1.0
JOB_SECONDS = 12.0  # less than the parent waits for a worker: a job that takes longer is done again after its lease
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

metrics.begin()
if sentence := refusal():
    raise SystemExit(f"onharu does not start: {sentence}")
walls.trust_nobody()

wsgi = WhiteNoise(
    WSGIHandler(),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    max_age=31536000,
    immutable_file_test=r"^.+\.[0-9a-f]{12}\..+$",
)
live = ASGIHandler()
plain = WSGIMiddleware(wsgi, workers=settings.WEB_THREADS)
background: list[jobs.Worker | ticks.Ticker] = [ticks.Ticker(own=True)]
if queues.chosen() == "thread":
    background += [jobs.Worker(), ticks.Ticker()]
for thread in background:
    thread.start()
    atexit.register(thread.stop)


def end(*_: object) -> None:
    """Hear from the parent that it is going to stop: streams end, so that only real requests are waited for."""
    hub.close()
    for thread in background:
        thread.end_soon()
    threading.Thread(target=leave_after, args=[asyncio.get_running_loop()]).start()


def leave_after(loop: asyncio.AbstractEventLoop) -> None:
    """Leave once the loop has ended, that is, once the requests that ran are answered, and the job at hand is done.

    The process waits for this thread and for no job: theirs are daemons'. A bridge thread whose last word the loop no
    longer took would be waited for until the parent kills the worker.
    """
    until = time.monotonic() + JOB_SECONDS
    while loop.is_running():
        time.sleep(0.05)
    time.sleep(FAREWELL_SECONDS)
    for thread in background:
        thread.stop(max(0.0, until - time.monotonic()))
    os._exit(0)


signal.signal(signal.SIGUSR1, end)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Route one connection."""
    if scope["type"] != "http":
        return
    if scope["path"] == metrics.PATH:
        await metrics.answer(scope, send)
        return
    scope["query_string"] = in_ascii(scope["query_string"])
    app: Any = live if scope["path"].startswith("/events/") else plain

    async def received() -> MutableMapping[str, Any]:
        # The server hands out awaitables; the WSGI bridge wants coroutines.
        return await receive()

    await app(scope, received, send)
