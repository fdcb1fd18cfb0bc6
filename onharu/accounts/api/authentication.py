"""How a request says who it is from: `Authorization: Bearer`, or the session cookie with CSRF."""

from __future__ import annotations

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.request import Request

from onharu.accounts.models import User
from onharu.accounts.principal import user_of_token
from onharu.kernel.problems import Unsigned


class TokenRefused(Unsigned):
    """The access token is false, expired or its session has ended."""

    code = "token_invalid"
    ko = "로그인이 만료됐어요. 다시 로그인해 주세요."
    en = "The sign-in has expired. Please sign in again."


class BearerAuthentication(BaseAuthentication):
    """An access token in the Authorization header."""

    def authenticate(self, request: Request) -> tuple[User, str] | None:
        """Find the user, or raise TokenRefused; None when no bearer token was sent."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            return None
        user = user_of_token(token.strip())
        if user is None:
            raise TokenRefused
        return user, token

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme, which makes refusals a 401."""
        return "Bearer"


class CookieAuthentication(SessionAuthentication):
    """The session cookie; unsafe methods need the CSRF token."""


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document names bearer tokens."""

    target_class = BearerAuthentication
    name = "bearer"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """Describe the scheme."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


class CookieScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document names the session cookie."""

    target_class = CookieAuthentication
    name = "cookie"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """Describe the scheme."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
