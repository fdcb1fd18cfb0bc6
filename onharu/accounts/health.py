"""No health data of a person is written before they agreed to it (PIPA 23), and who was never asked is asked first.

Rooms whose rows tell of health are named here by package. Reading and taking away are always free: what somebody no
longer wants kept they can still see, take along and remove.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onharu.accounts import unconsented
from onharu.accounts.actions.consents import ConsentNeeded
from onharu.accounts.models import Profile, User
from onharu.accounts.principal import user_of_request
from onharu.kernel.storing import stores_nothing
from onharu.kernel.web import problem_response

ROOMS = ("onharu.records.", "onharu.insights.", "onharu.day.")
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# The last word of an address that only takes away; a DELETE does so by itself.
TAKES_AWAY = frozenset({"delete", "remove", "forget", "revoke", "leave"})
SCRIPTS = ("/api/", "/auth/", "/events/", "/calendar/")
State = Profile.HealthData


class HealthMiddleware:
    """Refuses to write for who has not agreed, and shows the question to who was not asked yet."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and watch what it writes."""
        with unconsented.watched(writing=request.method not in SAFE and not takes_away(request)):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Answer instead of the view where consent is lacking; costs no statement beyond finding out who asks."""
        if not keeps_health(view):
            return None
        writes = request.method not in SAFE and not takes_away(request)
        if not writes and not _is_page(request):
            return None
        user = user_of_request(request)
        if user is None:
            return None
        if writes:
            return None if user.profile.may_keep_health else _refused(request)
        return _asked(request, user)


def keeps_health(view: Any) -> bool:
    """Whether a view belongs to a room that keeps health data."""
    made_of = getattr(view, "view_class", None) or getattr(view, "cls", None) or view
    return str(made_of.__module__).startswith(ROOMS)


def takes_away(request: HttpRequest) -> bool:
    """Whether an unsafe request only takes away, or stores nothing."""
    last = request.path.rstrip("/").rpartition("/")[2]
    return request.method == "DELETE" or last in TAKES_AWAY or stores_nothing(request)


def _is_page(request: HttpRequest) -> bool:
    whole = request.method == "GET" and "HX-Request" not in request.headers
    return whole and not request.path.startswith(SCRIPTS) and request.accepts("text/html")


def _asked(request: HttpRequest, user: User) -> HttpResponse | None:
    if user.profile.health_data not in {State.UNASKED, State.EARLIER}:
        return None
    return redirect(f"{reverse('consent-health')}?{urlencode({'next': request.get_full_path()})}")


def _refused(request: HttpRequest) -> HttpResponse:
    problem = ConsentNeeded()
    scripted = request.path.startswith(SCRIPTS) or not request.accepts("text/html")
    if scripted or "HX-Request" in request.headers:
        return problem_response(problem)
    return render(request, "accounts/consent_needed.html", {"problem": problem}, status=problem.status)
