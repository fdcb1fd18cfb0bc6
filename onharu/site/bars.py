"""Progress bars of the commands, on stderr and only where that is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Heard = Callable[[int, int | None], None]


@contextmanager
def bar(*, shown: bool) -> Iterator[Heard]:
    """Draw a progress bar on stderr while a file is read; nothing where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not (shown and console.is_terminal)) as progress:
        task = progress.add_task("읽는 중", total=None)

        def hear(done: int, total: int | None) -> None:
            progress.update(task, completed=done, total=total)

        yield hear
