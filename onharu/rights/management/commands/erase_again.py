"""`onharu erase_again`: after a backup was restored, erase anew whoever had been erased since."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand

from onharu.rights.actions import tombstones
from onharu.rights.actions.again import erase_again


class Command(BaseCommand):
    """Applies the list of the erased to the database as it is now."""

    help = "After restoring a backup: erase anew the people who had been erased since it was made."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take another list than the one in the data folder."""
        parser.add_argument("--list", type=Path, default=None, help="erased.jsonl, when it lies elsewhere")

    def handle(self, *_: Any, **options: Any) -> None:
        """Erase, and list the receipts."""
        for receipt in erase_again(path=options["list"] or tombstones.place()):
            self.stdout.write(f"지움 / erased: {receipt}")
        self.stdout.write("끝 / done")
