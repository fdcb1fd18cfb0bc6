"""Landing, signing up, in and out, language. Thin: a form in, one action, a redirect out."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onharu.accounts import actions
from onharu.accounts.limits import spend
from onharu.accounts.middleware import language_now, speaking
from onharu.accounts.models import User
from onharu.accounts.pages.forms import SignInForm, SignUpForm, add_problem
from onharu.accounts.second import SecondWanted
from onharu.accounts.waiting import ask_code
from onharu.kernel import clock
from onharu.kernel.onward import own_path
from onharu.kernel.problems import Invalid, Problem, TooMany, Unsigned

HOME = "/today/"


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Say what this is; somebody signed in goes to their day."""
    if request.user.is_authenticated:
        return redirect(HOME)
    return render(request, "accounts/landing.html")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign this browser in and go on to where the person was heading."""
    onward = safe_next(request)
    if request.user.is_authenticated:
        return redirect(onward)
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                known = form.cleaned_data
                user = actions.sign_in_browser(request=request, name=known["username"], password=known["password"])
            except SecondWanted as wanted:
                return ask_code(request, wanted, onward)
            except (Unsigned, TooMany) as problem:
                return _told(request, "accounts/sign_in.html", form, problem, onward)
            return speaking(request, redirect(onward), user.profile.language)
    return render(request, "accounts/sign_in.html", {"form": form, "next": onward}, status=status)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Make a person, sign this browser in and ask the setup's questions."""
    if request.user.is_authenticated:
        return redirect(HOME)
    form = SignUpForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                spend(request, "signup")
                user = actions.register(**form.cleaned_data, language=language_now())
            except (Invalid, TooMany) as problem:
                return _told(request, "accounts/sign_up.html", form, problem)
            actions.open_browser(request=request, user=user)
            return redirect("setup")
    return render(request, "accounts/sign_up.html", {"form": form}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this browser's session; somebody who is not signed in is simply shown the landing."""
    if request.user.is_authenticated:
        actions.sign_out(request=request)
    return redirect("landing")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Speak the language chosen, here from now on and wherever the person signs in."""
    language = request.POST.get("language", "")
    response = redirect(safe_next(request, otherwise="/"))
    if language not in dict(settings.LANGUAGES):
        return response
    if isinstance(request.user, User):
        actions.update_profile(user_id=request.user.pk, at=clock.now(), language=language)
    return speaking(request, response, language, anew=True)


def safe_next(request: HttpRequest, otherwise: str = HOME) -> str:
    """Read where to go on; only an address of this very host is believed."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    return own_path(request, wish, otherwise)


def _told(
    request: HttpRequest, template: str, form: SignInForm | SignUpForm, problem: Problem, onward: str = HOME
) -> HttpResponse:
    add_problem(form, problem, english=language_now() == "en")
    status = 429 if isinstance(problem, TooMany) else 422
    response = render(request, template, {"form": form, "next": onward}, status=status)
    if problem.retry_after is not None:
        response["Retry-After"] = str(problem.retry_after)
    return response
