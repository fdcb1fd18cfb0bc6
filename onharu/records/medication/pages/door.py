"""What every page of this room does at the door: read what was said, answer what was done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django_htmx.http import replace_url, trigger_client_event

from onharu.accounts.public import Visit
from onharu.kernel import clock
from onharu.kernel.idempotency import Reply, fingerprint, once
from onharu.kernel.onward import own_path
from onharu.kernel.problems import Problem

CHANGED = "onharu:medicines"
_GONE = re.compile(r"(?:(?P<kind>scrap|tag)-(?P<number>[0-9]{1,18})|recent)", re.ASCII)
_BACK = {"scrap": "/medicines/scraps/{}/restore/", "tag": "/medicines/scraps/tags/{}/restore/"}


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page."""
    return "HX-Request" in request.headers


def line_said(said: str | None, longest: int) -> str:
    """Read one line of words."""
    return " ".join((said or "").split())[:longest]


def problem_words(problem: Problem) -> str:
    """Say a problem in the language of the page."""
    return problem.en if english() else problem.ko


def english() -> bool:
    """Whether the page is read in English."""
    return (get_language() or "ko").startswith("en")


def shown(
    request: HttpRequest, visit: Visit, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Render with this person's clock."""
    with timezone.override(clock.zone(visit.person.zone)):
        return render(
            request,
            template,
            {"visit": visit, "way_back": way_back(request), "part": is_fragment(request), **context},
            status=status,
        )


def told(
    request: HttpRequest,
    *,
    message: str,
    undo: str = "",
    otherwise: str,
    gone: str = "",
    days: Iterable[date] = (),
    close: bool = False,
) -> HttpResponse:
    """Answer a change: htmx gets events for what shows it and a toast; a plain form its page again.

    `gone` names what was taken away, as `way_back` reads it, so that a page without scripts offers to bring it back.
    `days` are those whose doses changed; `close` closes the sheet that asked.
    """
    if not is_fragment(request):
        messages.success(request, message)
        after = safe_next(request, otherwise)
        return redirect(f"{after}{'&' if '?' in after else '?'}gone={gone}" if gone else after)
    response = with_days(HttpResponse(status=204), days)
    trigger_client_event(response, CHANGED, {})
    trigger_client_event(response, "onharu:toast", {"message": message, "undo": undo})
    if close:
        trigger_client_event(response, "onharu:close-sheet", {})
    return response


def say(request: HttpRequest, message: str) -> None:
    """Say something on the next page."""
    messages.success(request, message)


def with_days(response: HttpResponse, days: Iterable[date]) -> HttpResponse:
    """Have an answer say whose doses changed."""
    for day in dict.fromkeys(days):
        trigger_client_event(response, f"onharu:day:{day.isoformat()}", {"date": day.isoformat()})
    return response


def said_in(request: HttpRequest) -> QueryDict:
    """Gather what a form or an undo's address says; the form rules."""
    said = request.GET.copy()
    for name, values in request.POST.lists():
        said.setlist(name, values)
    return said


def once_for_key(request: HttpRequest, visit: Visit, run: Callable[[], str]) -> str:
    """Run what a form asks for once for its key; a repetition is answered with the same."""
    said = request.POST.copy()
    for passing in ("csrfmiddlewaretoken", "key", "next"):
        said.pop(passing, None)

    def reply() -> Reply:
        return Reply(status=200, body=run().encode())

    mark = fingerprint(request.path, said.urlencode())
    return once(owner_id=visit.person.id, key=request.POST.get("key", ""), mark=mark, run=reply).body.decode()


def way_back(request: HttpRequest) -> str:
    """Tell where a form that was sent without scripts takes back what is gone; nothing where nothing is."""
    found = _GONE.fullmatch(request.GET.get("gone", ""))
    if found is None:
        return ""
    return _BACK[found["kind"]].format(found["number"]) if found["kind"] else "/medicines/recent/restore/"


def at(response: HttpResponse, path: str, **said: str) -> HttpResponse:
    """Let the address of the page say what was asked, so that who comes back finds it again."""
    query = urlencode({name: value for name, value in said.items() if value})
    return replace_url(response, f"{path}?{query}" if query else path)


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Read where a plain form goes on; only an address of this host is believed."""
    wish = request.POST.get("next", "") or request.GET.get("next", "")
    return own_path(request, wish, otherwise)
