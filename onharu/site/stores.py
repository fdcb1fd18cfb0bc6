"""Which stores the environment chooses: the database and its replica, the cache, where files lie. No Django here.

Nothing said is one machine: SQLite, memory and a folder. What cannot be used is said by `faults`, sentence by sentence.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dj_database_url

from onharu.kernel.redis_urls import PATIENCE, RedisUrlWrong, parsed
from onharu.site import buckets, env

# Who tries again waits twice as long each time: for two seconds at most, or people would be refused as long after the
# database is back as it was away. Whoever asks next begins anew.
RECONNECT_SECONDS = 5.0
ENGINE = "onharu.kernel.walls.postgres"
TLS = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
PROVED = ("verify-ca", "verify-full")
POSTGRES = ("postgres://", "postgresql://", "pgsql://")
Sentences = Iterator[str]
Settings = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a statement of a process may wait for a lock, and how long it may take, in seconds; 0 is for ever."""

    lock: int
    statement: int

    def words(self) -> str:
        """Write them as a connection is told them."""
        return f"-c lock_timeout={self.lock * 1000} -c statement_timeout={self.statement * 1000}"


def role() -> str:
    """Tell what this process is for: web, jobs, migrations or commands; a server says so in ONHARU_PROCESS."""
    said = os.environ.get("ONHARU_PROCESS", "")
    if said:
        return said
    return "migrations" if {"migrate", "prepare", "up", "row_security"} & set(sys.argv[1:2]) else "commands"


def limits(process: str) -> Limits:
    """Tell the limits of a kind of process: a page does not wait as long as an import, a migration waits for nobody."""
    statement, lock = env.number("DATABASE_STATEMENT_SECONDS", 15), env.number("DATABASE_LOCK_SECONDS", 5)
    return {
        "web": Limits(lock, statement),
        "jobs": Limits(max(lock, 15), env.number("DATABASE_JOB_STATEMENT_SECONDS", 600)),
        "migrations": Limits(lock, 0),
    }.get(process, Limits(30, 0))


def long_work() -> tuple[str, str]:
    """Tell the limits of a job, for its lock and its statement, in milliseconds."""
    job = limits("jobs")
    return str(job.lock * 1000), str(job.statement * 1000)


def databases(folder: Path, *, web_threads: int) -> Settings:
    """Configure SQLite in the data folder, or PostgreSQL and, where one is named, its replica."""
    url, replica = env.text("DATABASE_URL"), env.text("DATABASE_REPLICA_URL")
    if not url:
        return {"default": _sqlite(folder)}
    found = {"default": _postgres(url, web_threads)}
    if replica:
        shelves = _postgres(replica, web_threads)
        # Who reads from a replica that is not there asks the primary instead of waiting.
        shelves["OPTIONS"]["pool"] |= {"timeout": 1.0, "min_size": 0, "reconnect_timeout": 2.0}
        found["replica"] = {**shelves, "TEST": {"MIRROR": "default"}}
    return found


def routers() -> list[str]:
    """Read shelves from the replica where there is one."""
    return ["onharu.kernel.replicas.Shelves"] if env.text("DATABASE_REPLICA_URL") and env.text("DATABASE_URL") else []


def _sqlite(folder: Path) -> Settings:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "onharu.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA busy_timeout=20000; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; "
                "PRAGMA secure_delete=ON;"  # what is deleted leaves the file, not only the index
            ),
        },
    }


def _postgres(url: str, web_threads: int) -> Settings:
    """Configure PostgreSQL with a pool no larger than the threads that can use it."""
    config: Settings = {**dj_database_url.parse(url), "ENGINE": ENGINE, "CONN_HEALTH_CHECKS": True}
    options, process = config.setdefault("OPTIONS", {}), role()
    options["pool"] = {
        "min_size": env.number("DATABASE_POOL_MIN", 1),
        "max_size": env.number("DATABASE_POOL_MAX", web_threads + 7),
        "timeout": env.number("DATABASE_POOL_SECONDS", 10),
        "reconnect_timeout": RECONNECT_SECONDS,
    }
    options["application_name"] = f"onharu-{process}"
    options.setdefault("connect_timeout", 3)
    options.setdefault("tcp_user_timeout", 10_000)  # a machine that is gone is given up, not waited for
    options["options"] = f"{options.get('options', '')} {limits(process).words()}".strip()
    return {**config, "OPTIONS": {**options, **tls()}}


