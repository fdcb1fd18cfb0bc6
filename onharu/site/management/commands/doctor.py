"""`onharu doctor`: how the house is, on one screen; ends with 1 where something does not work. It changes nothing."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management import BaseCommand

from onharu.site.doctor import examine
from onharu.site.doctor.findings import lines


class Command(BaseCommand):
    """Looks at everything an operator would look at."""

    help = "Look at keys, stores, jobs, backups, records and data, and say what to do. Changes nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take `--json`."""
        parser.add_argument("--json", action="store_true", help="for programs: one object")

    def handle(self, *_: Any, **options: Any) -> None:
        """Look, and tell."""
        found = examine()
        well = all(finding.state != "bad" for finding in found)
        if options["json"]:
            said = {"ok": well, "findings": [asdict(finding) for finding in found]}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        else:
            for finding in found:
                for line in lines(finding):
                    self.stdout.write(line)
        if not well:
            sys.exit(1)
