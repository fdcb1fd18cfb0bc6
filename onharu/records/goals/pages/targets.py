"""One daily target: its sheet, a change from today on, back to the reference, and undo."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onharu.accounts.public import signed_in, visit_of
from onharu.kernel.problems import Invalid, Missing
from onharu.records.goals.actions import targets
from onharu.records.goals.actions.targets import Aimed
from onharu.records.goals.pages import door
from onharu.records.goals.pages.forms import TargetForm
from onharu.records.goals.pages.words import target_shown
from onharu.records.goals.queries.targets import TargetEntry, targets_on
from onharu.records.goals.queries.wording import TARGET_WORDS, unit_of
from onharu.records.goals.rules.targets import KEYS

USUAL = {"water_ml": "at_least", "workout_minutes": "at_least", "sleep_hours": "at_least", "fiber_g": "at_least"}
STEPS = {"kcal": "50", "sodium_mg": "100", "water_ml": "100", "sleep_hours": "0.5", "iron_mg": "1", "alcohol_g": "1"}
ENDS = {"at_least": ("low",), "at_most": ("high",), "within": ("low", "high")}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def target(request: HttpRequest, key: str) -> HttpResponse:
    """Show a target in a sheet, or set it from today on."""
    visit = visit_of(request)
    if key not in KEYS:
        raise Missing
    held = next((one for one in targets_on(visit.person, visit.today) if one.key == key), None)
    form = TargetForm(key, request.POST or None, initial=_initial(key, held))
    if request.method == "POST" and form.is_valid():
        try:
            targets.set_target(person=visit.person, aimed=_aimed(key, form.cleaned_data))
        except Invalid as problem:
            door.add_problem(form, problem)
        else:
            message = _("{name} 목표를 정했어요").format(name=TARGET_WORDS[key].name)
            return door.told(request, days=[visit.today], message=message, undo=_undo(key, held), close=True)
    return door.sheet(
        request, visit, _context(key, held, form), body="goals/target_form.html", status=422 if form.errors else 200
    )


def _aimed(key: str, said: dict[str, Any]) -> Aimed:
    """What a form says; an end that its direction does not use is left out."""
    ends = {end: said[end] for end in ENDS[said["direction"]]}
    return Aimed(key=key, direction=said["direction"], guidance=bool(said.get("guidance")), **ends)


def _initial(key: str, held: TargetEntry | None) -> dict[str, Any]:
    if held is None:
        return {"direction": USUAL.get(key, "at_most")}
    ends = {end: value.normalize() for end in ("low", "high") if (value := getattr(held, end)) is not None}
    return {
        "direction": held.direction,
        "guidance": held.guidance,
        **{end: f"{value:f}" for end, value in ends.items()},
    }


def _context(key: str, held: TargetEntry | None, form: TargetForm) -> dict[str, Any]:
    return {
        "key": key,
        "title": TARGET_WORDS[key].name,
        "unit": unit_of(key),
        "held": held and target_shown(held, short=False),
        "step": STEPS.get(key, "5"),
        "form": form,
        "action": f"/goals/targets/{key}/",
    }


def _undo(key: str, held: TargetEntry | None) -> str:
    """The address that takes a change of today back."""
    if held is None or held.id is None:
        return f"/goals/targets/{key}/remove/"
    said = {"direction": held.direction, "guidance": "1" if held.guidance else ""}
    ends = {end: f"{value}" for end in ("low", "high") if (value := getattr(held, end)) is not None}
    return f"/goals/targets/{key}/again/?{urlencode({**said, **ends})}"


@signed_in
@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Go back to the reference from today on."""
    visit = visit_of(request)
    if key not in KEYS:
        raise Missing
    held = next((one for one in targets_on(visit.person, visit.today, only_own=True) if one.key == key), None)
    targets.remove_target(person=visit.person, key=key)
    message = _("{name} 목표를 거두었어요").format(name=TARGET_WORDS[key].name)
    return door.told(request, days=[visit.today], message=message, undo=_undo(key, held) if held else "", close=True)


@signed_in
@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    """Hold to what was held before: undo."""
    visit = visit_of(request)
    form = TargetForm(key, request.GET)
    if key not in KEYS or not form.is_valid():
        raise Missing
    targets.set_target(person=visit.person, aimed=_aimed(key, form.cleaned_data))
    return door.told(request, days=[visit.today], message=_("되돌렸어요"))
