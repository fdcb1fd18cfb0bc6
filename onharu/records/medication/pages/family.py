"""Family: whom one lets look and what they did. A code is shown once, taken up once, and a share ended at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel.problems import Invalid, Missing, TooMany
from onharu.names import public as names
from onharu.records.medication.actions import shares
from onharu.records.medication.pages import door
from onharu.records.medication.pages import dose_words as words
from onharu.records.medication.pages.family_form import LOOK, MARK, CodeForm, ShareForm
from onharu.records.medication.queries import shares as asked

PAGE = "/medicines/family/"
MOST_SHOWN, LOG_LENGTH = 50, 50
LIVING = ("living", "invited")


@dataclass(frozen=True, slots=True)
class LogShown:
    """A line of the log: when, and who did what in a sentence."""

    at: datetime
    said: str


def own_url(share_id: int) -> str:
    """Address one's own share."""
    return f"{PAGE}{share_id}/settings/"


def log_shown(visit: Visit, one: asked.LogEntry) -> LogShown:
    """Say who did what: "딸 님이 혈압약을 먹었다고 표시했어요"."""
    who, day = one.who or _("초대한 분"), words.day_words(one.day, visit.today)
    dose = one.dose or _("지금은 없는 약")
    said = {
        "accepted": _("{who} 님이 초대를 받았어요"),
        "looked": _("{who} 님이 {day} 복용을 봤어요"),
        "taken": _("{who} 님이 {day} {dose_eul} 먹었다고 표시했어요"),
        "undone": _("{who} 님이 {day} {dose} 표시를 되돌렸어요"),
        "told": _("{day} 표시가 없어 {who} 님에게 알렸어요"),
        "changed": _("{who} 님이 할 수 있는 것을 바꿨어요"),
        "left": _("{who} 님이 그만 보기로 했어요"),
        "revoked": _("{who} 님과 함께 보기를 그만뒀어요"),
        "restored": _("{who} 님과 다시 함께 봐요"),
    }[one.what]
    dose_eul = dose if words.english() else names.with_particle(dose, "을/를")
    return LogShown(one.at, said.format(who=who, day=day, dose=dose, dose_eul=dose_eul))


def family_context(visit: Visit, **more: Any) -> dict[str, Any]:
    """Read whom one lets look, whose doses one may see, and what was done lately."""
    given = asked.ShareList(visit.person, visit.at)[:MOST_SHOWN]
    log = asked.LogList(visit.person.id)
    return {
        "given": [one for one in given if one.stands in LIVING],
        "ended": [one for one in given if one.stands not in LIVING],
        "received": asked.shared_with(visit.person.id, visit.at),
        "log": [log_shown(visit, one) for one in log[:LOG_LENGTH]],
        "form": ShareForm(auto_id="invite_%s"),
        "code_form": CodeForm(auto_id="join_%s"),
        **more,
    }


@signed_in
@require_safe
def family(request: HttpRequest) -> HttpResponse:
    """Show everything of family on one page."""
    visit = visit_of(request)
    return door.shown(request, visit, "medication/family/page.html", family_context(visit))


@signed_in
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Make an invitation and show its code and link, this once."""
    visit, form = visit_of(request), ShareForm(request.POST, auto_id="invite_%s")
    made = _made(visit, form)
    if made is None:
        return door.shown(request, visit, "medication/family/page.html", family_context(visit, form=form), 422)
    link = request.build_absolute_uri(f"{PAGE}join/?{urlencode({'code': made.code})}")
    context = family_context(visit, code=made.code, link=link, made=made.share)
    response = door.shown(request, visit, "medication/family/page.html", context)
    response["Referrer-Policy"] = "same-origin"  # none at all would take the Origin off forms too
    return response


def _made(visit: Visit, form: ShareForm) -> shares.Invitation | None:
    if not form.is_valid():
        return None
    try:
        return shares.invite(person=visit.person, said=form.said(), at=visit.at, how="page")
    except (Invalid, shares.TooManyShares) as problem:
        _blame(form, problem)
        return None


def _blame(form: ShareForm, problem: Invalid | shares.TooManyShares) -> None:
    fields = [name for name in problem.errors if name in form.fields]
    form.add_error(fields[0] if fields else None, door.problem_words(problem))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Ask for a code, or take an invitation up. Every code that does not hold is answered alike."""
    visit = visit_of(request)
    said = request.POST if request.method == "POST" else None
    form = CodeForm(said, initial={"code": request.GET.get("code", "")[:60]}, auto_id="join_%s")
    if said is not None and form.is_valid():
        try:
            shared = shares.accept(viewer_id=visit.person.id, code=form.cleaned_data["code"], at=visit.at)
        except Missing:
            form.add_error("code", _("이 코드로는 함께 볼 수 없어요. 코드를 다시 확인하거나 새로 받아 주세요."))
        except (TooMany, shares.WithOneself) as problem:
            form.add_error("code", door.problem_words(problem))
        else:
            messages.success(request, _("이제 {name} 님의 복용을 볼 수 있어요.").format(name=shared.owner.nickname))
            return redirect(f"{PAGE}{shared.id}/")
    response = door.shown(
        request, visit, "medication/family/join.html", {"code_form": form}, 200 if said is None else 422
    )
    response["Referrer-Policy"] = "same-origin"  # none at all would take the Origin off forms too
    return response


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one of one's own shares with its log, or change what the viewer may."""
    visit = visit_of(request)
    share = asked.share_of(visit.person, pk, visit.at)
    form = ShareForm(request.POST if request.method == "POST" else None, initial=_initial(share))
    status = 200
    if request.method == "POST":
        if _changed(visit, share, form):
            messages.success(request, _("저장했어요."))
            return redirect(own_url(pk))
        status = 422
    log = asked.LogList(visit.person.id, pk)
    context = {
        "share": share,
        "form": form,
        "may_change": share.stands in LIVING,
        "log": [log_shown(visit, one) for one in log[:LOG_LENGTH]],
    }
    return door.shown(request, visit, "medication/family/settings.html", context, status)


def _initial(share: asked.ShareEntry) -> dict[str, Any]:
    may = MARK if share.may_mark else LOOK
    return {"label": share.label, "may": may, "is_told": share.is_told, "until": share.until}


def _changed(visit: Visit, share: asked.ShareEntry, form: ShareForm) -> bool:
    if not form.is_valid():
        return False
    said = form.said()
    if said["until"] == share.until:  # a last day that stays is not asked again whether it is over
        del said["until"]
    try:
        shares.change_share(person=visit.person, share_id=share.id, said=said, at=visit.at)
    except Invalid as problem:
        _blame(form, problem)
        return False
    return True


@signed_in
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a share at once; 되돌리기 takes that back within a day."""
    visit = visit_of(request)
    shares.revoke(person=visit.person, share_id=pk, at=visit.at, how="page")
    share = asked.share_of(visit.person, pk, visit.at)
    message = _("{name} 님과 함께 보기를 그만뒀어요.").format(name=share.name or _("초대한 분"))
    return door.told(request, message=message, undo=f"{PAGE}{pk}/restore/", otherwise=PAGE)


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the ending of a share back."""
    visit = visit_of(request)
    shares.restore(person=visit.person, share_id=pk, at=visit.at, how="page")
    return door.told(request, message=_("되돌렸어요."), otherwise=PAGE)
