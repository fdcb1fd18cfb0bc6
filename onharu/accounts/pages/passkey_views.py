"""Signing in with a passkey, and the pages where a person adds one, renames it and lets it go.

A script asks for a question here and sends what the device answered with an ordinary form. The ticket of a question
stays in a cookie that no script reads.
"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from onharu.accounts import passkeys, rules
from onharu.accounts.actions import passkeys as acting
from onharu.accounts.cookies import keep_ticket, ticket_of
from onharu.accounts.middleware import language_now, speaking
from onharu.accounts.models import User
from onharu.accounts.pages.forms import add_problem
from onharu.accounts.pages.link_views import PasswordForm
from onharu.accounts.pages.views import safe_next
from onharu.accounts.second import TicketRefused
from onharu.accounts.waiting import end_waiting, waiting_of
from onharu.accounts.ways_in import Passkey
from onharu.kernel.problems import Conflict, Invalid, Problem, Refused, TooMany

FORM = ["GET", "HEAD", "POST"]
NAMED = {"label": gettext_lazy("이름"), "max_length": 200}


class NameForm(forms.Form):
    """What a person calls a passkey."""

    name = forms.CharField(**NAMED)  # type: ignore[arg-type]


class NewPasskeyForm(PasswordForm):
    """What the new one is called, and the password once more."""

    name = forms.CharField(**NAMED)  # type: ignore[arg-type]

    field_order = ("name", "password")


@never_cache
@require_POST
def ask_known(request: HttpRequest) -> HttpResponse:
    """Ask this browser's passkeys who is there; as a second step, those of who waits for one."""
    waiting = waiting_of(request) if request.POST.get("second") else None
    return _asked(acting.ask_known(request=request, second_ticket=waiting.ticket if waiting else "", for_app=False))


@never_cache
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign this browser in with what a passkey answered, and go on to where the person was heading."""
    waiting = waiting_of(request) if request.POST.get("second") else None
    onward = waiting.onward if waiting else safe_next(request)
    if request.user.is_authenticated:
        return redirect(onward)
    try:
        said = _said(request)
        end_waiting(request)
        user = acting.enter_browser(request=request, ticket=ticket_of(request), said=said)
    except (acting.PasskeyRefused, TicketRefused, TooMany) as problem:
        messages.error(request, _words(problem))
        if waiting is None or isinstance(problem, TicketRefused):
            return redirect("sign-in")
        waiting.keep(request)
        return redirect("sign-in-second")
    return speaking(request, redirect(onward), user.profile.language)


@never_cache
@require_POST
@login_required
@sensitive_post_parameters("password")
def ask_new(request: HttpRequest) -> HttpResponse:
    """Ask this browser for a new passkey, once the person proved who they are."""
    return _asked(acting.ask_new(request=request, user=_asker(request), password=request.POST.get("password", "")))


@never_cache
@login_required
@require_http_methods(FORM)
def add(request: HttpRequest) -> HttpResponse:
    """Show how a passkey is added, and keep the one that the device made."""
    user = _asker(request)
    if request.method == "POST":
        try:
            acting.add(
                request=request,
                user=user,
                ticket=ticket_of(request),
                said=_said(request),
                name=request.POST.get("name", ""),
            )
        except (Invalid, Conflict, acting.PasskeyRefused) as problem:
            messages.error(request, _words(problem))
            return redirect("passkey-add")
        messages.success(request, _("패스키를 더했어요. 다음부터는 이것으로 로그인할 수 있어요."))
        return redirect("security")
    asks = user.has_usable_password()
    named = rules.device_of(request.headers.get("User-Agent", ""))
    form = NewPasskeyForm(asks=asks, initial={"name": named})
    if not asks:
        del form.fields["password"]
    return render(request, "accounts/passkey_add.html", {"form": form, "asks": asks})


@never_cache
@login_required
@require_http_methods(FORM)
def passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Show one passkey, and call it something else."""
    user_id = _asker(request).pk
    row = acting.passkey_of(user_id, passkey_id)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": row.name})
    if not form.is_valid():
        return _page(request, row, rename=form)
    try:
        acting.rename(user_id=user_id, passkey_id=passkey_id, name=form.cleaned_data["name"])
    except Invalid as problem:
        add_problem(form, problem, english=language_now() == "en")
        return _page(request, row, rename=form)
    messages.success(request, _("저장했어요."))
    return redirect("security")


@never_cache
@require_POST
@login_required
@sensitive_post_parameters("password")
def remove(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Let a passkey go, at the word of who gives the password."""
    user = _asker(request)
    row = acting.passkey_of(user.pk, passkey_id)
    form = PasswordForm(request.POST, asks=user.has_usable_password())
    if form.is_valid():
        try:
            acting.remove(request=request, user=user, passkey_id=passkey_id, password=form.cleaned_data["password"])
        except (Refused, TooMany, Conflict) as problem:
            add_problem(form, problem, english=language_now() == "en")
    if form.errors:
        return _page(request, row, remove=form)
    messages.success(request, _("패스키를 지웠어요."))
    return redirect("security")


def _page(request: HttpRequest, row: Passkey, **forms_of: forms.Form) -> HttpResponse:
    user = _asker(request)
    asks = user.has_usable_password()
    context = {
        "passkey": row,
        "zone": user.profile.zone,
        "asks": asks,
        "rename": NameForm(initial={"name": row.name}),
        "remove": PasswordForm(asks=asks),
        **forms_of,
    }
    wrong = any(form.is_bound for form in forms_of.values())
    return render(request, "accounts/passkey.html", context, status=422 if wrong else 200)


def _asked(question: acting.Asked) -> HttpResponse:
    response = JsonResponse(dict(question.options))
    keep_ticket(response, question.ticket)
    return response


def _said(request: HttpRequest) -> passkeys.Said:
    try:
        return passkeys.said_in(request.POST.get("credential", ""))
    except passkeys.NotProven:
        return {}  # no answer at all: it is refused like a wrong one, and its question is spent


def _words(problem: Problem) -> str:
    return problem.en if language_now() == "en" else problem.ko


def _asker(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 login_required stands before every view here
    return request.user
