"""Scrapped medicines: listed, gone and back; their tags; what notices say of mine together."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel.problems import Conflict, Invalid
from onharu.kernel.spelling import LONGEST_TAG
from onharu.records.medication.actions import scraps, tags
from onharu.records.medication.pages import door, shown, words
from onharu.records.medication.queries import scraps as asked
from onharu.records.medication.queries.comparing import asker_of, compare

A_PAGE = 30
LEAST_TOGETHER = 2


def list_context(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """Read which scraps are asked for, and list them."""
    category, tag = request.GET.get("category", ""), request.GET.get("tag", "")
    category = category if category in words.CATEGORY_WORDS else ""
    number = int(tag) if tag.isascii() and tag.isdecimal() and len(tag) <= 18 else None
    found = asked.ScrapList(visit.person.id, category=category, tag=number)
    pages: Paginator[Any] = Paginator(found, A_PAGE)  # type: ignore[arg-type]  # it tells its length by count
    page = pages.get_page(request.GET.get("page"))
    known = asked.tags_of(visit.person.id)
    return {
        "page": page,
        "rows": shown.scrap_rows(list(page.object_list)),
        "category": category,
        "categories": words.CATEGORY_WORDS.items(),
        "tags": known,
        "tag": number,
        "narrowed": bool(category or number is not None),
        "query": "".join(f"{name}={value}&" for name, value in (("category", category), ("tag", number)) if value),
        "longest_tag": LONGEST_TAG,
    }


def together_context(visit: Visit) -> dict[str, Any]:
    """Lay official notices beside all of the person's own medicines."""
    found = compare(owner_id=visit.person.id, item_seqs=[], with_mine=True, asker=asker_of(visit))
    enough = len(found.names) >= LEAST_TOGETHER
    return {"mine_count": len(found.names), "compared": shown.compared_shown(found) if enough else None}


@signed_in
@require_safe
def scrapped(request: HttpRequest) -> HttpResponse:
    """List scrapped medicines; htmx gets the list alone."""
    visit = visit_of(request)
    if door.is_fragment(request):
        return door.shown(request, visit, "medication/scrap_rows.html", list_context(request, visit))
    context = {**list_context(request, visit), **together_context(visit)}
    return door.shown(request, visit, "medication/scraps.html", context)


@signed_in
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a scrap go; 되돌리기 brings it back for a day."""
    visit = visit_of(request)
    gone = scraps.delete_scrap(owner_id=visit.person.id, scrap_id=pk)
    entry = asked.scrap_entry(gone)
    message = words.let_go_words(entry.medicine.name if entry.medicine else entry.item_seq)
    undo = f"/medicines/scraps/{pk}/restore/"
    return door.told(request, message=message, undo=undo, otherwise=f"/medicines/{entry.item_seq}/", gone=f"scrap-{pk}")


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the deletion of a scrap back."""
    back = scraps.restore_scrap(owner_id=visit_of(request).person.id, scrap_id=pk)
    return door.told(request, message=_("되돌렸어요."), otherwise=f"/medicines/{back.item_seq}/")


def _tags_told(request: HttpRequest, visit: Visit, message: str, undo: str = "", gone: str = "") -> HttpResponse:
    if not door.is_fragment(request):
        return door.told(request, message=message, otherwise="/medicines/scraps/", gone=gone)
    context = {"tags": asked.tags_of(visit.person.id), "longest_tag": LONGEST_TAG}
    response = door.shown(request, visit, "medication/tag_rows.html", context)
    trigger_client_event(response, "onharu:toast", {"message": message, "undo": undo})
    trigger_client_event(response, door.CHANGED, {})
    return response


@signed_in
@require_safe
def tag_rows(request: HttpRequest) -> HttpResponse:
    """List the tags to rename or take away."""
    visit = visit_of(request)
    context = {"tags": asked.tags_of(visit.person.id), "longest_tag": LONGEST_TAG}
    return door.shown(request, visit, "medication/tag_rows.html", context)


@signed_in
@require_POST
def rename_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a tag on every scrap it stands on."""
    visit = visit_of(request)
    name = request.POST.get("name", "")
    try:
        tags.rename_tag(owner_id=visit.person.id, tag_id=pk, name=name)
    except (Invalid, Conflict) as problem:
        return _tag_again(request, visit, {"pk": pk, "name": name, "problem": door.problem_words(problem)})
    return _tags_told(request, visit, _("고쳤어요."))


def _tag_again(request: HttpRequest, visit: Visit, typed: dict[str, Any]) -> HttpResponse:
    """Show the tags with what was typed, where it could not be saved."""
    context = {**list_context(request, visit), "typed": typed}
    if door.is_fragment(request):
        return door.shown(request, visit, "medication/tag_rows.html", context, status=422)
    return door.shown(request, visit, "medication/scraps.html", {**context, **together_context(visit)}, status=422)


@signed_in
@require_POST
def delete_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a tag off every scrap; 되돌리기 brings it back for a day."""
    visit = visit_of(request)
    gone = tags.delete_tag(owner_id=visit.person.id, tag_id=pk)
    message, undo = words.let_go_words(gone.name), f"/medicines/scraps/tags/{pk}/restore/"
    return _tags_told(request, visit, message, undo, gone=f"tag-{pk}")


@signed_in
@require_POST
def restore_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the deletion of a tag back."""
    tags.restore_tag(owner_id=visit_of(request).person.id, tag_id=pk)
    return door.told(request, message=_("되돌렸어요."), otherwise="/medicines/scraps/")
