"""`onharu load_starter`: bring the shipped foods, exercises and medicines in; quick when they stand there already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from django.core.management import BaseCommand

from onharu.catalog.exercises.public import load_starter as load_exercises
from onharu.catalog.foods.public import load_starter as load_foods
from onharu.catalog.medicines.public import load_starter as load_medicines


class Counts(Protocol):
    """What a load changed."""

    new: int
    changed: int
    same: int


SHIPPED: tuple[tuple[str, Callable[[], Counts | None]], ...] = (
    ("기본 음식 표", load_foods),
    ("기본 운동 표", load_exercises),
    ("기본 약 표", load_medicines),
)


class Command(BaseCommand):
    """Loads the shipped tables, each once for an edition of it."""

    help = "Load the starter catalogues of foods, exercises and medicines."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, verbosity: int, **__: Any) -> None:
        """Load, and say what changed."""
        for name, load in SHIPPED:
            said = told(name, load())
            if verbosity > 0:
                self.stdout.write(said)


def told(name: str, tally: Counts | None) -> str:
    """Say what a load did."""
    if tally is None:
        return f"{name}: 이미 들어 있어요."
    return f"{name}: 새로 {tally.new:,} · 바뀜 {tally.changed:,} · 그대로 {tally.same:,}"
