"""The setup's three questions, and oneself."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onharu.accounts import actions
from onharu.accounts.middleware import language_now, speaking
from onharu.accounts.models import Profile, User
from onharu.accounts.pages.forms import BodyForm, ProfileForm, add_problem, told
from onharu.accounts.pages.views import HOME
from onharu.accounts.queries import me_of, places_of
from onharu.kernel import clock
from onharu.kernel.problems import Invalid, Refused

ANSWERS = {"yes": True, "no": False}
FORM = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def setup(request: HttpRequest) -> HttpResponse:
    """Begin with whether health data may be kept, then the first question; without it there is nothing to set up."""
    if _signed_in(request).profile.health_data == Profile.HealthData.UNASKED:
        return redirect(f"{reverse('consent-health')}?{urlencode({'next': reverse('setup-purpose')})}")
    return redirect("setup-purpose")


@never_cache
@login_required
@require_http_methods(FORM)
def setup_purpose(request: HttpRequest) -> HttpResponse:
    """Ask what for."""
    user, problem = _signed_in(request), ""
    if request.method == "POST":
        try:
            actions.update_profile(user_id=user.pk, at=clock.now(), purpose=request.POST.get("purpose", ""))
        except actions.ConsentNeeded:
            return redirect("consent-health")
        except Invalid:
            problem = _("보기 중에서 골라 주세요.")
        else:
            return redirect("setup-body")
    context = {"step": 1, "choices": Profile.Purpose.choices, "chosen": user.profile.purpose, "problem": problem}
    return render(request, "accounts/setup_purpose.html", context, status=422 if problem else 200)


@never_cache
@login_required
@require_http_methods(FORM)
def setup_body(request: HttpRequest) -> HttpResponse:
    """Ask about height, weight, year of birth and sex; an empty answer is an answer."""
    user = _signed_in(request)
    form = BodyForm(request.POST or None, initial=_facts(user))
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_profile(user_id=user.pk, at=clock.now(), **told(form))
        except (Invalid, Refused) as problem:
            add_problem(form, problem, english=language_now() == "en")
        else:
            return redirect("setup-medicine")
    return render(request, "accounts/setup_body.html", {"step": 2, "form": form}, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(FORM)
def setup_medicine(request: HttpRequest) -> HttpResponse:
    """Ask whether the person takes medicine; then the setup is done."""
    user, problem = _signed_in(request), ""
    if request.method == "POST":
        answer = ANSWERS.get(request.POST.get("takes_medicine", ""))
        if answer is not None and not user.profile.may_keep_health:
            return redirect("consent-health")
        if answer is not None:
            actions.finish_setup(user_id=user.pk, at=clock.now(), takes_medicine=answer)
            return redirect(HOME)
        problem = _("보기 중에서 골라 주세요.")
    context = {"step": 3, "chosen": user.profile.takes_medicine, "problem": problem}
    return render(request, "accounts/setup_medicine.html", context, status=422 if problem else 200)


@require_POST
@login_required
def setup_skip(request: HttpRequest) -> HttpResponse:
    """Ask no more and start."""
    actions.skip_setup(user_id=_signed_in(request).pk, at=clock.now())
    return redirect(HOME)


@never_cache
@login_required
@require_http_methods(FORM)
def me(request: HttpRequest) -> HttpResponse:
    """Show a person what is known of them, and take their changes."""
    user = _signed_in(request)
    form = ProfileForm(request.POST or None, initial=_facts(user))
    if request.method == "POST" and form.is_valid():
        try:
            profile = actions.update_profile(user_id=user.pk, at=clock.now(), how="page", **told(form))
            messages.success(request, _("저장했어요."))
        except (Invalid, Refused) as problem:
            add_problem(form, problem, english=language_now() == "en")
        else:
            return speaking(request, redirect("me-page"), profile.language, anew=True)
    context = {
        "form": form,
        "me": me_of(user),
        "places": places_of(user.pk, current_key=request.session.session_key),
    }
    return render(request, "accounts/me.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def end_place(request: HttpRequest, place: str) -> HttpResponse:
    """Sign out somewhere else."""
    actions.end_place(user_id=_signed_in(request).pk, place=place)
    return redirect("/me/#places")


def _signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 login_required stands before every view here
    return request.user


def _facts(user: User) -> dict[str, object]:
    profile = user.profile
    return {
        "nickname": profile.nickname,
        "sex": profile.sex,
        "birth_year": profile.birth_year,
        "height_cm": profile.height_cm,
        "weight_kg": profile.weight_kg,
        "activity": profile.activity,
        "purpose": profile.purpose,
        "takes_medicine": profile.takes_medicine,
        "maternity": profile.maternity,
        "hide_numbers": profile.hide_numbers,
        "photos_may_leave": profile.photos_may_leave,
        "words_may_leave": profile.words_may_leave,
        "place_may_leave": profile.place_may_leave,
        "zone": profile.zone,
        "day_start_hour": profile.day_start_hour,
        "language": profile.language,
    }
