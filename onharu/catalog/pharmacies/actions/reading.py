"""Reads one file of pharmacies into rows, keeping count of what it left out. CSV, XLSX, JSON, and the service's XML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onharu.catalog.pharmacies.actions.answers import items_in
from onharu.catalog.pharmacies.rules.rows import PharmacyRow, UnfitError
from onharu.catalog.pharmacies.rules.tables import SHAPES, Shape, column, shape_of
from onharu.kernel.objects import Objects
from onharu.kernel.problems import Invalid
from onharu.kernel.sheets import Progress, Refusals, Refused, count_lines, lines_by_column, unknown_table

HEARD_EVERY = 500
MOST_ROWS = 200_000  # the whole country has 25,000
_LEVELS = ("response", "body", "items", "item")
Line = Mapping[str, str]


class PharmacyTable:
    """One file, read once. After reading: `read`, `passed`, `refused` lines and `made_unknown` figures."""

    def __init__(self, path: Path, progress: Progress | None = None) -> None:
        self.progress = progress
        self.read = 0
        self.passed = 0
        self.refused = Refusals()
        self.made_unknown: list[Refused] = []
        self._lines, tabular = _lines_of(path)
        self.total = count_lines(path) if progress and tabular else None
        self.shape = self._known()

    def __iter__(self) -> Iterator[PharmacyRow]:
        """Yield the row of every line that can be taken."""
        for number, line in self._lines:
            self.read += 1
            if self.read > MOST_ROWS:
                raise Invalid("too_large", f"{MOST_ROWS:,}줄까지 읽어요.", f"{MOST_ROWS:,} lines at most.")
            if self.progress and self.read % HEARD_EVERY == 0:
                self.progress(self.read, self.total)
            row = self._row(number, line)
            if row is not None:
                yield row
        if self.progress:
            self.progress(self.read, self.total)

    def _known(self) -> Shape:
        header = next(self._lines, (0, None))[1] or {}
        shape = shape_of(frozenset(header))
        if shape is None:
            raise unknown_table(header, (one.says for one in SHAPES))
        return shape

    def _row(self, number: int, line: Line | None) -> PharmacyRow | None:
        if line is None:
            self.refused.append(Refused(number, "?", "칸의 수가 머리글과 달라요"))
            return None
        try:
            found = self.shape.read(line)
        except UnfitError as error:
            self.refused.append(Refused(number, line.get("name", "").strip()[:60] or "?", str(error)))
            return None
        except KeyError as error:  # an object that lacks what the first one had
            self.refused.append(Refused(number, line.get("name", "").strip()[:60] or "?", f"칸이 모자라요 ({error})"))
            return None
        if found is None:
            self.passed += 1
            return None
        if found.left_out:
            self.made_unknown.append(Refused(number, found.row.name, " · ".join(found.left_out)))
        return found.row


def _lines_of(path: Path) -> tuple[Iterator[tuple[int, Line | None]], bool]:
    """Open a file by what it begins with, whatever it is called: the header first, then each line by column."""
    start = _start_of(path)
    if start.startswith((b"[", b"{")):
        return _object_lines(_objects(path)), False
    if start.startswith(b"<"):
        return _object_lines(items_in(path)), False
    return lines_by_column(path, called=column, known=_is_known), True


def _is_known(columns: frozenset[str]) -> bool:
    return shape_of(columns) is not None


def _start_of(path: Path) -> bytes:
    if not path.is_file():
        return b""  # whoever opens it says so
    with path.open("rb") as file:
        return file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()


def _object_lines(objects: Iterator[Any]) -> Iterator[tuple[int, Line | None]]:
    """Yield the keys of the first object, then every object by column; None for what is no object."""
    first = next(objects, None)
    first = first if isinstance(first, dict) else {}
    yield 0, _by_column(first)
    if first:
        yield 1, _by_column(first)
    for number, one in enumerate(objects, start=2):
        yield number, _by_column(one) if isinstance(one, dict) else None


def _by_column(one: Mapping[str, Any]) -> dict[str, str]:
    return {column(str(key)): "" if said is None else str(said) for key, said in one.items()}


def _objects(path: Path) -> Iterator[Any]:
    """Read a list of objects, an answer of the service, or several answers one after another."""
    with path.open(encoding="utf-8-sig") as file:
        yield from Objects(file, _LEVELS).rows()
