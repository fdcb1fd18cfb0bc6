"""The photo sheet: take or choose photographs, and be shown what they could be."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel.images import MAX_BYTES, too_large
from onharu.kernel.problems import Invalid, Refused, Unavailable
from onharu.records.meals.actions import photos
from onharu.records.meals.models import Analysis
from onharu.records.meals.pages import door, suggested_words, words
from onharu.records.meals.pages.suggested import address, shown, template
from onharu.records.meals.pages.suggested_said import said_first, suggestions_of
from onharu.upstream import food_vision

WAIT_SECONDS = 1.0


def start_context(visit: Visit, day: date, slot: str, problem: str = "") -> dict[str, Any]:
    """Read which meal is recorded, and tell what went wrong, where something did."""
    return {
        "day": day,
        "day_words": words.day_words(day, visit.today),
        "is_today": day == visit.today,
        "slot": slot,
        "slots": words.slot_choices(slot),
        "where": urlencode({"date": day.isoformat(), "slot": slot}),
        "problem": problem,
    }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def photo(request: HttpRequest) -> HttpResponse:
    """Ask for photographs, or take them in and show what they could be."""
    visit = visit_of(request)
    said = request.POST if request.method == "POST" else request.GET
    day, slot = visit.day(said.get("date")), door.slot_said(said.get("slot"), visit)
    if request.method != "POST":
        return _start(request, start_context(visit, day, slot))
    try:
        analysis = _taken(request, visit, day, slot)
    except (Invalid, Unavailable, Refused) as problem:
        return _start(request, start_context(visit, day, slot, suggested_words.told(problem)), status=422)
    if not door.is_fragment(request):
        return redirect(address(analysis))
    waiting = analysis.state == Analysis.State.WAITING
    return shown(request, visit, analysis, [] if waiting else said_first(suggestions_of(analysis)))


def _start(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {
        **context,
        "leaves_home": food_vision.leaves_home() and visit_of(request).person.photos_may_leave,
        "most": photos.MOST_PHOTOS,
        "most_bytes": MAX_BYTES,
    }
    return door.shown(request, visit_of(request), template(request, "photo"), context, status=status)


def _taken(request: HttpRequest, visit: Visit, day: date, slot: str) -> Analysis:
    files = request.FILES.getlist("photo")
    if not files:
        raise Invalid("photo_missing", "사진을 골라 주세요.", "Please choose a photo.")
    if any((file.size or 0) > MAX_BYTES for file in files):
        raise too_large()
    analysis = photos.take_photos(owner_id=visit.person.id, raws=[file.read() for file in files], day=day, slot=slot)
    return photos.recognise_soon(analysis, WAIT_SECONDS)
