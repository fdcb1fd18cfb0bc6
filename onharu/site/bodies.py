"""How much a request may bring along. What says that it brings more is not read: it would lie in memory first."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from onharu.kernel.problems import Problem
from onharu.kernel.web import problem_response

# Where photographs come in: six of 12 MB, and what stands around them.
PHOTO_DOORS = frozenset({"/api/ai/meal-analyze/", "/meals/photo/"})
MOST_WITH_PHOTOS = 6 * 12 * 1024 * 1024 + 64 * 1024


class BodyTooLarge(Problem):
    """The request brings more than this address takes; nothing of it was read."""

    status = 413
    code = "body_too_large"
    ko = "보낸 내용이 너무 커요."
    en = "What was sent is too large."


class BodyMiddleware:
    """Answers a request that is too large before anybody reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or answer 413."""
        most = MOST_WITH_PHOTOS if request.path_info in PHOTO_DOORS else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return problem_response(BodyTooLarge()) if _length(request) > most else self.get_response(request)


def _length(request: HttpRequest) -> int:
    """Read how long the body says it is; one that does not say is not read by anybody (PEP 3333)."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() else 0
