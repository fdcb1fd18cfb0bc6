"""The cookies that tie a sign-in with another company, or with a passkey, to the browser in which it was begun."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

LIVES = 10 * 60
TICKET_LIVES = 5 * 60
PASSKEY = "onharu_passkey"


def _name(name: str = "onharu_sign_in") -> str:
    """Name the cookie; behind TLS no neighbouring host can set one of this name."""
    return f"__Host-{name}" if settings.SESSION_COOKIE_SECURE else name


def browser_of(request: HttpRequest) -> str:
    """Read the browser's secret; "" for a browser without one."""
    return request.COOKIES.get(_name(), "")


def keep_browser(response: HttpResponse, secret: str) -> HttpResponse:
    """Give the browser its secret for ten minutes, out of the reach of scripts and of other sites' requests."""
    response.set_cookie(
        _name(), secret, max_age=LIVES, httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
    )
    return response


def ticket_of(request: HttpRequest) -> str:
    """Read the ticket of the question that this browser's passkey was asked."""
    return request.COOKIES.get(_name(PASSKEY), "")


def keep_ticket(response: HttpResponse, ticket: str) -> None:
    """Keep the ticket in this browser for as long as the question lives; no script reads it, no other site sends it."""
    secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_cookie(_name(PASSKEY), ticket, max_age=TICKET_LIVES, httponly=True, samesite="Strict", secure=secure)
