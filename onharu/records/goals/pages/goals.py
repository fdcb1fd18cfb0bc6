"""The page of goals: long goals with their bars, targets in force with why, what was measured last, a suggestion."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel.days import version_of
from onharu.kernel.wording import amount
from onharu.records.goals.actions import targets
from onharu.records.goals.actions.targets import Aimed
from onharu.records.goals.pages import door
from onharu.records.goals.pages.words import goal_shown, measurement_shown, target_shown, visible
from onharu.records.goals.queries.lists import latest_of
from onharu.records.goals.queries.progress import progress_of
from onharu.records.goals.queries.targets import reference_entry, suggested, targets_on
from onharu.records.goals.queries.wording import KIND_WORDS, NOTE_WORDS, TARGET_WORDS
from onharu.records.goals.rules.measuring import MEASURES, WEIGHT
from onharu.records.goals.rules.suggestion import Suggestion
from onharu.records.goals.rules.targets import KEYS

OFFERED = ("water_ml", "workout_minutes", "sleep_hours", "saturated_fat_g", "caffeine_mg", "alcohol_g")


def page_context(visit: Visit) -> dict[str, Any]:
    """Read everything the page shows; the number of statements does not grow with rows."""
    person, today = visit.person, visit.today
    held = [target_shown(entry) for entry in targets_on(person, today)]
    latest = latest_of(person.id)
    hidden = person.hide_numbers
    progress = [one for one in progress_of(person, today) if not (hidden and one.goal.kind == WEIGHT)]
    missing = [key for key in KEYS if key not in {one.key for one in held} and not (hidden and key == "kcal")]
    return {
        "version": version_of(person.id, today),
        "today": today,
        "goals": [goal_shown(one, today) for one in progress],
        "targets": visible(held, hide_numbers=hidden),
        "own": any(one.own for one in held),
        "offered": [(key, TARGET_WORDS[key].name) for key in sorted(missing, key=_offered)],
        "measured": [
            (kind, KIND_WORDS[kind], measurement_shown(latest[kind]) if kind in latest else None) for kind in MEASURES
        ],
        "hide_weight": hidden,
        "suggestion": suggestion_context(suggested(person, today)),
    }


def _offered(key: str) -> int:
    return OFFERED.index(key) if key in OFFERED else len(OFFERED)


def suggestion_context(found: Suggestion) -> dict[str, Any]:
    """Show a suggestion with the energies behind it."""
    facts = {"sex": _("성별"), "birth_year": _("태어난 해"), "height_cm": _("키"), "weight_kg": _("몸무게")}
    return {
        "targets": [target_shown(reference_entry(one)) for one in found.targets],
        "resting": found.resting and amount(found.resting),
        "required": found.requirement and amount(found.requirement),
        "deficit": found.deficit and amount(found.deficit),
        "missing": [facts[name] for name in found.missing],
        "notes": [NOTE_WORDS[code] for code in found.notes],
    }


@signed_in
@require_safe
def goals(request: HttpRequest) -> HttpResponse:
    """Show what is aimed at; `?add=measure` opens that sheet over it."""
    visit = visit_of(request)
    context = page_context(visit)
    if request.GET.get("add") == "measure":
        said = {"kind": request.GET.get("kind", ""), "date": request.GET.get("date", "")}
        context["sheet_url"] = f"/goals/measure/?{urlencode({name: value for name, value in said.items() if value})}"
    return door.shown(request, visit, "goals/goals.html", context)


@signed_in
@require_safe
def goals_part(request: HttpRequest) -> HttpResponse:
    """Show the part of the page that changes; 204 when the screen has this version already."""
    visit = visit_of(request)
    if request.GET.get("seen") == str(version_of(visit.person.id, visit.today)):
        return HttpResponse(status=204)
    return door.shown(request, visit, "goals/goals_part.html", page_context(visit))


@signed_in
@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """Take the suggestion over as daily targets from today on, whole."""
    visit = visit_of(request)
    found = suggested(visit.person, visit.today).targets
    rows = targets.set_targets(person=visit.person, aimed=[Aimed.suggested(one) for one in found])
    message = ngettext("목표 {n}개를 정했어요", "목표 {n}개를 정했어요", len(rows)).format(n=len(rows))
    return door.told(request, days=[visit.today], message=message)
