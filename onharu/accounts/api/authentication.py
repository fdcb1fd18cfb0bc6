"""How a request says who it is from: `Authorization: Bearer`, or the session cookie with CSRF."""

from __future__ import annotations

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from onharu.accounts.actions import TokenRefused
from onharu.accounts.models import User
from onharu.accounts.principal import user_of_token
from onharu.kernel.problems import Refused, Unsigned


class CsrfMissing(Refused):
    """A cookie client sent an unsafe request without the CSRF token."""

    code = "csrf_missing"
    ko = "안전하지 않은 요청이라 받지 않았어요. 페이지를 새로 고친 뒤 다시 해 주세요."
    en = "The CSRF token is missing or wrong. Reload the page and try again."


def bearer_of(request: Request) -> str | None:
    """Read the access token that was sent, if one was."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def asker_of(request: Request) -> User:
    """Tell who asks; raises Unsigned when nobody is signed in."""
    if not isinstance(request.user, User):
        raise Unsigned
    return request.user


class BearerAuthentication(BaseAuthentication):
    """An access token in the Authorization header."""

    def authenticate(self, request: Request) -> tuple[User, str] | None:
        """Find the user, or raise TokenRefused; None when no bearer token was sent."""
        token = bearer_of(request)
        if token is None:
            return None
        user = user_of_token(token)
        if user is None:
            raise TokenRefused
        return user, token

    def authenticate_header(self, _request: Request) -> str:
        """Name the scheme, which makes refusals a 401."""
        return "Bearer"


class CookieAuthentication(SessionAuthentication):
    """The session cookie; unsafe methods need the CSRF token."""

    def enforce_csrf(self, request: Request) -> None:
        """Raise CsrfMissing unless the CSRF token was sent."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise CsrfMissing from error


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document names bearer tokens."""

    target_class = BearerAuthentication
    name = "bearer"

    def get_security_definition(self, _auto_schema: object) -> dict[str, str]:
        """Describe the scheme."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


class CookieScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document names the session cookie."""

    target_class = CookieAuthentication
    name = "cookie"

    def get_security_definition(self, _auto_schema: object) -> dict[str, str]:
        """Describe the scheme."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
