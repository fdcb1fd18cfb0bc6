"""A bare Django JSON view behind the same server and bridge: what every figure is held against."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import django
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, JsonResponse
from django.urls import path

PAYLOAD = {f"key{number}": "값" * 8 for number in range(40)}


def answer(_request: HttpRequest) -> JsonResponse:
    """Answer about two kilobytes, as a day's summary is."""
    return JsonResponse(PAYLOAD)


urlpatterns = [path("bare/", answer)]
settings.configure(
    SECRET_KEY="bare",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"],
)
django.setup()
_bridge: Any = WSGIMiddleware(WSGIHandler(), workers=8)
Message = MutableMapping[str, Any]


async def application(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Serve one connection, as onharu.site.asgi does."""

    async def received() -> Message:
        return await receive()

    if scope["type"] == "http":
        await _bridge(scope, received, send)
