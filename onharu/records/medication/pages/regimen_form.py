"""A regimen from one sentence: read while it is typed, said back, put right field by field, kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.catalog.medicines import public as medicines
from onharu.catalog.medicines.public import FREE, Asked
from onharu.kernel.problems import Problem
from onharu.kernel.storing import computes_only
from onharu.records.medication import rules
from onharu.records.medication.actions import regimens as act
from onharu.records.medication.actions import stock
from onharu.records.medication.pages import door, pills
from onharu.records.medication.pages import regimen_shown as shown
from onharu.records.medication.pages.product import beside_mine_context
from onharu.records.medication.pages.regimen_fields import (
    MOST_PHASES,
    MOST_SLOTS,
    Fields,
    PhaseFields,
    SlotFields,
    fields_said,
    limit_of,
    phases_of,
    span_of,
)
from onharu.records.medication.pages.regimen_reading import Told, told
from onharu.records.medication.pages.regimen_told import problems_of, read_sentence, told_shown
from onharu.records.medication.pages.shown import rows_of
from onharu.records.medication.queries import regimens as asked
from onharu.records.medication.queries.entries import RegimenEntry

EXAMPLES = (
    "아침저녁 식후 30분 1정씩 7일", "하루 한 번 아침 8시 1정", "자기 전 반 알", "격일로 저녁 식후 1정",
    "필요시 1정, 하루 최대 4정, 4시간 간격",
)  # fmt: skip
LONGEST_NAME = 60
SOME_FOUND = 6


def form_context(visit: Visit, given: Fields, regimen: RegimenEntry | None, **more: Any) -> dict[str, Any]:
    """Lay out the form with what was understood of it."""
    wrong: Mapping[str, str] = more.pop("wrong", {})
    others = [(one.id, one.name) for one in asked.regimens_of(visit.person, at=visit.at) if not one.ended]
    return {
        **shown.form_shown(given, wrong, [one for one in others if regimen is None or one[0] != regimen.id]),
        **which_context(visit, given, look=more.pop("look", False)),
        "told": told_shown(visit, given),
        "regimen": regimen,
        "title": _("{name} 고치기").format(name=regimen.name) if regimen else _("먹는 약 더하기"),
        "action": f"/medicines/regimens/{regimen.id}/edit/" if regimen else "/medicines/regimens/new/",
        "back": f"/medicines/regimens/{regimen.id}/" if regimen else "/medicines/regimens/",
        "key": uuid.uuid4().hex,
        "examples": EXAMPLES,
        **more,
    }


def which_context(visit: Visit, given: Fields, *, look: bool = False) -> dict[str, Any]:
    """Show the medicine of a form beside the person's own, or what the shelf has of its name."""
    if given.item_seq and rules.is_item_seq(given.item_seq):
        medicine = medicines.brief_of([given.item_seq]).get(given.item_seq)
        if medicine is not None:
            looks = medicines.looks_of([given.item_seq])
            pill = pills.pill_of(looks.get(given.item_seq))
            return {"medicine": medicine, "pill": pill, **beside_mine_context(visit, given.item_seq)}
    return {"medicine": None, **suggested(visit, given.name if look else "")}


def suggested(visit: Visit, name: str) -> dict[str, Any]:
    """List what the shelf has of a name."""
    query = door.line_said(name, LONGEST_NAME)
    if not query:
        return {"found": [], "looked": False}
    found = medicines.on_shelf(Asked(FREE, medicines.folded(query), detail=False, limit=SOME_FOUND))
    return {"found": rows_of(visit.person.id, [one.brief for one in found.products]), "looked": True}


