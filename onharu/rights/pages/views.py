"""/me/export/, /me/delete/ and the receipt that stays when nobody is signed in any more."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onharu.accounts.public import ProofWanted, User, asker_id, prove, signed_in
from onharu.kernel import clock
from onharu.kernel.problems import Missing, Unsigned
from onharu.rights.actions.exports import ask_for_export
from onharu.rights.actions.fetching import fetched
from onharu.rights.actions.leaving import leave, stay
from onharu.rights.models import Export
from onharu.rights.queries import export_of, receipt_of, state_of

FORM = ["GET", "HEAD", "POST"]


@never_cache
@signed_in
@require_http_methods(FORM)
def export(request: HttpRequest) -> HttpResponse:
    """Show how one's archive stands, and begin one."""
    user = _user(request)
    if request.method == "POST":
        ask_for_export(owner_id=user.pk, anew=True)
        return redirect("export-page")
    found = export_of(user.pk)
    state = state_of(found) if found else None
    making = state is not None and state.state in (Export.State.WAITING, Export.State.RUNNING)
    context = {"export": state, "making": making, "zone": user.profile.zone}
    template = "rights/export_state.html" if "HX-Request" in request.headers else "rights/export.html"
    return render(request, template, context)


@never_cache
@signed_in
@require_safe
def export_file(request: HttpRequest) -> HttpResponseBase:
    """Send one's archive."""
    found = export_of(asker_id(request))
    if found is None:
        raise Missing
    return fetched(found)


@never_cache
@signed_in
@require_http_methods(FORM)
def delete(request: HttpRequest) -> HttpResponse:
    """Ask whether everything is to be erased, when, and who asks."""
    user, problem = _user(request), ""
    if request.method == "POST":
        try:
            prove(request=request, user=user, password=request.POST.get("password", ""), at=clock.now())
        except ProofWanted:
            problem = _("비밀번호가 맞지 않거나, 로그인한 지 10분이 지났어요.")
        else:
            erasure = leave(user_id=user.pk, now=request.POST.get("when") == "now")
            return redirect("erasure-page", erasure.receipt)
    context = {
        "problem": problem,
        "leaving_at": user.profile.leaving_at,
        "zone": user.profile.zone,
        "has_password": user.has_usable_password(),
    }
    return render(request, "rights/delete.html", context, status=422 if problem else 200)


@signed_in
@require_POST
def stay_here(request: HttpRequest) -> HttpResponse:
    """Take one's leaving back."""
    stay(user_id=asker_id(request))
    messages.success(request, _("되돌렸어요. 아무것도 지우지 않았어요."))
    return redirect("me-page")


@never_cache
@require_safe
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """Show what became of an erasure to whoever has its address; it names nobody."""
    told = receipt_of(receipt)
    template = "rights/receipt_state.html" if "HX-Request" in request.headers else "rights/receipt.html"
    moving = told.finished_at is None and told.due_at <= clock.now()
    return render(request, template, {"told": told, "rows": sorted(told.removed.items()), "moving": moving})


@never_cache
@require_safe
def receipt_file(_request: HttpRequest, receipt: str) -> HttpResponse:
    """Give the receipt as a file."""
    told = json.dumps(asdict(receipt_of(receipt)), cls=DjangoJSONEncoder, indent=1)
    response = HttpResponse(told, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="onharu-receipt.json"'
    return response


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Unsigned
    return request.user
