"""`GET /events/`: server-sent events of one person's days, on the event loop, holding no database connection."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from onharu.accounts.public import user_of_request
from onharu.day.stream import Screen, hub, relay
from onharu.kernel import measures, walls
from onharu.kernel.days import Touched, changed_since
from onharu.kernel.problems import Unsigned
from onharu.kernel.web import problem_response

T = TypeVar("T")
HEARTBEAT_SECONDS = 15.0
OVERLAP = 5_000_000  # microseconds: a change that committed late may carry an earlier version
RETRY_MILLISECONDS = 1500


async def events(request: HttpRequest) -> HttpResponseBase:
    """Stream `day` events `{date, version}`; `Last-Event-ID` resumes from what was missed."""
    if request.method != "GET":
        return HttpResponse(status=405, headers={"Allow": "GET"})
    owner_id = await owner_of(request)
    if owner_id is None:
        return problem_response(Unsigned())
    response = StreamingHttpResponse(stream(request, owner_id), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


async def stream(request: HttpRequest, owner_id: int) -> AsyncIterator[bytes]:
    """Send what was missed, then what happens; ends on goodbye, or when the person is signed out."""
    screen = hub.join(owner_id)
    measures.put("live_screens_open", hub.count())
    try:
        await sync_to_async(relay, thread_sensitive=False)()
        yield f"retry: {RETRY_MILLISECONDS}\n: hello\n\n".encode()
        for touched in await _missed(request, owner_id):
            yield event(touched)
        while not hub.closing:
            news = await _next(screen)
            if news is None or await owner_of(request) != owner_id:
                return
            yield event(news) if isinstance(news, Touched) else b": beat\n\n"
    finally:
        hub.leave(screen)
        measures.put("live_screens_open", hub.count())


async def _next(screen: Screen) -> Touched | str | None:
    """Wait for the next change; a quiet while gives "beat", goodbye gives None."""
    try:
        return await asyncio.wait_for(screen.waiting.get(), HEARTBEAT_SECONDS)
    except TimeoutError:
        return "beat"


async def _missed(request: HttpRequest, owner_id: int) -> list[Touched]:
    last = request.headers.get("Last-Event-ID") or request.GET.get("last_event_id", "")
    if not (last.isascii() and last.isdecimal() and len(last) < 19):
        return []
    with walls.as_person(owner_id):
        return await _in_a_thread(lambda: list(changed_since(owner_id, int(last) - OVERLAP)))


async def owner_of(request: HttpRequest) -> int | None:
    """Find out anew who asks: by bearer token or by session."""

    def ask() -> int | None:
        with walls.finding_out():
            user = user_of_request(request)
        return user.pk if user is not None else None

    return await _in_a_thread(ask)


async def _in_a_thread(ask: Callable[[], T]) -> T:
    """Ask the database off the loop, and give the connection back."""

    def asked() -> T:
        try:
            return ask()
        finally:
            close_old_connections()

    return await sync_to_async(asked, thread_sensitive=True)()


def event(touched: Touched) -> bytes:
    """Write one event; its id is the version, which resumes the stream."""
    body = json.dumps({"date": touched.day.isoformat(), "version": touched.version})
    return f"id: {touched.version}\nevent: day\ndata: {body}\n\n".encode()
