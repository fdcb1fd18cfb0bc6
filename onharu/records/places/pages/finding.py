"""Finding a pharmacy: near a position that is used once, in a 동, by name. Nobody has to be signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from onharu.accounts.public import signed_in
from onharu.catalog.pharmacies import public as pharmacies
from onharu.kernel import rates
from onharu.kernel.storing import computes_only
from onharu.records.places.pages import asking, door, lists, shown
from onharu.records.places.pages.asking import Asked
from onharu.records.places.pages.door import Guest
from onharu.records.places.pages.mine import few_context
from onharu.records.places.pages.policy import allow_map
from onharu.records.places.queries.live import ONLY_THERE, live_near

SOME_AREAS, SOME_NAMED = 8, 20
LIVE_A_MINUTE = 20


@require_safe
@door.never_kept
def pharmacies_page(request: HttpRequest) -> HttpResponse:
    """Show how to find a pharmacy, what a name or a 동 found, and one's own."""
    guest = door.guest_of(request)
    context = {**found_context(guest, asking.asked_in(request.GET)), **few_context(guest)}
    return allow_map(door.shown(request, guest, "places/pharmacies.html", context), guest.person)


@require_safe
@door.never_kept
def find(request: HttpRequest) -> HttpResponse:
    """List what a name or a 동 finds; the address of the page says it too, as it is no position."""
    guest, asked = door.guest_of(request), asking.asked_in(request.GET)
    answer = door.shown(request, guest, "places/found.html", found_context(guest, asked))
    return door.at(answer, asked.address())


@require_POST
@door.never_kept
@computes_only
def near(request: HttpRequest) -> HttpResponse:
    """List what is near a position, which is used for this answer and kept nowhere."""
    guest, asked = door.guest_of(request), asking.asked_in(request.POST)
    context = lists.near_context(guest, asking.place_in(request.POST), asked)
    context |= {"vague": asking.is_vague(request.POST)}
    if door.is_fragment(request):
        return door.shown(request, guest, "places/found.html", context)
    page = door.shown(request, guest, "places/pharmacies.html", {**context, **few_context(guest)})
    return allow_map(page, guest.person)


@signed_in
@require_POST
@door.never_kept
@computes_only
def live(request: HttpRequest) -> HttpResponse:
    """Ask another company which pharmacies it lists near a position, for somebody who agreed to that."""
    guest = door.guest_of(request)
    rates.spend(f"places:live:{guest.owner_id}", most=LIVE_A_MINUTE)
    found = live_near(guest.person, asking.place_in(request.POST), asking.asked_in(request.POST).radius)
    context = {"live": found, "rows": [shown.live_row(one) for one in found.found], "only_there": ONLY_THERE}
    return door.shown(request, guest, "places/live.html", context)


def found_context(guest: Guest, asked: Asked) -> dict[str, Any]:
    """Answer what a name or a 동 finds; where nothing is said, how to begin."""
    area = None if asked.area is None else pharmacies.area(asked.area)
    if area is not None:
        return lists.area_context(guest, area, asked)
    if not asked.query:
        return {"mode": "", "asked": asked, "empty_shelf": pharmacies.is_empty(), "only_sample": pharmacies.is_sample()}
    areas = pharmacies.areas(asked.query, limit=SOME_AREAS)
    ids = pharmacies.named(asked.query, limit=SOME_NAMED)
    if len(areas) == 1 and not ids:
        return lists.area_context(guest, areas[0], asked)
    facts = pharmacies.facts_of(ids)
    named = list({facts[one].id: facts[one] for one in ids if one in facts}.values())
    return lists.words_context(guest, areas, named, asked)
