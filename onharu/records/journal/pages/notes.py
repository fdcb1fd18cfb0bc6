"""Notes on a day: written, corrected, gone and back."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.records.journal import rules
from onharu.records.journal.actions import feedbacks
from onharu.records.journal.actions.feedbacks import FeedbackRefused, FeedbackSaid
from onharu.records.journal.models import Feedback
from onharu.records.journal.pages import door, journal, words
from onharu.records.journal.queries import days as asked


@signed_in
@require_safe
def part(request: HttpRequest) -> HttpResponse:
    """Show a day's notes; 204 when the screen has this version already."""
    visit = visit_of(request)
    day = visit.day(request.GET.get("date"))
    version = door.version_of(visit, day)
    if request.GET.get("seen") == str(version):
        return HttpResponse(status=204)
    found = asked.day_of(visit.person.id, day)
    context = {"notes": journal.notes_of(found), "version": version, "day": day}
    return door.shown(request, visit, "journal/notes.html", context)


@signed_in
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Write a note on a day; a form that arrives twice writes one."""
    visit, said = visit_of(request), request.POST
    day = door.day_told(visit, said.get("date"))
    rating = rating_said(said.get("rating"))

    def run() -> int:
        body = said.get("body", "")
        return feedbacks.write_feedback(owner_id=visit.person.id, day=day, body=body, rating=rating).pk

    note = door.done_once(request, visit, run)
    answer = door.told(request, day=day, message=_("메모를 남겼어요."), undo=f"/journal/notes/{note}/delete/")
    if door.is_fragment(request):
        context = {"day": day, "note_key": uuid.uuid4().hex, **form_context()}
        fragment = door.shown(request, visit, "journal/note_form.html", context)
        fragment["HX-Trigger"] = answer["HX-Trigger"]
        return fragment
    return answer


def form_context() -> dict[str, object]:
    """What the form of a note offers."""
    return {"ratings": words.RATING_WORDS.items(), "longest_note": rules.LONGEST_NOTE}


def rating_said(said: str | None) -> int | None:
    """Read a rating; nothing said is none. Raises FeedbackRefused."""
    if not said:
        return None
    if said not in {"1", "2", "3", "4", "5"}:
        raise FeedbackRefused
    return int(said)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a note in a sheet, or save it."""
    visit = visit_of(request)
    found: Feedback = Feedback.objects.alive().one_of(visit.person.id, pk)
    if request.method == "POST":
        return _save(request, visit, pk)
    context = {"note": found, "day": found.day, **form_context()}
    template = "journal/note_sheet.html" if door.is_fragment(request) else "journal/note_page.html"
    return door.shown(request, visit, template, context)


def _save(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    said: FeedbackSaid = {"body": request.POST.get("body", ""), "rating": rating_said(request.POST.get("rating"))}
    changed = feedbacks.change_feedback(owner_id=visit.person.id, feedback_id=pk, said=said)
    return door.told(request, day=changed.day, message=_("고쳤어요."), close=True)


@signed_in
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a note; 되돌리기 brings it back for a day."""
    gone = feedbacks.delete_feedback(owner_id=visit_of(request).person.id, feedback_id=pk)
    undo = f"/journal/notes/{pk}/restore/"
    return door.told(request, day=gone.day, message=_("메모를 지웠어요."), undo=undo, close=True)


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the deletion of a note back."""
    back = feedbacks.restore_feedback(owner_id=visit_of(request).person.id, feedback_id=pk)
    return door.told(request, day=back.day, message=_("되돌렸어요."))
