"""Where alerts arrive in the place of Slack, Discord and the switch outside."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WAYS = {"slack_webhook_url": "/slack", "discord_webhook_url": "/discord/slack", "deadman_url": "/deadman"}


def _headed(body: dict[str, Any]) -> str:
    """Tell what a letter of Slack's form is headed with, or what Alertmanager's own form is about."""
    if "attachments" in body:
        return str(body["attachments"][0]["title"])
    return f"{body['status'].upper()} {body['commonLabels']['alertname']}"


class Letters:
    """Keeps every letter with the moment at which it came."""

    def __init__(self, address: str, port: int) -> None:
        self.came: list[tuple[float, str, dict[str, Any]]] = []
        came = self.came

        class Answers(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                came.append((time.monotonic(), self.path, body))
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer((address, port), Answers)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, name="letters", daemon=True).start()
        self.ways = {name: f"http://{address}:{port}{path}" for name, path in WAYS.items()}

    def titles(self, path: str = "/slack", since: float = 0.0) -> list[str]:
        """List what letters to an address are headed with."""
        return [_headed(body) for at, to, body in list(self.came) if to == path and at >= since]

    def close(self) -> None:
        """Take no more."""
        self._server.shutdown()
        self._server.server_close()
