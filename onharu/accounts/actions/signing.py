"""Signing in and out, by cookie and by tokens, over allauth: its limits, its backend, its stages (MFA later)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import login as flow
from allauth.account.models import Login
from allauth.headless.tokens.strategies.jwt import internal as jwt

# allauth reaches these by attribute; where somebody loaded other parts of cryptography first, they are not there.
from cryptography.hazmat.primitives.ciphers import algorithms as _algorithms  # noqa: F401
from cryptography.hazmat.primitives.ciphers import modes as _modes  # noqa: F401
from django.http import HttpRequest

from onharu.accounts import alerts, devices, jwts, principal, rules, second
from onharu.accounts.limits import spend
from onharu.accounts.models import User
from onharu.accounts.queries import living_sign_ins, place_id
from onharu.accounts.tokens import (
    STRATEGY,
    TokenPair,
    end_family,
    mark_device,
    own_session,
    pair_on,
    refresh_holds_until,
)
from onharu.kernel import measures, walls
from onharu.kernel.access import Kind, done
from onharu.kernel.problems import Missing, Unsigned


class WrongCredentials(Unsigned):
    """No active person has this name and this password. Which of the two is wrong is not said."""

    code = "credentials_wrong"
    ko = "아이디(이메일)나 비밀번호가 맞지 않아요."
    en = "The username (or e-mail) or the password is not right."


class TokenRefused(Unsigned):
    """The access token is false, expired or its session has ended."""

    code = "token_invalid"
    ko = "로그인이 만료됐어요. 다시 로그인해 주세요."
    en = "The sign-in has expired. Please sign in again."


class RefreshRefused(TokenRefused):
    """The refresh token is false, expired, was already used, or its session has ended."""

    code = "refresh_invalid"


@dataclass(frozen=True, slots=True)
class Verified:
    """A token that holds now."""

    token_use: str
    expires_at: datetime


def sign_in_family(*, request: HttpRequest, name: str, password: str) -> tuple[User, TokenPair]:
    """Sign in by name or e-mail and start a family of tokens. Raises WrongCredentials or TooManyTries."""
    user = _known(request, name, password)
    return open_family(request=request, user=user)


def sign_in_browser(*, request: HttpRequest, name: str, password: str) -> User:
    """Sign this browser in by name or e-mail. Raises WrongCredentials or TooManyTries."""
    return open_browser(request=request, user=_known(request, name, password))


def open_family(
    *, request: HttpRequest, user: User, method: str = "password", proven: bool = False
) -> tuple[User, TokenPair]:
    """Start a family of tokens for somebody who just proved who they are; answers with the profile loaded.

    Raises SecondWanted for somebody whose sign-ins need a code, unless it was `proven` too.
    """
    if not proven:
        second.demand(user, method=method, for_app=True)
    with own_session(request) as family:
        _enter(request, user, method, by_token=True)
        pair = pair_on(family, user.pk)
    return _loaded(user), pair


def open_browser(*, request: HttpRequest, user: User, method: str = "password", proven: bool = False) -> User:
    """Sign this browser in as somebody who just proved who they are; the session's key changes.

    Raises SecondWanted for somebody whose sign-ins need a code, unless it was `proven` too.
    """
    if not proven:
        second.demand(user, method=method, for_app=False)
    _enter(request, user, method, by_token=False)
    return _loaded(user)


def finish_family(*, request: HttpRequest, ticket: str, code: str) -> tuple[User, TokenPair]:
    """Start a family for somebody who showed a ticket and a code. Raises TicketRefused, CodeWrong or TooManyTries."""
    user, method = second.pass_step(ticket=ticket, code=code, for_app=True)
    return open_family(request=request, user=user, method=method, proven=True)


def finish_browser(*, request: HttpRequest, ticket: str, code: str) -> User:
    """Sign this browser in with a ticket and a code. Raises TicketRefused, CodeWrong or TooManyTries."""
    user, method = second.pass_step(ticket=ticket, code=code, for_app=False)
    return open_browser(request=request, user=user, method=method, proven=True)


def refresh(*, token: str) -> TokenPair:
    """Exchange a refresh token for the next pair. Raises RefreshRefused; a token used twice ends its family."""
    pair = STRATEGY.refresh_token(token)
    if pair is None:
        raise RefreshRefused
    return TokenPair(access=pair[0], refresh=pair[1])


def verify(*, token: str) -> Verified:
    """Tell whether an access or refresh token holds now. Raises TokenRefused."""
    claims = principal.claims_of(token)
    if claims is not None and principal.user_of_token(token) is not None:
        return Verified("access", datetime.fromtimestamp(claims.expires_at, UTC))
    until = refresh_holds_until(token)
    if until is None:
        raise TokenRefused
    return Verified("refresh", until)


def sign_out(*, request: HttpRequest, access: str | None = None, refresh: str | None = None) -> None:
    """End the sessions behind the browser's cookie, an access token and a refresh token, whichever were sent.

    Saying it twice changes nothing. Raises RefreshRefused when what was sent names no session.
    """
    keys: dict[str, int] = {}
    claims = principal.claims_of(access) if access else None
    if claims is not None:
        keys[claims.session_key] = int(claims.user_id)
    payload = jwts.read(refresh, jwts.REFRESH) if refresh else None
    if payload is not None and (key := jwt.session_key_from_sid(payload["sid"])):
        keys[key] = int(payload["sub"])
    if request.user.pk is not None and request.session.session_key:
        keys[request.session.session_key] = request.user.pk
    if not keys:
        raise RefreshRefused
    for session_key, user_id in keys.items():
        devices.leave(user_id, session_key)
    if request.session.session_key in keys:
        get_adapter().logout(request)
    for session_key, user_id in keys.items():
        end_family(session_key, user_id)
        done(Kind.SIGN_OUT, whose=user_id, who=user_id)


def end_place(*, user_id: int, place: str) -> None:
    """End one of a person's own sessions by the id that `places_of` lists. Raises Missing."""
    for key in living_sign_ins(user_id).values_list("session_key", flat=True):
        if place_id(key) == place:
            end_family(key, user_id)
            return
    raise Missing


