"""The operators' programs of the stack, and a process of one of them: started, killed, hung, brought back, stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

PACKAGES = (Path(__file__).parent / "packages.txt").read_text(encoding="utf-8").split()
PROGRAMS = (
    "nginx",
    "redis-server",
    "prometheus",
    "prometheus-alertmanager",
    "prometheus-node-exporter",
    "prometheus-blackbox-exporter",
    "prometheus-postgres-exporter",
    "prometheus-redis-exporter",
    "openssl",
)
PATH = f"{os.environ['PATH']}:/usr/sbin:/sbin"


def program(name: str) -> str:
    """Find a program; nothing is looked for that `needed` did not find."""
    found = shutil.which(name, path=PATH)
    assert found, name
    return found


def needed() -> None:
    """Leave the stack out where a program is missing; where changes are judged that is a failure."""
    missing = [name for name in PROGRAMS if shutil.which(name, path=PATH) is None]
    if missing:
        said = f"{', '.join(missing)} missing: apt-get install {' '.join(PACKAGES)}"
        pytest.fail(said) if os.environ.get("CI") else pytest.skip(said)


def wait_for(
    holds: Callable[[], object], seconds: float = 30, what: str | Callable[[], str] = "", every: float = 0.05
) -> float:
    """Wait until something holds; tells how long that took."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"not within {seconds} s: {what() if callable(what) else what}")
        time.sleep(every)
    return time.monotonic() - began


class Process:
    """One program of the house, with a log of its own. What it is and says outlives being killed."""

    def __init__(
        self, name: str, words: list[object], folder: Path, environment: Mapping[str, str], user: str | None = None
    ) -> None:
        self.name, self.words, self.log = name, [str(word) for word in words], folder / f"{name}.log"
        self._environment, self._user = dict(environment), user
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Process:
        """Start it, in a group of its own."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.words, env=self._environment, stdout=log, stderr=log, cwd="/", user=self._user,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        return self

    @property
    def lives(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def tell(self, sign: signal.Signals) -> None:
        """Send a signal to it alone."""
        assert self.process is not None
        if self.lives:
            self.process.send_signal(sign)

    def whole(self, sign: signal.Signals) -> None:
        """Send a signal to it and its children."""
        assert self.process is not None
        if self.lives:
            os.killpg(self.process.pid, sign)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.lives:
            self.whole(signal.SIGCONT)
            self.whole(signal.SIGKILL)
            self.ended()

    def hang(self) -> None:
        """Let it hang: connections stand, nothing is answered."""
        self.whole(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on."""
        self.whole(signal.SIGCONT)

    def ended(self, seconds: float = 40) -> int:
        """Wait until it ended; tells its code."""
        assert self.process is not None
        return self.process.wait(seconds)

    def stop(self, sign: signal.Signals = signal.SIGTERM, seconds: float = 40) -> int:
        """Ask it to end, and wait."""
        self.tell(sign)
        return self.ended(seconds)

    def said(self) -> str:
        """Read its log."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
