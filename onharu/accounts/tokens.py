"""JWTs over allauth's sessions, with one rule added: a refresh token used twice ends its family.

A family is a session row: ending it ends every access and refresh token that grew from it. Exchanges of one
family take turns on its row, so of any number that run at once exactly one wins; the next one finds the token
used and ends the family. There is no moment of grace: docs/decisions/0031.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from allauth.headless.tokens.strategies.jwt import JWTTokenStrategy, internal
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest

from onharu.accounts import alerts, jwts, principal
from onharu.accounts.devices import MARK, Where
from onharu.accounts.families import BY_TOKEN, DEVICE, SINCE, USED, Family
from onharu.accounts.models import SignIn
from onharu.kernel import clock, measures, walls

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TokenPair:
    """An access token for minutes and the refresh token that is exchanged for the next pair."""

    access: str
    refresh: str


class FamilyTokenStrategy(JWTTokenStrategy):  # type: ignore[misc]
    """allauth's JWT strategy with theft detection."""

    def refresh_token(self, refresh_token: str) -> tuple[str, str] | None:
        """Exchange a refresh token for a new pair; a token that was already exchanged ends its family."""
        claims = jwts.read(refresh_token, jwts.REFRESH)
        key = claims and internal.session_key_from_sid(claims["sid"])
        if not claims or not key:
            return None
        with transaction.atomic():
            family = Family.locked(key)
            if family is None:
                return None
            pair = self._rotate(family, claims)
            if pair is None:
                SignIn.objects.filter(session_key=key).delete()
                _tell_of_reuse(int(claims["sub"]), family)
        principal.forget_session(key)
        if pair is None:
            log.warning("refresh_token_reused", user_id=claims["sub"])
            measures.count("auth_refresh_reuse_total")
            principal.forget(int(claims["sub"]))
        return pair

    def _rotate(self, family: Family, claims: dict[str, Any]) -> tuple[str, str] | None:
        user = internal.validate_token_user(claims, family)
        expires = internal.get_refresh_token_state(family).get(claims["jti"])
        if user is None or expires is None:
            return None
        internal.invalidate_refresh_token(family, claims)
        pair = pair_on(family, user.pk)
        family[USED] = clock.now().isoformat()
        family.save()
        return pair.access, pair.refresh


def _tell_of_reuse(user_id: int, family: Family) -> None:
    """Tell a person that a token of theirs came twice, so that they know why an app asks them to sign in."""
    if family.get(SESSION_KEY) == str(user_id):
        with walls.as_person(user_id):
            alerts.tell(user_id, alerts.Kind.TOKEN_REUSED, Where(device=family.get(DEVICE, "")))


def pair_on(family: Family, user_id: int) -> TokenPair:
    """Write an access and a refresh token that stand on a family. The family is changed, not saved."""
    assert family.session_key  # noqa: S101 its row is there already
    sub = str(user_id)
    access, _ = jwts.write(jwts.ACCESS, sub=sub, sid=internal.session_key_to_sid(family.session_key))
    refresh, said = jwts.write(jwts.REFRESH, sub=sub, sid=internal.session_key_to_sid(family.session_key))
    internal.get_refresh_token_state(family)[said["jti"]] = said["exp"]
    return TokenPair(access=access, refresh=refresh)


def refresh_holds_until(token: str) -> datetime | None:
    """Tell until when a refresh token can be exchanged; None when it cannot."""
    claims = jwts.read(token, jwts.REFRESH)
    key = claims and internal.session_key_from_sid(claims["sid"])
    if not claims or not key:
        return None
    family = Family(key)
    known = claims["jti"] in family.get("headless_refresh_tokens", {})
    if not known or internal.validate_token_user(claims, family) is None:
        return None
    return datetime.fromtimestamp(claims["exp"], UTC)


STRATEGY = FamilyTokenStrategy()


@contextmanager
def own_session(request: HttpRequest) -> Iterator[Family]:
    """Lend the request a session of its own, so that a token family never rides on a browser's cookie."""
    kept_session, kept_user = request.session, request.user
    family = Family()
    request.session, request.user = family, AnonymousUser()
    try:
        yield family
        family.save()
    finally:
        request.session, request.user = kept_session, kept_user
        # Signing in rotates the CSRF token of the request; the browser whose cookie this is did not sign in.
        request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False


def mark_device(request: HttpRequest, where: Where, *, by_token: bool) -> None:
    """Note on the request's session when and on what it was opened, for the list a person sees."""
    at = clock.now().isoformat()
    request.session.update({SINCE: at, USED: at, DEVICE: where.device, MARK: where.mark, BY_TOKEN: by_token})


def end_family(session_key: str, user_id: int) -> None:
    """End a session and with it every cookie and token that stands on it. Saying it twice changes nothing."""
    SignIn.objects.filter(session_key=session_key).delete()
    principal.forget(user_id)
