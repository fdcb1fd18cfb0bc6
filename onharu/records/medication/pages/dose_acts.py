"""What is said of doses: taken, taken back, skipped, put right, taken when needed; over a limit it is asked first."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel.problems import Invalid, Problem
from onharu.records.medication.actions import doses as act
from onharu.records.medication.actions.limits import DoseLimit
from onharu.records.medication.pages import door
from onharu.records.medication.pages import dose_sheet as sheet
from onharu.records.medication.pages import dose_shown as shown
from onharu.records.medication.pages import dose_words as words
from onharu.records.medication.pages.doses import day_url
from onharu.records.medication.queries.amounts import amount_words
from onharu.records.medication.queries.doses import dose_of
from onharu.records.medication.queries.entries import DoseEntry
from onharu.records.medication.queries.regimens import regimen_of

MOST_AT_ONCE = 40
PASSED_ON = ("when", "day", "time", "at", "amount", "key")


def _told(
    request: HttpRequest, visit: Visit, dose: DoseEntry, message: str, undo: str = "", *, close: bool = False
) -> HttpResponse:
    days = (dose.day, visit.today)
    return door.told(request, message=message, undo=undo, otherwise=day_url(dose.day), days=days, close=close)


def _undo_url(dose_id: str) -> str:
    return f"/medicines/doses/{dose_id}/undo/"


@signed_in
@require_POST
def take(request: HttpRequest, dose_id: str) -> HttpResponse:
    """Have a dose taken: now, when it was planned, or at a time one says."""
    visit, said = visit_of(request), door.said_in(request)
    dose = dose_of(visit.person, dose_id, at=visit.at)
    taking = sheet.taking_said(visit, said, dose.planned_at)
    try:
        _take(visit, dose, taking, anyway=said.get("anyway") == "1")
    except DoseLimit as problem:
        return _ask(request, visit, dose, problem)
    return _taken(request, visit, dose_id)


def _take(visit: Visit, dose: DoseEntry, taking: sheet.TakingSaid, *, anyway: bool) -> None:
    said = act.Said(taking.at, taking.amount, anyway=anyway, by=visit.person.id)
    if dose.state == "taken":
        act.correct(person=visit.person, dose_id=dose.id, at=visit.at, said=said)
    else:
        act.take(person=visit.person, dose_id=dose.id, at=visit.at, said=said)


def _taken(request: HttpRequest, visit: Visit, dose_id: str) -> HttpResponse:
    dose = dose_of(visit.person, dose_id, at=visit.at)
    message = f"{dose.name}: {shown.line_of(visit, dose)}"
    return _told(request, visit, dose, message, _undo_url(dose_id), close=True)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, dose_id: str) -> HttpResponse:
    """Ask when and how much was taken, or write down what the form says of it."""
    visit, said = visit_of(request), door.said_in(request)
    dose = dose_of(visit.person, dose_id, at=visit.at)
    context = sheet.sheet_context(visit, dose)
    if request.method != "POST":
        return _sheet_or_page(request, visit, "dose", context)
    try:
        _take(visit, dose, sheet.taking_said(visit, said, dose.planned_at), anyway=said.get("anyway") == "1")
    except DoseLimit as problem:
        return _ask(request, visit, dose, problem)
    except Invalid as problem:
        return _again(request, visit, said, context, problem)
    return _corrected(request, visit, dose) if dose.state == "taken" else _taken(request, visit, dose_id)


def _corrected(request: HttpRequest, visit: Visit, before: DoseEntry) -> HttpResponse:
    """Tell that a dose was put right; 되돌리기 says what stood there before."""
    dose = dose_of(visit.person, before.id, at=visit.at)
    message = _("고쳤어요. {name}: {line}").format(name=dose.name, line=shown.line_of(visit, dose))
    old = {
        "when": "exact",
        "at": before.taken_at.isoformat() if before.taken_at else "",
        "amount": words.plain(before.taken_amount),
        "anyway": "1",
    }
    return _told(request, visit, dose, message, f"/medicines/doses/{dose.id}/take/?{urlencode(old)}", close=True)


def _sheet_or_page(request: HttpRequest, visit: Visit, name: str, context: Mapping[str, Any]) -> HttpResponse:
    template = f"medication/doses/{name}_{'sheet' if door.is_fragment(request) else 'page'}.html"
    return door.shown(request, visit, template, context)


def _again(
    request: HttpRequest, visit: Visit, said: Mapping[str, Any], context: dict[str, Any], problem: Problem
) -> HttpResponse:
    again = sheet.kept_context(said, context) | {"problem": door.problem_words(problem)}
    template = "medication/doses/dose_edit.html" if door.is_fragment(request) else "medication/doses/dose_page.html"
    return door.shown(request, visit, template, again, status=422)


@signed_in
@require_POST
def undo(request: HttpRequest, dose_id: str) -> HttpResponse:
    """Take back what was said of a dose; 되돌리기 says it again."""
    visit = visit_of(request)
    dose = dose_of(visit.person, dose_id, at=visit.at)
    if dose.state == "skipped":
        act.unskip(person=visit.person, dose_id=dose_id, at=visit.at, by=visit.person.id)
        again = f"/medicines/doses/{dose_id}/skip/?{urlencode({'reason': dose.reason})}"
    else:
        act.untake(person=visit.person, dose_id=dose_id, at=visit.at, by=visit.person.id)
        again = _again_url(dose)
    message = _("{name} 기록을 되돌렸어요.").format(name=dose.name)
    return _told(request, visit, dose, message, again, close=True)


def _again_url(dose: DoseEntry) -> str:
    """Address the same taking once more."""
    if dose.state != "taken" or dose.taken_at is None:
        return ""
    said = {
        "when": "exact",
        "at": dose.taken_at.isoformat(),
        "amount": words.plain(dose.taken_amount),
        "anyway": "1" if dose.over_limit else "0",
    }
    return f"/medicines/doses/{dose.id}/take/?{urlencode(said)}"


@signed_in
@require_POST
def skip(request: HttpRequest, dose_id: str) -> HttpResponse:
    """Have a dose skipped, for a reason."""
    visit, said = visit_of(request), door.said_in(request)
    act.skip(person=visit.person, dose_id=dose_id, at=visit.at, reason=said.get("reason", ""), by=visit.person.id)
    dose = dose_of(visit.person, dose_id, at=visit.at)
    message = f"{dose.name}: {shown.line_of(visit, dose)}"
    return _told(request, visit, dose, message, _undo_url(dose_id), close=True)


@signed_in
@require_POST
def take_all(request: HttpRequest) -> HttpResponse:
    """Have several doses taken at once; the first that is over its limit is asked about when the others are written."""
    visit, ids = visit_of(request), _ids_said(request)
    taken: list[DoseEntry] = []
    asked: tuple[DoseEntry, DoseLimit] | None = None
    for dose in [dose_of(visit.person, one, at=visit.at) for one in ids]:
        if dose.state == "taken":
            continue
        at = visit.at if dose.day >= visit.today or dose.planned_at is None else dose.planned_at
        try:
            _take(visit, dose, sheet.TakingSaid(min(at, visit.at), None), anyway=False)
        except DoseLimit as problem:
            asked = asked or (dose, problem)
        else:
            taken.append(dose)
    if asked is not None:
        return _ask(request, visit, *asked, days=[one.day for one in taken])
    return _all_told(
        request, visit, taken, ngettext("{count}가지를 먹었어요.", "{count}가지를 먹었어요.", len(taken)), "undo"
    )


@signed_in
@require_POST
def undo_all(request: HttpRequest) -> HttpResponse:
    """Take back that several doses were taken."""
    visit, ids = visit_of(request), _ids_said(request)
    doses = [dose_of(visit.person, one, at=visit.at) for one in ids]
    for dose in doses:
        act.untake(person=visit.person, dose_id=dose.id, at=visit.at, by=visit.person.id)
    message = ngettext("{count}가지를 되돌렸어요.", "{count}가지를 되돌렸어요.", len(doses))
    return _all_told(request, visit, doses, message, "")


def _all_told(request: HttpRequest, visit: Visit, doses: list[DoseEntry], message: str, undo_word: str) -> HttpResponse:
    days = [*(one.day for one in doses), visit.today]
    said = urlencode([("dose", one.id) for one in doses])
    back = f"/medicines/doses/all/{undo_word}/?{said}" if undo_word and doses else ""
    return door.told(
        request, message=message.format(count=len(doses)), undo=back, otherwise=day_url(days[0]), days=days
    )


def _ids_said(request: HttpRequest) -> list[str]:
    ids = list(dict.fromkeys(door.said_in(request).getlist("dose")))
    if not ids or len(ids) > MOST_AT_ONCE:
        raise Invalid
    return ids


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def take_needed(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask when a medicine without a plan was taken, or write it down, once for the form's key."""
    visit, said = visit_of(request), door.said_in(request)
    regimen = regimen_of(visit.person, pk, at=visit.at)
    context = sheet.needed_context(visit, regimen, visit.day(said.get("date") or said.get("day")), uuid.uuid4().hex)
    if request.method != "POST":
        return _sheet_or_page(request, visit, "dose", context)
    try:
        taking = sheet.taking_said(visit, said, None)
        told = act.Said(taking.at, taking.amount, anyway=said.get("anyway") == "1", by=visit.person.id)
        dose_id = door.once_for_key(
            request, visit, lambda: act.take_now(person=visit.person, regimen_id=pk, at=visit.at, said=told)
        )
    except DoseLimit as problem:
        asked = {"name": regimen.name, "unit": regimen.unit, "day": visit.today}
        return _asked(request, visit, asked, problem)
    except Invalid as problem:
        return _again(request, visit, said, context, problem)
    return _taken(request, visit, dose_id)


