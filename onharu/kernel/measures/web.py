"""Counts and times every answer by the template of its route, and what was turned away."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from onharu.kernel import measures
from onharu.kernel.measures import queries
from onharu.kernel.measures.names import METHODS, OTHER

STAFFS = "/admin/"
LOOK_EVERY = 5.0
_TURNED_AWAY = {401: "unsigned", 403: "refused"}


class MeasuresMiddleware:
    """Stands outermost. Where nothing is counted it is left out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not measures.is_on():
            raise MiddlewareNotUsed
        self.get_response = get_response
        self._under_way = measures.standing().of("http_requests_in_progress", {})
        self._looked_at = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and note how it went."""
        started = perf_counter()
        self._under_way.inc()
        code = 500
        try:
            response = self.get_response(request)
            code = response.status_code
        finally:
            self._under_way.dec()
            self._note(request, code, perf_counter() - started)
            self._look(started)
        return response

    def _note(self, request: HttpRequest, code: int, seconds: float) -> None:
        match = request.resolver_match
        route, method = route_of(match), request.method if request.method in METHODS else "OTHER"
        measures.count("http_requests_total", route=route, method=method, code=str(code))
        measures.observe("http_request_duration_seconds", seconds, route=route, method=method)
        if code in _TURNED_AWAY:
            measures.count("authz_denied_total", reason=_TURNED_AWAY[code])
        elif code == 404 and match is not None and match.kwargs:
            measures.count("authz_denied_total", reason="object_owner")

    def _look(self, now: float) -> None:
        """Count connections now and then; it is not worth doing at every request."""
        if now - self._looked_at > LOOK_EVERY:
            self._looked_at = now
            measures.put("db_connections", queries.held())


def route_of(match: ResolverMatch | None) -> str:
    """Tell the template of a route, "other" where there is none. The admin's hundred and more are one."""
    if match is None:
        return OTHER
    route = f"/{match.route}"
    return STAFFS if route.startswith(STAFFS) else route
