"""`onharu collect`: collect the static files if they changed; for before they lie where nobody may write."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand

from onharu.site.static_files import collect_static, static_is_current


class Command(BaseCommand):
    """Collects, so that no process that serves has to."""

    help = "Collect the static files into STATIC_ROOT if they changed, and note of which code they are."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **__: Any) -> None:
        """Collect what is not there yet."""
        if not static_is_current():
            collect_static()
