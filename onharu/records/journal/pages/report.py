"""Saving a report: question by question while it is written, or the whole form at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel.problems import Invalid
from onharu.records.journal.actions import reports
from onharu.records.journal.models import DailyReport
from onharu.records.journal.pages import answers, door, journal, words
from onharu.records.journal.queries import days as asked


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show what is saved of a day's report (204 when the screen has this version), or save what a form changes."""
    visit = visit_of(request)
    if request.method == "POST":
        return _save(request, visit)
    day = visit.day(request.GET.get("date"))
    version = door.version_of(visit, day)
    if request.GET.get("seen") == str(version):
        return HttpResponse(status=204)
    return _seen(request, visit, day, version, {})


def _save(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Save what can be; what cannot is said beside its field, and nothing that was typed is lost."""
    day = door.day_told(visit, request.POST.get("date"))
    read = answers.changes(request.POST, journal.tags_by_id(visit))
    errors = dict(read.errors)
    if read.said:
        try:
            reports.amend_day(owner_id=visit.person.id, day=day, said=read.said)
        except Invalid as problem:
            errors["form"] = answers.words_of(problem, get_language() or "ko")
    if door.is_fragment(request):
        return _seen(request, visit, day, door.version_of(visit, day), errors)
    if errors:
        return _again(request, visit, day, errors)
    messages.success(request, _("저장했어요."))
    return redirect(door.journal_url(day))


def _seen(request: HttpRequest, visit: Visit, day: date, version: int, errors: dict[str, str]) -> HttpResponse:
    found = asked.day_of(visit.person.id, day)
    context = {**journal.report_context(visit, found, version, journal.tags_by_id(visit)), "errors": errors}
    return door.shown(request, visit, "journal/seen.html", context)


def _again(request: HttpRequest, visit: Visit, day: date, errors: dict[str, str]) -> HttpResponse:
    """Show the whole page with what was typed, where something of it could not be saved."""
    context = journal.page_context(visit, day)
    kept: dict[str, Any] = {name: request.POST.get(name, "") for name in ("highlights", "challenges")}
    context["typed"] = {**context["values"], **kept}
    context["sleep"] = request.POST.get("sleep", "") if "sleep" in errors else context["sleep"]
    return door.shown(request, visit, "journal/journal.html", {**context, "errors": errors}, status=422)


@signed_in
@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """Delete a day's report; 되돌리기 brings it back for a day."""
    visit = visit_of(request)
    day = visit.day(request.POST.get("date"))
    found = asked.report_on(visit.person.id, day)
    reports.delete_report(owner_id=visit.person.id, report_id=found.pk)
    message = _("{day} 기록을 지웠어요.").format(day=words.day_words(day))
    return door.told(request, day=day, message=message, undo=f"/journal/report/{found.pk}/restore/")


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the deletion of a report back."""
    back: DailyReport = reports.restore_report(owner_id=visit_of(request).person.id, report_id=pk)
    return door.told(request, day=back.day, message=_("되돌렸어요."))
