"""`onharu worker`: run background jobs in processes of their own, until told to stop."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management import BaseCommand

from onharu.kernel.jobs import processes
from onharu.site import env
from onharu.site.checks import refusal
from onharu.site.management.commands.up import stop_at
from onharu.site.watched import watched


class Command(BaseCommand):
    """Works for the queue. SIGTERM lets the jobs at hand finish."""

    help = "Run background jobs. With ONHARU_JOBS=thread also reminders and what is periodic, without a broker."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take how many processes."""
        parser.add_argument(
            "--processes",
            type=int,
            default=env.number("WORKER_PROCESSES", 2),
            help="how many jobs run at once (Celery only)",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Refuse what is not ready, then work."""
        processes.unpooled()
        stop_at(refusal())
        hands = max(1, options["processes"])
        with watched(hands + 1):
            code = processes.work(hands)
        raise SystemExit(code)
