"""The list of mutants: one table [[mutant]] each in tests/mutants/*.toml, and whether each still fits the code.

name     a word of its own
breaks   what goes wrong with it, one sentence
file     the file it changes
before   the text that stands there exactly once
after    the text that stands there instead
tests    the tests that must notice, as pytest names them; of a test with parameters one set is enough
engine   "postgres" where only PostgreSQL tells; else SQLite
raises   the exception that says it, where that is not an assertion
fresh    true where the database must be made anew with it
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ENGINES = ("sqlite", "postgres")


class Wrong(Exception):
    """The list cannot be read; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one place, and who must notice."""

    name: str
    breaks: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]
    engine: str = "sqlite"
    raises: str = ""
    fresh: bool = False


def listed(folder: Path) -> list[Mutant]:
    """Read every mutant of a folder, by file. Raises Wrong."""
    found = [mutant for path in sorted(folder.glob("*.toml")) for mutant in _read(path)]
    twice = [name for name, times in Counter(one.name for one in found).items() if times > 1]
    if twice:
        raise Wrong(f"names that stand twice: {', '.join(twice)}")
    return found


def misfit(root: Path, mutant: Mutant) -> str:
    """Tell why a mutant does not fit the code that is there; "" when it does."""
    path = root / mutant.file
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    times = text.count(mutant.before)
    if times != 1:
        return f"its text stands {times} times in {mutant.file}"
    if path.suffix == ".py" and (fault := _unreadable(mutated(text, mutant))):
        return f"{mutant.file} would be no Python any more: {fault}"
    return next((f"there is no test {one}" for one in mutant.tests if not _exists(root, one)), "")


def mutated(text: str, mutant: Mutant) -> str:
    """Write the text with the mutant in it."""
    return text.replace(mutant.before, mutant.after)


def _read(path: Path) -> list[Mutant]:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(said) != {"mutant"}:
        raise Wrong(f"{path.name}: there is more than [[mutant]] in it")
    try:
        found = [Mutant(**{**one, "tests": tuple(one["tests"])}) for one in said["mutant"]]
    except (KeyError, TypeError) as error:
        raise Wrong(f"{path.name}: {error}") from error
    for one in found:
        if not one.tests or not one.before.strip() or one.before == one.after or one.engine not in ENGINES:
            raise Wrong(f"{path.name}: {one.name} has no tests, no change or no engine")
    return found


def _unreadable(text: str) -> str:
    try:
        ast.parse(text)
    except SyntaxError as error:
        return str(error)
    return ""


def _exists(root: Path, test: str) -> bool:
    file, *names = test.partition("[")[0].split("::")
    path = root / file
    if not path.is_file() or not names:
        return False
    text = path.read_text(encoding="utf-8")
    return all(re.search(rf"^\s*(?:async def|def|class) {re.escape(name)}\b", text, re.MULTILINE) for name in names)
