"""The calendar at a secret address, and the page on which its owner makes, changes and ends that address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel import access, clock, rates, walls
from onharu.kernel.problems import Missing
from onharu.kernel.web import same_etag
from onharu.records.medication.actions import feeds
from onharu.records.medication.models import CalendarFeed
from onharu.records.medication.pages import door
from onharu.records.medication.queries import calendar
from onharu.records.medication.queries.printing import usual_days

MOST_A_MINUTE = 30
PAGE = "/medicines/calendar/"


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer with the calendar of a secret address; a wrong one is answered like any address that is not there."""
    if len(secret) != feeds.SECRET_LENGTH:
        raise Missing
    with walls.for_house():
        found = calendar.living_feed(feeds.hash_of(secret))
    rates.spend(f"calendar:{found.pk}", most=MOST_A_MINUTE)
    with walls.as_person(found.owner_id):
        return _read(request, found)


def _read(request: HttpRequest, found: CalendarFeed) -> HttpResponse:
    feeds.note_read(feed=found)
    shown = calendar.shown_by(found, clock.now())
    if same_etag(request.headers.get("If-None-Match"), shown.etag):
        response = HttpResponse(status=304)
    else:
        access.of(found.owner_id, by="")
        response = HttpResponse(calendar.body_of(shown), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="onharu.ics"'
        response["Content-Language"] = shown.person.language
    response["ETag"] = shown.etag
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def address_of(request: HttpRequest, secret: str) -> str:
    """Write the address as a calendar program is given it."""
    return request.build_absolute_uri(f"/calendar/{secret}.ics")


def context_of(visit: Visit, **more: Any) -> dict[str, Any]:
    """Tell what the page shows; the address itself only right after it was made."""
    known = {"feed": calendar.feed_of(visit.person.id), "report": usual_days(visit)}
    return {**known, "address": "", "webcal": "", **more}


def _page(request: HttpRequest, visit: Visit, **more: Any) -> HttpResponse:
    template = "medication/calendar/part.html" if door.is_fragment(request) else "medication/calendar/page.html"
    response = door.shown(request, visit, template, context_of(visit, **more))
    response["Referrer-Policy"] = "same-origin"
    return response


@signed_in
@require_safe
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Show whether there is an address, and what it shows."""
    return _page(request, visit_of(request))


@signed_in
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make an address and show it, this once; the one before ends."""
    visit = visit_of(request)
    made = feeds.make_feed(owner_id=visit.person.id, **_said(request))
    address = address_of(request, made.secret)
    return _page(request, visit, address=address, webcal="webcal" + address.removeprefix(request.scheme or ""))


@signed_in
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Let the address show names or not, and ring or not."""
    visit = visit_of(request)
    feeds.change_feed(owner_id=visit.person.id, **_said(request))
    return _told(request, visit, _("저장했어요."))


@signed_in
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """End the address; 되돌리기 lets the same address live again for a day."""
    visit = visit_of(request)
    gone = feeds.revoke_feed(owner_id=visit.person.id)
    undo = f"{PAGE}{gone.pk}/restore/" if gone else ""
    return _told(request, visit, _("달력 주소를 닫았어요. 하루 안에는 되돌릴 수 있어요."), undo)


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an ended address live again."""
    visit = visit_of(request)
    feeds.restore_feed(owner_id=visit.person.id, feed_id=pk)
    return door.told(request, message=_("되돌렸어요."), otherwise=PAGE)


def _said(request: HttpRequest) -> dict[str, bool]:
    return {name: name in request.POST for name in ("names_shown", "alarms")}


def _told(request: HttpRequest, visit: Visit, message: str, undo: str = "") -> HttpResponse:
    if not door.is_fragment(request):
        messages.success(request, message)
        return redirect(PAGE)
    response = _page(request, visit, undo=undo)
    trigger_client_event(response, "onharu:toast", {"message": message, "undo": undo})
    return response
