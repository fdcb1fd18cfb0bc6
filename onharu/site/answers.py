"""What an unknown address and an unexpected failure answer: a problem for scripts, a page for people."""

from __future__ import annotations

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.views import defaults

from onharu.kernel.problems import Invalid, Missing, Problem
from onharu.kernel.web import problem_of, problem_response

# "/pharm" is a predecessor's address, with and without its last slash.
SCRIPTED = ("/api/", "/auth/", "/events/", "/pharm/")


def unfit(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django itself takes for no fair one: too many fields, too many files, a strange host."""
    if f"{request.path}/".startswith(SCRIPTED):
        return problem_response(Invalid())
    return defaults.bad_request(request, exception)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere."""
    if f"{request.path}/".startswith(SCRIPTED):
        return problem_response(Missing())
    return defaults.page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer a failure that nobody expected; it was logged with the request's id.

    A database that is away is expected, and missed by who looks up a person before any page is reached: that is a 503.
    """
    error = sys.exc_info()[1]
    problem = (problem_of(error) if isinstance(error, OperationalError) else None) or Problem()
    if f"{request.path}/".startswith(SCRIPTED):
        return problem_response(problem)
    response: HttpResponse = defaults.server_error(request)
    response.status_code = problem.status
    if problem.retry_after is not None:
        response["Retry-After"] = str(problem.retry_after)
    return response
