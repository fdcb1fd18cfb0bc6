"""The whole of production on loopback: every service of the compose files that there is a package or a wheel of.

nginx, web and live stream, worker, beat, PostgreSQL, Redis, files in S3, Prometheus with its exporters, Alertmanager.
Words, environment and configuration are those of `deploy/` (tests/stack/written.py says what is changed).
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import redis

from tests.deploy.tools import ROOT
from tests.stack import compose
from tests.stack.database import Database
from tests.stack.letters import Letters
from tests.stack.places import SERVICES, Names, Places
from tests.stack.programs import PATH, Process, program, wait_for
from tests.stack.s3 import KEY_ID, SECRET_KEY, Buckets, s3_server
from tests.stack.written import Written

ONHARU = Path(sys.executable).with_name("onharu")
HOST = "onharu.test"
PATIENCE = 300.0
OWE = """
INSERT INTO kernel_job (name, args, state, run_at, attempts, error) VALUES (%s, %s, 'waiting', now(), 0, '')
"""
WATCHERS = ("prometheus", "alertmanager", "blackbox", "node-exporter", "postgres-exporter", "redis-exporter")
PROGRAMS = {"blackbox": "prometheus-blackbox-exporter", "alertmanager": "prometheus-alertmanager"}


class House:
    """Everything, and the ways to break each part of it."""

    def __init__(self, home: Path) -> None:
        self.home, self.places = home, Places()
        self.written = Written(home, self.places)
        self.variables = {"ONHARU_HOST": HOST}
        self.running: dict[str, Process] = {}
        self.took: dict[str, float] = {}
        self._rest = ExitStack()
        self._apis: list[int] = []
        self._next_api = 0

    @property
    def base(self) -> str:
        """Tell where people come in."""
        return f"https://{HOST}:{self.places.port('front')}"

    # --- opening ------------------------------------------------------------------------------------------------
    def open(self) -> None:
        """Boot: stores and watchers first, then the house, then its front door."""
        began = time.monotonic()
        for name in ("logs", "data"):
            (self.home / name).mkdir()
        self.letters = Letters(self.places.address("letters"), self.places.port("letters"))
        self._rest.callback(self.letters.close)
        self.names = Names(self.places.address("names"), self.places.port("names"))
        self._rest.callback(self.names.close)
        self.names.start()
        self.written.everything(HOST, self.letters.ways)
        with ThreadPoolExecutor(4) as threads:
            parts = [threads.submit(part) for part in (self._static, self._stores, self._bucket, self._watchers)]
            for part in parts:
                part.result()
        self._house()
        self._front()
        self.took["boot"] = time.monotonic() - began

    def _timed(self, what: str, began: float) -> None:
        self.took[what] = time.monotonic() - began

    def _start(self, name: str, words: list[object], environment: dict[str, str] | None = None) -> Process:
        found = Process(name, words, self.home / "logs", environment or {"PATH": PATH, "HOME": str(self.home)})
        self.running[name] = found
        return found.start()

    def _static(self) -> None:
        """Collect the static files as the Dockerfile does."""
        began = time.monotonic()
        said = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
        line = re.search(r"^ +&& (DEBUG=1 .*collect.*)$", said, re.MULTILINE)
        assert line
        words = line[1].replace("/opt/static", str(self.home / "static")).replace("/tmp/data", str(self.home / "built"))
        command = ["sh", "-c", words.replace("/opt/onharu/bin/onharu", str(ONHARU))]
        code = self._start("static", command, self._plain()).ended(PATIENCE)
        assert code == 0, self.running["static"].said()
        self._timed("static files", began)

    def _stores(self) -> None:
        began = time.monotonic()
        secrets = self.written.secrets
        words = compose.command("redis", self.variables)
        configuration = words[1].replace("/run/secrets", str(secrets))
        self._start("redis", [program(words[0]), configuration])
        self.database = Database(self.home / "logs", self.places, secrets / "postgres_password", self.variables)
        self._rest.callback(self.database.close)
        self.running["postgres"] = self.database.process.start()
        wait_for(self.database.answers, PATIENCE, "PostgreSQL")
        wait_for(self.redis_answers, PATIENCE, "Redis")
        self._make_database()
        self._timed("stores", began)

    def _make_database(self) -> None:
        """Make the database, as the image of PostgreSQL does at its first start."""
        said = compose.environment("postgres", self.variables)
        with self.database.connected("postgres") as connection:
            connection.execute(f'CREATE DATABASE "{said["POSTGRES_DB"]}"')

    def owe(self, job: str, **args: object) -> None:
        """Owe a job, as a process that cannot reach the broker would: beat tells the workers of it."""
        with self.database.connected() as connection:
            connection.execute(OWE, [job, json.dumps(args)])

    def redis(self) -> redis.Redis:
        """Ask Redis directly."""
        address = (self.written.secrets / "redis_url").read_text(encoding="utf-8")
        return redis.Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1)

    def redis_answers(self) -> bool:
        """Whether Redis answers."""
        try:
            return bool(self.redis().ping())
        except redis.RedisError:
            return False

    def _bucket(self) -> None:
        began = time.monotonic()
        self.bucket: Buckets = self._rest.enter_context(s3_server(self.home / "s3"))
        self._nginx("files", self.written.files(self.bucket.endpoint))
        self._timed("S3", began)

    def _nginx(self, name: str, configuration: Path) -> None:
        user = "user root; " if os.getuid() == 0 else ""
        self._start(name, [program("nginx"), "-c", configuration, "-g", f"daemon off; {user}", "-e", "stderr"])

    def _watchers(self) -> None:
        for service in WATCHERS:
            said = compose.command(service, self.variables) if self._has_words(service) else []
            listen = f"--web.listen-address={self.places.at(service)}"
            words = [self._moved(word, service) for word in said]
            name = PROGRAMS.get(service) or (service if service == "prometheus" else f"prometheus-{service}")
            environment = {
                key: self._moved(value, service) for key, value in compose.environment(service, self.variables).items()
            }
            if service == "postgres-exporter":
                secret = self.written.secrets / "postgres_password_for_exporter"
                environment["DATA_SOURCE_PASS_FILE"] = str(secret)
            self._start(service, [program(name), *words, listen], {"PATH": PATH, **environment})

    def _has_words(self, service: str) -> bool:
        return service not in {"postgres-exporter", "redis-exporter"}

    def _moved(self, word: str, service: str) -> str:
        """Say a word with the folders and addresses of this house."""
        for old, new in {
            "/etc/prometheus/": f"{self.home}/prometheus/",
            "/etc/alertmanager/": f"{self.home}/alertmanager/",
            "/etc/blackbox/": f"{self.home}/blackbox/",
            "path=/prometheus": f"path={self.home}/figures",
            "path=/alertmanager": f"path={self.home}/alertmanager/data",
            "path.rootfs=/host": "path.rootfs=/",
            "/run/secrets": str(self.written.secrets),
            "/tmp/figures": f"{self.home}/tmp/{service}",
            "0.0.0.0": self.places.address(service),
        }.items():
            word = word.replace(old, new)
        return self.places.placed(word)

    # --- the house itself ---------------------------------------------------------------------------------------
    def _plain(self) -> dict[str, str]:
        return {"PATH": PATH, "HOME": str(self.home), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}

    def environment(self, service: str) -> dict[str, str]:
        """Tell the environment of a process of ours: the image's, the compose file's, and that of `.env`."""
        said = compose.environment(service, self.variables)
        said["ALLOWED_HOSTS"] = ",".join(
            self.places.address(word) if word in SERVICES else word for word in said["ALLOWED_HOSTS"].split(",")
        )
        moved = {name: self._moved(value, service) for name, value in said.items()}
        image = {"ONHARU_DATA": str(self.home / "data"), "STATIC_ROOT": str(self.home / "static")}
        public = f"{self.bucket.url}&public=https://{self.places.at('files')}"
        files = {"FILES_URL": public, "FILES_KEY_ID": KEY_ID, "FILES_SECRET_KEY": SECRET_KEY}
        here = {"METRICS_PORT": str(self.places.port(service))} if service in {"worker", "beat"} else {}
        return {**self._plain(), **image, **moved, **files, **here}

    def ours(self, service: str, number: int = 0, **more: str) -> Process:
        """Start a process of ours."""
        words = [self._moved(word, service) for word in compose.command(service, self.variables)]
        if "--port" in words:
            words[words.index("--port") + 1] = str(self.places.port(service))
            words[words.index("--host") + 1] = self.places.address(service, number)
        name = f"{service}-{number}" if service == "api" else service
        return self._start(name, [ONHARU, *words], {**self.environment(service), **more})

    def _house(self) -> None:
        began = time.monotonic()
        prepared = self.ours("prepare")
        assert prepared.ended(PATIENCE) == 0, prepared.said()
        self._timed("prepare", began)
        began = time.monotonic()
        first, second = self.new_api(), self.new_api()
        for service in ("events", "worker", "beat"):
            self.ours(service)
            self.shown(service, [0])
        wait_for(lambda: all(self.healthy("api", number) for number in (first, second)), PATIENCE, "api")
        wait_for(lambda: all(self.healthy(service) for service in ("events", "worker", "beat")), PATIENCE, "house")
        self.known([first, second])
        self._timed("house", began)

    def new_api(self, **more: str) -> int:
        """Start one more process of pages and API; tells its number."""
        number, self._next_api = self._next_api, self._next_api + 1
        self.ours("api", number, **more)
        return number

    def known(self, numbers: list[int]) -> None:
        """Let the front door and Prometheus know these processes."""
        self._apis = numbers
        self.shown("api", numbers)

    @property
    def apis(self) -> list[int]:
        """The numbers of the processes that are known."""
        return list(self._apis)

    def shown(self, service: str, numbers: list[int]) -> None:
        """Write addresses into the names of the network."""
        addresses = [self.places.address(service, number) for number in numbers]
        self.names.zone[service] = addresses
        self.written.targets(service, self.places.port(service), addresses)

    def healthy(self, service: str, number: int = 0) -> bool:
        """Ask as the healthchecks of containers do."""
        name = f"{service}-{number}" if service == "api" else service
        assert self.running[name].lives, self.running[name].said()[-3000:]
        address = f"http://{self.places.at(service, number=number)}/healthz"
        return answers(address, {"Host": "localhost", "X-Forwarded-Proto": "https"})

    def _front(self) -> None:
        self._nginx("front", self.home / "nginx" / "nginx.conf")
        door = f"http://{self.places.at('front', 8080)}/healthz"
        wait_for(lambda: answers(door), PATIENCE, "nginx")
        for service in WATCHERS:
            wait_for(lambda service=service: answers(f"http://{self.places.at(service)}/metrics"), PATIENCE, service)

    # --- closing ------------------------------------------------------------------------------------------------
    def close(self) -> None:
        """End everything, the front door first and the stores last."""
        stores = ("redis", "postgres")
        rest = [process for name, process in reversed(self.running.items()) if name not in stores]
        for process in rest:
            if process.lives:
                process.go_on()
                process.tell(signal.SIGTERM)
        for process in rest:
            self._gone(process)
        if "redis" in self.running:
            self.running["redis"].kill()
        self._rest.close()

    def _gone(self, process: Process) -> None:
        try:
            process.ended(25)
        except Exception:  # noqa: BLE001 whatever does not hear is ended
            process.kill()


def answers(address: str, headers: dict[str, str] | None = None) -> bool:
    """Whether an address says 200."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers or {}), timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.HTTPError):
        return False


Boot = Callable[[], House]
