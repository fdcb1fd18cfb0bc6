"""PostgreSQL's own programs: found in ONHARU_PG_BIN, else on PATH and where Debian keeps them."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from onharu.kernel.backups.refusals import BackupRefused

_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
DEBIANS = Path("/usr/lib/postgresql")


def program(name: str, *, server: int, folder: str) -> Path:
    """Find a program of the server's own version, else of the next newer one. Raises BackupRefused."""
    found = {version: path for path in _places(name, folder) if (version := _version(path)) is not None}
    if fit := [version for version in sorted(found) if version >= server]:
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
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    done = subprocess.run(  # noqa: S603 our own words
        list(words), env={**environment, **variables}, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        raise _failed(Path(words[0]).name, done.stderr)
    return done.stdout


def _failed(name: str, said: str) -> BackupRefused:
    """Tell of a failure by the line that names it; a line may name tables, and never shows what rows hold."""
    lines = [line for line in said.splitlines() if "error:" in line and "CONTEXT" not in line]
    why = re.sub(r"DETAIL:.*", "", lines[0])[:200] if lines else "?"
    return BackupRefused("pg_program_failed", f"{name}가 실패했어요. {why}", f"{name} failed. {why}")
