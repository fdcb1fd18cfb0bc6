"""PostgreSQL: pg_dump of one snapshot, and a database filled beside the one in use that then takes its name."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import pq, sql

from onharu.kernel import clock
from onharu.kernel.backups.manifest import Table
from onharu.kernel.backups.programs import pour, program, run
from onharu.kernel.backups.refusals import BackupRefused
from onharu.kernel.backups.stores import Snapshot, Staged, differs, not_sound
from onharu.kernel.database_urls import in_libpqs_words

LOCK = 0x6F6E6861727501  # one backup of a database at a time, whichever machine takes it
SAYS_ALL = "-c onharu.house=on -c statement_timeout=0 -c lock_timeout=30s -c idle_in_transaction_session_timeout=0"
# A row is spelled the same on every server.
SPELLED = (
    "SET timezone = 'UTC'", "SET datestyle = 'ISO'", "SET intervalstyle = 'iso_8601'", "SET bytea_output = 'hex'",
    "SET extra_float_digits = 3",
)  # fmt: skip
_DIGEST = sql.SQL(
    "SELECT count(*), coalesce(sum(('x' || left(encode(sha256(convert_to({row}::text, 'UTF8')), 'hex'), 16))"
    "::bit(64)::bigint::numeric), 0)::text FROM {table} AS {row}"
)
_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
SECONDS = 2.0
_TABLES = (
    "SELECT schemaname, tablename FROM pg_tables WHERE schemaname <> 'information_schema'"
    " AND schemaname NOT LIKE 'pg\\_%' ORDER BY 1, 2"
)


class PostgresStore:
    """The database of a DATABASE_URL."""

    engine = "postgresql"
    member = "database.pgdump"

    def __init__(self, url: str, programs: str = "") -> None:
        self._where: dict[str, Any] = in_libpqs_words(url)
        self._where["options"] = f"{self._where.get('options', '')} {SAYS_ALL}".strip()
        self._url, self._programs, self.name = url, programs, str(self._where.pop("dbname", ""))

    def connect(self, name: str = "") -> psycopg.Connection[tuple[Any, ...]]:
        """Connect to a database of this server, for the house. Raises BackupRefused."""
        try:
            connection = psycopg.connect(dbname=name or self.name, connect_timeout=10, autocommit=True, **self._where)
        except psycopg.Error as error:
            raise _silent(error) from error
        for statement in SPELLED:
            connection.execute(statement)
        return connection

    def environment(self, name: str = "") -> dict[str, str]:
        """Spell where the database is as libpq's variables, so that no word of a command holds a password."""
        named = {option.keyword: option.envvar for option in pq.Conninfo.get_defaults() if option.envvar}
        said = {**self._where, "dbname": name or self.name}
        return {named[key.encode()].decode(): str(value) for key, value in said.items() if key.encode() in named}

    def snapshot(self, folder: Path) -> Snapshot:
        """Dump the database as it is at one moment; the counts and digests are of that same moment."""
        file = folder / self.member
        with self.connect() as connection:
            if not connection.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()[0]:  # type: ignore[index]
                raise BackupRefused("backup_under_way", "다른 백업이 진행 중이에요.", "Another backup is under way.")
            version = connection.info.server_version // 10000
            dump = program("pg_dump", server=version, folder=self._programs)
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            (moment,) = connection.execute("SELECT pg_export_snapshot()").fetchone()  # type: ignore[misc]
            words = ["--format=custom", "--no-owner", "--no-privileges", "--enable-row-security", "--no-password"]
            run([dump, *words, f"--snapshot={moment}", f"--file={file}"], self.environment())
            tables, migrations = tables_of(connection), _migrations(connection)
            connection.execute("COMMIT")
        return Snapshot(file, f"PostgreSQL {version}", migrations, tables)

    def look(self, part: Path, tables: Mapping[str, Table]) -> None:
        """Have pg_restore list a part: every table is in it. Raises BackupRefused."""
        listed = run([program("pg_restore", server=0, folder=self._programs, newest=True), "--list", part], {})
        held = {tuple(line.split()[5:7]) for line in listed.splitlines() if " TABLE DATA " in line}
        missing = [name for name in tables if tuple(name.split(".", 1)) not in {(a, b) for a, b in held}]
        if missing:
            raise not_sound(f"{missing[0]} ({len(missing)})")

    def empty(self) -> bool:
        """Whether the database has no tables."""
        with self.connect() as connection:
            return connection.execute(_TABLES).fetchone() is None

    def gather(self) -> None:
        """Refuse while anybody else is connected to the database that is to be replaced."""
        until = clock.monotonic() + SECONDS
        with self.connect() as connection:
            while (count := connection.execute(_OTHERS, [self.name]).fetchone()[0]) and clock.monotonic() < until:  # type: ignore[index]
                time.sleep(0.1)  # who just left is listed for a moment
        if count:
            raise BackupRefused(
                "house_open",
                f"누가 데이터베이스를 쓰고 있어요 (연결 {count}개). 서버와 다른 명령을 멈춘 뒤 다시 해 주세요.",
                f"The database is in use ({count} connections): stop the servers, then try again.",
            )

    def stage(self, part: Path, folder: Path, tables: Mapping[str, Table]) -> Staged:
        """Fill a new database beside the one in use, or this one where it is empty, and compare every table."""
        staged = self._staged(self.name) if self.empty() else self._made()
        try:
            self._fill(staged.name, part)
            with self.connect(staged.name) as connection:
                differs(tables_of(connection), tables)
        except BackupRefused:
            self.undo(staged)
            raise
        return staged

    def _fill(self, name: str, part: Path) -> None:
        """Bring a part into a database, all of it or nothing.

        pg_restore of 17 begins with a setting that a server of 15 or 16 does not know, and ends there when it may not
        go on after an error. So it writes what is to be said, and psql says what this server understands.
        """
        with self.connect(name) as connection:
            version = connection.info.server_version // 10000
            known = {setting for (setting,) in connection.execute("SELECT lower(name) FROM pg_settings").fetchall()}
        reads = program("pg_restore", server=version, folder=self._programs, newest=True)
        says = program("psql", server=version, folder=str(reads.parent))
        whole = ["--quiet", "--no-password", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        pour(
            [reads, "--no-owner", "--no-privileges", "--file=-", part],
            [says, "--no-psqlrc", *whole, f"--dbname={name}", "--file=-"],
            self.environment(name),
            lambda script: _settings_of(script, known),
        )

    def _made(self) -> Staged:
        """Make a database that is like the one in use and holds nothing."""
        name = f"{self.name[:32]}_restoring_{_stamp()}"
        with self.connect() as connection:
            like = "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = %s"
            found = connection.execute(like, [self.name]).fetchone()
            make = "CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}"
            words = [sql.Literal(word) for word in found or ()]
            try:
                connection.execute(sql.SQL(make).format(sql.Identifier(name), *words))
            except psycopg.errors.InsufficientPrivilege as error:
                raise BackupRefused(
                    "may_not_create",
                    "데이터베이스를 만들 권한(CREATEDB)이 없어요. 권한을 주거나 빈 데이터베이스를 적어 주세요.",
                    "The role may not make a database: give it CREATEDB, or name an empty database in DATABASE_URL.",
                ) from error
        return self._staged(name)

    def _staged(self, name: str) -> Staged:
        url = urlunsplit(urlsplit(self._url)._replace(path=f"/{quote(name, safe='')}"))
        return Staged({"DATABASE_URL": url}, name)

    def swap(self, staged: Staged) -> str:
        """Give the new database the name of the one in use, in one transaction; the old one keeps its rows."""
        if staged.name == self.name:
            return ""
        before = f"{self.name[:32]}_before_restore_{_stamp()}"
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        with self._elsewhere() as connection, connection.transaction():
            try:
                connection.execute(rename.format(sql.Identifier(self.name), sql.Identifier(before)))
                connection.execute(rename.format(sql.Identifier(staged.name), sql.Identifier(self.name)))
            except psycopg.errors.ObjectInUse as error:
                raise BackupRefused(
                    "house_open",
                    "누가 데이터베이스를 쓰고 있어요. 서버와 다른 명령을 멈춘 뒤 다시 해 주세요.",
                    "The database is in use: stop the servers, then try again.",
                ) from error
        return before

    def _elsewhere(self) -> psycopg.Connection[tuple[Any, ...]]:
        """Connect to a database of the server that is not to be renamed."""
        return self.connect("template1" if self.name == "postgres" else "postgres")

    def undo(self, staged: Staged) -> None:
        """Drop the new database; one that was empty before is left to its operator."""
        if staged.name != self.name:
            with self.connect() as connection:
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(staged.name))
                )


