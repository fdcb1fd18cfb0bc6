"""Exercises to press: what was lately done, what a name finds, what can stand in for a planned one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.catalog.exercises import public as exercises
from onharu.catalog.exercises.public import ExerciseFacts
from onharu.records.workouts.actions import tasks
from onharu.records.workouts.pages import door, words
from onharu.records.workouts.pages.tasks import named
from onharu.records.workouts.queries.alternatives import alternatives_of
from onharu.records.workouts.queries.recent import Recent, last_of, recent_workouts
from onharu.records.workouts.queries.rows import task_by_id

STARTERS = (
    "walk", "walk-brisk", "full-body-stretch", "jog", "stair-climb", "outdoor-bike", "hiking", "yoga",
)  # fmt: skip
USUAL_MINUTES = Decimal(30)
LONGEST_QUERY, MOST_OTHERS, ENOUGH = 60, 12, 5
PURPOSES = ("log", "task")


@dataclass(frozen=True, slots=True)
class Offer:
    """One exercise to press; `fields` is what the press says beside it, `edit` addresses the form for other amounts."""

    id: str
    key: str
    exercise: int | None
    name: SafeString
    plain_name: str
    about: str
    fields: tuple[tuple[str, str], ...] = ()
    edit: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be pressed: lately done or found by a query, which may have been understood as `corrected`."""

    query: str
    corrected: str
    title: str
    rows: tuple[Offer, ...]


def offers(visit: Visit, *, query: str, purpose: str, where: str) -> Offers:
    """List what a press could write down or plan: answers to a query, else what was lately or is often done."""
    brief = purpose == "log"
    if query:
        found = exercises.find(query)
        corrected = words.found_words(query, found.corrected) if found.corrected else ""
        hits = (hit.facts for hit in found.hits)
        rows = tuple(found_offer(facts, where, found.corrected or query, brief=brief) for facts in hits)
        return Offers(query, corrected, "", rows)
    recents = recent_workouts(visit.person.id)
    facts = exercises.facts_of(one.exercise for one in recents if one.exercise is not None) if recents else {}
    lately = [recent_offer(one, facts.get(one.exercise or 0), where, place) for place, one in enumerate(recents)]
    if len(lately) >= ENOUGH:
        return Offers("", "", _("최근에 한 운동"), tuple(lately))
    known = {one.code: one for one in exercises.planning_pool()}
    often = (known[code] for code in STARTERS if code in known and known[code].id not in facts)
    title = _("최근에 했거나 많이 하는 운동") if lately else _("많이 하는 운동")
    return Offers("", "", title, (*lately, *(found_offer(one, where, brief=brief) for one in often)))


def found_offer(facts: ExerciseFacts, where: str = "", query: str = "", *, brief: bool = False) -> Offer:
    """Offer an exercise of the catalogue; one that is done by the clock takes half an hour."""
    timed = facts.measure == "minutes"
    name = words.name_of(facts.name, facts)
    minutes = words.minutes_words(USUAL_MINUTES) if timed else ""
    return Offer(
        id=str(facts.id),
        key=uuid.uuid4().hex,
        exercise=facts.id,
        name=words.marked(name, query),
        plain_name=name,
        about=words.spaced(minutes, words.trains(facts) if brief else words.about(facts)),
        fields=(("minutes", words.plain(USUAL_MINUTES)),) if timed else (),
        edit=f"{where}&{urlencode({'exercise': facts.id})}",
    )


def recent_offer(recent: Recent, facts: ExerciseFacts | None, where: str, place: int) -> Offer:
    """Offer what was done before with the amounts of the last time."""
    name = words.name_of(recent.name, facts)
    minutes = words.minutes_words(recent.minutes)
    said: dict[str, Any] = {"minutes": words.plain(recent.minutes)} if recent.minutes is not None else {}
    said |= {"again": "1"} if recent.sets else {}
    which = {"exercise": recent.exercise} if recent.exercise is not None else {"name": recent.name}
    return Offer(
        id=str(recent.exercise or f"own-{place}"),
        key=uuid.uuid4().hex,
        exercise=recent.exercise,
        name=words.marked(name, ""),
        plain_name=name,
        about=words.spaced(minutes, words.sets_done_words(recent.sets)) or _("시간 정보 없음"),
        fields=tuple(said.items()),
        edit=f"{where}&{urlencode(which)}",
    )


