"""Fills the shelf from an official table: all or nothing, and again without harm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

from django.db import transaction

from onharu.catalog.foods.actions.storing import Tally, store_foods, store_units
from onharu.catalog.foods.rules.rows import FoodRow, UnfitError, UnitRow
from onharu.catalog.foods.rules.tables import SHAPES, Line, Shape, checked, column, shape_of
from onharu.kernel.sheets import (
    Cells,
    ImportReport,
    Progress,
    Refusals,
    Refused,
    count_lines,
    lines_in,
    nothing_fits,
    unknown_table,
)

BATCH = 2000
HEADER_WITHIN = 10  # some official workbooks have title lines above the header
Row = FoodRow | UnitRow
_DATE = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def import_foods(*, path: Path, progress: Progress | None = None) -> ImportReport:
    """Bring a food table onto the shelf and return what happened. A second run changes nothing.

    The kind of table is told by its header. Lines that cannot be true are refused one by one; when nothing is left,
    or the table is unknown, Invalid is raised and nothing has changed. `progress` hears (lines read, lines or None).
    """
    path = Path(path)
    reader = TableReader(path, progress)
    day = _day_in(path.name)
    with transaction.atomic():
        tally = _store(reader, day)
    if not tally.all:
        raise nothing_fits(reader.read, reader.refused)
    refused = tuple(sorted([*reader.refused, *tally.refused], key=lambda one: one.line))
    return ImportReport(
        reader.shape.name,
        reader.shape.says,
        day.isoformat() if day else "",
        reader.read,
        tally.new,
        tally.changed,
        tally.same,
        reader.passed,
        refused,
        tuple(reader.made_unknown),
    )


def _store(reader: TableReader, day: date | None) -> Tally:
    tally = Tally()
    rows = iter(reader)
    while batch := list(islice(rows, BATCH)):
        foods = [(line, _dated(row, day)) for line, row in batch if isinstance(row, FoodRow)]
        store_foods(foods, day=day, tally=tally)
        store_units([(line, row) for line, row in batch if isinstance(row, UnitRow)], tally=tally)
    tally.index_names()
    return tally


def _dated(row: FoodRow, day: date | None) -> FoodRow:
    return row if row.edition or day is None else replace(row, edition=day.isoformat())


def _day_in(file_name: str) -> date | None:
    """Read the edition that official files carry in their name; it changes no figure, only what is said of them."""
    found = _DATE.search(file_name)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


class TableReader:
    """Reads one table into checked rows, keeping count of what it left out."""

    def __init__(self, path: Path, progress: Progress | None = None) -> None:
        self.path = path
        self.progress = progress
        self.total = count_lines(path) if progress else None
        self.read = 0
        self.passed = 0
        self.refused = Refusals()
        self.made_unknown: list[Refused] = []
        self._lines = lines_in(path)
        self.shape, self.columns = self._header()
        self._codes: dict[str, int] = {}

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        """Yield (line number, row) for every line that can be taken."""
        for number, cells in self._lines:
            self.read += 1
            if self.progress and self.read % 500 == 0:
                self.progress(self.read, self.total)
            row = self._row(number, cells)
            if row is not None:
                yield number, row
        if self.progress:
            self.progress(self.read, self.total)

    def _header(self) -> tuple[Shape, list[str]]:
        seen: Sequence[str] = ()
        for _, cells in islice(self._lines, HEADER_WITHIN):
            columns = [column(cell) for cell in cells]
            seen = seen or cells
            shape = shape_of(frozenset(columns))
            if shape is not None:
                return shape, columns
        raise unknown_table(seen, (shape.says for shape in SHAPES))

    def _row(self, number: int, cells: Cells) -> Row | None:
        line: Line = dict(zip(self.columns, cells, strict=False))
        try:
            row = self._checked(number, line, len(cells))
        except UnfitError as error:
            self.refused.append(Refused(number, _called(line), str(error)))
            return None
        self.passed += row is None
        return row

    def _checked(self, number: int, line: Line, width: int) -> Row | None:
        if width != len(self.columns):
            raise UnfitError(f"칸이 {width}개예요 (머리글은 {len(self.columns)}개)")
        row = self.shape.read(line)
        if not isinstance(row, FoodRow):
            return row
        first = self._codes.setdefault(row.code, number)
        if first != number:
            raise UnfitError(f"{first}번째 줄과 식품코드가 같아요: {row.code}")
        row, made_unknown = checked(row)
        if made_unknown:
            self.made_unknown.append(Refused(number, row.name, made_unknown))
        return row


def _called(line: Line) -> str:
    named = (line.get(name, "").strip() for name in ("식품명", "name", "식품명_2025", "food"))
    return next((name for name in named if name), "?")[:60]
