"""Fills the shelf from an official table: all or nothing, and again without harm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, islice
from pathlib import Path

from django.db import transaction

from onharu.catalog.exercises.actions.storing import Tally, store
from onharu.catalog.exercises.rules.rows import ExerciseRow, Read, UnfitError
from onharu.catalog.exercises.rules.tables import SHAPES, Line, Shape, column, shape_of
from onharu.kernel.objects import Objects
from onharu.kernel.problems import Invalid
from onharu.kernel.sheets import (
    ImportReport,
    Progress,
    Refusals,
    Refused,
    lines_in,
    nothing_fits,
    unknown_table,
)

HEADER_WITHIN = 10  # some official workbooks have title lines above the header
MOST_LINES = 20_000  # the largest table of exercises has 1,200
_DATE = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def import_exercises(*, path: Path, progress: Progress | None = None) -> ImportReport:
    """Bring an exercise table onto the shelf and return what happened. A second run changes nothing.

    The kind of table is told by its header. Lines that cannot be true are refused one by one; when nothing is left,
    or the table is unknown, Invalid is raised and nothing has changed. `progress` hears (lines read, lines or None).
    """
    reader = TableReader(Path(path), progress)
    edition = _edition_in(reader.path.name)
    rows = [_dated(read.row, edition) for read in reader.rows()]
    if not rows:
        raise nothing_fits(reader.read, reader.refused)
    tally = Tally()
    with transaction.atomic():
        store(rows, tally=tally)
        tally.announce()
    return ImportReport(
        reader.shape.name,
        reader.shape.says,
        edition,
        reader.read,
        tally.new,
        tally.changed,
        tally.same,
        reader.passed,
        tuple(sorted(reader.refused, key=lambda one: one.line)),
        tuple(sorted(reader.made_unknown, key=lambda one: one.line)),
    )


class TableReader:
    """Reads one table into checked rows, keeping count of what it left out."""

    def __init__(self, path: Path, progress: Progress | None = None) -> None:
        self.path = path
        self.read = 0
        self.passed = 0
        self.refused = Refusals()
        self.made_unknown: list[Refused] = []
        self._hear = progress or (lambda _done, _total: None)
        self.shape, self._lines = _opened(path)

    def rows(self) -> list[Read]:
        """Return every line that can be taken, a code once."""
        taken = []
        for number, line in self._lines:
            self.read += 1
            if (row := self._row(number, line)) is not None:
                taken.append(row)
            self._hear(self.read, len(self._lines))
        by_code = sorted(taken, key=lambda read: (read.row.code, read.line))
        once = (self._settled(list(same)) for _, same in groupby(by_code, key=lambda read: read.row.code))
        settled = sorted(once, key=lambda read: read.line)
        self.made_unknown.extend(Refused(one.line, one.row.name, one.left_out) for one in settled if one.left_out)
        return settled

    def _row(self, number: int, line: Line) -> Read | None:
        try:
            said = self.shape.read(line)
        except UnfitError as error:
            self.refused.append(Refused(number, _called(line), str(error)))
            return None
        except (KeyError, TypeError, AttributeError) as error:
            self.refused.append(Refused(number, _called(line), f"칸이 모자라거나 글이 아니에요 ({error})"))
            return None
        if said is None:
            self.passed += 1
            return None
        return Read(number, *said)

    def _settled(self, same: Sequence[Read]) -> Read:
        """Take the first line of a code; where lines of one code disagree on the MET, nobody knows it."""
        first, *others = same
        for other in others:
            differs = other.row.met != first.row.met
            reason = f"{first.line}번째 줄과 {'같은 이름인데 값이 달라요' if differs else '같은 줄이에요'}"
            self.refused.append(Refused(other.line, other.row.name, reason))
        said = list(dict.fromkeys(str(one.row.met) for one in same))
        if len(said) == 1:
            return first
        unknown = replace(first.row, met=None, met_source="")
        return Read(first.line, unknown, f"표가 서로 다른 MET를 말해요: {', '.join(said)}")


def _opened(path: Path) -> tuple[Shape, list[tuple[int, Line]]]:
    """Tell the kind of table by its header and return its numbered lines under our spelling of the columns."""
    if (entries := _json_entries(path)) is not None:
        shape = shape_of(frozenset(entries[0][1])) if entries else None
        if shape is None:
            raise unknown_table(entries[0][1] if entries else (), (shape.says for shape in SHAPES))
        return shape, entries
    lines = lines_in(path)
    seen: Sequence[str] = ()
    for _, cells in islice(lines, HEADER_WITHIN):
        columns = [column(cell) for cell in cells]
        seen = seen or cells
        shape = shape_of(frozenset(columns))
        if shape is not None:
            return shape, _few((number, dict(zip(columns, cells, strict=False))) for number, cells in lines)
    raise unknown_table(seen, (shape.says for shape in SHAPES))


def _json_entries(path: Path) -> list[tuple[int, Line]] | None:
    """Return the numbered entries of a JSON list; None for a file that is none."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        if not file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"["):
            return None
    with path.open(encoding="utf-8-sig") as text:
        entries = (one if isinstance(one, dict) else {} for one in Objects(text).rows())
        return _few(
            (number, {column(str(key)): value for key, value in one.items()}) for number, one in enumerate(entries, 1)
        )


def _few(lines: Iterable[tuple[int, Line]]) -> list[tuple[int, Line]]:
    """Hold the lines of a table; raises Invalid for more than any table of exercises has."""
    held = list(islice(lines, MOST_LINES + 1))
    if len(held) > MOST_LINES:
        raise Invalid("too_large", f"{MOST_LINES:,}줄까지 읽어요.", f"{MOST_LINES:,} lines at most.")
    return held


def _edition_in(file_name: str) -> str:
    """Read the edition that official files carry in their name, a day or a year."""
    if found := _DATE.search(file_name):
        return f"{found[1]}-{found[2]}-{found[3]}"
    return found[1] if (found := _YEAR.search(file_name)) else ""


def _dated(row: ExerciseRow, edition: str) -> ExerciseRow:
    return row if row.edition or row.met is None else replace(row, edition=edition)


def _called(line: Line) -> str:
    named = (str(line.get(name) or "").strip() for name in ("운동명", "name", "description", "code"))
    return next((name for name in named if name), "?")[:60]
