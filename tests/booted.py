"""The real server as a process: started like a person starts it, asked over real sockets, stopped by a signal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.engines import free_port

READY_SECONDS = 90
COMMAND = Path(sys.executable).with_name("onharu")
LEFT_OUT = {
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "ONHARU_DATA",
    "ONHARU_FIELD_KEYS",
    "ONHARU_FIELD_KEYS_FILE",
    "DJANGO_SETTINGS_MODULE",
    "DEBUG",
    "ALLOWED_HOSTS",
}


class Booted:
    """`onharu up` in a folder of its own."""

    def __init__(self, folder: Path, *words: str, **variables: str) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"server-{self.port}.log"
        environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        self.started = time.monotonic()
        with self.log.open("wb") as file:
            self.process = subprocess.Popen(
                [COMMAND, "up", "--port", str(self.port), "--data", str(folder / "data"), *words],
                env={**environment, **variables},
                stdout=file,
                stderr=subprocess.STDOUT,
            )

    def wait_ready(self) -> float:
        """Wait until it can serve; returns how many seconds that took since it was started."""
        while time.monotonic() - self.started < READY_SECONDS:
            if self.process.poll() is not None:
                raise RuntimeError(self.log.read_text(encoding="utf-8"))
            try:
                with urllib.request.urlopen(f"{self.base}/readyz", timeout=2) as response:
                    if response.status == 200:
                        return time.monotonic() - self.started
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"not ready within {READY_SECONDS} s: {self.log.read_text(encoding='utf-8')}")

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """Send JSON and read the answer, a problem included."""
        request = urllib.request.Request(
            self.base + path,
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={"Content-Type": "application/json", **headers},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                raw, status = response.read(), response.status
        except urllib.error.HTTPError as error:
            raw, status = error.read(), error.code
        return status, json.loads(raw) if raw[:1] in (b"{", b"[") else raw

    def stop(self, seconds: float = 30) -> int:
        """Ask it to stop and wait; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
