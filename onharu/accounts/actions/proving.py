"""Proving anew who one is, before what opens or closes an account: by the password, or by having just signed in."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from onharu.accounts import principal, rules
from onharu.accounts.families import SINCE, Family
from onharu.accounts.models import User
from onharu.kernel.problems import Refused

FRESH = timedelta(minutes=10)


class ProofWanted(Refused):
    """Somebody is signed in, but did not prove lately who they are."""

    code = "proof_wanted"
    ko = "본인인지 다시 확인해야 해요. 비밀번호를 적거나, 다시 로그인한 뒤 10분 안에 해 주세요."
    en = "Please prove again who you are: send the password, or sign in and ask again within ten minutes."


class ProofWrong(ProofWanted):
    """The password that was given is not the one of this person."""

    ko = "비밀번호가 맞지 않아요."
    en = "The password is not right."


def prove(*, request: HttpRequest, user: User, password: str, at: datetime) -> None:
    """Let pass who gives their password or signed in within the last ten minutes. Raises ProofWanted, TooManyTries.

    A wrong password counts like one at the door, so that a session that was left open is no place to guess.
    """
    if password and user.has_usable_password():
        if not _is_right(request, user, password):
            raise ProofWrong
        return
    since = signed_in_since(request)
    if since is None or not timedelta(0) <= at - since <= FRESH:
        raise ProofWanted


def signed_in_since(request: HttpRequest) -> datetime | None:
    """Tell when the session behind a request was opened; None when it does not say."""
    key = principal.session_key_of(request)
    session = principal.session_of(key) if key else None
    said = Family().decode(session.text).get(SINCE) if session else None
    return datetime.fromisoformat(said) if said else None


def _is_right(request: HttpRequest, user: User, password: str) -> bool:
    if len(password) > rules.LONGEST_PASSWORD:
        return False
    known = get_adapter().authenticate(request, username=user.username, password=password)
    return known is not None and known.pk == user.pk
