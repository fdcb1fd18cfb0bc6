"""Reads one medicine table into rows, keeping count of what it left out. CSV, XLSX and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from onharu.catalog.medicines.rules.rows import UnfitError
from onharu.catalog.medicines.rules.tables import SHAPES, Row, Shape, column, shape_of
from onharu.kernel.objects import Objects
from onharu.kernel.problems import Invalid
from onharu.kernel.sheets import Progress, Refusals, Refused, count_lines, lines_by_column, unknown_table

HEARD_EVERY = 500


class MedicineTable:
    """One table, read once. After reading: `read`, `passed` (asks not to be used) and `refused` lines."""

    def __init__(self, path: Path, kinds: frozenset[str], progress: Progress | None = None) -> None:
        self.progress = progress
        self.total = count_lines(path) if progress else None
        self.read = 0
        self.passed = 0
        self.refused = Refusals()
        self._lines = (
            _json_lines(path)
            if path.suffix.lower() == ".json"
            else lines_by_column(path, called=column, known=_is_known)
        )
        self.shape = self._known(kinds)

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        """Yield (line number, row) for every line that can be taken."""
        for number, line in self._lines:
            self.read += 1
            if self.progress and self.read % HEARD_EVERY == 0:
                self.progress(self.read, self.total)
            row = self._row(number, line)
            if row is not None:
                yield number, row
        if self.progress:
            self.progress(self.read, self.total)

    def _known(self, kinds: frozenset[str]) -> Shape:
        header = next(self._lines, (0, None))[1] or {}
        shape = shape_of(frozenset(header))
        if shape is None or shape.name not in kinds:
            raise unknown_table(header, (shape.says for shape in SHAPES if shape.name in kinds))
        return shape

    def _row(self, number: int, line: Mapping[str, str] | None) -> Row | None:
        if line is None:
            self.refused.append(Refused(number, "?", "칸의 수가 머리글과 달라요"))
            return None
        try:
            row = self.shape.read(line)
        except UnfitError as error:
            self.refused.append(Refused(number, _called(line), str(error)))
            return None
        except KeyError as error:  # an object that lacks what the first one had
            self.refused.append(Refused(number, _called(line), f"칸이 모자라요 ({error})"))
            return None
        self.passed += row is None
        return row


def _is_known(columns: frozenset[str]) -> bool:
    return shape_of(columns) is not None


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Yield the keys of the first object, then every object of the list; None for what is no object of texts."""
    if not path.is_file():
        raise Invalid("no_such_file", f"파일이 없어요: {path}", f"There is no such file: {path}")
    with path.open(encoding="utf-8-sig") as file:
        objects = Objects(file).rows()
        first = next(objects, None)
        yield 0, dict.fromkeys(map(str, first), "") if isinstance(first, dict) else {}
        for number, one in enumerate(chain([first], objects), start=1):
            yield number, {key: str(said or "") for key, said in one.items()} if isinstance(one, dict) else None


def _called(line: Mapping[str, str]) -> str:
    named = (line.get(name, "").strip() for name in ("제품명", "품목명", "name", "DUR성분명"))
    return next((name for name in named if name), "?")[:60]