def _ask(
    request: HttpRequest, visit: Visit, dose: DoseEntry, problem: DoseLimit, days: list[date] | None = None
) -> HttpResponse:
    about = {"name": dose.name, "unit": dose.unit, "day": dose.day, "action": f"/medicines/doses/{dose.id}/take/"}
    return _asked(request, visit, about, problem, days or [])


def _asked(
    request: HttpRequest, visit: Visit, about: Mapping[str, Any], problem: DoseLimit, days: list[date] | None = None
) -> HttpResponse:
    """Ask before a limit is passed: over the page, inside the sheet that asked, or on a page of its own."""
    said = door.said_in(request)
    passed = [(name, said[name]) for name in PASSED_ON if said.get(name)]
    context = {
        **over_words(visit, about["unit"], problem),
        "name": about["name"],
        "action": about.get("action", request.path),
        "said": [(name, uuid.uuid4().hex if name == "key" else value) for name, value in passed],
        "here": door.safe_next(request, day_url(about["day"])),
    }
    if not door.is_fragment(request):
        return door.shown(request, visit, "medication/doses/over_page.html", context, status=422)
    inside = request.headers.get("HX-Target") == "dose-edit"
    template = "medication/doses/over_inside.html" if inside else "medication/doses/over_sheet.html"
    response = door.shown(request, visit, template, context, status=422)
    if not inside:
        response["HX-Retarget"], response["HX-Reswap"] = "#sheet-slot", "innerHTML"
    return door.with_days(response, days or [])


