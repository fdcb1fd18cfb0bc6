"""`onharu load_starter`: bring the shipped foods onto the shelf; quick when they stand there already."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand

from onharu.catalog.foods.public import load_starter


class Command(BaseCommand):
    """Loads the shipped food table, once for each edition."""

    help = "Load the starter catalogue of foods."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, verbosity: int, **__: Any) -> None:
        """Load, and say what changed."""
        tally = load_starter()
        if verbosity == 0:
            return
        if tally is None:
            self.stdout.write("기본 음식 표가 이미 들어 있어요.")
            return
        self.stdout.write(f"기본 음식 표: 새로 {tally.new:,} · 바뀜 {tally.changed:,} · 그대로 {tally.same:,}")
