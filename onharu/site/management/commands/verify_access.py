"""`onharu verify_access`: walk the access record and tell the first row that is not as it was written."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management import BaseCommand, CommandError

from onharu.kernel.access import checking


class Command(BaseCommand):
    """Says how far the record holds; ends with a code other than 0 where it does not."""

    help = "Verify the access record: every row, in order, to the newest that the data folder knows."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take `--anew`."""
        parser.add_argument(
            "--anew", action="store_true", help="trust the newest row there is, after a backup was restored"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Walk, and say what was found."""
        found = checking.trust_anew() if options["anew"] else checking.check_and_tell()
        if found.fault:
            raise CommandError(f"The access record does not hold: {found.fault}. {found.rows} rows before it do.")
        self.stdout.write(f"{found.rows} rows hold, up to row {found.sequence} ({found.digest[:16]})")
