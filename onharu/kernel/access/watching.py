"""The middleware that writes the record, once for each request that changed or showed what must be told.

Written when the answer is known, in a transaction of its own: two statements. One's own reading writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from onharu.kernel import clock
from onharu.kernel.access.chain import Act, append
from onharu.kernel.access.notes import Notes, listening
from onharu.kernel.access.staff import people_on
from onharu.kernel.callers import address_of
from onharu.kernel.storing import stores_nothing

log = structlog.get_logger(__name__)
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class AccessMiddleware:
    """Writes who saw or changed whose what. It stands inside of the one that finds out who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then write.

        What was changed is changed, so a record that cannot be written is logged. What would only be shown is not
        shown without it.
        """
        with listening() as notes:
            response = self.get_response(request)
        safe = request.method in SAFE or stores_nothing(request)
        if safe and not notes.done and not notes.about and not _by_staff(request):
            return response
        acts = list(acts_of(request, response, notes))
        try:
            append(acts, at=clock.now())
        except DatabaseError as error:
            if safe:
                raise
            log.exception("access_unwritten", error=type(error).__name__)
        return response


def acts_of(request: HttpRequest, response: HttpResponse, notes: Notes) -> Iterator[Act]:
    """Tell what is to be written of a request."""
    match = request.resolver_match
    what = f"{request.method} {(match.view_name if match.url_name else match.route) if match else ''}".strip()
    asker, address = _asker(request, notes), address_of(request)
    for one in notes.done:
        yield Act(one.kind, what, asker if one.who is None else one.who, one.whose, address)
    if notes.done or response.status_code >= 400:
        return
    about = notes.about or people_on(request, response)
    if request.method in SAFE or stores_nothing(request):
        yield from (Act("look", what, asker, whose, address) for whose in about if str(whose) != asker)
    elif about:
        yield from (Act("change", what, asker, whose, address) for whose in about)
    elif asker:
        yield Act("change", what, asker, int(asker), address)


def _asker(request: HttpRequest, notes: Notes) -> str:
    # Asking for the user reads the session, on which an answer would then depend.
    if notes.by is not None:
        return notes.by
    known = getattr(getattr(request, "user", None), "pk", None)
    return "" if known is None else str(known)


def _by_staff(request: HttpRequest) -> bool:
    return bool(request.resolver_match and request.resolver_match.app_name == "admin")
