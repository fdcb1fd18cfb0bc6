"""What every page of the journal does at the door: read what was said, answer what was done."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django_htmx.http import trigger_client_event

from onharu.accounts.public import Visit
from onharu.kernel import clock
from onharu.kernel.days import news_of
from onharu.kernel.idempotency import Reply, fingerprint, once
from onharu.kernel.problems import Invalid

_ANY = 2**62


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page."""
    return "HX-Request" in request.headers


def day_told(visit: Visit, said: str | None) -> date:
    """Read a day that somebody writes about. Raises Invalid for one that has not come; tomorrow is today somewhere."""
    day = visit.day(said)
    if day > visit.today + timedelta(days=1):
        raise Invalid("day_not_come", "아직 오지 않은 날은 적을 수 없어요.", "That day has not come yet.")
    return day


def version_of(visit: Visit, day: date) -> int:
    """Tell the version of the journal's part of a day; one statement."""
    return news_of(visit.person.id, day, _ANY).parts.get("journal", 0)


def shown(
    request: HttpRequest, visit: Visit, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Render with this person's clock."""
    with timezone.override(clock.zone(visit.person.zone)):
        return render(request, template, {"visit": visit, **context}, status=status)


def journal_url(day: date, **more: str) -> str:
    """Address a day of the journal."""
    return f"/journal/?{urlencode({'date': day.isoformat(), **more})}"


def told(
    request: HttpRequest,
    *,
    day: date,
    message: str,
    undo: str = "",
    close: bool = False,
    onward: str = "",
) -> HttpResponse:
    """Answer a change: htmx gets the day's event and a toast; a plain form gets its page again."""
    if not is_fragment(request):
        messages.success(request, message)
        return redirect(onward or journal_url(day))
    response = HttpResponse(status=204)
    trigger_client_event(response, f"onharu:day:{day.isoformat()}", {"date": day.isoformat()})
    trigger_client_event(response, "onharu:toast", {"message": message, "undo": undo})
    if close:
        trigger_client_event(response, "onharu:close-sheet", {})
    return response


def done_once(request: HttpRequest, visit: Visit, run: Callable[[], int]) -> int:
    """Run what a form asks for once for its key; answers with the number of the row, a repetition with the same."""
    said = request.POST.copy()
    said.pop("csrfmiddlewaretoken", None)

    def reply() -> Reply:
        return Reply(status=200, body=json.dumps(run()).encode())

    mark = fingerprint(request.path, said.urlencode())
    saved = once(owner_id=visit.person.id, key=request.POST.get("key", ""), mark=mark, run=reply)
    return int(saved.body)
