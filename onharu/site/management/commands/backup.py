"""`onharu backup`: everything of the house in one sealed file, read back before it is called a backup."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from onharu.kernel import clock
from onharu.kernel.backups import notes, taking
from onharu.kernel.backups.keys import BackupKey
from onharu.kernel.keyring import KeysRefused
from onharu.kernel.problems import Problem
from onharu.site import backing
from onharu.site.bars import Heard, bar

MB = 1_000_000


class Command(BaseCommand):
    """Takes a backup while the server runs, or reads one back."""

    help = "Take a backup of the database, the pictures and the keys: one sealed file, read back at once."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take where to, how many to keep, or a file to read back."""
        parser.add_argument("--to", type=Path, help="folder, or file that ends with .tar.age (ONHARU_BACKUPS)")
        parser.add_argument("--keep", type=at_least_one, help="keep so many backups in that folder, remove older ones")
        parser.add_argument("--verify", type=Path, metavar="FILE", help="take none; read this one back to its end")
        parser.add_argument("--key", type=Path, metavar="FILE", help="the key, when it is not the data folder's")

    def handle(self, *_: Any, verbosity: int, **options: Any) -> None:
        """Take a backup or verify one, and say what it holds."""
        try:
            with bar(shown=verbosity > 0) as heard:
                if options["verify"]:
                    self.verify(options["verify"], options["key"], heard)
                else:
                    self.take(options, heard)
        except Problem as problem:
            self.failed(problem.code, taken=not options["verify"])
            raise CommandError(f"{problem.ko}\n{problem.en}") from problem
        except (OSError, KeysRefused) as error:
            self.failed(type(error).__name__, taken=not options["verify"])
            raise CommandError(f"백업하지 못했어요: {error}\nNo backup was taken: {error}") from error

    def take(self, options: dict[str, Any], heard: Heard) -> None:
        """Take one."""
        if not settings.DATABASE_URL and backing.house().store.empty():
            raise CommandError(f"{settings.ONHARU_DATA}: 아직 아무것도 없어요. / There is nothing yet.")
        key = backing.key(options["key"], make=True)
        to = options["to"].expanduser() if options["to"] else backing.place()
        taken = taking.take(house=backing.house(), key=key, to=to, keep=options["keep"], heard=heard)
        self.stdout.write(str(taken.file))
        self.stdout.write(told(taken.size, taken.manifest.rows, taken.manifest.pictures, taken.seconds))
        for path in taken.gone:
            self.stdout.write(f"  오래되어 지움 / aged out: {path.name}")
        self.tell_of(key)

    def tell_of(self, key: BackupKey) -> None:
        """Say where the key is, which opens nothing when it is lost with the machine."""
        if key.made:
            self.stderr.write(f"  새 열쇠: {key.place}. 다른 기계에 사본을 두세요. 없으면 백업이 열리지 않아요.")
            self.stderr.write(f"  A new key: {key.place}. Keep a copy on another machine: no backup opens without it.")

    def verify(self, file: Path, key: Path | None, heard: Heard) -> None:
        """Read one back to its end."""
        begun = clock.monotonic()
        folder = settings.ONHARU_DATA if settings.ONHARU_DATA.is_dir() else None
        with tempfile.TemporaryDirectory(dir=folder, prefix=".look-") as workshop:
            head, manifest = taking.verify(
                file, key=backing.key(key), store_of=backing.store_of, workshop=Path(workshop), heard=heard
            )
        self.stdout.write(f"온전해요 / whole: {file.name} · {head.made_by} · {head.made_at} · {head.server}")
        self.stdout.write(told(file.stat().st_size, manifest.rows, manifest.pictures, clock.monotonic() - begun))

    def failed(self, fault: str, *, taken: bool) -> None:
        """Note that no backup could be taken."""
        if taken and settings.ONHARU_DATA.is_dir():
            notes.failed(settings.ONHARU_DATA, at=clock.now().isoformat(timespec="seconds"), fault=fault)


def told(size: int, rows: int, pictures: int, seconds: float) -> str:
    """Say what a backup holds."""
    held = f"{rows:,}줄 rows · 사진 files {pictures:,}"
    return f"  {size / MB:,.1f} MB · {held} · {seconds:.1f} s · 다시 읽어 확인함 verified"


def at_least_one(said: str) -> int:
    """Read how many to keep."""
    if not said.isdigit() or int(said) < 1:
        raise argparse.ArgumentTypeError("1 or more")
    return int(said)
