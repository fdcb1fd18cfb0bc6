"""The second step of signing in, and a person's own page of how they sign in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onharu.accounts import actions, second, secrets_box
from onharu.accounts.actions import securing
from onharu.accounts.actions.passkeys import has_passkeys
from onharu.accounts.alerts import Reader
from onharu.accounts.middleware import language_now, speaking
from onharu.accounts.models import User
from onharu.accounts.pages.forms import add_problem
from onharu.accounts.pages.link_views import PasswordForm
from onharu.accounts.queries import passkeys_of, security_of
from onharu.accounts.second import TicketRefused
from onharu.accounts.waiting import end_waiting, waiting_of
from onharu.kernel import clock
from onharu.kernel.problems import Conflict, Invalid, Problem, Refused, TooMany, Unsigned

SECRET = "second.secret"  # noqa: S105 a name
SECRET_LIVES = timedelta(minutes=30)
FORM = ["GET", "HEAD", "POST"]


class CodeForm(forms.Form):
    """A code of six digits, or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("코드"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )


class SwitchOnForm(PasswordForm):
    """The code that the app shows, and the password once more; not asked of somebody without one."""

    code = CodeForm.base_fields["code"]


class NewPasswordForm(PasswordForm):
    """Another password, and the one before."""

    new_password = forms.CharField(
        label=gettext_lazy("새 비밀번호"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


@never_cache
@require_http_methods(FORM)
def sign_in_second(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a sign-in that waits in this browser."""
    waiting = waiting_of(request)
    if waiting is None:
        return redirect("sign-in")
    form = CodeForm(request.POST or None)
    context = {"form": form, "passkeys": has_passkeys(waiting.ticket)}
    if not form.is_valid():
        return render(request, "accounts/sign_in_second.html", context, status=422 if form.is_bound else 200)
    try:
        code = form.cleaned_data["code"]
        end_waiting(request)
        user = actions.finish_browser(request=request, ticket=waiting.ticket, code=code)
    except TicketRefused as problem:
        messages.error(request, _said(problem))
        return redirect("sign-in")
    except (Invalid, TooMany) as problem:
        waiting.keep(request)
        return _told(request, "accounts/sign_in_second.html", form, problem, context)
    return speaking(request, redirect(waiting.onward), user.profile.language)


@never_cache
@login_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Show a person how they sign in, and what they can change about it."""
    return _page(request)


@never_cache
@login_required
@sensitive_post_parameters("password", "code")
@require_http_methods(FORM)
def switch_on(request: HttpRequest) -> HttpResponse:
    """Show a secret to an authenticator app, and begin to ask for its codes once it has shown one."""
    user = _asker(request)
    if second.is_on(user.pk):
        return redirect("security")
    asks, secret = user.has_usable_password(), _secret(request)
    form = SwitchOnForm(request.POST if request.method == "POST" else None, asks=asks)
    adapter = get_adapter()
    context: dict[str, Any] = {
        "form": form,
        "asks": asks,
        "groups": [secret[start : start + 4] for start in range(0, len(secret), 4)],
        "qr": mark_safe(adapter.build_totp_svg(adapter.build_totp_url(user, secret)).partition("?>")[2]),  # noqa: S308 drawn here
    }
    if not form.is_valid():
        return render(request, "accounts/switch_on.html", context, status=422 if form.is_bound else 200)
    try:
        actions.prove(request=request, user=user, password=form.cleaned_data["password"], at=clock.now())
        codes = securing.switch_on(
            request=request, user_id=user.pk, secret=secret, code=form.cleaned_data["code"], at=clock.now()
        )
    except (Invalid, Unsigned, Refused, TooMany, Conflict) as problem:
        return _told(request, "accounts/switch_on.html", form, problem, context)
    request.session.pop(SECRET, None)
    return render(request, "accounts/recovery_codes.html", {"codes": _grouped(codes)})


@require_POST
@login_required
@sensitive_post_parameters("password")
def switch_off(request: HttpRequest) -> HttpResponse:
    """Ask for no codes any more, at the word of who gives the password."""
    form, problem = _proof(request)
    if problem is not None:
        return _page(request, problem, off=form)
    securing.switch_off(request=request, user_id=_asker(request).pk)
    messages.success(request, _("2단계 인증을 껐어요."))
    return redirect("security")


@never_cache
@require_POST
@login_required
@sensitive_post_parameters("password")
def new_codes(request: HttpRequest) -> HttpResponse:
    """Show ten new recovery codes, once."""
    form, problem = _proof(request)
    if problem is not None:
        return _page(request, problem, renew=form)
    try:
        codes = securing.new_codes(request=request, user_id=_asker(request).pk)
    except Conflict as off:
        messages.error(request, _said(off))
        return redirect("security")
    return render(request, "accounts/recovery_codes.html", {"codes": _grouped(codes)})


@require_POST
@login_required
@sensitive_post_parameters("password", "new_password")
def change_password(request: HttpRequest) -> HttpResponse:
    """Set another password, and end every other sign-in."""
    user = _asker(request)
    form = NewPasswordForm(request.POST, asks=user.has_usable_password())
    problem: Problem | None = None
    if form.is_valid():
        try:
            actions.prove(request=request, user=user, password=form.cleaned_data["password"], at=clock.now())
            securing.change_password(request=request, user_id=user.pk, password=form.cleaned_data["new_password"])
        except (Invalid, Unsigned, Refused, TooMany) as refused:
            problem = refused
            add_problem(form, problem, english=language_now() == "en")
    if form.errors:
        return _page(request, problem or Invalid(), password=form)
    messages.success(request, _("비밀번호를 바꿨어요. 다른 곳에서는 모두 로그아웃됐어요."))
    return redirect("security")


def _page(request: HttpRequest, problem: Problem | None = None, **forms_of: forms.Form) -> HttpResponse:
    user = _asker(request)
    asks = user.has_usable_password()
    how = security_of(user)
    context = {
        "on": how.second_factor,
        "left": how.recovery_codes_left,
        "mail_offered": how.mail_offered,
        "alert_mail": how.alert_mail,
        "passkeys": passkeys_of(user.pk) if how.passkeys else (),
        "alerts": Reader(user.pk, request.session.session_key or "").told(),
        "zone": user.profile.zone,
        "asks": asks,
        "off": PasswordForm(asks=asks, auto_id="off_%s"),
        "renew": PasswordForm(asks=asks, auto_id="renew_%s"),
        "password": NewPasswordForm(asks=asks),
        **forms_of,
    }
    return _answer(request, "accounts/security.html", context, problem)


def _proof(request: HttpRequest) -> tuple[forms.Form, Problem | None]:
    """Read the password of a form, and tell what is wrong with it."""
    user = _asker(request)
    form = PasswordForm(request.POST, auto_id="off_%s", asks=user.has_usable_password())
    if not form.is_valid():
        return form, Invalid()
    try:
        actions.prove(request=request, user=user, password=form.cleaned_data["password"], at=clock.now())
    except (Unsigned, Refused, TooMany) as problem:
        add_problem(form, problem, english=language_now() == "en")
        return form, problem
    return form, None


def _told(
    request: HttpRequest, template: str, form: forms.Form, problem: Problem, context: dict[str, Any]
) -> HttpResponse:
    add_problem(form, problem, english=language_now() == "en")
    return _answer(request, template, {**context, "form": form}, problem)


def _answer(request: HttpRequest, template: str, context: dict[str, Any], problem: Problem | None) -> HttpResponse:
    status = 200 if problem is None else 429 if isinstance(problem, TooMany) else 422
    response = render(request, template, context, status=status)
    if problem is not None and problem.retry_after is not None:
        response["Retry-After"] = str(problem.retry_after)
    return response


def _secret(request: HttpRequest) -> str:
    """Read the secret that this session shows, or draw one; it is sealed, and new after half an hour."""
    kept, at = request.session.get(SECRET), clock.now()
    if kept and datetime.fromisoformat(kept[1]) > at - SECRET_LIVES:
        return secrets_box.opened(kept[0])
    secret: str = generate_totp_secret()
    request.session[SECRET] = [secrets_box.shut(secret), at.isoformat()]
    return secret


def _grouped(codes: Sequence[str]) -> list[str]:
    return [f"{code[:5]} {code[5:]}" for code in codes]


def _said(problem: Problem) -> str:
    return problem.en if language_now() == "en" else problem.ko


def _asker(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 login_required stands before every view here
    return request.user