def _known(request: HttpRequest, name: str, password: str) -> User:
    """Find who has this name and password. A wrong name costs the same hash as a wrong password."""
    spend(request, "login")
    spelling = rules.username_spelling(name)
    method = "email" if "@" in spelling else "username"
    user: User | None = None
    if len(password) <= rules.LONGEST_PASSWORD:
        user = get_adapter().authenticate(request, **{method: spelling, "password": password})
    if user is None or not user.is_active:
        done(Kind.SIGN_IN_FAILED, whose=_named(method, spelling))
        measures.count("auth_login_failures_total", reason="password")
        raise WrongCredentials
    return user


def _named(method: str, spelling: str) -> int | None:
    """Find whose sign-in failed, so that they can read of it. Asked alike whether there is such a person or not."""
    return User.objects.filter(**{method: spelling}).values_list("pk", flat=True).first()


def _enter(request: HttpRequest, user: User, method: str, *, by_token: bool) -> None:
    first = user.last_login is None  # who comes for the first time needs not be told
    flow.record_authentication(request, user, method=method)
    flow.perform_login(request, Login(user=user))
    where = devices.where_of(request, user.pk)
    mark_device(request, where, by_token=by_token)
    walls.become(user.pk)
    done(Kind.SIGN_IN, whose=user.pk, who=user.pk)
    if not devices.meet(user.pk, where, until=devices.lasts_until()) and not first:
        alerts.tell(user.pk, alerts.Kind.NEW_DEVICE, where, place=place_id(request.session.session_key or ""))


def _loaded(user: User) -> User:
    principal.forget(user.pk)
    return principal.user_of_id(user.pk) or user
