"""From suggestions to a meal: rows to correct, foods to find, one press that writes down."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.catalog.foods.public import FoodFacts
from onharu.kernel.problems import Invalid, Missing
from onharu.records.meals.actions import photos
from onharu.records.meals.actions.diary import Wanted
from onharu.records.meals.models import Analysis
from onharu.records.meals.pages import door, suggested_words, words
from onharu.records.meals.pages.suggested_rows import shown_rows
from onharu.records.meals.pages.suggested_said import Said, new_row, said_first, said_in, suggestions_of
from onharu.records.meals.queries.amounts import AmountRefused, amount_of
from onharu.records.meals.queries.shelf import facts_by_key, search_foods

MOST_FOUND = 8
LONGEST_QUERY = 60
GIVEN_UP_AFTER = timedelta(seconds=45)


def analysis_of(visit: Visit, key: uuid.UUID) -> Analysis:
    """Find this person's analysis; somebody else's answers like a missing one."""
    analysis: Analysis | None = Analysis.objects.of(visit.person.id).filter(key=key).first()
    if analysis is None:
        raise Missing("analysis_missing", "분석을 찾을 수 없어요. 다시 올려 주세요.", "This analysis was not found.")
    return analysis


def address(analysis: Analysis) -> str:
    """Tell where an analysis is corrected and confirmed."""
    return f"/meals/{analysis.kind.lower()}/{analysis.key}/"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def suggested(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show what was suggested, or that somebody is still looking; a form sent here is only laid out anew."""
    visit = visit_of(request)
    analysis = analysis_of(visit, key)
    if request.method == "POST":
        saids = once_more(visit, analysis.slot, said_in(request.POST), request.POST.get("do", ""))
        return shown(request, visit, analysis, saids, slot=request.POST.get("slot"))
    waiting = analysis.state == Analysis.State.WAITING
    if waiting and "poll" in request.GET and visit.at - analysis.created_at < GIVEN_UP_AFTER:
        return HttpResponse(status=204)
    return shown(request, visit, analysis, [] if waiting else said_first(suggestions_of(analysis)))


