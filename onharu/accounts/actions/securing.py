"""What a person does to how they sign in: the second factor on and off, new recovery codes, another password.

Each is written to the access record and told to the person's other devices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from onharu.accounts import alerts, principal, rules, second, secrets_box
from onharu.accounts.devices import Where
from onharu.accounts.families import Family
from onharu.accounts.models import SignIn, User
from onharu.kernel.access import Kind, done
from onharu.kernel.problems import Conflict, Invalid
from onharu.kernel.sealing import Unreadable

SECRET_LIVES = timedelta(minutes=30)
BY_STAFF = Where(device="관리자 (admin)")
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


class NotOn(Conflict):
    """Without a second factor there are no recovery codes."""

    code = "second_factor_off"
    ko = "2단계 인증이 꺼져 있어요. 먼저 켜 주세요."
    en = "Two-step sign-in is off. Switch it on first."


class AlreadyOn(Conflict):
    """The second factor is on; it is switched off before another app takes its place."""

    code = "second_factor_on"
    ko = "이미 켜져 있어요. 앱을 바꾸려면 먼저 꺼 주세요."
    en = "It is on already. Switch it off first to change the app."


@dataclass(frozen=True, slots=True)
class Secret:
    """What an authenticator app is given, and the ticket that says who asked for it when."""

    ticket: str
    secret: str
    uri: str


def begin_second(*, user: User, at: datetime) -> Secret:
    """Draw a secret for an authenticator app of somebody who proved who they are. Raises AlreadyOn; keeps nothing."""
    if second.is_on(user.pk):
        raise AlreadyOn
    secret: str = generate_totp_secret()
    ticket = secrets_box.shut(f"{user.pk} {at.isoformat()} {secret}")
    return Secret(ticket, secret, get_adapter().build_totp_url(user, secret))


def secret_in(ticket: str, *, user_id: int, at: datetime) -> str:
    """Read the secret that a person was given within the last half hour. Raises TicketRefused."""
    try:
        whose, since, secret = secrets_box.opened(ticket).split(" ")
    except (Unreadable, ValueError):
        raise second.TicketRefused from None
    if whose != str(user_id) or datetime.fromisoformat(since) <= at - SECRET_LIVES:
        raise second.TicketRefused
    return secret


def switch_on(*, request: HttpRequest, user_id: int, secret: str, code: str, at: datetime) -> Sequence[str]:
    """Ask for codes of an app from now on, once it has shown that it makes them. Returns ten recovery codes, once.

    Raises CodeWrong or AlreadyOn; then nothing was changed.
    """
    step = second.code_step(secret, code, at)
    if step is None:
        raise second.CodeWrong
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        if second.is_on(user_id):
            raise AlreadyOn
        made = TOTP.activate(user, secret).instance
        made.data["step"] = step
        made.save(update_fields=["data"])
        _tell(request, user_id, alerts.Kind.SECOND_ON)
        return _codes_anew(user)


def switch_off(*, request: HttpRequest, user_id: int) -> None:
    """Ask for no codes any more; recovery codes go with them. Saying it twice changes nothing."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user_id)
        if second.is_on(user_id):
            _tell(request, user_id, alerts.Kind.SECOND_OFF)
        _ask_no_codes(user_id)


def switch_off_for(*, user_id: int) -> bool:
    """Do so, as staff, for somebody who lost their app and their codes; they are told. Returns whether it was on."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user_id)
        was_on = second.is_on(user_id)
        if was_on:
            done(Kind.SECURE, whose=user_id)
            alerts.tell(user_id, alerts.Kind.SECOND_OFF, BY_STAFF)
        _ask_no_codes(user_id)
    return was_on


def new_codes(*, request: HttpRequest, user_id: int) -> Sequence[str]:
    """Give ten new recovery codes, once; the ones before open nothing. Raises NotOn."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        if not second.is_on(user_id):
            raise NotOn
        _tell(request, user_id, alerts.Kind.CODES)
        return _codes_anew(user)


def change_password(*, request: HttpRequest, user_id: int, password: str) -> None:
    """Set a password. Every other sign-in ends, and every one that waits for its code. Raises Invalid."""
    current_key = principal.session_key_of(request)
    user = User.objects.get(pk=user_id)
    _check(user, password)
    user.set_password(password)  # a tenth of a second of arithmetic: before the transaction, which others wait for
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user_id)
        user.save(update_fields=["password"])
        SignIn.objects.filter(user_id=user_id).exclude(session_key=current_key).delete()
        second.end_steps(user_id)
        family = Family.locked(current_key) if current_key else None
        if family is not None:
            family[HASH_SESSION_KEY] = user.get_session_auth_hash()
            family.save()
        _tell(request, user_id, alerts.Kind.PASSWORD)
    principal.forget(user_id)
    principal.forget_session(current_key)


def _ask_no_codes(user_id: int) -> None:
    Authenticator.objects.filter(user_id=user_id, type__in=KINDS).delete()
    second.end_steps(user_id)


def _tell(request: HttpRequest, user_id: int, kind: alerts.Kind) -> None:
    done(Kind.SECURE, whose=user_id)
    alerts.tell_of(request, user_id, kind)


def _codes_anew(user: User) -> Sequence[str]:
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    return tuple(RecoveryCodes.activate(user).generate_codes())


def _check(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(errors={"new_password": list(error.messages)}) from error
    if len(password) > rules.LONGEST_PASSWORD:
        raise Invalid(errors={"new_password": ["128"]})
