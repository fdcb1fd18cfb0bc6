"""The database: whether it answers, is sound, is of this edition, and keeps people's rows apart."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

from onharu.kernel import clock
from onharu.kernel.backups.programs import program
from onharu.kernel.backups.refusals import BackupRefused
from onharu.site.checks import pending_migrations, walls_refusal
from onharu.site.doctor.findings import Finding, bad, good, warn
from onharu.site.refusals import database_silent

SECONDS = 1.0
STEPS = 10_000
OLDEST = 15


def database() -> Iterator[Finding]:
    """Tell which engine answers. A file that is not there is not made by asking."""
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        if not place.exists():
            yield bad("database", place.name, "아직 없어요: onharu up", "There is none yet: onharu up")
            return
        yield good("database", f"SQLite {sqlite3.sqlite_version} · {place.stat().st_size / 1e6:,.1f} MB")
        return
    if sentence := database_silent():
        yield bad("database", sentence, "DATABASE_URL과 서버를 확인해 주세요.", "Check DATABASE_URL and the server.")
        return
    yield from _postgres()


def _postgres() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int / 10000, pg_database_size(current_database())"
        )
        version, size = cursor.fetchone()
    said = f"PostgreSQL {version} · {size / 1e6:,.1f} MB"
    if version < OLDEST:
        yield bad("database", said, f"{OLDEST} 이상이 필요해요.", f"{OLDEST} or newer is needed.")
    else:
        yield good("database", said)
    try:
        program("pg_dump", server=version, folder=settings.PG_BIN)
    except BackupRefused as refused:
        yield warn("backup", "pg_dump", refused.ko, refused.en)


def integrity() -> Iterator[Finding]:
    """Have SQLite look through its file for a moment; PostgreSQL looks after itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = str(cursor.fetchone()[0])
    said = _checked(Path(connection.settings_dict["NAME"]))
    if said not in {"ok", ""}:
        yield bad(
            "integrity", said[:80], "파일이 깨졌어요. 백업을 되살리세요.", "The file is broken: restore a backup."
        )
    elif mode != "wal":
        yield warn("integrity", mode, "WAL이 아니에요. 네트워크 폴더인가요?", "Not in WAL: is it on a network share?")
    elif not said:
        ko, en = (
            "큰 파일이라 다 보지 못했어요: onharu backup이 다 봐요.",
            "Too large for a moment: onharu backup looks at all of it.",
        )
        yield warn("integrity", f"WAL · > {SECONDS:.0f} s", ko, en)
    else:
        yield good("integrity", "WAL · quick_check ok")


def _checked(place: Path) -> str:
    """Tell what quick_check says; "" where a moment was not enough."""
    until = clock.monotonic() + SECONDS
    with closing(sqlite3.connect(f"{place.resolve().as_uri()}?mode=ro", uri=True)) as file:
        file.set_progress_handler(lambda: int(clock.monotonic() > until), STEPS)
        try:
            return str(file.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.OperationalError:
            return ""
        except sqlite3.DatabaseError as error:
            return type(error).__name__


def migrations() -> Iterator[Finding]:
    """Look whether the tables are those of this edition, and stand behind their walls."""
    if pending := pending_migrations():
        yield bad("migrations", f"{pending[0]} ({len(pending)})", "onharu migrate를 하세요.", "Run onharu migrate.")
    elif sentence := walls_refusal():
        yield bad("migrations", sentence, "onharu row_security를 하세요.", "Run onharu row_security.")
    else:
        yield good("migrations", f"row security {'✓' if settings.ROW_SECURITY else '—'}")
