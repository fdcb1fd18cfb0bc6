"""A small page of its own for processes that serve no web: `/metrics` and `/healthz` of `onharu worker` and `beat`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import structlog

from onharu.kernel import measures, threads
from onharu.site import env, metrics
from onharu.site.figures import shared_figures

log = structlog.get_logger(__name__)
PORT = 9000
OK, LATE = b'{"status": "ok"}', b'{"status": "failing", "jobs": false}'


class _Answers(BaseHTTPRequestHandler):
    """Answers whoever watches; says nothing of it in the log."""

    timeout = 10

    def do_GET(self) -> None:
        """Answer as the server of the web does."""
        headers = {name.lower().encode(): value.encode("latin-1") for name, value in self.headers.items()}
        if self.path == "/healthz":
            good = threads.keeping_up()
            self._answer(200 if good else 503, OK if good else LATE, "application/json")
        elif self.path == metrics.PATH and measures.is_on() and metrics.may_read(self.client_address[0], headers):
            self._answer(200, metrics.written(), metrics.KIND)
        else:
            self._answer(404, b"", metrics.KIND)

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        with suppress(ConnectionError):  # who asked has gone
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def version_string(self) -> str:
        """Tell nobody what this is made with."""
        return "onharu"

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@contextmanager
def watched(processes: int = 1) -> Iterator[None]:
    """Count in this process and those it makes, and answer on METRICS_PORT; a port that is taken is logged."""
    with shared_figures(processes):
        metrics.begin()
        page = _listening()
        try:
            yield
        finally:
            if page is not None:
                page.shutdown()
                page.server_close()


def _listening() -> ThreadingHTTPServer | None:
    port = env.number("METRICS_PORT", PORT)
    if not port:
        return None
    try:
        page = ThreadingHTTPServer((env.text("METRICS_HOST", "127.0.0.1"), port), _Answers)
    except OSError as error:
        log.warning("figures_not_served", port=port, error=type(error).__name__)
        return None
    page.daemon_threads = True
    threading.Thread(target=page.serve_forever, name="onharu-figures", daemon=True).start()
    return page
