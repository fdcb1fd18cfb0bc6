"""`onharu summaries`: fill the medicine shelf with sentences on what each medicine is for."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from onharu.catalog.medicines.public import Calls, improve_summaries, summarise


class Command(BaseCommand):
    """Tells every label in its own words, then lets the chosen model say what it may; goes on where it was stopped."""

    help = (
        "Make the summaries of medicines: from the labels themselves, and by the model of LLM_BASE_URL if there is one."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the bounds of a run."""
        parser.add_argument("--limit", type=_natural, default=None, help="ask the model at most so many times")
        parser.add_argument(
            "--symptoms", action="store_true", help="also one summary for each symptom a label mentions"
        )
        parser.add_argument(
            "--a-minute", type=_natural, default=30, help="ask at most so often in a minute (0: unbounded)"
        )

    def handle(self, *_: Any, limit: int | None, symptoms: bool, a_minute: int, verbosity: int, **__: Any) -> None:
        """Fill the shelf and close with the counts."""
        extracted = summarise(symptoms=symptoms)
        with bar(shown=verbosity > 0) as heard:
            calls = improve_summaries(limit=limit, symptoms=symptoms, a_minute=a_minute, progress=heard)
        calls.extracted = extracted
        if verbosity > 0:
            self.stdout.write(told(calls))


def told(calls: Calls) -> str:
    """Say what a run did in one line."""
    refused = sum(calls.refused.values())
    why = ", ".join(f"{reason} {count:,}" for reason, count in sorted(calls.refused.items()))
    parts = [
        f"원문에서 새로 뽑음 {calls.extracted:,}",
        f"모델에 물음 {calls.made:,}",
        f"묻지 않고 해결 {calls.saved:,} ({calls.share_saved:.1%})",
        f"AI 요약으로 바꿈 {calls.kept:,}",
        f"쓰지 않은 답 {refused:,}" + (f" ({why})" if why else ""),
        f"실패 {calls.failed:,}",
        f"남음 {calls.left:,}",
    ]
    return " · ".join(parts)


def _natural(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("0 이상의 수를 적어 주세요.")
    return number


@contextmanager
def bar(*, shown: bool) -> Iterator[Callable[[int, int | None], None]]:
    """Draw a progress bar on stderr while the model is asked; nothing where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not (shown and console.is_terminal)) as progress:
        task = progress.add_task("모델에 묻는 중", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
