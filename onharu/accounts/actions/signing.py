"""Signing in and out, by cookie and by tokens, over allauth: its limits, its backend, its stages (MFA later)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import login as flow
from allauth.account.models import Login
from allauth.headless import app_settings as headless
from allauth.headless.tokens.strategies.jwt import internal as jwt

# allauth reaches these by attribute; where somebody loaded other parts of cryptography first, they are not there.
from cryptography.hazmat.primitives.ciphers import algorithms as _algorithms  # noqa: F401
from cryptography.hazmat.primitives.ciphers import modes as _modes  # noqa: F401
from django.http import HttpRequest

from onharu.accounts import principal, rules
from onharu.accounts.limits import spend
from onharu.accounts.models import User
from onharu.accounts.queries import living_sign_ins, place_id
from onharu.accounts.tokens import TokenPair, end_family, mark_device, own_session
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


def open_family(*, request: HttpRequest, user: User) -> tuple[User, TokenPair]:
    """Start a family of tokens for somebody who just proved who they are; answers with the profile loaded."""
    with own_session(request):
        _enter(request, user, by_token=True)
        pair = headless.TOKEN_STRATEGY.create_access_token_payload(request)
    return _loaded(user), TokenPair(access=pair["access_token"], refresh=pair["refresh_token"])


def open_browser(*, request: HttpRequest, user: User) -> User:
    """Sign this browser in as somebody who just proved who they are; the session's key changes."""
    _enter(request, user, by_token=False)
    return _loaded(user)


def refresh(*, token: str) -> TokenPair:
    """Exchange a refresh token for the next pair. Raises RefreshRefused; a token used twice ends its family."""
    pair = headless.TOKEN_STRATEGY.refresh_token(token)
    if pair is None:
        raise RefreshRefused
    return TokenPair(access=pair[0], refresh=pair[1])


def verify(*, token: str) -> Verified:
    """Tell whether an access or refresh token holds now. Raises TokenRefused."""
    claims = principal.claims_of(token)
    if claims is not None and principal.user_of_token(token) is not None:
        return Verified("access", datetime.fromtimestamp(claims.expires_at, UTC))
    found = jwt.validate_refresh_token(token)
    if found is None:
        raise TokenRefused
    return Verified("refresh", datetime.fromtimestamp(found[2]["exp"], UTC))


def sign_out(*, request: HttpRequest, access: str | None = None, refresh: str | None = None) -> None:
    """End the sessions behind the browser's cookie, an access token and a refresh token, whichever were sent.

    Saying it twice changes nothing. Raises RefreshRefused when what was sent names no session.
    """
    keys: dict[str, int] = {}
    claims = principal.claims_of(access) if access else None
    if claims is not None:
        keys[claims.session_key] = int(claims.user_id)
    payload = jwt.decode_token(refresh, "refresh") if refresh else None
    if payload is not None and (key := jwt.session_key_from_sid(payload["sid"])):
        keys[key] = int(payload["sub"])
    if request.user.pk is not None and request.session.session_key:
        keys[request.session.session_key] = request.user.pk
        get_adapter().logout(request)
    if not keys:
        raise RefreshRefused
    for session_key, user_id in keys.items():
        end_family(session_key, user_id)


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
        raise WrongCredentials
    return user


def _enter(request: HttpRequest, user: User, *, by_token: bool) -> None:
    flow.perform_password_login(request, {}, Login(user=user))
    mark_device(request, by_token=by_token)


def _loaded(user: User) -> User:
    principal.forget(user.pk)
    return principal.user_of_id(user.pk) or user
