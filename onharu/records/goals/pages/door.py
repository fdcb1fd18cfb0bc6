"""What every page of this room does at the door: read what was said, answer what was done."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django_htmx.http import trigger_client_event

from onharu.accounts.public import Visit
from onharu.kernel import clock
from onharu.kernel.idempotency import Reply, fingerprint, once
from onharu.kernel.onward import own_path
from onharu.kernel.problems import Problem

GOALS = "/goals/"


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page."""
    return "HX-Request" in request.headers


def english() -> bool:
    """Whether the request speaks English."""
    return (get_language() or "ko").startswith("en")


def local(visit: Visit, at: datetime) -> datetime:
    """Show an instant on this person's wall."""
    return at.astimezone(clock.zone(visit.person.zone))


def shown(
    request: HttpRequest, visit: Visit, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Render with this person's clock."""
    with timezone.override(clock.zone(visit.person.zone)):
        return render(request, template, {"visit": visit, **context}, status=status)


def sheet(
    request: HttpRequest, visit: Visit, context: Mapping[str, Any], *, body: str, status: int = 200
) -> HttpResponse:
    """Render a form: in a sheet for htmx, alone where htmx replaces it after an error, else on a page of its own.

    On a page of its own it is a plain form, as the page has to be left when it was sent.
    """
    whole = "goals/form_sheet.html" if is_fragment(request) else "goals/form_page.html"
    again = is_fragment(request) and request.method == "POST"
    said = {"body": body, "in_sheet": is_fragment(request), **context}
    return shown(request, visit, body if again else whole, said, status)


def done_once(request: HttpRequest, visit: Visit, run: Callable[[], int]) -> int:
    """Run what a form asks for once for its key; answers with the number of the row, a repetition with the same."""
    said: QueryDict = request.POST.copy()
    for passing in ("csrfmiddlewaretoken", "key", "next"):
        said.pop(passing, None)

    def reply() -> Reply:
        return Reply(status=200, body=json.dumps(run()).encode())

    mark = fingerprint(request.path, said.urlencode())
    saved = once(owner_id=visit.person.id, key=request.POST.get("key", ""), mark=mark, run=reply)
    return int(json.loads(saved.body))


def told(
    request: HttpRequest, *, days: list[date], message: str, undo: str = "", close: bool = False, otherwise: str = GOALS
) -> HttpResponse:
    """Answer a change: htmx gets events for the days and a toast; a plain form goes on to its page."""
    if not is_fragment(request):
        messages.success(request, message)
        return redirect(safe_next(request, otherwise))
    response = HttpResponse(status=204)
    for day in dict.fromkeys(days):
        trigger_client_event(response, f"onharu:day:{day.isoformat()}", {"date": day.isoformat()})
    trigger_client_event(response, "onharu:toast", {"message": message, "undo": undo})
    if close:
        trigger_client_event(response, "onharu:close-sheet", {})
    return response


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Read where a plain form goes on; only an address of this host is believed."""
    wish = request.POST.get("next", "")
    return own_path(request, wish, otherwise)


def add_problem(form: forms.Form, problem: Problem, **fields: str) -> None:
    """Put a problem's words next to the fields they are about (renamed by `fields`), or at the top."""
    for name, words in problem.errors.items():
        field = fields.get(name, name)
        form.add_error(field if field in form.fields else None, list(words))
    if not problem.errors:
        form.add_error(None, problem.en if english() else problem.ko)