def panel_context(request: HttpRequest, visit: Visit, purpose: str) -> dict[str, Any]:
    """Read what a panel is for and what it lists."""
    day = visit.day(request.GET.get("date"))
    query = door.line_said(request.GET.get("q"), LONGEST_QUERY)
    where = urlencode({"date": day.isoformat(), "purpose": purpose})
    return {
        "day": day,
        "purpose": purpose,
        "where": where,
        "path": request.path,
        "found": offers(visit, query=query, purpose=purpose, where=where),
    }


@signed_in
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """List what a query finds, or what was lately done."""
    visit = visit_of(request)
    purpose = request.GET.get("purpose", "")
    context = panel_context(request, visit, purpose if purpose in PURPOSES else "log")
    return door.shown(request, visit, "workouts/found.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_task(request: HttpRequest) -> HttpResponse:
    """Show exercises to plan, or plan the pressed one as it was last done."""
    visit = visit_of(request)
    if request.method != "POST":
        context = panel_context(request, visit, "task") | {"title": _("할 운동 넣기")}
        return door.sheet_or_page(request, visit, "panel", context)
    day = visit.day(request.POST.get("date"))
    draft = _draft(visit, request)
    pk = door.done_once(request, visit, lambda: tasks.add_task(owner_id=visit.person.id, draft=draft, day=day))
    name = named(task_by_id(visit.person.id, pk))
    message = _("{name_eul} 넣었어요.").format(name=name, name_eul=words.with_object(name))
    return door.told(request, days=[day], message=message, undo=f"/workouts/tasks/{pk}/delete/", close=True)


def _draft(visit: Visit, request: HttpRequest) -> tasks.TaskDraft:
    """Plan an exercise the way it was last done, else three sets, or half an hour by the clock."""
    said = request.POST
    if not said.get("exercise"):
        name = door.line_said(said.get("name"), door.LONGEST_NAME)
        return tasks.TaskDraft(name=name, minutes=door.whole_said(said.get("minutes"), "minutes"))
    number = door.number_said(said.get("exercise"))
    facts = exercises.facts_of([number]).get(number)
    last = last_of(visit.person.id, number) if facts else None
    if facts is None or facts.measure == "minutes" or not facts.measure:
        minutes = last.minutes if last and last.minutes else USUAL_MINUTES
        return tasks.TaskDraft(exercise=number, minutes=int(minutes))
    if last and last.sets:
        one = last.sets[-1]
        return tasks.TaskDraft(
            exercise=number, sets=len(last.sets), reps_low=one.reps, reps_high=one.reps, weight_kg=one.weight_kg,
            seconds=one.seconds, rest_seconds=90,
        )  # fmt: skip
    held = facts.measure == "seconds"
    reps = (None, None) if held else (8, 12)
    return tasks.TaskDraft(
        exercise=number, sets=3, reps_low=reps[0], reps_high=reps[1], seconds=30 if held else None, rest_seconds=90
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def swap(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what can stand in for a task's exercise, or put the pressed one in its place."""
    visit, said = visit_of(request), door.said_in(request)
    task = task_by_id(visit.person.id, pk)
    if request.method != "POST":
        return door.sheet_or_page(request, visit, "swap", _swap_context(visit, pk))
    number = door.number_said(said.get("exercise"))
    tasks.swap_task(owner_id=visit.person.id, task_id=pk, exercise=number)
    weight = door.amount_said(said.get("weight_kg"), "weight_kg")
    if weight is not None:
        draft = tasks.TaskDraft(weight_kg=weight)
        tasks.change_task(owner_id=visit.person.id, task_id=pk, draft=draft, said=frozenset({"weight_kg"}))
    name = named(task_by_id(visit.person.id, pk))
    message = _("{name_ro} 바꿨어요.").format(name=name, name_ro=words.to_words(name))
    return door.told(request, days=[task.day], message=message, undo=_swap_back(pk, task), close=True)


def _swap_back(pk: int, task: Any) -> str:
    """Address the undo of a swap: the exercise it was, with the weight it had."""
    if task.exercise is None:
        return ""
    back = {"exercise": task.exercise, "weight_kg": words.plain(task.weight_kg)}
    return f"/workouts/tasks/{pk}/swap/?{urlencode({name: value for name, value in back.items() if value})}"


def _swap_context(visit: Visit, pk: int) -> dict[str, Any]:
    task = task_by_id(visit.person.id, pk)
    others: Iterable[ExerciseFacts] = alternatives_of(visit.person.id, task.exercise, task.day)[:MOST_OTHERS]
    return {
        "task": task,
        "name": named(task),
        "day": task.day,
        "purpose": "swap",
        "found": Offers("", "", "", tuple(found_offer(facts) for facts in others)),
    }
