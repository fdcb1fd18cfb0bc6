"""How the kernel meets HTTP: one problem format, orjson, pages of lists, saved replies.

With `fields` the only kernel modules that speak DRF.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import orjson
import structlog
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import register_converter
from django.utils.translation import get_language
from rest_framework import exceptions as drf
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from onharu.kernel.idempotency import Reply, fingerprint, once
from onharu.kernel.problems import Busy, Invalid, Missing, Problem, Refused, TooMany, Unsigned
from onharu.kernel.trace import request_id

log = structlog.get_logger(__name__)
BUSY_SECONDS = 2
PROBLEM_TYPE = "application/problem+json"


def dumps(value: object) -> bytes:
    """Write JSON; Decimal becomes a number, as nutrient amounts have at most three decimals.

    Half of a letter (a lone surrogate), which a refusal may repeat, is written as its escape.
    """
    try:
        return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        return json.dumps(value, default=_plain).encode("ascii")


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value) if value % 1 else int(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


class Json(JSONRenderer):
    """Renders with orjson."""

    charset = None

    def render(self, data: Any, *_: Any, **__: Any) -> bytes:
        """Write the data, or nothing for None."""
        return b"" if data is None else dumps(data)


def problem_body(problem: Problem) -> dict[str, Any]:
    """Spell a problem out: `detail` in the request's language, both languages in `messages`."""
    english = (get_language() or "ko").startswith("en")
    return {
        "type": "about:blank",
        "status": problem.status,
        "code": problem.code,
        "title": problem.en if english else problem.ko,
        "detail": problem.en if english else problem.ko,
        "messages": {"ko": problem.ko, "en": problem.en},
        "errors": {field: list(words) for field, words in problem.errors.items()},
        "request_id": request_id.get(),
        **problem.more,
    }


def problem_response(problem: Problem) -> HttpResponse:
    """Answer with a problem document."""
    response = HttpResponse(dumps(problem_body(problem)), status=problem.status, content_type=PROBLEM_TYPE)
    if problem.retry_after is not None:
        response["Retry-After"] = str(problem.retry_after)
    if problem.more:
        response["Cache-Control"] = "no-store"
    if isinstance(problem, Unsigned):
        response["WWW-Authenticate"] = "Bearer"
    return response


_FAMILIES: tuple[tuple[tuple[type[Exception], ...], type[Problem]], ...] = (
    ((drf.NotAuthenticated, drf.AuthenticationFailed), Unsigned),
    ((drf.PermissionDenied, PermissionDenied), Refused),
    ((drf.NotFound, Http404), Missing),
)


def problem_of(error: Exception) -> Problem | None:
    """Place an exception of DRF or Django in our families; None for one that nobody expected."""
    if isinstance(error, Problem):
        return error
    for kinds, family in _FAMILIES:
        if isinstance(error, kinds):
            return family()
    if isinstance(error, OperationalError):
        log.error("database_failed", error=type(error.__cause__ or error).__name__)
        return Busy(retry_after=BUSY_SECONDS)
    return _other(error) if isinstance(error, drf.APIException) else None


_WORDS = {
    405: ("method_not_allowed", "이 주소에서 할 수 없는 요청이에요.", "This method is not allowed here."),
    406: ("not_acceptable", "원하는 형식으로 답할 수 없어요.", "There is no answer in the wanted format."),
    415: ("unsupported_media_type", "읽을 수 없는 형식이에요.", "This media type cannot be read."),
}


def _other(error: drf.APIException) -> Problem:
    if isinstance(error, drf.ValidationError):
        return Invalid(errors=_field_errors(error.detail))
    if isinstance(error, drf.Throttled):
        return TooMany(retry_after=int(getattr(error, "wait", None) or 1))
    if isinstance(error, drf.ParseError):
        return Invalid("malformed", "요청 본문을 읽을 수 없어요.", "The request body cannot be read.")
    code, ko, en = _WORDS.get(error.status_code, ("problem", Problem.ko, Problem.en))
    return _said(error.status_code, code, ko, en)


