"""`onharu prepare`: bring the database up to date, raise its walls, fill the shelves, and end."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand

from onharu.site.management.commands import up


class Command(up.Command):
    """Does what `onharu up` does before it serves, once for all processes that `serve`. Saying it twice is quick."""

    help = "Migrate, raise the walls of the database, fill the shelves and end; for before `onharu serve`."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Take no options of a server."""
        return BaseCommand.create_parser(self, prog_name, subcommand, **kwargs)

    def handle(self, *_: Any, **__: Any) -> None:
        """Prepare, without a demo person."""
        self.prepare(demo=False)
