"""`onharu up`: bring the database up to date, fill the shelf, serve until told to stop."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.core.checks import run_checks
from django.core.management import BaseCommand, CommandError, call_command

from onharu.kernel.fieldkeys import vouch
from onharu.kernel.walls import building
from onharu.site import env
from onharu.site.checks import pending_migrations, refusal
from onharu.site.command import up_parser
from onharu.site.serve import replace_process
from onharu.site.static_files import collect_static, static_is_current


class Command(BaseCommand):
    """Serves the day-book on one port; SIGTERM and SIGINT let running requests finish."""

    help = "Serve the day-book: web, live stream and jobs."
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Take Django's parser with the options of `up` added."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        for action in up_parser()._actions:  # noqa: SLF001 one list of options for both readers
            if not isinstance(action, argparse._HelpAction):  # noqa: SLF001
                parser._add_action(action)  # noqa: SLF001
        return parser

    def handle(self, *_: Any, **options: Any) -> None:
        """Prepare, say where to look, serve."""
        self.prepare(demo=options["demo"])
        self.serve(options)

    def serve(self, options: dict[str, Any]) -> None:
        """Say where to look, and become the server."""
        host, port = options["host"], options["port"]
        shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1"} else host  # noqa: S104 compared, not bound
        self.stdout.write(f"\n  온하루 · Onharu  →  http://{shown}:{port}/\n")
        if options["demo"]:
            self.stdout.write("  demo sign-in: demo / onharu-demo\n")
        self.stdout.write(f"  data: {settings.ONHARU_DATA}   stop: Ctrl+C\n\n")
        self.stdout.flush()
        replace_process(host=host, port=port)

    def prepare(self, *, demo: bool) -> None:
        """Migrate, collect the static files, load the starter catalogue and the demo; quick when nothing changed."""
        quiet: dict[str, Any] = {"verbosity": 0, "interactive": False}
        stop_at(refusal(migrated=False))
        kept = env.flag("ONHARU_NO_MIGRATE")
        if not kept and pending_migrations():
            self.stdout.write("preparing the database …")
            call_command("migrate", **quiet)
        if settings.ROW_SECURITY and not kept and building.lacking():
            self.stdout.write("raising the walls of the database …")
            building.build()
        stop_at(refusal())
        vouch()
        self.collect()
        self.warn()
        call_command("load_starter", verbosity=0)
        if demo:
            call_command("seed_demo", username="demo", days=60, if_missing=True)

    def collect(self) -> None:
        """Collect the static files if they changed."""
        if not static_is_current():
            self.stdout.write("collecting static files …")
            collect_static()

    def warn(self) -> None:
        """Print what the operator should know."""
        for message in run_checks():
            if (message.id or "").startswith("onharu."):
                self.stderr.write(f"  {message.id} {message.msg} {message.hint}")


def stop_at(sentence: str | None) -> None:
    """End with the sentence, if there is one."""
    if sentence:
        raise CommandError(sentence)
