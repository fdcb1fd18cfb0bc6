"""Opens tables that people import: CSV in official encodings, and XLSX. Yields numbered lines of text cells.

Whatever somebody made of a file, it is read a line at a time, and there is an end to lines, columns and refusals.
"""

from __future__ import annotations

import codecs
import csv
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Literal

from onharu.kernel import workbooks
from onharu.kernel.problems import Invalid

ENCODINGS = ("utf-8-sig", "cp949")
CHUNK = 1 << 20
HEADER_WITHIN = 10
# The largest official table has 290 MB, 404,000 lines and 157 columns.
MOST_BYTES = 512 << 20
MOST_LINES = 3_000_000
MOST_COLUMNS = 1_000
LONGEST_LINE = 1 << 20
# A table of which so many lines cannot be true is another table than it says.
MOST_REFUSED = 50_000
Cells = Sequence[str]
# Hears how many lines were read, of how many (None: nobody knows).
Progress = Callable[[int, int | None], None]

csv.field_size_limit(LONGEST_LINE)


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was not taken: its number in the file, what it is called, and why."""

    line: int
    name: str
    reason: str


class Refusals(list[Refused]):
    """The lines of one table that were not taken; there is an end to them."""

    def append(self, one: Refused) -> None:
        """Note one more. Raises Invalid."""
        if len(self) >= MOST_REFUSED:
            raise Invalid(
                "too_many_refused",
                f"쓸 수 없는 줄이 {MOST_REFUSED:,}줄을 넘어요. 다른 표인 것 같아요.",
                f"More than {MOST_REFUSED:,} lines cannot be taken: this seems to be another table.",
                errors={"lines": [f"{one.line}: {one.name}: {one.reason}" for one in self[:10]]},
            )
        super().append(one)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `read` counts the table's lines; `passed` are lines that are not for this shelf.

    `made_unknown` names lines that were taken without a figure or a word that cannot be true. `notes` are further
    sentences about the import as a whole.
    """

    shape: str
    says: str
    edition: str
    read: int
    new: int
    changed: int
    same: int
    passed: int
    refused: tuple[Refused, ...]
    made_unknown: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()


def lines_in(path: Path) -> Iterator[tuple[int, Cells]]:
    """Yield (line number, cells) of a CSV or an XLSX file, blank lines left out. Raises Invalid."""
    if not path.is_file():
        raise Invalid("no_such_file", f"파일이 없어요: {path}", f"There is no such file: {path}")
    lines = workbooks.rows_in(path) if zipfile.is_zipfile(path) else _csv_lines(path)
    for number, cells in lines:
        if len(cells) > MOST_COLUMNS or number > MOST_LINES:
            raise _too_large(f"{MOST_LINES:,} × {MOST_COLUMNS:,}")
        yield number, cells


def lines_by_column(
    path: Path, *, called: Callable[[str], str], known: Callable[[frozenset[str]], bool]
) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Yield the header as names of columns, then every line by column; None for one of another width.

    The header is the first of ten lines whose columns, as `called` names them, are `known`; else the last of them.
    """
    lines = lines_in(path)
    columns: list[str] = []
    for _, cells in islice(lines, HEADER_WITHIN):
        columns = [called(cell) for cell in cells]
        if known(frozenset(columns)):
            break
    yield 0, dict.fromkeys(columns, "")
    for number, cells in lines:
        fits = len(cells) == len(columns)
        yield number, dict(zip(columns, cells, strict=True)) if fits else None


def unknown_table(header: Iterable[str], known: Iterable[str]) -> Invalid:
    """Say which header was found, and which tables can be read."""
    found = ", ".join(str(cell).strip() for cell in islice(header, 12))[:300] or "-"
    return Invalid(
        "unknown_table",
        f"모르는 표예요. 찾은 머리글: {found}. 읽을 수 있는 표: {' / '.join(known)}",
        f"Unknown table. Header found: {found}",
    )


def nothing_fits(read: int, refused: Sequence[Refused]) -> Invalid:
    """Say that no line could be taken, and why the first ones were not."""
    lines = [f"{one.line}: {one.name}: {one.reason}" for one in refused[:10]]
    return Invalid(
        "nothing_to_import",
        f"가져올 수 있는 줄이 없어요 (읽은 줄 {read}).",
        f"No line could be taken ({read} read).",
        errors={"lines": lines} if lines else None,
    )


def count_lines(path: Path) -> int | None:
    """Count the lines of a text file, for a progress bar; None for a workbook, which does not tell."""
    if not path.is_file() or zipfile.is_zipfile(path):
        return None
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b""))


def _csv_lines(path: Path) -> Iterator[tuple[int, Cells]]:
    if path.stat().st_size > MOST_BYTES:
        raise _too_large(f"{MOST_BYTES >> 20} MiB")
    with path.open(encoding=_encoding_of(path), newline="") as file:
        first = file.readline(LONGEST_LINE)
        file.seek(0)
        delimiter = "\t" if first.count("\t") > first.count(",") else ","
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=delimiter, quoting=_quoting_of(first, delimiter))
        before = last = 0
        try:
            for cells in reader:
                lines.held = 0
                before, last = last, len(cells)
                if any(cells):
                    yield reader.line_num, cells
        except csv.Error as error:
            raise _broken(reader.line_num, str(error)) from error
        if last < before and not lines.ended:
            raise _broken(reader.line_num, "the file ends within a line")


class _Lines:
    """The lines of a text file, of which no row of a table holds more than a limit: quotes that never close do."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.held = 0
        self.ended = True  # the last line had an end

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.held += len(line)
        if self.held >= LONGEST_LINE:
            raise csv.Error("a line goes on for too long")
        self.ended = line.endswith(("\n", "\r"))
        return line


def _broken(line: int, why: str) -> Invalid:
    return Invalid("broken_table", f"{line}번째 줄을 읽을 수 없어요: {why}", f"Line {line}: {why}")


def _too_large(most: str) -> Invalid:
    return Invalid("too_large", f"표가 너무 커요 ({most}까지).", f"The table is too large ({most} at most).")


def _quoting_of(header: str, delimiter: str) -> Literal[0, 3]:
    """Tell whether quotes mean anything: in files whose lines all end with a delimiter they are part of the words.

    Those files write a comma within a cell as a bar, and hold quotes that never close: read with quotes, 1,742 lines
    become 427.
    """
    return csv.QUOTE_NONE if header.rstrip("\r\n").endswith(delimiter) else csv.QUOTE_MINIMAL


def _encoding_of(path: Path) -> str:
    for encoding in ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                for chunk in iter(lambda: file.read(CHUNK), b""):
                    if b"\0" in chunk:
                        raise Invalid(
                            "not_a_table", "표 파일이 아니에요 (CSV나 XLSX만 읽어요).", "Not a CSV or XLSX file."
                        )
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Invalid(
        "unknown_encoding", "글자 인코딩을 알 수 없어요 (UTF-8, CP949).", "The file is neither UTF-8 nor CP949."
    )
