"""What every page of this room does at the door: read what was said, answer what was done."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django_htmx.http import trigger_client_event

from onharu.accounts.public import Visit
from onharu.kernel import clock
from onharu.kernel.idempotency import Reply, fingerprint, once
from onharu.kernel.onward import own_path
from onharu.kernel.problems import Invalid
from onharu.records.meals.queries.amounts import AmountRefused
from onharu.records.meals.rules import SLOTS, USUAL_TIME, slot_at

AMOUNT = re.compile(r"\d{1,7}(?:\.\d{1,3})?")
NUMBER = re.compile(r"-?\d{1,18}")
MOST_IDS = 60


def in_sheet(request: HttpRequest) -> bool:
    """Whether what was pressed stands in a sheet over another page, and not on the page that adds."""
    return is_fragment(request) and urlsplit(request.headers.get("HX-Current-URL", "")).path != "/meals/add/"


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page."""
    return "HX-Request" in request.headers


def slot_said(said: str | None, visit: Visit) -> str:
    """Read a meal of the day; nothing said is the one the clock suggests."""
    if not said:
        return slot_at(visit.clock_time)
    if said not in SLOTS:
        raise Invalid("slot_unknown", "아침, 점심, 저녁, 간식 중에서 골라 주세요.", "Choose one of the four meals.")
    return said


def amount_said(said: str | None) -> Decimal | None:
    """Read an amount a person wrote, with a dot or a comma for decimals; nothing written is None."""
    text = (said or "").strip().replace(",", ".")
    if not text:
        return None
    if not AMOUNT.fullmatch(text):
        raise AmountRefused
    return Decimal(text)


def number_said(said: str | None) -> int:
    """Read a whole number, as the number of a food is one."""
    if not said or not NUMBER.fullmatch(said):
        raise Invalid
    return int(said)


def numbers_said(said: Sequence[str]) -> list[int]:
    """Read the numbers of rows, each once; they may stand in one field with commas between."""
    words = [word for one in said for word in one.split(",") if word]
    return list(dict.fromkeys(number_said(word) for word in words[:MOST_IDS]))


def moment(visit: Visit, day: date, slot: str) -> datetime:
    """Place a meal in time: now where the clock agrees or a snack is had today, else the meal's usual time."""
    if day == visit.today and slot in {slot_at(visit.clock_time), "SNACK"}:
        return visit.at
    return visit.person.instant_of(day, USUAL_TIME[slot])


def local(visit: Visit, at: datetime) -> datetime:
    """Show an instant on this person's wall."""
    return at.astimezone(clock.zone(visit.person.zone))


def shown(
    request: HttpRequest, visit: Visit, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Render with this person's clock."""
    with timezone.override(clock.zone(visit.person.zone)):
        return render(request, template, {"visit": visit, "in_sheet": in_sheet(request), **context}, status=status)


def done_once(request: HttpRequest, visit: Visit, run: Callable[[], Sequence[int]]) -> list[int]:
    """Run what a form asks for once for its key; answers with the numbers of the rows, a repetition with the same."""
    said: QueryDict = request.POST.copy()
    for passing in ("csrfmiddlewaretoken", "key", "added", "next"):
        said.pop(passing, None)

    def reply() -> Reply:
        return Reply(status=200, body=json.dumps(list(run())).encode())

    saved = once(
        owner_id=visit.person.id,
        key=request.POST.get("key", ""),
        mark=fingerprint(request.path, said.urlencode()),
        run=reply,
    )
    ids: list[int] = json.loads(saved.body)
    return ids


def diary_url(day: date, **more: str) -> str:
    """Address a day of the diary."""
    return f"/meals/?{urlencode({'date': day.isoformat(), **more})}"


def told(
    request: HttpRequest,
    *,
    days: Sequence[date],
    message: str,
    undo: str = "",
    close: bool = False,
    fragment: HttpResponse | None = None,
    otherwise: str = "",
) -> HttpResponse:
    """Answer a change: htmx gets events for the days' fragments and a toast; a plain form gets its page again."""
    if not is_fragment(request):
        if message:
            messages.success(request, message)
        return redirect(safe_next(request, otherwise or diary_url(days[0])))
    response = fragment or HttpResponse(status=204)
    for day in days:
        trigger_client_event(response, f"onharu:day:{day.isoformat()}", {"date": day.isoformat()})
    if message:
        trigger_client_event(response, "onharu:toast", {"message": message, "undo": undo})
    if close:
        trigger_client_event(response, "onharu:close-sheet", {})
    return response


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Read where a plain form goes on; only an address of this host is believed."""
    wish = request.POST.get("next", "")
    return own_path(request, wish, otherwise)
