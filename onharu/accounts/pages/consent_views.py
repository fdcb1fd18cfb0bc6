"""동의: the question about health data, every consent with its words, and what left the house."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onharu.accounts import actions, wordings
from onharu.accounts.agreements import LEFT_FOR, agreements_of, doors_of, other_end, outgoing_of
from onharu.accounts.middleware import language_now
from onharu.accounts.models import Profile, User
from onharu.accounts.pages.views import HOME, safe_next
from onharu.kernel import clock
from onharu.kernel.problems import Conflict

ON_A_PAGE = 50
ANSWERS = {"yes": True, "no": False}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def health(request: HttpRequest) -> HttpResponse:
    """Ask, on a page of its own with nothing chosen, whether health data may be kept."""
    user, onward, problem = _asker(request), safe_next(request), ""
    if request.method == "POST":
        given = ANSWERS.get(request.POST.get("given", ""))
        if given is not None:
            how = "page" if user.profile.setup_done_at else "setup"
            actions.set_consent(user_id=user.pk, purpose=wordings.HEALTH, given=given, how=how, at=clock.now())
            return redirect(onward if given else HOME)
        problem = _("보기 중에서 골라 주세요.")
    text = wordings.newest(wordings.HEALTH).text(language_now())
    context = {"text": text, "next": onward, "problem": problem}
    return render(request, "accounts/consent_health.html", context, status=422 if problem else 200)


@never_cache
@login_required
@require_safe
def consents(request: HttpRequest) -> HttpResponse:
    """Show every consent: what was asked in which words, what was said and when, and a switch each."""
    profile = _asker(request).profile
    context = {
        "agreements": agreements_of(profile, clock.now()),
        "zone": profile.zone,
        "withheld": profile.health_data == Profile.HealthData.WITHHELD,
    }
    return render(request, "accounts/consents.html", context)


@require_POST
@login_required
def set_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """Agree or withdraw, from the next request on."""
    given = ANSWERS.get(request.POST.get("given", ""))
    try:
        if given is not None:
            user_id = _asker(request).pk
            actions.set_consent(user_id=user_id, purpose=purpose, given=given, how="page", at=clock.now())
            messages.success(request, _("동의했어요.") if given else _("그만뒀어요. 지금부터 적용돼요."))
    except Conflict as problem:
        messages.error(request, problem.en if language_now() == "en" else problem.ko)
    return redirect("consents")


@never_cache
@login_required
@require_safe
def outside(request: HttpRequest) -> HttpResponse:
    """Show everything that may leave the house and what did, the newest first."""
    profile = _asker(request).profile
    page = Paginator(outgoing_of(profile.pk), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, LEFT_FOR.get(one.purpose, one.purpose), other_end(one.upstream)) for one in page.object_list]
    context = {"page": page, "rows": rows, "doors": doors_of(profile, clock.now()), "zone": profile.zone}
    return render(request, "accounts/outside.html", context)


def _asker(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 login_required stands before every view here
    return request.user
