"""Finished answers about some days of one person, kept in this process under the version those days have.

Every write of a person takes a new number of that person's counter, so the highest number within a window of days
names exactly one state of them: a kept answer is right or cannot be found, never stale. Dropping it costs only time.
What an answer depends on besides (the address, the language, the profile's version) is part of its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from threading import Lock

from cachetools import LRUCache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from rest_framework.request import Request

from onharu.kernel import measures
from onharu.kernel.web import dumps, same_etag

KEPT_BYTES = 16 * 1024 * 1024
_lock = Lock()
_kept: LRUCache[tuple[Hashable, ...], bytes] = LRUCache(maxsize=KEPT_BYTES, getsizeof=len)

_COUNTER = "SELECT version FROM kernel_personversion WHERE owner_id = %s"
_LATEST = "SELECT MAX(version) FROM kernel_dayversion WHERE owner_id = %s AND day >= %s AND day <= %s"


@dataclass(frozen=True, slots=True)
class Window:
    """The days from `first` to `last` of one person; with `part`, only that part of them ("meals", "workouts", …).

    Without days it is everything of that person: any write makes the answer anew.
    """

    owner_id: int
    first: date | None = None
    last: date | None = None
    part: str = ""


def latest_in(window: Window) -> int:
    """Tell the highest version within a window; 0 when nothing was ever written there. One statement."""
    asked: list[int | date | str] = [window.owner_id]
    statement = _COUNTER
    if window.first is not None and window.last is not None:
        statement = _LATEST
        asked += [window.first, window.last]
        if window.part:
            statement += " AND part = %s"
            asked.append(window.part)
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        row = cursor.fetchone()
    return int(row[0] or 0) if row else 0


def answer_kept(
    request: HttpRequest | Request, *, window: Window, also: tuple[Hashable, ...] = (), make: Callable[[], object]
) -> HttpResponse:
    """Answer with what `make` returns as JSON, made once for each state of the window: one statement when kept.

    `also` names whatever else the answer depends on; address and language are always part of the name. The ETag
    lets a client that has the answer get 304.
    """
    version = latest_in(window)
    named = (window, version, request.build_absolute_uri(), get_language(), *also)
    etag = f'"{version:x}-{hashlib.blake2b(repr((window, *named[2:])).encode(), digest_size=6).hexdigest()}"'
    if same_etag(request.headers.get("If-None-Match"), etag):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(_finished(named, make), content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    return response


def _finished(named: tuple[Hashable, ...], make: Callable[[], object]) -> bytes:
    with _lock:
        found = _kept.get(named)
    measures.count("cache_requests_total", cache="answers", result="miss" if found is None else "hit")
    if found is None:
        found = dumps(make())
        if len(found) <= KEPT_BYTES // 8:
            with _lock:
                _kept[named] = found
    return found


def drop_kept() -> None:
    """Forget every kept answer."""
    with _lock:
        _kept.clear()