def over_words(visit: Visit, unit: str, problem: DoseLimit) -> dict[str, str]:
    """Say how much was taken, what the limit is, and from when the next is within it."""
    found = {name: said[0] for name, said in problem.errors.items()}
    told = []
    if taken := Decimal(found.get("taken_in_24h", "0")):
        told.append(_("지난 24시간에 {amount} 먹었어요.").format(amount=_object(amount_words(taken, unit))))
    if "last_at" in found:
        last = words.moment_words(shown.local(visit, datetime.fromisoformat(found["last_at"])), visit.today)
        told.append(_("마지막으로 먹은 때는 {at}이에요.").format(at=last))
    limit = words.joined(
        _("24시간에 {amount}까지").format(amount=amount_words(Decimal(found["most_in_24h"]), unit))
        if "most_in_24h" in found
        else "",
        _("{span} 띄워서").format(span=words.span_words(timedelta(minutes=int(found["gap_minutes"]))))
        if "gap_minutes" in found
        else "",
    )
    free = datetime.fromisoformat(found["free_at"]) if "free_at" in found else None
    return {
        "told": " ".join(told),
        "limit": limit,
        "free": _("{at}부터는 한도 안이에요.").format(at=_rounded(visit, free)) if free else "",
    }


def _object(said: str) -> str:
    return said if words.english() else words.with_object(said)


def _rounded(visit: Visit, at: datetime) -> str:
    """Name an instant, rounded up to the minute so that it holds."""
    up = timedelta(minutes=1) if at.second or at.microsecond else timedelta()
    return words.moment_words(shown.local(visit, at + up), visit.today)
