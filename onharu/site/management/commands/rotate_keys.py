"""`onharu rotate_keys`: seal everything with a new key while the servers go on; stopped, it goes on where it was."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management import BaseCommand, CommandError

from onharu.kernel.keyring import KeysRefused
from onharu.kernel.rotating import StillWritten, forget_retired, rotate
from onharu.kernel.sealing import Unreadable, keys_file
from onharu.site.bars import bar

# Servers look at the file of keys every second; on a shared folder that may take longer to show.
PATIENCE = 5.0
# Longer than any write waits for its turn and commits.
SETTLE = 45.0


class Command(BaseCommand):
    """Changes the key of sealed columns."""

    help = "Seal all private columns with a new key, while the servers read and write."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take how long to wait for servers and writers, or the word to let retired keys go."""
        parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds for servers to see a new key")
        parser.add_argument("--settle", type=float, default=SETTLE, help="seconds that a write may be under way")
        parser.add_argument(
            "--forget-retired", action="store_true", help="take retired keys out of the file; older backups stay shut"
        )

    def handle(self, *_: Any, verbosity: int, **options: Any) -> None:
        """Rotate, and say which keys to keep for what."""
        try:
            if options["forget_retired"]:
                gone = forget_retired()
                self.stdout.write(f"은퇴한 열쇠 {len(gone)}개를 지웠어요: {', '.join(gone) or '—'}")
                return
            with bar(shown=verbosity > 0) as heard:
                done = rotate(patience=options["patience"], settle=options["settle"], heard=heard)
        except (KeysRefused, Unreadable, StillWritten) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{done.rows:,}줄을 새 열쇠 {done.key}로 다시 봉했어요.")
        if keys_file() is None:
            self.stdout.write("ONHARU_FIELD_KEYS에서 opens로 적은 열쇠는 이제 빼도 돼요. 옛 백업을 위해 따로 두세요.")
        else:
            self.stdout.write(f"은퇴한 열쇠: {', '.join(done.retired) or '—'}. {keys_file()}을 지금 백업하세요.")
