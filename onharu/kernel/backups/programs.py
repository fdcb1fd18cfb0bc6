"""PostgreSQL's own programs: found in ONHARU_PG_BIN, else on PATH and where Debian keeps them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from tempfile import TemporaryFile
from typing import IO, cast

from onharu.kernel.backups.refusals import BackupRefused

_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
DEBIANS = Path("/usr/lib/postgresql")
CHUNK = 1 << 20


def program(name: str, *, server: int, folder: str, newest: bool = False) -> Path:
    """Find a program of the server's own version, else of the next newer one. Raises BackupRefused.

    `newest` takes the newest instead: only that one reads whatever another wrote.
    """
    found = {version: path for path in _places(name, folder) if (version := _version(path)) is not None}
    if fit := [version for version in sorted(found, reverse=newest) if version >= server]:
        return found[fit[0]]
    seen = ", ".join(str(version) for version in sorted(found)) or "—"
    raise BackupRefused(
        "pg_program_missing",
        f"{name} {server}판이 필요해요 (있는 것: {seen}). 설치하거나 ONHARU_PG_BIN에 그 폴더를 적어 주세요.",
        f"{name} {server} is needed (found: {seen}). Install it, or name its folder in ONHARU_PG_BIN.",
    )


def _places(name: str, folder: str) -> Iterator[Path]:
    folders = [Path(folder)] if folder else [*map(Path, os.get_exec_path()), *sorted(DEBIANS.glob("*/bin"))]
    for one in folders:
        if os.access(path := one / name, os.X_OK):
            yield path


def _version(path: Path) -> int | None:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True, timeout=10).stdout  # noqa: S603 our own words
    except (OSError, subprocess.SubprocessError):
        return None
    match = _VERSION.search(said)
    return int(match[1]) if match else None


def run(words: Sequence[str | Path], variables: Mapping[str, str]) -> str:
    """Run a program and return what it printed. Raises BackupRefused with its first line of complaint."""
    done = subprocess.run(  # noqa: S603 our own words
        list(words), env=_only(variables), capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        raise _failed(words, done.stderr)
    return done.stdout


def pour(
    source: Sequence[str | Path],
    into: Sequence[str | Path],
    variables: Mapping[str, str],
    head: Callable[[IO[bytes]], Iterator[bytes]],
) -> None:
    """Hand what one program writes to another, with its first lines as `head` gives them on.

    Who reads is told that it was all only once the other one ended well; else it is ended, and should keep nothing.
    Raises BackupRefused with the first line of complaint of who failed.
    """
    environment = _only(variables)
    with (
        TemporaryFile() as said,
        TemporaryFile() as answered,
        Popen(list(source), env=environment, stdout=PIPE, stderr=said) as giver,  # noqa: S603 our own words
        Popen(list(into), env=environment, stdin=PIPE, stdout=DEVNULL, stderr=answered) as taker,  # noqa: S603 the same
    ):
        script, ear = cast("IO[bytes]", giver.stdout), cast("IO[bytes]", taker.stdin)
        try:
            with suppress(BrokenPipeError):  # who reads has ended, and says why
                ear.writelines(head(script))
                shutil.copyfileobj(script, ear, CHUNK)
                ear.flush()
                if giver.wait():
                    raise _failed(source, _told(said))
            with suppress(BrokenPipeError):
                ear.close()
            if taker.wait():
                raise _failed(into, _told(answered))
        finally:
            taker.kill()
            giver.kill()


def _only(variables: Mapping[str, str]) -> dict[str, str]:
    """The environment, with none of libpq's variables but the given ones."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith("PG")}, **variables}


def _told(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read(CHUNK).decode(errors="replace")


def _failed(words: Sequence[str | Path], said: str) -> BackupRefused:
    """Tell of a failure by the line that names it; a line may name tables, and never shows what rows hold."""
    name = Path(words[0]).name
    lines = [line for line in said.splitlines() if "error:" in line.lower() and "CONTEXT" not in line]
    why = re.sub(r"DETAIL:.*", "", lines[0])[:200] if lines else "?"
    return BackupRefused("pg_program_failed", f"{name}가 실패했어요. {why}", f"{name} failed. {why}")