def shown(
    request: HttpRequest,
    visit: Visit,
    analysis: Analysis,
    saids: Sequence[Said],
    *,
    slot: str | None = None,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    """Show the rows, or the waiting, as a sheet or as a page."""
    waiting = analysis.state == Analysis.State.WAITING
    chosen = door.slot_said(slot or analysis.slot, visit)
    form = shown_rows(suggestions_of(analysis), saids, visit.today)
    context = {
        **place(visit, analysis, chosen),
        "form": form,
        "problem": problem,
        "waiting": waiting,
        "given_up": waiting and visit.at - analysis.created_at >= GIVEN_UP_AFTER,
        "read_by": "" if waiting else suggested_words.where_it_was_read(analysis.kind, analysis.answer),
    }
    return door.shown(request, visit, template(request, "suggested"), context, status=status)


def place(visit: Visit, analysis: Analysis, slot: str) -> dict[str, Any]:
    """Tell where the rows go: which analysis, day and meal."""
    return {
        "analysis": analysis,
        "base": address(analysis),
        "day": analysis.day,
        "day_words": words.day_words(analysis.day, visit.today),
        "is_today": analysis.day == visit.today,
        "slot": slot,
        "slots": words.slot_choices(slot),
    }


def template(request: HttpRequest, name: str) -> str:
    """Choose between a sheet over the page and a page of its own."""
    return f"meals/{name}_{'sheet' if door.is_fragment(request) else 'page'}.html"


def once_more(visit: Visit, slot: str, saids: Sequence[Said], do: str) -> list[Said]:
    """Do what a button of a plain form asks for: find foods for a row, or add a row."""
    wish, _sign, name = do.partition("-")
    rows = [with_found(visit, slot, said) if (wish, name) == ("find", said.row) else said for said in saids]
    return [*rows, new_row()] if wish == "add" else rows


def with_found(visit: Visit, slot: str, said: Said) -> Said:
    """Look a row's query up."""
    if not said.query:
        return said
    found = search_foods(visit.person.id, said.query, slot=slot, today=visit.today, limit=MOST_FOUND)
    keys = tuple(hit.facts.id for hit in found.hits)
    return replace(said, found=keys, offered=(), corrected=found.corrected or "")


@signed_in
@require_safe
def find(request: HttpRequest, key: uuid.UUID, row: str) -> HttpResponse:
    """List foods for a row by name; an emptied search lists what was suggested at first."""
    visit = visit_of(request)
    analysis = analysis_of(visit, key)
    said = row_asked(request, row)
    if said.query:
        said = with_found(visit, analysis.slot, said)
    else:
        first = {one.row: one for one in said_first(suggestions_of(analysis))}.get(row, said)
        said = replace(said, offered=first.offered)
    form = shown_rows(suggestions_of(analysis), [said], visit.today)
    return door.shown(request, visit, "meals/suggested_choices.html", {"row": form.rows[0]})


def row_asked(request: HttpRequest, row: str) -> Said:
    """Read which row looks for which name, and the food it has so far."""
    food = request.GET.get(f"food-{row}")
    query = request.GET.get(f"q-{row}", "").strip()[:LONGEST_QUERY]
    return Said(row=row, food=door.number_said(food) if food else None, query=query)


@signed_in
@require_safe
def one_more(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give an empty row for a food that was not suggested."""
    visit = visit_of(request)
    analysis = analysis_of(visit, key)
    form = shown_rows(suggestions_of(analysis), [new_row()], visit.today)
    context = {"row": form.rows[0], "base": address(analysis), "fresh": True}
    return door.shown(request, visit, "meals/suggested_row.html", context)


@signed_in
@require_POST
def confirm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write the rows down: once, however often it is pressed; a row that is not ready says so beside itself."""
    visit = visit_of(request)
    analysis = analysis_of(visit, key)
    day, slot = analysis.day, door.slot_said(request.POST.get("slot") or analysis.slot, visit)
    saids = checked(visit, said_in(request.POST))
    kept = [said for said in saids if not said.removed]
    if analysis.committed_at is None and (not kept or any(said.problem for said in kept)):
        problem = "" if kept else _("담을 음식이 없어요. 하나는 남겨 주세요.")
        return shown(request, visit, analysis, saids, slot=slot, status=422, problem=problem)
    try:
        done = photos.confirm(
            owner_id=visit.person.id,
            key=key,
            wanted=[wanted(said) for said in kept],
            day=day,
            slot=slot,
            eaten_at=door.moment(visit, day, slot),
        )
    except Invalid as refused:
        return shown(request, visit, analysis, saids, slot=slot, status=422, problem=suggested_words.told(refused))
    message, undo = suggested_words.logged(slot, len(done.item_ids)), f"/meals/{done.meal_id}/delete/"
    return door.told(request, days=[day], message=message, undo=undo, close=True)


def wanted(said: Said) -> Wanted:
    """Read a row that was looked over as what the actions take."""
    quantity = door.amount_said(said.quantity)
    return Wanted(food=said.food or 0, quantity=quantity or Decimal(0), unit=said.unit)


def checked(visit: Visit, saids: Sequence[Said]) -> list[Said]:
    """Look each row over that is to be written down: it needs a food and an amount."""
    facts = facts_by_key(visit.person.id, [said.food for said in saids if said.food is not None])
    return [said if said.removed else replace(said, problem=_problem_of(said, facts)) for said in saids]


def _problem_of(said: Said, facts: Mapping[int, FoodFacts]) -> str:
    if said.food is None or said.food not in facts:
        return _("음식을 골라 주세요. 드시지 않았다면 빼 주세요.")
    try:
        amount_of(facts[said.food], door.amount_said(said.quantity) or Decimal(0), said.unit, None)
    except AmountRefused as refused:
        return suggested_words.told(refused)
    return ""
