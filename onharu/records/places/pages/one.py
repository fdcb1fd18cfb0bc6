"""One pharmacy: its week, its phone, the way there, and where all that comes from."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from onharu.catalog.pharmacies import public as pharmacies
from onharu.catalog.pharmacies.public import Near, PharmacyFacts
from onharu.kernel.problems import Missing
from onharu.records.places.pages import door, shown, words
from onharu.records.places.pages.door import Guest
from onharu.records.places.pages.links import map_links

LARGEST_ID = 2**63 - 1


@require_safe
@door.never_kept
def pharmacy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a pharmacy; htmx gets it as a sheet, so that the list behind it stays."""
    facts = pharmacies.facts_of([pk]).get(pk) if pk <= LARGEST_ID else None
    if facts is None:
        raise Missing
    guest = door.guest_of(request)
    template = "places/one_sheet.html" if door.is_fragment(request) else "places/one.html"
    context = one_context(guest, facts)
    if facts.place is not None:
        context["link"] = map_links(facts.name, facts.place, request.headers.get("User-Agent", ""))
    return door.shown(request, guest, template, context)


def one_context(guest: Guest, facts: PharmacyFacts) -> dict[str, Any]:
    """Say all that is known of one pharmacy, and what is not."""
    hours = pharmacies.hours_of(facts, guest.at)
    today = guest.at.astimezone(words.SEOUL).date()
    return {
        "row": shown.row_of(Near(facts, hours), guest.at, kept=facts.id in guest.kept()),
        "facts": facts,
        "week": shown.week_of(facts, hours, today),
        "holiday": hours.holiday,
        "sources": words.sources_of([facts]),
        "gone_on": facts.gone_on,
    }
