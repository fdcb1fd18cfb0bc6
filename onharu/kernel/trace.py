"""One name for each request, from the first log line to the answer, and one for the trace that it is part of.

The name is ours (`X-Request-ID`); the trace is everybody's (`traceparent`, W3C Trace Context): one that comes in is
carried on, one that is missing begins here, and other servers are told of it. Both are random and say nothing of who
asks. Whose request it is stands in lines as a hash that nobody can turn back without the secret key, and that changes
with the month.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache
from time import perf_counter

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import LazyObject, empty

from onharu.kernel import clock

SLOW_SECONDS = 1.0
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_TRACE = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?")
_NOT_SAMPLED = "00"

log = structlog.get_logger(__name__)
request_id: ContextVar[str] = ContextVar("request_id", default="")


class Trace:
    """The request under way, as lines tell of it. What nobody asks for is not computed."""

    __slots__ = ("_flags", "_name", "_span", "request")

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self._name = self._span = self._flags = ""

    def _begin(self) -> None:
        found = _TRACE.fullmatch(self.request.headers.get("traceparent", ""))
        self._name, self._flags = (found[1], found[3]) if found else (uuid.uuid4().hex, _NOT_SAMPLED)
        self._span = secrets.token_hex(8)

    def here(self) -> str:
        """Spell our own place in the trace."""
        if not self._name:
            self._begin()
        return f"00-{self._name}-{self._span}-{self._flags}"

    def onward(self) -> str:
        """Spell the place of a call that we make."""
        return f"{self.here()[:36]}{secrets.token_hex(8)}-{self._flags}"

    def route(self) -> str:
        """Tell the template of the route, "" before it is found. Never the address itself."""
        match = self.request.resolver_match
        return f"/{match.route}" if match else ""

    def user(self) -> str:
        """Tell whose request it is as a hash, "" where nobody asked who it is: no line asks the database."""
        user = self.request.__dict__.get("user")
        if user is None or (isinstance(user, LazyObject) and user.__dict__.get("_wrapped") is empty):
            return ""
        return hashed(user.pk, f"{clock.now():%Y-%m}") if user.pk else ""


_trace: ContextVar[Trace | None] = ContextVar("trace", default=None)


def trace_now() -> Trace | None:
    """Return the trace of the request under way, None where there is none."""
    return _trace.get()


def onward() -> str:
    """Spell a `traceparent` for a call to another server; outside of a request each call is a trace of its own."""
    trace = _trace.get()
    if trace is None:
        return f"00-{uuid.uuid4().hex}-{secrets.token_hex(8)}-{_NOT_SAMPLED}"
    return trace.onward()


@lru_cache(maxsize=4096)
def hashed(person_id: int, month: str) -> str:
    """Name a person in the lines of a month (2026-11)."""
    key = hashlib.sha256(settings.SECRET_KEY.encode()).digest()
    return hashlib.blake2b(f"{month}:{person_id}".encode(), key=key, person=b"onharu-log", digest_size=8).hexdigest()


class RequestIdMiddleware:
    """Gives every request an id (a well-formed X-Request-ID is kept) and sends it back.

    An answer that failed or took a second is a line; with LOG_REQUESTS every answer is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._all: bool = settings.LOG_REQUESTS

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Carry the id through the request and put it on the answer."""
        given = request.headers.get("X-Request-ID", "")
        name = given if _SAFE_ID.fullmatch(given) else uuid.uuid4().hex
        started = perf_counter()
        token, mark = request_id.set(name), _trace.set(Trace(request))
        try:
            response = self.get_response(request)
            seconds = perf_counter() - started
            if self._all or seconds > SLOW_SECONDS or response.status_code >= 500:
                log.info("request", method=request.method, status=response.status_code, duration=round(seconds, 4))
        finally:
            _trace.reset(mark)
            request_id.reset(token)
        response["X-Request-ID"] = name
        return response