def fields_of(regimen: RegimenEntry) -> Fields:
    """Fill a form from a regimen."""
    return Fields(
        item_seq=regimen.item_seq,
        name=regimen.name,
        sentence=regimen.sentence,
        read=regimen.sentence,
        amount=f"{regimen.amount.normalize():f}",
        unit=regimen.unit,
        **span_of(regimen.start, regimen.end),
        clock=regimen.schedule.clock,
        **limit_of(regimen.schedule.limit),
        why=regimen.why,
        note=regimen.note,
        reminds=regimen.reminds,
        tracks=regimen.tracks_stock,
        refill_days=str(regimen.refill_days),
        phases=phases_of(regimen.schedule),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show an empty form, that of a medicine of the shelf, or go on with what was typed."""
    visit = visit_of(request)
    if request.method == "POST":
        return _go_on(request, visit, None)
    given = Fields(
        item_seq=request.GET.get("item_seq", ""),
        name=door.line_said(request.GET.get("name"), LONGEST_NAME),
        start=visit.today.isoformat(),
    )
    context = form_context(visit, _named(given), None, look=True)
    return door.shown(request, visit, "medication/regimens/form.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a regimen's form, or go on with what was typed. What was planned before stays as it was said."""
    visit = visit_of(request)
    regimen = asked.regimen_of(visit.person, pk, at=visit.at)
    if request.method == "POST":
        return _go_on(request, visit, regimen)
    context = form_context(visit, fields_of(regimen), regimen)
    return door.shown(request, visit, "medication/regimens/form.html", context)


def _go_on(request: HttpRequest, visit: Visit, regimen: RegimenEntry | None) -> HttpResponse:
    given, act_said = fields_said(request.POST), request.POST.get("act", "save")
    if example := request.POST.get("say"):
        given, act_said = replace(given, sentence=door.line_said(example, 300)), "read"
    if act_said == "save":
        return _save(request, visit, regimen, given)
    changed = _changed(given, act_said, visit)
    context = form_context(visit, changed, regimen, look=act_said in {"find", "read"})
    if act_said.startswith(("slot-", "phase", "drop-")):
        context["by_hand"] = True
    return door.shown(request, visit, _template(request), context)


def _template(request: HttpRequest) -> str:
    """Choose what htmx asks for: the part it will replace, else the whole page."""
    part = {"which": "which", "regimen-rest": "rest", "told": "told"}.get(request.headers.get("HX-Target", ""), "form")
    return f"medication/regimens/{part}.html"


def _changed(given: Fields, said: str, visit: Visit) -> Fields:
    """Do to a form what a button of it says."""
    word, _dash, place = said.partition("-")
    number = int(place) if place.isascii() and place.isdecimal() and len(place) <= 9 else 0
    if word == "read":
        return read_sentence(given, visit.today)
    if word == "pick":
        return _named(replace(given, item_seq=place, name=""))
    if word == "unpick":
        return replace(given, item_seq="")
    if word == "phase" and len(given.phases) < MOST_PHASES:
        return replace(given, phases=(*given.phases, replace(given.phases[-1], length="", amount="")))
    if word in {"slot", "drop"} and number < len(given.phases):
        return replace(given, phases=_phases(given.phases, word, number))
    return given


def _phases(phases: tuple[PhaseFields, ...], word: str, number: int) -> tuple[PhaseFields, ...]:
    if word == "drop":
        return (*phases[:number], *phases[number + 1 :]) or phases
    one = phases[number]
    longer = replace(one, slots=(*one.slots, SlotFields()) if len(one.slots) < MOST_SLOTS else one.slots)
    return (*phases[:number], longer, *phases[number + 1 :])


def _named(given: Fields) -> Fields:
    """Name a form's medicine as the shelf does, where nothing else is said; a number that is none is dropped."""
    if not given.item_seq:
        return given
    found = medicines.brief_of([given.item_seq]) if rules.is_item_seq(given.item_seq) else {}
    if given.item_seq not in found:
        return replace(given, item_seq="")
    return replace(given, name=given.name or found[given.item_seq].name)


def _save(request: HttpRequest, visit: Visit, regimen: RegimenEntry | None, given: Fields) -> HttpResponse:
    """Keep a regimen; a sentence that nobody has seen read back is read and shown first."""
    if given.sentence != given.read:
        context = form_context(visit, read_sentence(given, visit.today), regimen, look_again=True, look=True)
        return door.shown(request, visit, "medication/regimens/form.html", context, status=422)
    found = told(given, visit.today)
    wrong = dict(found) if isinstance(found, dict) else {}
    if not given.name:
        wrong["name"] = _("약 이름을 적어 주세요.")
    if wrong or isinstance(found, dict):
        return _wrong(request, visit, regimen, given, wrong)
    try:
        pk = int(door.once_for_key(request, visit, lambda: str(_kept(visit, regimen, given, found))))
    except Problem as problem:
        return _wrong(request, visit, regimen, given, problems_of(problem, door.problem_words(problem)))
    door.say(request, _("저장했어요."))
    return redirect(f"/medicines/regimens/{pk}/")


def _wrong(
    request: HttpRequest, visit: Visit, regimen: RegimenEntry | None, given: Fields, wrong: Mapping[str, str]
) -> HttpResponse:
    context = form_context(visit, given, regimen, wrong=wrong)
    return door.shown(request, visit, "medication/regimens/form.html", context, status=422)


def _kept(visit: Visit, regimen: RegimenEntry | None, given: Fields, found: Told) -> int:
    said: act.RegimenSaid = {
        "item_seq": given.item_seq, "name": given.name, "why": given.why, "note": given.note, "unit": given.unit,
        "reminds": given.reminds, "tracks_stock": given.tracks, "refill_days": found.refill_days,
        "schedule": found.schedule, "amount": found.amount, "start": found.start, "end": found.end,
    }  # fmt: skip
    if regimen is not None:
        return act.change_regimen(person=visit.person, regimen_id=regimen.id, said=said, at=visit.at).pk
    pk = act.add_regimen(person=visit.person, said=said, at=visit.at).pk
    if given.tracks and found.count is not None:
        stock.set_stock(person=visit.person, regimen_id=pk, amount=found.count, at=visit.at)
    return pk


@signed_in
@require_POST
@computes_only
def understand(request: HttpRequest) -> HttpResponse:
    """Say back what is understood of a form, while it is typed. It keeps nothing.

    From the sentence all fields are filled anew; from the fields only what is said back is answered.
    """
    visit = visit_of(request)
    given = fields_said(request.POST)
    if request.POST.get("from") == "fields":
        context: dict[str, Any] = {"told": told_shown(visit, given)}
        return door.shown(request, visit, "medication/regimens/told.html", context)
    regimen = _edited(request, visit)
    context = form_context(visit, read_sentence(given, visit.today), regimen, look=True)
    return door.shown(request, visit, "medication/regimens/rest.html", context)


def _edited(request: HttpRequest, visit: Visit) -> RegimenEntry | None:
    """Find the regimen whose form is typed into; a new one has none."""
    said = request.POST.get("regimen", "")
    if not (said.isascii() and said.isdecimal() and len(said) <= 18):
        return None
    return asked.regimen_of(visit.person, int(said), at=visit.at)


@signed_in
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """List what the shelf has of a name that is being typed."""
    visit = visit_of(request)
    context = suggested(visit, request.GET.get("name", ""))
    return door.shown(request, visit, "medication/regimens/suggest.html", context)
