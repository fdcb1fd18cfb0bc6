"""The folder in which the processes of one server add up their figures. No Django and nothing of Prometheus here."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onharu.site import env

# As the library of Prometheus calls it; it reads the variable when it is loaded.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
PREFIX = "onharu-figures-"


@contextmanager
def shared_figures(processes: int) -> Iterator[Path | None]:
    """Make a folder for this server and its workers, and take it away at the end. One process alone needs none.

    PROMETHEUS_MULTIPROC_DIR may name where; best is a file system in memory. What servers that were killed left there
    goes too.
    """
    base = Path(os.environ.pop(FOLDER, "") or tempfile.gettempdir())
    if processes < 2 or not env.flag("METRICS", default=True):
        yield None
        return
    base.mkdir(parents=True, exist_ok=True)
    _sweep(base)
    folder = base / f"{PREFIX}{os.getpid()}"
    folder.mkdir(mode=0o700)
    os.environ[FOLDER] = str(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(base: Path) -> None:
    """Take away what is left of servers that live no more, and of an earlier one with our number."""
    for left in base.glob(f"{PREFIX}*"):
        pid = left.name.removeprefix(PREFIX)
        if pid == str(os.getpid()) or not (pid.isdigit() and _lives(int(pid))):
            shutil.rmtree(left, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
