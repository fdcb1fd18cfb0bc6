"""What an unknown address and an unexpected failure answer: a problem for scripts, a page for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from onharu.kernel.problems import Missing, Problem
from onharu.kernel.web import problem_response

# "/pharm" is a predecessor's address, with and without its last slash.
SCRIPTED = ("/api/", "/auth/", "/events/", "/pharm/")


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere."""
    if f"{request.path}/".startswith(SCRIPTED):
        return problem_response(Missing())
    return defaults.page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer a failure that nobody expected; it was logged with the request's id."""
    if f"{request.path}/".startswith(SCRIPTED):
        return problem_response(Problem())
    return defaults.server_error(request)
