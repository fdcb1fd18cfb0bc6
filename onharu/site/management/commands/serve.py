"""`onharu serve`: web and live stream alone, for where others migrate and work."""

from __future__ import annotations

from typing import Any

from onharu.kernel.fieldkeys import vouch
from onharu.site.checks import refusal
from onharu.site.management.commands import up


class Command(up.Command):
    """Serves without migrating, and runs no jobs and no reminders: that is for `onharu worker` and `onharu beat`."""

    help = "Serve web and live stream; jobs and reminders are done by `onharu worker` and `onharu beat`."

    def handle(self, *_: Any, **options: Any) -> None:
        """Refuse what is not ready, then serve."""
        up.stop_at(refusal())
        vouch()
        self.collect()
        self.warn()
        self.serve(options)
