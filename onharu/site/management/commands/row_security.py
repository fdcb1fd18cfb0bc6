"""`onharu row_security`: raise PostgreSQL's wall around each person's rows, or take it down."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import connection

from onharu.kernel.walls import building


class Command(BaseCommand):
    """Raises the walls; `onharu up` does it by itself after a migration."""

    help = "Raise PostgreSQL's wall around each person's rows; --off takes it down."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take `--off`."""
        parser.add_argument("--off", action="store_true", help="take the walls down")

    def handle(self, *_: Any, **options: Any) -> None:
        """Do it and say how many tables there are."""
        if connection.vendor != "postgresql":
            raise CommandError("Row security is PostgreSQL's; SQLite has none.")
        if options["off"]:
            self.stdout.write(f"{building.take_down()} tables stand open; now set ONHARU_ROW_SECURITY=0")
        else:
            self.stdout.write(f"{building.build()} tables have a wall")
