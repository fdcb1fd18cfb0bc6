"""`onharu restore FILE`: put a backup in the place of a house, whole or not at all."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from onharu.kernel import clock, milestones
from onharu.kernel.backups.restoring import Restored, restore
from onharu.kernel.keyring import KeysRefused
from onharu.kernel.problems import Problem
from onharu.site import backing
from onharu.site.bars import Heard, bar


class Command(BaseCommand):
    """Puts a backup back, beside the house first and then in its place."""

    help = (
        "Put a backup back: into an empty data folder, elsewhere (--to), or in the place of what is here (--replace)."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the file, where to put it, and the word to replace what is there."""
        parser.add_argument("file", type=Path, nargs="?", help="the backup, onharu-….tar.age")
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="another data folder; this one stays as it is")
        parser.add_argument("--replace", action="store_true", help="put it in the place of what is here, which is kept")
        parser.add_argument("--key", type=Path, metavar="FILE", help="the key, when it is not the data folder's")
        parser.add_argument("--settle", action="store_true", help=argparse.SUPPRESS)

    def handle(self, *_: Any, verbosity: int, **options: Any) -> None:
        """Put it back, and say what was done and what is left to do."""
        if not options["settle"] and options["file"] is None:
            raise CommandError("어느 백업인지 알려 주세요: onharu restore FILE / Say which backup: onharu restore FILE")
        try:
            if options["settle"]:
                self.stdout.write(backing.settle())
                return
            with bar(shown=verbosity > 0) as heard:
                self.put_back(options, heard)
        except Problem as problem:
            raise CommandError(f"{problem.ko}\n{problem.en}") from problem
        except (OSError, KeysRefused) as error:
            raise CommandError(f"되살리지 못했어요: {error}\nNothing was put back: {error}") from error

    def put_back(self, options: dict[str, Any], heard: Heard) -> None:
        """Put a backup back and tell of it."""
        settled: list[backing.Settled] = []
        to = options["to"].expanduser().resolve() if options["to"] else None
        done = restore(
            file=options["file"],
            house=backing.house(to),
            key=backing.key(options["key"]),
            known=backing.known_migrations(),
            replace=options["replace"] and to is None,
            settle=lambda folder, variables: settled.append(backing.settle_elsewhere(folder, variables)),
            heard=heard,
        )
        # A drill into another folder counts: what is told of is that a backup was laid out and compared row by row.
        milestones.reached(f"{milestones.RESTORE}.house", at=clock.now())
        self.tell(done, settled[0], to or settings.ONHARU_DATA)

    def tell(self, done: Restored, settled: backing.Settled, folder: Path) -> None:
        """Say what is there now, and where what was there is."""
        self.stdout.write(f"되살렸어요 / restored: {folder} · {done.head.made_at} · {done.head.made_by}")
        self.stdout.write(f"  {done.manifest.rows:,}줄 rows · 사진 files {done.manifest.pictures:,}")
        for receipt in settled.erased:
            self.stdout.write(f"  다시 지움 / erased again: {receipt}")
        if settled.record:
            self.stdout.write(f"  접근 기록이 맞지 않아요 / the access record does not hold: {settled.record}")
        for name in filter(None, (done.before_files, done.before_database)):
            self.stdout.write(
                f"  전의 것 / what was there: {name}. 필요 없어지면 지우세요 / delete it when it is not needed."
            )
