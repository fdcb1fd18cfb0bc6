"""What every page of this room does at the door: read what was said, answer what was done."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

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
from onharu.kernel.problems import Invalid, Problem
from onharu.records.workouts.actions.writing import SetValues

AMOUNT = re.compile(r"\d{1,5}(?:\.\d{1,2})?")
NUMBER = re.compile(r"\d{1,18}")
MOST = {"reps": 1000, "weight_kg": 1000, "seconds": 86400, "minutes": 1440, "rpe": 10}
LEAST = {"rpe": 1}
WHOLE = {"reps", "seconds"}
LONGEST_NOTE, LONGEST_NAME = 300, 100


class NumberRefused(Invalid):
    """A number that is none, or beyond what a body does."""

    code = "number_invalid"
    ko = "숫자를 확인해 주세요. 횟수 0~1000, 무게 0~1000 kg, 시간 0~1440분, 힘든 정도 1~10이에요."
    en = "Check the numbers: 0 to 1000 repetitions, 0 to 1000 kg, 0 to 1440 minutes, effort 1 to 10."


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page."""
    return "HX-Request" in request.headers


def said_in(request: HttpRequest) -> QueryDict:
    """Gather what a form or an undo's address says; the form rules."""
    said = request.GET.copy()
    for name, values in request.POST.lists():
        said.setlist(name, values)
    return said


def amount_said(said: str | None, kind: str) -> Decimal | None:
    """Read an amount, with a dot or a comma for decimals; nothing written is None. Raises NumberRefused."""
    text = (said or "").strip().replace(",", ".")
    if not text or text == "—":
        return None
    if not AMOUNT.fullmatch(text):
        raise NumberRefused
    value = Decimal(text)
    if not LEAST.get(kind, 0) <= value <= MOST[kind] or (kind in WHOLE and value != value.to_integral_value()):
        raise NumberRefused
    return value


def whole_said(said: str | None, kind: str) -> int | None:
    """Read a whole amount; nothing written is None."""
    value = amount_said(said, kind)
    return None if value is None else int(value)


def number_said(said: str | None) -> int:
    """Read the number of a row."""
    if not said or not NUMBER.fullmatch(said):
        raise Invalid
    return int(said)


def set_said(said: Mapping[str, Any], suffix: str = "") -> SetValues:
    """Read the numbers of one set; the names may carry a suffix where a form has several."""
    return SetValues(
        reps=whole_said(said.get(f"reps{suffix}"), "reps"),
        weight_kg=amount_said(said.get(f"weight_kg{suffix}"), "weight_kg"),
        seconds=whole_said(said.get(f"seconds{suffix}"), "seconds"),
        rpe=amount_said(said.get(f"rpe{suffix}"), "rpe"),
    )


def time_said(said: str | None) -> time | None:
    """Read a wall-clock time like 18:40; nothing said is None."""
    if not said:
        return None
    try:
        return time.fromisoformat(said)
    except ValueError:
        raise Invalid("time_invalid", "시각은 18:40처럼 적어 주세요.", "Write times like 18:40.") from None


def line_said(said: str | None, longest: int) -> str:
    """Read one line of words."""
    return " ".join((said or "").split())[:longest]


def local(visit: Visit, at: datetime) -> datetime:
    """Show an instant on this person's wall."""
    return at.astimezone(clock.zone(visit.person.zone))


def problem_words(problem: Problem) -> str:
    """Say a problem in the language of the page."""
    return problem.en if (get_language() or "ko").startswith("en") else problem.ko


def shown(
    request: HttpRequest, visit: Visit, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Render with this person's clock."""
    with timezone.override(clock.zone(visit.person.zone)):
        return render(request, template, {"visit": visit, **context}, status=status)


def sheet_or_page(request: HttpRequest, visit: Visit, name: str, context: Mapping[str, Any]) -> HttpResponse:
    """Render a sheet over the page that asks for it, or a whole page."""
    template = f"workouts/{name}_{'sheet' if is_fragment(request) else 'page'}.html"
    return shown(request, visit, template, context)


def done_once(request: HttpRequest, visit: Visit, run: Callable[[], int]) -> int:
    """Run what a form asks for once for its key; answers with the number of the row, a repetition with the same."""
    said = request.POST.copy()
    for passing in ("csrfmiddlewaretoken", "key", "next"):
        said.pop(passing, None)

    def reply() -> Reply:
        return Reply(status=200, body=json.dumps(run()).encode())

    mark = fingerprint(request.path, said.urlencode())
    saved = once(owner_id=visit.person.id, key=request.POST.get("key", ""), mark=mark, run=reply)
    number: int = json.loads(saved.body)
    return number


def day_url(day: date, **more: str) -> str:
    """Address a day of workouts."""
    return f"/workouts/?{urlencode({'date': day.isoformat(), **more})}"


def told(
    request: HttpRequest,
    *,
    days: Sequence[date],
    message: str = "",
    undo: str = "",
    close: bool = False,
    rest: Mapping[str, Any] | None = None,
    otherwise: str = "",
) -> HttpResponse:
    """Answer a change: htmx gets events for the days' fragments, a toast and the rest; a plain form its page again."""
    if not is_fragment(request):
        if message:
            messages.success(request, message)
        return redirect(safe_next(request, otherwise or day_url(days[0])))
    response = HttpResponse(status=204)
    for day in dict.fromkeys(days):
        trigger_client_event(response, f"onharu:day:{day.isoformat()}", {"date": day.isoformat()})
    if message:
        trigger_client_event(response, "onharu:toast", {"message": message, "undo": undo})
    if rest:
        trigger_client_event(response, "onharu:rest", dict(rest))
    if close:
        trigger_client_event(response, "onharu:close-sheet", {})
    return response


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Read where a plain form goes on; only an address of this host is believed."""
    wish = request.POST.get("next", "")
    return own_path(request, wish, otherwise)
