"""This house as the backups see it: its folder, its database, its keys, and what is owed once one was put back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from onharu.kernel.access import checking
from onharu.kernel.backups.house import House
from onharu.kernel.backups.keys import BackupKey, key_of, read_file
from onharu.kernel.backups.manifest import Head
from onharu.kernel.backups.postgres import PostgresStore
from onharu.kernel.backups.refusals import BackupRefused
from onharu.kernel.backups.sqlite import COPY, SqliteStore
from onharu.kernel.backups.stores import Store
from onharu.kernel.fieldkeys import wrong_with_keys
from onharu.kernel.sealing import ring_now
from onharu.kernel.walls import building
from onharu.rights.actions.again import erase_again
from onharu.site import env, stores

VAPID = "vapid.pem"


@dataclass(frozen=True, slots=True)
class Settled:
    """What was done to a database after it was put back."""

    erased: tuple[str, ...]
    record: str


def house(folder: Path | None = None) -> House:
    """Describe this house, or one in another folder that has nothing yet."""
    return House(folder or settings.ONHARU_DATA, _store(folder), f"onharu {version('onharu')}", _secrets(), _given())


def _store(folder: Path | None) -> Store:
    if settings.DATABASE_URL:
        parts = urlsplit(settings.DATABASE_URL)
        name = quote(str(connection.settings_dict["NAME"]), safe="")
        query = urlencode({**dict(parse_qsl(parts.query)), **stores.tls()})
        url = urlunsplit(parts._replace(path=f"/{name}", query=query))
        return PostgresStore(url, settings.PG_BIN)
    return SqliteStore(folder / COPY if folder else Path(connection.settings_dict["NAME"]))


def store_of(head: Head) -> Store:
    """Choose what reads a database back by the engine that it is of, whichever this house uses."""
    return (
        SqliteStore(Path(COPY)) if head.engine == SqliteStore.engine else PostgresStore("postgresql:", settings.PG_BIN)
    )


def _secrets() -> dict[str, bytes]:
    """Gather what a data folder is read with, wherever this house has it from."""
    found = {"field.keys": ring_now().as_text().encode()} if _has_ring() else {}
    if settings.SECRET_KEY != env.DEV_SECRET:
        found["secret.key"] = settings.SECRET_KEY.encode()
    if (vapid := settings.ONHARU_DATA / VAPID).exists():
        found[VAPID] = vapid.read_bytes()
    return found


def _has_ring() -> bool:
    return bool(settings.FIELD_KEYS) or Path(settings.FIELD_KEYS_FILE).exists()


def _given() -> frozenset[str]:
    """Name the keys that the environment gives: no file of a data folder is to hold them."""
    said = {
        "secret.key": os.environ.get("SECRET_KEY") or os.environ.get("SECRET_KEY_FILE"),
        "field.keys": env.field_keys() or os.environ.get("ONHARU_FIELD_KEYS_FILE"),
        VAPID: env.text("VAPID_PRIVATE_KEY"),
    }
    return frozenset(name for name, value in said.items() if value)


def key(file: Path | None = None, *, make: bool = False) -> BackupKey:
    """Find the key of backups: the file named, else what the environment says, else the data folder's."""
    return read_file(file) if file else key_of(settings.ONHARU_DATA, settings.BACKUP_KEY, make=make)


def place() -> Path:
    """Tell where backups go when nobody says where."""
    return Path(settings.BACKUPS).expanduser() if settings.BACKUPS else settings.ONHARU_DATA / "backups"


def known_migrations() -> frozenset[str]:
    """Name every migration of this edition, whatever a database has."""
    loader = MigrationLoader(None)
    return frozenset(f"{app}.{name}" for app, name in loader.disk_migrations)


def settle_elsewhere(folder: Path, variables: Mapping[str, str]) -> Settled:
    """Settle what was laid beside, in a process that takes it for its house. Raises BackupRefused."""
    environment = {name: value for name, value in os.environ.items() if f"{name}_FILE" not in variables}
    for name in variables:
        environment.pop(f"{name}_FILE", None)
    done = subprocess.run(  # nosec B603 our own interpreter and module
        [sys.executable, "-m", "django", "restore", "--settle"],
        env={**environment, **variables, "ONHARU_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        why = next((line for line in reversed(done.stderr.splitlines()) if line.strip()), "")[:300]
        raise BackupRefused(
            "not_settled", f"되살린 것을 쓸 수 없어요. {why}", f"What was put back cannot be used. {why}"
        )
    said = json.loads(done.stdout.splitlines()[-1])
    return Settled(tuple(said["erased"]), said["record"])


def settle() -> str:
    """Bring this database up to date, erase again who was erased since, and trust its record anew; told as JSON."""
    call_command("migrate", verbosity=0, interactive=False)
    if connection.vendor == "postgresql":
        building.build() if settings.ROW_SECURITY else building.take_down()
    if sentence := wrong_with_keys():
        raise BackupRefused("keys_missing", sentence, sentence)
    erased = tuple(erase_again(path=settings.ONHARU_DATA / "erased.jsonl"))
    found = checking.trust_anew()
    return json.dumps(asdict(Settled(erased, found.fault)))
