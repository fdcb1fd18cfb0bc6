"""Somebody signed in who looks at a page: who, at which moment, and which day that is for them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from onharu.accounts.models import User
from onharu.accounts.queries import person_of
from onharu.accounts.rules import Person
from onharu.kernel import clock
from onharu.kernel.problems import Invalid, Unsigned

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Visit:
    """A person at a moment; `today` is the local day of that moment."""

    person: Person
    at: datetime
    today: date

    @property
    def clock_time(self) -> time:
        """The time on this person's wall."""
        return self.at.astimezone(clock.zone(self.person.zone)).time()

    def day(self, said: str | None) -> date:
        """Read a day from an address; nothing said is today. Raises Invalid for what is no day of a lifetime."""
        if not said:
            return self.today
        try:
            day = date.fromisoformat(said)
        except ValueError:
            day = date.min
        if not FIRST_DAY <= day <= LAST_DAY:
            raise Invalid("date_invalid", "날짜는 2026-11-22처럼 적어 주세요.", "Write dates like 2026-11-22.")
        return day


class Asked(Protocol):
    """A request of a page or of the API."""

    @property
    def user(self) -> object:
        """Who asks."""


def _asker(request: Asked) -> User:
    if not isinstance(request.user, User):
        raise Unsigned
    return request.user


def asker_id(request: Asked) -> int:
    """Tell who asks, by id. Raises Unsigned."""
    return _asker(request).pk


def visit_of(request: Asked) -> Visit:
    """Tell who visits, and settle their today once. Raises Unsigned."""
    person, at = person_of(_asker(request)), clock.now()
    return Visit(person=person, at=at, today=person.day_at(at))


def signed_in(view: View) -> View:
    """Show a page only to somebody signed in; a fragment sends its whole page to sign in.

    No cache keeps the answer, unless the view said itself how it may be kept.
    """

    @functools.wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs) if request.user.is_authenticated else _to_sign_in(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return shown


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if "HX-Request" not in request.headers:
        return redirect(_sign_in(request.get_full_path() if request.method == "GET" else "/"))
    page = urlsplit(request.headers.get("HX-Current-URL", "/"))
    onward = f"{page.path}?{page.query}" if page.query else page.path
    return HttpResponse(headers={"HX-Redirect": _sign_in(onward)})


def _sign_in(onward: str) -> str:
    return f"{settings.LOGIN_URL}?{urlencode({'next': onward})}"
