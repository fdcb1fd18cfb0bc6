"""One's own pharmacies: listed with how they stand now, kept and let go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from onharu.accounts.public import asker_id, signed_in
from onharu.catalog.pharmacies.public import Near
from onharu.kernel.problems import Problem
from onharu.records.places.actions import keeping
from onharu.records.places.pages import door, shown, words
from onharu.records.places.pages.door import Guest
from onharu.records.places.queries.kept import kept_of

FEW = 3


def mine_context(guest: Guest) -> dict[str, Any]:
    """List what somebody keeps, how it stands now, and what that rests on."""
    entries = kept_of(guest.owner_id, at=guest.at) if guest.owner_id is not None else ()
    found = [Near(one.pharmacy, one.hours) for one in entries]
    ids = {one.pharmacy.id for one in found}
    rows = shown.rows_of(found, guest.at, ids, numbered=False)
    return {
        "mine": rows,
        "more_of_mine": 0,
        "mine_sources": shown.sources_of(found),
        "mine_holiday": next((one.hours.holiday for one in found if one.hours.holiday), ""),
    }


def few_context(guest: Guest) -> dict[str, Any]:
    """List the first few of what somebody keeps, the open ones first."""
    context = mine_context(guest)
    rows = sorted(context["mine"], key=lambda row: (row.gone, row.state != "open"))
    return {**context, "mine": rows[:FEW], "more_of_mine": max(0, len(rows) - FEW)}


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List one's own pharmacies; htmx gets the list alone, with `few` the first few of it."""
    guest = door.guest_of(request)
    if not door.is_fragment(request):
        return door.shown(request, guest, "places/mine.html", mine_context(guest))
    if request.GET.get("few") == "1":
        return door.shown(request, guest, "places/mine_few.html", few_context(guest))
    return door.shown(request, guest, "places/mine_rows.html", mine_context(guest))


@signed_in
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a pharmacy; 되돌리기 lets it go again."""
    try:
        facts, _since = keeping.keep(owner_id=asker_id(request), pharmacy_id=pk)
    except keeping.TooManyKept as problem:
        return _refused(request, problem)
    message = words.kept_words(facts.name)
    return door.told(request, message=message, undo=f"/pharmacies/{facts.id}/let-go/", pharmacy=facts.id, kept=True)


@signed_in
@require_POST
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a pharmacy no longer; 되돌리기 keeps it again."""
    facts = keeping.let_go(owner_id=asker_id(request), pharmacy_id=pk)
    message = words.let_go_words(facts.name)
    return door.told(request, message=message, undo=f"/pharmacies/{facts.id}/keep/", pharmacy=facts.id, kept=False)


def _refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Say on a plain page what htmx shows in a toast."""
    if door.is_fragment(request):
        raise problem
    return door.said_again(request, problem)
