"""Whether the process lives, and whether it can serve."""

from __future__ import annotations

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse

from onharu.kernel import threads
from onharu.site.checks import pending_migrations


def alive(_request: HttpRequest) -> JsonResponse:
    """Answer as long as the process runs; touches no store."""
    return JsonResponse({"status": "ok"})


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _cache() -> bool:
    cache.set("readyz", 1, 5)
    return bool(cache.get("readyz") == 1)


PARTS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": lambda: not pending_migrations(),
    "cache": _cache,
    "jobs": threads.keeping_up,
}


def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when every store answers, else 503 that names what does not."""
    parts = {name: _holds(part) for name, part in PARTS.items()}
    good = all(parts.values())
    return JsonResponse({"status": "ok" if good else "failing", **parts}, status=200 if good else 503)


def _holds(part: Callable[[], bool]) -> bool:
    try:
        return part()
    except Exception:  # noqa: BLE001 any failure of a store means "not ready", whatever its type
        return False
