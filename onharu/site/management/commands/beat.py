"""`onharu beat`: owe what the schedule says, look after the queue, and remind, until told to stop."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from onharu.kernel.jobs import processes
from onharu.site.checks import refusal
from onharu.site.management.commands.up import stop_at
from onharu.site.watched import watched


class Command(BaseCommand):
    """Keeps time for ONHARU_JOBS=celery. Two at once do nothing twice."""

    help = "Owe periodic jobs, send again what the broker lost, and look for due reminders."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **options: Any) -> None:
        """Refuse what is not ready, then keep time."""
        stop_at(refusal())
        if settings.JOBS != "celery":
            raise CommandError("onharu beat is for ONHARU_JOBS=celery; a thread keeps time by itself.")
        with watched():
            processes.keep_time()