def tls() -> dict[str, str]:
    """Tell how the server is to be proved, in libpq's words: whoever opens a connection of DATABASE_URL says so too."""
    said = {"sslmode": env.text("DATABASE_TLS"), "sslrootcert": env.text("DATABASE_ROOT_CERT")}
    return {name: word for name, word in said.items() if word}


def caches(redis_url: str) -> Settings:
    """Configure the cache: this process's memory, or Redis for every process.

    `people` holds what is deleted when a person writes: see `kernel.cache`.
    """
    if not redis_url:
        memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20000}}
        return {"default": memory, "people": memory}
    shared: Settings = {
        "BACKEND": "onharu.kernel.cache.SharedCache",
        "LOCATION": redis_url,
        "KEY_PREFIX": "onharu",
    }
    return {"default": shared, "people": {**shared, "OPTIONS": {"WHILE_AWAY": "empty"}}}


def redis_patience() -> float:
    """Tell for how many seconds Redis is waited for."""
    return env.number("REDIS_MILLISECONDS", int(PATIENCE * 1000)) / 1000


def storages() -> Settings:
    """Configure where files lie: the data folder, or a bucket."""
    files = buckets.storage(env.text("FILES_URL"))
    return {
        "default": files or {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "onharu.site.static_files.Collected"},
    }


def faults() -> Sentences:
    """Say everything that is wrong with what the environment says of stores. Passwords are never repeated."""
    yield from _redis_faults()
    yield from _database_faults()
    yield from _number_faults()
    yield from buckets.faults(env.text("FILES_URL"))


def _redis_faults() -> Sentences:
    try:
        if url := env.text("REDIS_URL") or env.text("CACHE_URL"):
            parsed(url)
    except RedisUrlWrong as wrong:
        yield f"REDIS_URL {wrong}."


def _database_faults() -> Sentences:
    url, replica, tls = env.text("DATABASE_URL"), env.text("DATABASE_REPLICA_URL"), env.text("DATABASE_TLS")
    root = env.text("DATABASE_ROOT_CERT")
    if replica and not url:
        yield "DATABASE_REPLICA_URL is set but DATABASE_URL is not."
    if replica and not replica.startswith(POSTGRES):
        yield "DATABASE_REPLICA_URL must look like postgresql://user:password@host:5432/name."
    if (tls or root) and not url:
        yield "DATABASE_TLS and DATABASE_ROOT_CERT are for PostgreSQL, but DATABASE_URL is not set."
    if tls and tls not in TLS:
        yield f"DATABASE_TLS must be one of {', '.join(TLS)}, not {tls!r}."
    if root and root != "system" and not Path(root).is_file():
        yield f"DATABASE_ROOT_CERT names no file: {root}."
    if tls in PROVED and not root:
        yield f"DATABASE_TLS is {tls} but DATABASE_ROOT_CERT names no certificate to prove the server by."


# Whole numbers with the least and the most that can be meant.
NUMBERS = {
    "DATABASE_POOL_MIN": (0, 1000),
    "DATABASE_POOL_MAX": (1, 1000),
    "DATABASE_POOL_SECONDS": (1, 300),
    "DATABASE_STATEMENT_SECONDS": (1, 3600),
    "DATABASE_LOCK_SECONDS": (1, 600),
    "DATABASE_JOB_STATEMENT_SECONDS": (1, 86_400),
    "REDIS_MILLISECONDS": (10, 10_000),
}


def _number_faults() -> Sentences:
    found = {}
    for name, (least, most) in NUMBERS.items():
        try:
            found[name] = env.number(name, least)
        except ValueError as error:
            yield f"{error}".rstrip(".") + "."
            continue
        if not least <= found[name] <= most:
            yield f"{name} must be between {least} and {most}, not {found[name]}."
    if os.environ.get("DATABASE_POOL_MAX") and found.get("DATABASE_POOL_MIN", 0) > found.get("DATABASE_POOL_MAX", 1):
        yield "DATABASE_POOL_MIN is larger than DATABASE_POOL_MAX."
