"""Codes for apps: a sign-in ends in an address, and no token may ever stand in one."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from onharu.accounts import principal, social
from onharu.accounts.actions.signing import open_family
from onharu.accounts.limits import spend
from onharu.accounts.models import SignInCode, SignInStart, User
from onharu.accounts.second import SecondWanted
from onharu.accounts.tokens import TokenPair, end_family
from onharu.kernel import clock
from onharu.kernel.problems import Invalid

CODE_LIVES = timedelta(seconds=60)
# A code is remembered for so long after it was given, so that showing it again is noticed.
CODE_KEPT = timedelta(days=1)

log = structlog.get_logger(__name__)


class CodeRefused(Invalid):
    """The code is false, spent or too old, or was given to another app."""

    code = "sign_in_code_refused"
    ko = "로그인 코드가 맞지 않거나 이미 썼어요. 처음부터 다시 로그인해 주세요."
    en = "The sign-in code is not right or was used already. Please sign in again."


def give_code(*, user: User, start: SignInStart) -> str:
    """Give an app a code for somebody who just proved who they are."""
    code = social.drawn()
    SignInCode.objects.create(
        digest=social.digest(code),
        user=user,
        app_redirect=start.app_redirect,
        challenge=start.challenge,
        expires_at=clock.now() + CODE_LIVES,
    )
    return code


def exchange_code(*, request: HttpRequest, code: str, verifier: str, app_redirect: str) -> tuple[User, TokenPair]:
    """Exchange a code for the first pair of tokens; a code shown twice ends what it opened.

    Raises CodeRefused, or SecondWanted for somebody whose sign-ins need a code.
    """
    spend(request, "login")
    with transaction.atomic():
        row = SignInCode.objects.select_for_update().filter(digest=social.digest(code)).first()
        if row is None:
            raise CodeRefused
        shown_before = row.used_at is not None
        opened = wanted = None
        try:
            opened = None if shown_before else _opened(request, row, verifier, app_redirect)
        except SecondWanted as asks:
            wanted = asks  # the code is spent; what comes next is a step of its own
        if not shown_before:
            row.used_at = clock.now()
            row.family = _session_key(opened[1]) if opened else ""
            row.save(update_fields=["used_at", "family"])
    if shown_before and row.family:
        log.warning("sign_in_code_reused", user_id=row.user_id)
        end_family(row.family, row.user_id)
        principal.forget_session(row.family)
    if wanted is not None:
        raise wanted
    if opened is None:
        raise CodeRefused
    return opened


def _opened(request: HttpRequest, row: SignInCode, verifier: str, app_redirect: str) -> tuple[User, TokenPair] | None:
    """Open a family when the code holds for this app now; a code that was shown wrongly is spent all the same."""
    proven = social.VERIFIER.match(verifier) and constant_time_compare(row.challenge, social.challenge_of(verifier))
    if not proven or app_redirect != row.app_redirect or row.expires_at <= clock.now():
        return None
    user = principal.user_of_id(row.user_id)
    return open_family(request=request, user=user, method="socialaccount") if user else None


def _session_key(pair: TokenPair) -> str:
    claims = principal.claims_of(pair.access)
    return claims.session_key if claims else ""
