"""The person's tags: renamed, gone and back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel.spelling import LONGEST_TAG
from onharu.records.journal.actions import tags as doing
from onharu.records.journal.pages import door, words
from onharu.records.journal.queries import days as asked


@signed_in
@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """List the tags, the most used first; htmx gets the list alone."""
    visit = visit_of(request)
    template = "journal/tag_rows.html" if door.is_fragment(request) else "journal/tags.html"
    return door.shown(request, visit, template, _context(visit))


def _context(visit: Visit) -> dict[str, object]:
    return {"tags": asked.tags_of(visit.person.id), "longest_tag": LONGEST_TAG}


def _told(request: HttpRequest, visit: Visit, message: str, undo: str = "") -> HttpResponse:
    if not door.is_fragment(request):
        messages.success(request, message)
        return redirect("/journal/tags/")
    response = door.shown(request, visit, "journal/tag_rows.html", _context(visit))
    trigger_client_event(response, "onharu:toast", {"message": message, "undo": undo})
    return response


@signed_in
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a tag on every day it stands on."""
    visit = visit_of(request)
    doing.rename_tag(owner_id=visit.person.id, tag_id=pk, name=request.POST.get("name", ""))
    return _told(request, visit, _("고쳤어요."))


@signed_in
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a tag off every day; 되돌리기 brings it back for a day."""
    visit = visit_of(request)
    gone = doing.delete_tag(owner_id=visit.person.id, tag_id=pk)
    return _told(request, visit, words.deleted_words(gone.name), f"/journal/tags/{pk}/restore/")


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the deletion of a tag back."""
    visit = visit_of(request)
    doing.restore_tag(owner_id=visit.person.id, tag_id=pk)
    response = _told(request, visit, _("되돌렸어요."))
    if door.is_fragment(request):
        trigger_client_event(response, "onharu:tags", {})
    return response