def _settings_of(script: IO[bytes], known: set[str]) -> Iterator[bytes]:
    """Give on the lines up to the first thing that is made, without the settings that the server does not know."""
    for line in script:
        words = line.split()
        if words[:1] != [b"SET"] or words[1].decode().lower() in known:
            yield line
        if line.startswith(b"-- Name:"):
            return


def tables_of(connection: psycopg.Connection[tuple[Any, ...]]) -> dict[str, Table]:
    """Count and digest every table, whatever the order of its rows."""
    found: dict[str, Table] = {}
    for schema, name in connection.execute(_TABLES).fetchall():
        asked = _DIGEST.format(table=sql.Identifier(schema, name), row=sql.Identifier("the whole row"))
        rows, digest = connection.execute(asked).fetchone()  # type: ignore[misc]
        found[f"{schema}.{name}"] = Table(rows, digest)
    return found


def _migrations(connection: psycopg.Connection[tuple[Any, ...]]) -> tuple[str, ...]:
    rows = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    return tuple(name for (name,) in rows)


def _stamp() -> str:
    return f"{clock.now():%Y%m%d%H%M%S}"


def _silent(error: psycopg.Error) -> BackupRefused:
    return BackupRefused(
        "database_silent",
        f"데이터베이스가 답하지 않아요: {type(error).__name__}. DATABASE_URL을 확인해 주세요.",
        f"The database does not answer: {type(error).__name__}. Check DATABASE_URL.",
    )
