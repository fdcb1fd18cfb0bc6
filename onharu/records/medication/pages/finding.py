"""Finding a medicine: by name, by symptom, by how a pill looks; before anything is typed, what was looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.catalog.medicines import public as medicines
from onharu.catalog.medicines.public import FREE, Asked
from onharu.records.medication.actions import looking
from onharu.records.medication.pages import door, doses, pills, shown, words
from onharu.records.medication.queries import scraps as asked

LONGEST_QUERY, LONGEST_MARK = 60, 40
MOST_FOUND, MOST_PILLS, SOME_RECENT = 20, 40, 8
EXAMPLES = ("두통", "타이레놀", "ㅌㅇㄹㄴ")


def found_context(visit: Visit, query: str) -> dict[str, Any]:
    """Answer a query from the shelf; without one, list what was lately looked at."""
    if not query:
        recent = [entry.medicine for entry in asked.recent_of(visit.person.id, SOME_RECENT)]
        return {"query": "", "recent": shown.rows_of(visit.person.id, recent), "examples": EXAMPLES}
    found = medicines.on_shelf(Asked(FREE, medicines.folded(query), detail=False, limit=MOST_FOUND))
    return {
        "query": query,
        "rows": shown.rows_of(visit.person.id, [one.brief for one in found.products]),
        "said": words.count_words(len(found.products)),
        "more": len(found.products) == MOST_FOUND,
        "corrected": words.found_words(query, found.corrected) if found.corrected else "",
        "symptoms": " · ".join(found.symptoms),
        "examples": EXAMPLES,
    }


@signed_in
@require_safe
def medicines_page(request: HttpRequest) -> HttpResponse:
    """Show the search, with what it finds where something was asked."""
    visit = visit_of(request)
    query = door.line_said(request.GET.get("q"), LONGEST_QUERY)
    context = {**found_context(visit, query), "understood": asked.has_understood(visit.person.id)}
    if not query:
        context |= doses.now_context(visit) | {"here": "/medicines/"}
    return door.shown(request, visit, "medication/medicines.html", context)


@signed_in
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """List what a query finds, or what was lately looked at."""
    visit = visit_of(request)
    query = door.line_said(request.GET.get("q"), LONGEST_QUERY)
    answer = door.shown(request, visit, "medication/found.html", found_context(visit, query))
    return door.at(answer, "/medicines/", q=query)


def pills_context(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """Read how a pill looks and list the ones that do."""
    front = door.line_said(request.GET.get("front"), LONGEST_MARK)
    back = door.line_said(request.GET.get("back"), LONGEST_MARK)
    shape, color = request.GET.get("shape", ""), request.GET.get("color", "")
    shape, color = shape if shape in pills.OUTLINES else "", color if color in pills.FILLS else ""
    said = bool(front or back or shape or color)
    found = (
        medicines.identify(imprint=f"{front} {back}".strip(), shape=shape, color=color, limit=MOST_PILLS)
        if said
        else ()
    )
    mine = asked.categories_of(visit.person.id, [one.brief.item_seq for one in found]) if found else {}
    return {
        "front": front,
        "back": back,
        "shapes": pills.shape_chips(shape),
        "colors": pills.color_chips(color),
        "any_shape": not shape,
        "any_color": not color,
        "said": said,
        "rows": [
            replace(shown.row_of(one.brief, one.look, mine.get(one.brief.item_seq, "")), looks=pills.words_of(one.look))
            for one in found
        ],
        "count": words.count_words(len(found)),
        "more": len(found) == MOST_PILLS,
        "asked": {"front": front, "back": back, "shape": shape, "color": color},
    }


@signed_in
@require_safe
def identify(request: HttpRequest) -> HttpResponse:
    """Show how to say what a pill looks like, and the ones that look so; htmx gets those alone."""
    visit = visit_of(request)
    context = pills_context(request, visit)
    if not door.is_fragment(request):
        return door.shown(request, visit, "medication/identify.html", context)
    return door.at(
        door.shown(request, visit, "medication/pills.html", context), "/medicines/identify/", **context["asked"]
    )


@signed_in
@require_POST
def understood(request: HttpRequest) -> HttpResponse:
    """Keep that the note before the first use was read."""
    visit = visit_of(request)
    looking.understand(owner_id=visit.person.id)
    if door.is_fragment(request):
        return HttpResponse("")
    return door.told(request, message=_("확인했어요."), otherwise="/medicines/")


@signed_in
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget what was looked at; 되돌리기 brings it back for a day."""
    looking.forget_views(owner_id=visit_of(request).person.id)
    message = _("최근에 본 약을 지웠어요.")
    return door.told(
        request, message=message, undo="/medicines/recent/restore/", otherwise="/medicines/", gone="recent"
    )


@signed_in
@require_POST
def remember(request: HttpRequest) -> HttpResponse:
    """Take the forgetting back."""
    looking.restore_views(owner_id=visit_of(request).person.id)
    return door.told(request, message=_("되돌렸어요."), otherwise="/medicines/")
