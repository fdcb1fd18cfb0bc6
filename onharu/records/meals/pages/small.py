"""Three small states: water, a favourite, a photograph."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    HttpResponseRedirect,
)
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel import files
from onharu.kernel.problems import Invalid, Missing
from onharu.kernel.web import same_etag
from onharu.records.meals.actions import diary, own_foods
from onharu.records.meals.models import Photo
from onharu.records.meals.pages import door
from onharu.records.meals.pages.diary import MOST_ML, water_shown
from onharu.records.meals.queries.diary import day_of

JPEG, FOUND = "image/jpeg", 302


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def water(request: HttpRequest) -> HttpResponse:
    """Show a day's water in a sheet, or say how much it is now."""
    visit = visit_of(request)
    if request.method == "POST":
        return _say_water(request, visit)
    day = visit.day(request.GET.get("date"))
    context = {"day": day, "water": water_shown(day_of(visit.person.id, day))}
    template = "meals/water_sheet.html" if door.is_fragment(request) else "meals/water_page.html"
    return door.shown(request, visit, template, context)


def _say_water(request: HttpRequest, visit: Visit) -> HttpResponse:
    said = request.POST if "ml" in request.POST else request.GET
    day, ml = visit.day(said.get("date")), ml_said(said.get("ml"))
    was = day_of(visit.person.id, day).water_ml or 0
    diary.set_water(owner_id=visit.person.id, day=day, ml=ml)
    undo = f"/meals/water/?{urlencode({'date': day.isoformat(), 'ml': was})}" if was != ml else ""
    message = _("오늘 물 {ml} ml") if day == visit.today else _("물 {ml} ml")
    return door.told(request, days=[day], message=message.format(ml=f"{ml:,}"), undo=undo, close=True)


def ml_said(said: str | None) -> int:
    """Read an amount of water in whole ml. Raises Invalid beyond 0 to 20,000."""
    amount = door.amount_said(said)
    if amount is None or amount > MOST_ML:
        raise Invalid("water_invalid", "물은 0~20,000 ml로 적어 주세요.", "Write water as 0 to 20,000 ml.")
    return int(amount)


@signed_in
@require_POST
def favourite(request: HttpRequest) -> HttpResponse:
    """Say whether a food is a favourite; answers with the star as it is now."""
    visit, food = visit_of(request), door.number_said(request.POST.get("food"))
    wanted = request.POST.get("wanted") == "1"
    own_foods.set_favourite(owner_id=visit.person.id, food=food, wanted=wanted)
    if not door.is_fragment(request):
        return door.told(request, days=[visit.today], message=_("저장했어요."))
    context = {"food": food, "favourite": wanted, "name": request.POST.get("name", "")[:200]}
    return door.shown(request, visit, "meals/star.html", context)


@signed_in
@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Serve a photograph to its owner; somebody else's answers like a missing one. Kept only to be asked for anew."""
    found: Photo = Photo.objects.one_of(visit_of(request).person.id, pk)
    small = request.GET.get("size") == "thumb" and bool(found.thumb)
    etag = f'"{found.digest[:32]}-{"s" if small else "l"}"'
    response: HttpResponseBase
    if same_etag(request.headers.get("If-None-Match"), etag):
        response = HttpResponseNotModified()
    else:
        response = _sent(found, small=small)
    if response.status_code != FOUND:
        response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    return response


def _sent(found: Photo, *, small: bool) -> HttpResponseBase:
    """Send the file, or its owner to the bucket that has it."""
    file = found.thumb if small else found.file
    if link := files.link_to(file.storage, file.name or "", content_type=JPEG):
        return HttpResponseRedirect(link)
    return _file(found, small=small)


def _file(found: Photo, *, small: bool) -> FileResponse:
    try:
        file = (found.thumb if small else found.file).open("rb")
    except FileNotFoundError:
        raise Missing from None
    response = FileResponse(file, content_type=JPEG)
    response["Content-Disposition"] = f'inline; filename="{found.pk}.jpg"'
    return response
