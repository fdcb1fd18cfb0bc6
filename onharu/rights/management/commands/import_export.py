"""`onharu import_export FILE --username U`: read an archive back into an empty account."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from onharu.accounts.public import User
from onharu.kernel.problems import Problem
from onharu.rights.actions.reading_back import read_back


class Command(BaseCommand):
    """Reads an archive that `/me/export/` made; all or nothing."""

    help = "Read an archive of /me/export/ back into an empty account. All or nothing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the file and the account."""
        parser.add_argument("file", type=Path, help="the archive")
        parser.add_argument("--username", required=True, help="an account that holds nothing yet")

    def handle(self, *_: Any, file: Path, username: str, **__: Any) -> None:
        """Read it back and list the counts."""
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"{username}: 없는 계정이에요. / There is no such account.")
        try:
            counted = read_back(user_id=user.pk, path=file)
        except Problem as problem:
            raise CommandError(f"{problem.ko}\n{problem.en}") from problem
        for label, number in counted.items():
            if number:
                self.stdout.write(f"  {label} {number:,}")
        self.stdout.write(f"{username}: {sum(counted.values()):,}")