def _said(status: int, code: str, ko: str, en: str) -> Problem:
    problem = Problem(code, ko, en)
    problem.status = status
    return problem


UNREADABLE_TYPE = _said(415, *_WORDS[415])


NO_CHOICE = "고를 수 있는 값이 아니에요. / This is none of the choices."


def same_etag(said: str | None, etag: str) -> bool:
    """Whether an If-None-Match names this state; a proxy that compresses makes the tag weak."""
    return any(one.strip().removeprefix("W/") == etag for one in (said or "").split(","))


def _field_errors(detail: Any, field: str = "") -> dict[str, list[str]]:
    if isinstance(detail, Mapping):
        found: dict[str, list[str]] = {}
        for name, inner in detail.items():
            place = f"[{name}]" if isinstance(name, int) or str(name).isdecimal() else f".{name}"
            found.update(_field_errors(inner, f"{field}{place}" if field else str(name)))
        return found
    if isinstance(detail, list) and any(isinstance(inner, (Mapping, list)) for inner in detail):
        found = {}
        for index, inner in enumerate(detail):
            if inner:
                found.update(_field_errors(inner, f"{field}[{index}]"))
        return found
    words = detail if isinstance(detail, list) else [detail]
    return {field or "non_field_errors": [_unsaid(word) for word in words]}


def _unsaid(word: object) -> str:
    """Say what is wrong without repeating what was sent: answers end up in the reports of clients."""
    return NO_CHOICE if getattr(word, "code", None) == "invalid_choice" else str(word)


def answer_exception(error: Exception, _context: Mapping[str, Any]) -> HttpResponse | None:
    """DRF's exception handler: a problem document for what we know, Django's 500 for what we don't."""
    problem = problem_of(error)
    return None if problem is None else problem_response(problem)


class ProblemMiddleware:
    """Answers a problem that a page raised: a document for scripts, a page with the same words for people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a known problem into its answer; anything else stays a 500."""
        problem = problem_of(error)
        if problem is None:
            return None
        if not request.accepts("text/html") or "HX-Request" in request.headers:
            return problem_response(problem)
        return render(request, "design/problem.html", {"problem": problem}, status=problem.status)


class DayConverter:
    """A date in an address, as YYYY-MM-DD; one that does not exist is no address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Read the date."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Write the date."""
        return value.isoformat()


register_converter(DayConverter, "day")


def asked_day(request: Request, name: str) -> date | None:
    """Read a day from the query, None when absent; raises Invalid for anything that is not a date."""
    said = request.query_params.get(name)
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Invalid(
            "date_invalid",
            "날짜는 2026-11-22처럼 적어 주세요.",
            "Write dates like 2026-11-22.",
            errors={name: ["YYYY-MM-DD"]},
        ) from None


def asked_range(request: Request, today: date, *, most: int) -> tuple[date, date]:
    """Read `from` and `to` from the query: the last seven days when absent, at most `most` days."""
    last = asked_day(request, "to") or today
    first = asked_day(request, "from") or last - timedelta(days=6)
    if not 0 <= (last - first).days < most:
        raise Invalid("range_invalid", f"1~{most}일을 골라 주세요.", f"Choose 1 to {most} days.")
    return first, last


class Pages(LimitOffsetPagination):
    """Lists by `limit` (at most 100) and `offset`."""

    default_limit = 50
    max_limit = 100


def idempotent(handler: Callable[..., Response]) -> Callable[..., HttpResponse]:
    """Make a creating POST repeatable by its `Idempotency-Key` header; without the header it just runs."""

    @functools.wraps(handler)
    def repeatable(view: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return handler(view, request, *args, **kwargs)

        def run() -> Reply:
            response = handler(view, request, *args, **kwargs)
            return Reply(status=response.status_code, body=dumps(response.data))

        mark = fingerprint(str(request.method), request.path, dumps(request.data))
        reply = once(owner_id=request.user.pk or 0, key=key, mark=mark, run=run)
        response = HttpResponse(reply.body, status=reply.status, content_type="application/json")
        if reply.replayed:
            response["Idempotent-Replayed"] = "true"
        return response

    return repeatable
