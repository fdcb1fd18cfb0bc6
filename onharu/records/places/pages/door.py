"""What every page of this room does at the door: who looks, what was said, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django_htmx.http import replace_url, trigger_client_event

from onharu.accounts.public import Person, Visit, visit_of
from onharu.kernel import clock
from onharu.kernel.onward import own_path
from onharu.kernel.problems import Problem
from onharu.records.places.queries.kept import kept_ids

CHANGED = "onharu:pharmacies"
HOME = "/pharmacies/"
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Guest:
    """Whoever looks at pharmacies at a moment; `visit` is None for somebody who is not signed in."""

    visit: Visit | None
    at: datetime

    @property
    def owner_id(self) -> int | None:
        """Whose pharmacies may be shown."""
        return self.visit.person.id if self.visit else None

    @property
    def person(self) -> Person | None:
        """Who it is; None for a guest."""
        return self.visit.person if self.visit else None

    def kept(self) -> frozenset[int]:
        """Tell which pharmacies this person keeps; none for a guest."""
        return kept_ids(self.visit.person.id) if self.visit else frozenset()


def guest_of(request: HttpRequest) -> Guest:
    """Tell who looks; nobody has to be signed in."""
    visit = visit_of(request) if request.user.is_authenticated else None
    return Guest(visit, visit.at if visit else clock.now())


def never_kept(view: View) -> View:
    """Let no cache keep an answer: it may tell where somebody is, and it is about now."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return shown


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page."""
    return "HX-Request" in request.headers


def shown(
    request: HttpRequest, guest: Guest, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Render for somebody signed in with the rail, for anybody else without it."""
    shell = "design/base.html" if guest.visit else "design/plain.html"
    common = {"visit": guest.visit, "shell": shell, "part": is_fragment(request), "here": page_of(request)}
    return render(request, template, {**common, **context}, status=status)


def page_of(request: HttpRequest) -> str:
    """Tell to which page a plain form on it comes back; an address that was POSTed to is none."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else HOME


def told(request: HttpRequest, *, message: str, undo: str, pharmacy: int, kept: bool) -> HttpResponse:
    """Answer a change: htmx gets an event for whatever shows that pharmacy and a toast; a plain form its page again."""
    if not is_fragment(request):
        messages.success(request, message)
        return redirect(safe_next(request, f"{HOME}{pharmacy}/"))
    answer = HttpResponse(status=204)
    trigger_client_event(answer, CHANGED, {"pharmacy": pharmacy, "kept": kept})
    trigger_client_event(answer, "onharu:toast", {"message": message, "undo": undo})
    return answer


def said_again(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Go back to the page that asked and say there what stood against it."""
    english = (get_language() or "ko").startswith("en")
    messages.error(request, problem.en if english else problem.ko)
    return redirect(safe_next(request, HOME))


def at(answer: HttpResponse, address: str) -> HttpResponse:
    """Let the address of the page say what was asked, so that whoever comes back finds it again."""
    return replace_url(answer, address)


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Read where a plain form goes on; only an address of this host is believed."""
    wish = request.POST.get("next", "")
    return own_path(request, wish, otherwise)
