"""`onharu import KIND FILE`: bring an official file into the catalogue."""

# ruff: noqa: N999 the command is called `import`, and Django finds it by its file

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Protocol

from django.core.management import BaseCommand, CommandError

from onharu.catalog.exercises.public import import_exercises
from onharu.catalog.foods.public import import_foods
from onharu.catalog.medicines.public import import_contraindications, import_medicines, import_pills
from onharu.catalog.pharmacies.public import import_pharmacies
from onharu.kernel.problems import Problem
from onharu.site.bars import Heard, bar

SHOWN_REFUSALS = 50


class Refusal(Protocol):
    """A line that was not taken."""

    line: int
    name: str
    reason: str


class Importer(Protocol):
    """Brings one kind of file in, all or nothing; the report has the counts this command prints."""

    def __call__(self, *, path: Path, progress: Heard | None = None) -> Any: ...  # noqa: D102


IMPORTERS: dict[str, Importer] = {
    "exercises": import_exercises,
    "foods": import_foods,
    "medicines": import_medicines,
    "pills": import_pills,
    "contraindications": import_contraindications,
    "pharmacies": import_pharmacies,
}


class Command(BaseCommand):
    """Imports an official file and says what was new, changed, the same and refused."""

    help = "Import an official file (CSV in UTF-8 or CP949, XLSX, JSON, XML). All or nothing; may be repeated."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the kind and the file."""
        parser.add_argument("kind", choices=sorted(IMPORTERS), help="what the file holds")
        parser.add_argument("file", type=Path, help="the file to read")

    def handle(self, *_: Any, kind: str, file: Path, verbosity: int, **__: Any) -> None:
        """Import, then list the counts and the refused lines; exits with 1 when nothing could be taken."""
        try:
            with bar(shown=verbosity > 0) as heard:
                report = IMPORTERS[kind](path=file, progress=heard)
        except Problem as problem:
            self.list_errors(problem)
            raise CommandError(f"{problem.ko}\n{problem.en}") from problem
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise CommandError(f"파일을 열 수 없어요: {why}\nThe file cannot be opened: {why}") from error
        self.stdout.write(f"{report.says} {report.edition}".strip())
        self.stdout.write(
            f"읽음 {report.read:,} · 새로 {report.new:,} · 바뀜 {report.changed:,} · 그대로 {report.same:,}"
            f" · 건너뜀 {report.passed:,} · 거절 {len(report.refused):,}"
        )
        for note in getattr(report, "notes", ()):
            self.stdout.write(note)
        self.list_refused(report.refused)
        if report.made_unknown:
            self.stdout.write(f"쓸 수 없는 값이라 '정보 없음'으로 둔 것 {len(report.made_unknown):,}")
            self.list_refused(report.made_unknown)

    def list_refused(self, refused: tuple[Refusal, ...]) -> None:
        """Show the first refused lines with their reasons, and how many more there are."""
        for one in refused[:SHOWN_REFUSALS]:
            self.stdout.write(f"  {one.line}번째 줄 {one.name}: {one.reason}")
        if len(refused) > SHOWN_REFUSALS:
            self.stdout.write(f"  … 그 밖에 {len(refused) - SHOWN_REFUSALS:,}줄")

    def list_errors(self, problem: Problem) -> None:
        """Show what a refused file was refused for."""
        for words in problem.errors.values():
            for word in words:
                self.stdout.write(f"  {word}")
