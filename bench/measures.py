"""What counting costs: `python -m bench.measures` asks hot answers with and without, in turns, in one process.

Only CPU of this thread is counted, so that a busy machine blurs it little. Give it a folder with a demo person
(`make up` leaves one in `var`): `ONHARU_DATA=var python -m bench.measures`.
"""

from __future__ import annotations

import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onharu.site.settings")
os.environ.setdefault("DEBUG", "1")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 Django must be set up first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from onharu.kernel import measures  # noqa: E402
from onharu.kernel.measures import queries  # noqa: E402
from onharu.kernel.measures.book import Book  # noqa: E402

ROUNDS, IN_A_ROUND = 60, 60
PATHS = ("/api/today/summary/", "/api/users/me/", "/api/workoutplans/today/")
BOOK = Book()


def signed_in() -> Client:
    """A client whose handler is made now, so that it has the middleware that there is now."""
    client = Client()
    client.force_login(get_user_model().objects.get(username="demo"), backend="onharu.accounts.backends.AccountBackend")
    return client


def spent(client: Client, path: str) -> float:
    """Milliseconds of CPU for one answer."""
    started = time.thread_time()
    for _ in range(IN_A_ROUND):
        client.get(path)
    return (time.thread_time() - started) / IN_A_ROUND * 1000


def switched(*, on: bool) -> None:
    """Switch the counting of statements and of everything else."""
    if on:
        measures._book = BOOK
        queries._opened(connection)
    else:
        connection.execute_wrappers.clear()
        measures._book = None


def main() -> None:
    """Measure and print."""
    connection.ensure_connection()
    clients = {}
    for on in (True, False):
        switched(on=on)
        clients[on] = signed_in()
        clients[on].get(PATHS[0])
    print(f"{'answer':32} {'off ms':>8} {'on ms':>8} {'more':>7}")
    for path in PATHS:
        found: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(ROUNDS):
            for on in (True, False) if turn % 2 else (False, True):
                switched(on=on)
                found[on].append(spent(clients[on], path))
        off, on_ = statistics.median(found[False]), statistics.median(found[True])
        print(f"{path:32} {off:8.3f} {on_:8.3f} {(on_ / off - 1) * 100:6.1f}%")


if __name__ == "__main__":
    main()
