"""For whom a request works: told to the wall of the database before anything is asked for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from onharu.accounts.principal import user_of_request
from onharu.kernel import walls

STAFFS = "/admin/"


class WallMiddleware:
    """Works for the person of the request, for the house where staff see everybody, else for nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on behind the wall; where there is none, just pass it on."""
        if not settings.ROW_SECURITY:
            return self.get_response(request)
        with _whom(request):
            return self.get_response(request)


def _whom(request: HttpRequest) -> AbstractContextManager[None]:
    with walls.finding_out():
        user = user_of_request(request)
    if user is None:
        return walls.for_nobody()
    return walls.for_house() if user.is_staff and request.path.startswith(STAFFS) else walls.as_person(user.pk)
