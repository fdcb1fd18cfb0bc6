"""Measuring in two presses, and one measurement: corrected, gone and back."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel.problems import Invalid
from onharu.records.goals.actions import measuring
from onharu.records.goals.models import Measurement
from onharu.records.goals.pages import door
from onharu.records.goals.pages.forms import MeasureForm
from onharu.records.goals.pages.words import measurement_shown
from onharu.records.goals.queries.days import MeasurementEntry, entry_of
from onharu.records.goals.queries.lists import latest_of
from onharu.records.goals.queries.wording import KIND_WORDS
from onharu.records.goals.rules.measuring import MEASURES, WEIGHT, Said

MORNING = time(8, 0)
STEPS = {0: "1", 1: "0.1"}


def kind_said(said: str | None) -> str:
    """Read a kind of measurement; anything else is the weight."""
    return said if said in MEASURES else WEIGHT


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest) -> HttpResponse:
    """Show what is to be measured, with the last value filled in, or write it down."""
    visit = visit_of(request)
    kind = kind_said(request.POST.get("kind") or request.GET.get("kind"))
    day = visit.day(request.GET.get("date"))
    last = latest_of(visit.person.id).get(kind)
    form = MeasureForm(kind, request.POST or None, initial=_filled(visit, kind, day, last))
    if request.method == "POST" and form.is_valid():
        at = moment(visit, form.cleaned_data.get("date"), form.cleaned_data.get("time"))
        try:
            pk = door.done_once(request, visit, lambda: _write(visit, kind, form.cleaned_data, at).pk)
        except Invalid as problem:
            door.add_problem(form, problem, measured_at="date")
        else:
            return _saved(request, visit, Measurement.objects.one_of(visit.person.id, pk))
    return door.sheet(
        request, visit, _context(visit, request, kind, last, form), body="goals/measure_form.html",
        status=422 if form.errors else 200,
    )  # fmt: skip


def _write(visit: Visit, kind: str, said: dict[str, Any], at: datetime) -> Measurement:
    values = Said(kind, said["value"], said.get("value2"), said.get("context") or "")
    return measuring.measure(person=visit.person, said=values, at=at, note=said["note"])


def moment(visit: Visit, day: date | None, at: time | None) -> datetime:
    """Place a measurement in time: now, unless another day or hour is said; a day alone is its morning."""
    if at is not None:
        return visit.person.instant_of(day or visit.today, at)
    if day is None or day == visit.today:
        return visit.at
    return visit.person.instant_of(day, MORNING)


def _filled(visit: Visit, kind: str, day: date, last: MeasurementEntry | None) -> dict[str, Any]:
    filled: dict[str, Any] = {} if day == visit.today else {"date": day}
    if last is None:
        known = visit.person.weight_kg if kind == WEIGHT else None
        return filled | ({"value": f"{known.normalize():f}"} if known is not None else {})
    ends = {"value": last.value, "value2": last.value2}
    written = {name: f"{value.normalize():f}" for name, value in ends.items() if value is not None}
    return {**filled, **written, "context": last.context}


def _context(
    visit: Visit, request: HttpRequest, kind: str, last: MeasurementEntry | None, form: MeasureForm
) -> dict[str, Any]:
    hidden = visit.person.hide_numbers and kind == WEIGHT
    return {
        "title": _("몸 재기"),
        "kind": kind,
        "kinds": list(KIND_WORDS.items()),
        "date": request.GET.get("date", ""),
        "last": None if last is None or hidden else measurement_shown(last),
        "form": form,
        "unit": MEASURES[kind].unit,
        "step": STEPS[MEASURES[kind].decimals],
        "key": request.POST.get("key") or uuid.uuid4().hex,
        "action": "/goals/measure/",
        "other_time": bool(form["date"].value() or form["time"].value() or form["note"].value()),
    }


def _saved(request: HttpRequest, visit: Visit, row: Measurement) -> HttpResponse:
    shown = measurement_shown(entry_of(row))
    hidden = visit.person.hide_numbers and row.kind == WEIGHT
    message = _("{name} {value} {unit}").format(name=shown.name, value=shown.value, unit=shown.unit)
    return door.told(
        request,
        days=[row.day, visit.today],
        message=_("체중을 적었어요") if hidden else message,
        undo=f"/goals/measurements/{row.pk}/delete/",
        close=True,
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def measurement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a measurement in a sheet, or correct it."""
    visit = visit_of(request)
    row: Measurement = Measurement.objects.alive().one_of(visit.person.id, pk)
    entry, at = entry_of(row), door.local(visit, row.at)
    initial = {**_filled(visit, row.kind, row.day, entry), "date": at.date(), "time": at.time(), "note": row.note}
    form = MeasureForm(row.kind, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        moved = "date" in form.changed_data or "time" in form.changed_data
        try:
            row = measuring.correct(
                person=visit.person, measurement_id=pk, value=said["value"], value2=said.get("value2"),
                context=said.get("context"), note=said["note"],
                at=_moved(visit, said) if moved else None,
            )  # fmt: skip
        except Invalid as problem:
            door.add_problem(form, problem, measured_at="date")
        else:
            days = [entry.day, row.day, visit.today]
            return door.told(request, days=days, message=_("고쳤어요"), close=True, otherwise=history_url(row.kind))
    context = {
        "title": KIND_WORDS[row.kind],
        "row": entry,
        "kind": row.kind,
        "form": form,
        "unit": MEASURES[row.kind].unit,
        "step": STEPS[MEASURES[row.kind].decimals],
        "action": f"/goals/measurements/{pk}/",
        "other_time": True,
    }
    return door.sheet(request, visit, context, body="goals/measure_form.html", status=422 if form.errors else 200)


def _moved(visit: Visit, said: dict[str, Any]) -> datetime:
    """The calendar date and wall clock that somebody wrote, as an instant."""
    at, day = said["time"] or MORNING, said["date"] or visit.today
    return datetime.combine(day, at, tzinfo=door.local(visit, visit.at).tzinfo)


def history_url(kind: str) -> str:
    """Address the measurements of a kind."""
    return f"/goals/measurements/?{urlencode({'kind': kind})}"


@signed_in
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a measurement; it can be taken back for a day."""
    visit = visit_of(request)
    row = measuring.delete(person=visit.person, measurement_id=pk)
    return door.told(
        request,
        days=[row.day, visit.today],
        message=_("기록을 지웠어요"),
        undo=f"/goals/measurements/{pk}/restore/",
        close=True,
        otherwise=history_url(row.kind),
    )


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the deletion of a measurement back."""
    visit = visit_of(request)
    row = measuring.restore(person=visit.person, measurement_id=pk)
    return door.told(request, days=[row.day, visit.today], message=_("되돌렸어요"), otherwise=history_url(row.kind))
