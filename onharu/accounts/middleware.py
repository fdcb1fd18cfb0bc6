"""Korean unless asked otherwise: the language switch's cookie, or Accept-Language for scripts."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

LANGUAGE_COOKIE = "onharu_language"
YEAR = 365 * 24 * 60 * 60
SCRIPTED = ("/api/", "/auth/")


def language_of(request: HttpRequest) -> str:
    """Choose the language of an answer: `ko` or `en`."""
    chosen = request.COOKIES.get(LANGUAGE_COOKIE)
    if chosen in dict(settings.LANGUAGES):
        return chosen
    scripted = request.path.startswith(SCRIPTED) and "text/html" not in request.headers.get("Accept", "")
    if scripted and request.headers.get("Accept-Language", "").lower().startswith("en"):
        return "en"
    return "ko"


def language_now() -> str:
    """Tell the language of this request: `ko` or `en`."""
    return "en" if (translation.get_language() or "ko").startswith("en") else "ko"


def speaking(request: HttpRequest, response: HttpResponse, language: str, *, anew: bool = False) -> HttpResponse:
    """Keep the language in this browser, unless it has chosen one already and `anew` is not said."""
    if anew or LANGUAGE_COOKIE not in request.COOKIES:
        response.set_cookie(
            LANGUAGE_COOKIE,
            language,
            max_age=YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return response


class LanguageMiddleware:
    """Activates the language for the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the person's language and say so."""
        language = language_of(request)
        with translation.override(language):
            response = self.get_response(request)
        response.setdefault("Content-Language", language)
        return response
