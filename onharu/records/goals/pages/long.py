"""Long goals: a new one by kind, a change, an end, gone and back."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel.problems import Conflict, Invalid
from onharu.kernel.wording import amount
from onharu.records.goals.actions import long
from onharu.records.goals.actions.long import Wish
from onharu.records.goals.models import Goal
from onharu.records.goals.pages import door
from onharu.records.goals.pages.forms import KINDS, GoalForm
from onharu.records.goals.pages.words import goal_title
from onharu.records.goals.queries.days import goal_entry
from onharu.records.goals.queries.wording import GOAL_WORDS
from onharu.records.goals.rules.guards import pace_a_week
from onharu.records.goals.rules.long import BOUNDS
from onharu.records.goals.rules.progress import WEIGHT

UNITS = {"WEIGHT": "kg", "STRENGTH": "kg", "HABIT": "", "MINUTES": ""}
USUAL = {"HABIT": {"target": 3}, "MINUTES": {"target": 150}}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask what is aimed at, or set it."""
    visit = visit_of(request)
    kind = request.GET.get("kind") or request.POST.get("kind") or ""
    if kind not in BOUNDS:
        kinds = [(code, words) for code, words in KINDS if not (visit.person.hide_numbers and code == "WEIGHT")]
        return door.sheet(
            request, visit, {"title": _("무엇을 이루고 싶나요?"), "kinds": kinds}, body="goals/kinds.html"
        )
    form = GoalForm(kind, request.POST or None, initial=USUAL.get(kind))
    if kind == WEIGHT and (kg := visit.person.weight_kg) is not None:
        form.fields["target"].help_text = _("지금 {kg} kg. 줄이는 목표는 한 주에 {pace} kg까지 정할 수 있어요.").format(
            kg=amount(kg), pace=amount(pace_a_week(kg))
        )
    if request.method == "POST" and form.is_valid():
        try:
            door.done_once(request, visit, lambda: _set(visit, kind, form.cleaned_data).pk)
        except (Invalid, Conflict) as problem:
            door.add_problem(form, problem, exercise="exercise_name")
        else:
            return door.told(request, days=[visit.today], message=_("목표를 정했어요"), close=True)
    context = {
        "title": GOAL_WORDS[kind],
        "kind": kind,
        "key": request.POST.get("key") or uuid.uuid4().hex,
        "form": form,
        "unit": UNITS[kind],
        "action": "/goals/new/",
    }
    return door.sheet(request, visit, context, body="goals/goal_form.html", status=422 if form.errors else 200)


def _set(visit: Visit, kind: str, said: dict[str, Any]) -> Goal:
    return long.set_goal(person=visit.person, wish=Wish(kind=kind, **said))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a goal in a sheet, or change it."""
    visit = visit_of(request)
    row: Goal = Goal.objects.alive().one_of(visit.person.id, pk)
    initial = {"target": f"{row.target.normalize():f}", "due": row.due, "title": row.title}
    form = GoalForm(row.kind, request.POST or None, initial=initial, old=True)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            long.change_goal(person=visit.person, goal_id=pk, no_due=said["due"] is None, **said)
        except Invalid as problem:
            door.add_problem(form, problem)
        else:
            return door.told(request, days=[visit.today], message=_("고쳤어요"), close=True)
    context = {
        "title": goal_title(goal_entry(row)),
        "goal": row,
        "form": form,
        "unit": UNITS[row.kind],
        "action": f"/goals/{pk}/",
    }
    return door.sheet(request, visit, context, body="goals/goal_form.html", status=422 if form.errors else 200)


@signed_in
@require_POST
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a goal as done or dropped, or take it up again."""
    visit = visit_of(request)
    wanted = request.POST.get("state") or request.GET.get("state") or ""
    before = Goal.objects.alive().one_of(visit.person.id, pk).state
    long.change_goal(person=visit.person, goal_id=pk, state=wanted)
    said = {"DONE": _("이루었어요. 축하해요!"), "DROPPED": _("여기까지 했어요"), "ACTIVE": _("다시 시작해요")}
    undo = f"/goals/{pk}/state/?state={before}"
    return door.told(request, days=[visit.today], message=said[wanted], undo=undo, close=True)


@signed_in
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a goal; it can be taken back for a day."""
    visit = visit_of(request)
    long.delete_goal(person=visit.person, goal_id=pk)
    return door.told(
        request, days=[visit.today], message=_("목표를 지웠어요"), undo=f"/goals/{pk}/restore/", close=True
    )


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the deletion of a goal back."""
    visit = visit_of(request)
    long.restore_goal(person=visit.person, goal_id=pk)
    return door.told(request, days=[visit.today], message=_("되돌렸어요"))
