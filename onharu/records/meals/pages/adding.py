"""The sheet that adds: what you usually eat here, search on top, one press writes down."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.records.meals.actions import diary
from onharu.records.meals.models import MealItem
from onharu.records.meals.pages import door, words
from onharu.records.meals.pages.offers import TABS, offer_again, offers
from onharu.records.meals.pages.tray import tray_of
from onharu.records.meals.queries import wording

LONGEST_QUERY = 60


def add_context(request: HttpRequest, visit: Visit, said: Mapping[str, Any]) -> dict[str, Any]:
    """Read where foods go and what is listed."""
    day, slot = visit.day(said.get("date")), door.slot_said(said.get("slot"), visit)
    query = str(said.get("q") or "").strip()[:LONGEST_QUERY]
    tab = said.get("tab") if said.get("tab") in TABS else "recent"
    replace = said.get("replace") or ""
    return {
        "day": day,
        "day_words": words.day_words(day, visit.today),
        "slot": slot,
        "slot_word": wording.SLOT_WORDS[slot],
        "slots": words.slot_choices(slot),
        "where": urlencode({"date": day.isoformat(), "slot": slot}),
        "replace": door.number_said(replace) if replace else None,
        "found": offers(visit, tab=str(tab), query=query, day=day, slot=slot),
    }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Open the sheet, or write one pressed food down."""
    if request.method == "POST":
        return _write(request)
    visit = visit_of(request)
    context = add_context(request, visit, request.GET.dict())
    context["tray"] = tray_of(visit.person.id, door.numbers_said(request.GET.getlist("added")))
    return door.shown(request, visit, _template(request), context)


def _template(request: HttpRequest) -> str:
    if not door.is_fragment(request):
        return "meals/add_page.html"
    return "meals/add_panel.html" if request.GET.get("part") == "panel" else "meals/add_sheet.html"


def _write(request: HttpRequest) -> HttpResponse:
    visit, said = visit_of(request), request.POST
    day, slot = visit.day(said.get("date")), door.slot_said(said.get("slot"), visit)
    before, quantity = door.numbers_said(said.getlist("added")), door.amount_said(said.get("quantity"))
    wanted = diary.Wanted(
        food=door.number_said(said.get("food")),
        quantity=Decimal(1) if quantity is None else quantity,
        unit=said.get("unit", "")[:20],
        grams=door.amount_said(said.get("grams")),
    )

    def run() -> list[int]:
        items = diary.add_to_slot(
            owner_id=visit.person.id, day=day, slot=slot, eaten_at=door.moment(visit, day, slot), wanted=[wanted]
        )
        return [item.pk for item in items]

    ids = door.done_once(request, visit, run)
    added = [*before, *ids]
    if not door.is_fragment(request):
        where = {"date": day.isoformat(), "slot": slot, "added": ",".join(map(str, dict.fromkeys(added)))}
        return redirect(f"/meals/add/?{urlencode(where)}")
    return _added(request, visit, {"day": day, "slot": slot, "ids": ids, "added": added})


def _added(request: HttpRequest, visit: Visit, done: Mapping[str, Any]) -> HttpResponse:
    """Answer a press: its row with a new key, and the tray."""
    item = MealItem.objects.one_of(visit.person.id, done["ids"][0])
    context = {
        "day": done["day"],
        "slot": done["slot"],
        "offer": offer_again(visit.person.id, item),
        "tray": tray_of(visit.person.id, done["added"]),
        "said": words.added_words([item.name]),
    }
    fragment = door.shown(request, visit, "meals/added.html", context)
    return door.told(request, days=[done["day"]], message="", fragment=fragment)


@signed_in
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """List a tab's foods, or what a query finds."""
    visit = visit_of(request)
    return door.shown(request, visit, "meals/found.html", add_context(request, visit, request.GET.dict()))
