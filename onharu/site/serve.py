"""The server process: one port, workers with the split application, a shutdown that drains.

It imports no Django, so that the parent of the workers stays small.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sqlite3
import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from onharu.kernel.backups.refusals import BackupRefused
from onharu.kernel.backups.swapping import serve_from
from onharu.site import env
from onharu.site.figures import shared_figures

DRAIN_SECONDS = 20


class DrainingServer(Server):  # type: ignore[misc, valid-type]  # the package picks its class by platform
    """Tells the live streams to end before the workers are stopped, so that only real requests are waited for."""

    def shutdown(self, exit_code: int = 0) -> None:
        """Announce the end to every worker, then stop as usual."""
        for worker in self.wrks:
            if worker.is_alive():
                os.kill(worker.inner.pid, signal.SIGUSR1)
        super().shutdown(exit_code)


def serve(*, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; requests that run are finished first."""
    os.environ.setdefault("LOG_FILE", "-")
    workers = env.number("WEB_WORKERS", 1)
    with shared_figures(workers):
        _server(host, port, workers).serve()


def _server(host: str, port: int, workers: int) -> DrainingServer:
    return DrainingServer(
        "onharu.site.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=workers,
        backlog=1024,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=DRAIN_SECONDS,
        respawn_failed_workers=True,
    )


def gather_database() -> None:
    """Put the write-ahead log into the database file, so that after a stop one file holds everything."""
    database = env.data_folder() / "onharu.sqlite3"
    if env.text("DATABASE_URL") or not database.exists():
        return
    with contextlib.closing(sqlite3.connect(database, timeout=5)) as connection, contextlib.suppress(sqlite3.Error):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def replace_process(*, host: str, port: int) -> None:
    """Become the server: the same process id, none of the memory that preparing took."""
    words = [sys.executable, "-m", "onharu.site.serve", "--host", host, "--port", str(port)]
    os.execv(sys.executable, words)  # noqa: S606 our own interpreter and module


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    try:
        living = serve_from(env.data_folder())
    except BackupRefused as refused:
        sys.exit(f"onharu: {refused.en}")
    with living:
        serve(host=options.host, port=options.port)
        gather_database()
