"""The one wire to the outside world, and the only importer of an HTTP library.

A call has one deadline for everything: resolving, connecting, sending, waiting, reading and every retry. Only calls
that may be repeated are repeated, with jitter, and only where a repetition can help. What comes back is either an
`Answer` of bounded size or one of two faults: Unavailable (later) or Refused (never, until somebody acts). Redirects
are refused. Keys and addresses never reach a log line or an error.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx
import stamina
import structlog

from onharu.kernel import clock, leaving, trace
from onharu.upstream import guard, quotas, tally
from onharu.upstream.breaker import Breaker
from onharu.upstream.faults import Refused, Unavailable

USER_AGENT = "onharu/0.1"
TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
SCHEMES = {"https": 443, "http": 80}
UNSENT = frozenset({"address_refused", "no_connection", "bad_certificate"})  # without a connection nothing went out
WORDS = {401: "unauthorised", 402: "no_credit", 403: "forbidden", 404: "not_found", 410: "gone", 429: "rate_limited"}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may cost: seconds in all, seconds to connect, bytes to read, attempts to make."""

    deadline: float = 10.0
    connect: float = 3.0
    max_bytes: int = 5_000_000
    attempts: int = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: a status below 300 for callers, any status for a verdict or a wait hint."""

    upstream: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Parse the body; raises Unavailable when it is not JSON, as error pages with status 200 are not."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise Unavailable(self.upstream, "garbled") from None


# Reads a wait in seconds from the body of a failed answer, where a vendor says it there; None when it says nothing.
WaitHint = Callable[[Answer], float | None]
# Raises the fault that a vendor says in its own way, whatever the status: an error page with status 200 is one.
Verdict = Callable[[Answer], None]


@dataclass(frozen=True, slots=True)
class _Call:
    """One call under way: what is sent, what it may cost, and who reads a wait from a failed answer."""

    sent: httpx.Request
    limits: Limits
    wait_hint: WaitHint | None


class Http:
    """One upstream's way out. Thread-safe; made once and kept, so that connections are used again.

    `homes` are base URLs from the operator's own settings: they may lie in this house (see `guard`). Any other URL
    must lead to public addresses. Bodies, addresses and headers are never logged: they may hold a key or a meal.
    `verdict` knows how this vendor says in its own way that something is wrong; it sees every answer first.
    """

    def __init__(
        self,
        upstream: str,
        *,
        homes: Sequence[str] = (),
        limits: Limits = Limits(),
        breaker: Breaker | None = None,
        verdict: Verdict | None = None,
        resolve: guard.Resolve = guard.resolved,
    ) -> None:
        self.upstream = upstream
        self.limits = limits
        self._verdict = verdict
        self._breaker = breaker or Breaker(upstream)
        network = guard.GuardedNetwork([_origin(home) for home in homes], resolve, upstream)
        self._client = httpx.Client(
            transport=_GuardedTransport(network),
            timeout=httpx.Timeout(limits.deadline, connect=limits.connect),
            follow_redirects=False,
            trust_env=False,  # a proxy from the environment would connect for us, past the guard
            # No compression: a few kilobytes on the wire could otherwise become gigabytes here.
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
        )

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        repeatable: bool | None = None,
        wait_hint: WaitHint | None = None,
        limits: Limits | None = None,
    ) -> Answer:
        """Make one call and return a successful answer; `repeatable` says that sending it twice does no harm.

        `limits` are those of this call, where they differ. Raises Unavailable or Refused (`onharu.upstream.faults`).
        """
        may_repeat = method in {"GET", "HEAD"} if repeatable is None else repeatable
        built = self._built(method, url, headers=headers, params=params, content=content)
        call = _Call(built, limits or self.limits, wait_hint)
        started = clock.monotonic()
        token = guard.deadline.set(started + call.limits.deadline)
        try:
            answer = self._with_retries(call, attempts=call.limits.attempts if may_repeat else 1)
        except (Unavailable, Refused) as fault:
            self._tell(fault.reason, started)
            raise
        finally:
            guard.deadline.reset(token)
        self._tell("ok", started)
        return answer

    def close(self) -> None:
        """Let go of every open connection."""
        self._client.close()

    def _built(self, method: str, url: str, **parts: Any) -> httpx.Request:
        try:
            wire_request = self._client.build_request(method, url, **parts)
        except (httpx.InvalidURL, ValueError, TypeError):
            raise Refused(self.upstream, "bad_address") from None
        if wire_request.url.scheme not in SCHEMES or not wire_request.url.host:
            raise Refused(self.upstream, "bad_address")
        wire_request.headers["traceparent"] = trace.onward()
        return wire_request

    def _with_retries(self, call: _Call, *, attempts: int) -> Answer:
        for attempt in stamina.retry_context(
            on=self._worth_waiting, attempts=attempts, timeout=None, wait_initial=0.2, wait_max=2.0, wait_jitter=0.3
        ):
            with attempt:
                return self._once(call)
        raise AssertionError  # stamina returns or raises

    def _worth_waiting(self, fault: Exception) -> bool | float:
        """Say whether to try again, and after how long when the server named a time that is still within the call."""
        if not isinstance(fault, Unavailable) or fault.reason in {"breaker_open", "deadline", "too_big"}:
            return False
        left = guard.deadline.get() - clock.monotonic()
        if fault.retry_after is not None:
            return float(fault.retry_after) if fault.retry_after < left else False
        return left > 1.0

    def _once(self, call: _Call) -> Answer:
        """Ask once, and tell the circuit how it went; a refusal is an answer, so it closes the circuit."""
        self._breaker.admit()
        try:
            answer = self._judged(self._exchange(call), call)
        except Unavailable as fault:
            self._breaker.failed(fault.reason)
            raise
        except Refused:
            self._breaker.succeeded()
            raise
        except BaseException:
            self._breaker.failed("fault")
            raise
        self._breaker.succeeded()
        return answer

    def _exchange(self, call: _Call) -> Answer:
        try:
            answer = self._spoken(call)
        except (Unavailable, Refused) as fault:
            leaving.sent(self.upstream, 0 if fault.reason in UNSENT else _size(call.sent), ok=False)
            raise
        leaving.sent(self.upstream, _size(call.sent), ok=answer.status < 400)
        quotas.note(self.upstream, answer.headers)
        return answer

    def _spoken(self, call: _Call) -> Answer:
        """Send and read, at most `max_bytes`. Causes are dropped from errors: they carry headers and addresses."""
        try:
            response = self._client.send(call.sent, stream=True)
            try:
                body = self._body(response, call.limits.max_bytes)
                return Answer(self.upstream, response.status_code, dict(response.headers), body)
            finally:
                response.close()
        except guard.AddressRefused:
            raise Refused(self.upstream, "address_refused") from None
        except (httpx.TimeoutException, httpcore.TimeoutException) as fault:
            late = guard.deadline.get() - clock.monotonic() <= 0
            connecting = isinstance(fault, httpx.ConnectTimeout | httpcore.ConnectTimeout)
            raise Unavailable(self.upstream, _time_word(late=late, connecting=connecting)) from None
        except httpx.ConnectError as fault:
            word = "bad_certificate" if "CERTIFICATE_VERIFY" in str(fault) else "no_connection"
            raise Unavailable(self.upstream, word) from None
        except (httpx.TransportError, httpx.StreamError, httpcore.NetworkError, httpcore.ProtocolError):
            raise Unavailable(self.upstream, "broken_connection") from None

    def _body(self, response: httpx.Response, most: int) -> bytes:
        declared = response.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > most:
            raise Unavailable(self.upstream, "too_big")
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise Unavailable(self.upstream, "garbled")
        body = bytearray()
        for piece in response.iter_raw():
            body += piece
            if len(body) > most:
                raise Unavailable(self.upstream, "too_big")
        return bytes(body)

    def _judged(self, answer: Answer, call: _Call) -> Answer:
        """Return a success; raise the fault that the vendor or any other status stands for."""
        if self._verdict is not None:
            self._verdict(answer)
        if 200 <= answer.status < 300:
            return answer
        if answer.status in TRY_AGAIN:
            wait = quotas.retry_after(answer.headers)
            if wait is None and call.wait_hint is not None:
                wait = call.wait_hint(answer)
            raise Unavailable(
                self.upstream,
                WORDS.get(answer.status, f"status_{answer.status}"),
                retry_after=None if wait is None else int(max(0.0, min(wait, 86_400.0)) + 0.999),
            )
        word = "redirect" if answer.status < 400 else WORDS.get(answer.status, f"status_{answer.status}")
        log.warning("upstream_refused", upstream=self.upstream, status=answer.status)
        raise Refused(self.upstream, word)

    def _tell(self, outcome: str, started: float) -> None:
        seconds = clock.monotonic() - started
        tally.call(self.upstream, outcome, seconds)
        log.info("upstream_call", upstream=self.upstream, outcome=outcome, milliseconds=round(seconds * 1000))


class _GuardedTransport(httpx.HTTPTransport):
    """httpx over sockets that `guard` opens: httpx has no public way to say who connects, httpcore has."""

    def __init__(self, network: guard.GuardedNetwork) -> None:
        context = _trust()
        super().__init__(verify=context)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, network_backend=network, max_connections=20, keepalive_expiry=30.0
        )


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """Read whom we trust, once: it takes 40 ms."""
    return httpx.create_ssl_context()


def _size(sent: httpx.Request) -> int:
    """Count address and body; headers hold keys and formalities."""
    return len(sent.url.raw_path) + len(sent.content)


def _origin(url: str) -> guard.Origin:
    parts = urlsplit(url)
    return (parts.hostname or "", parts.port or SCHEMES.get(parts.scheme, 443))


def _time_word(*, late: bool, connecting: bool) -> str:
    return "deadline" if late else "no_connection" if connecting else "timeout"
