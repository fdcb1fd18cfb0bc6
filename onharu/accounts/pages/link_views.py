"""Connecting another company's sign-in to oneself, and letting it go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from onharu.accounts import actions
from onharu.accounts.cookies import browser_of, keep_browser
from onharu.accounts.middleware import language_now
from onharu.accounts.models import User
from onharu.accounts.pages.forms import add_problem
from onharu.accounts.templatetags.accounts import NAMES
from onharu.kernel import clock
from onharu.kernel.problems import Conflict, Refused, TooMany, Unsigned


class PasswordForm(forms.Form):
    """The password once more; not asked of somebody without one."""

    def __init__(self, *args: Any, asks: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["password"].required = asks

    password = forms.CharField(
        label=gettext_lazy("비밀번호"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


@never_cache
@login_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def connect(request: HttpRequest, provider: str) -> HttpResponse:
    """Make sure who asks, then show the way out. The way is a link: a form may not lead to other hosts."""
    actions.require_offered(provider)
    user = _asker(request)
    form = PasswordForm(request.POST if request.method == "POST" else None, asks=user.has_usable_password())
    context = {"name": NAMES[provider], "form": form, "asks": user.has_usable_password(), "url": ""}
    if not form.is_valid():
        return render(request, "accounts/connect.html", context, status=422 if form.is_bound else 200)
    try:
        actions.prove(request=request, user=user, password=form.cleaned_data["password"], at=clock.now())
        wish = actions.Wish(linker=user)
        begun = actions.begin(request=request, provider=provider, browser=browser_of(request), wish=wish)
    except (Unsigned, Refused, TooMany) as problem:
        add_problem(form, problem, english=language_now() == "en")
        return render(request, "accounts/connect.html", context, status=422)
    return keep_browser(render(request, "accounts/connect.html", context | {"url": begun.url}), begun.browser)


@require_POST
@login_required
def disconnect(request: HttpRequest, provider: str) -> HttpResponse:
    """Let a connection go, unless it is the only way in."""
    try:
        actions.unlink(user_id=_asker(request).pk, provider=provider)
        messages.success(request, _("연결을 끊었어요."))
    except Conflict as problem:
        messages.error(request, problem.en if language_now() == "en" else problem.ko)
    return redirect("/me/#connections")


def _asker(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 login_required stands before every view here
    return request.user
