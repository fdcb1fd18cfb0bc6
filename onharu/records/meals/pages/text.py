"""The text sheet: one sentence, read at home into rows to correct."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from onharu.accounts.public import signed_in, visit_of
from onharu.kernel.problems import Invalid
from onharu.records.meals.actions import photos
from onharu.records.meals.pages import door, suggested_words
from onharu.records.meals.pages.photo import start_context
from onharu.records.meals.pages.suggested import address, shown, template
from onharu.records.meals.pages.suggested_said import said_first, suggestions_of


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest) -> HttpResponse:
    """Ask what was eaten in a sentence, or read one and show what it could be."""
    visit = visit_of(request)
    said = request.POST if request.method == "POST" else request.GET
    day, slot = visit.day(said.get("date")), door.slot_said(said.get("slot"), visit)
    context = {**start_context(visit, day, slot), "text": said.get("text", ""), "longest": photos.LONGEST_TEXT}
    if request.method != "POST":
        return door.shown(request, visit, template(request, "text"), context)
    try:
        analysis = photos.take_text(
            owner_id=visit.person.id, text=said.get("text", ""), day=day, slot=slot, today=visit.today
        )
    except Invalid as problem:
        context["problem"] = suggested_words.told(problem)
        return door.shown(request, visit, template(request, "text"), context, status=422)
    if not door.is_fragment(request):
        return redirect(address(analysis))
    return shown(request, visit, analysis, said_first(suggestions_of(analysis)))
