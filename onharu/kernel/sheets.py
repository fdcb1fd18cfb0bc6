"""Opens tables that people import: CSV in official encodings, and XLSX. Yields numbered lines of text cells."""

from __future__ import annotations

import codecs
import csv
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from openpyxl import load_workbook

from onharu.kernel.problems import Invalid

ENCODINGS = ("utf-8-sig", "cp949")
CHUNK = 1 << 20
HEADER_WITHIN = 10
MOST_UNPACKED = 1 << 30  # a workbook that unpacks to more than 1 GiB is an attack or a mistake
Cells = Sequence[str]
# Hears how many lines were read, of how many (None: nobody knows).
Progress = Callable[[int, int | None], None]

csv.field_size_limit(1 << 20)


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was not taken: its number in the file, what it is called, and why."""

    line: int
    name: str
    reason: str


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
    yield from _xlsx_lines(path) if zipfile.is_zipfile(path) else _csv_lines(path)


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
    with path.open(encoding=_encoding_of(path), newline="") as file:
        first = file.readline()
        file.seek(0)
        delimiter = "\t" if first.count("\t") > first.count(",") else ","
        reader = csv.reader(file, delimiter=delimiter, quoting=_quoting_of(first, delimiter))
        try:
            for cells in reader:
                if any(cells):
                    yield reader.line_num, cells
        except csv.Error as error:
            raise Invalid(
                "broken_table",
                f"{reader.line_num}번째 줄을 읽을 수 없어요: {error}",
                f"Line {reader.line_num}: {error}",
            ) from error


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


def _xlsx_lines(path: Path) -> Iterator[tuple[int, Cells]]:
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise Invalid("too_large", "파일이 너무 커요.", "The workbook unpacks to more than 1 GiB.")
        if "xl/workbook.xml" not in archive.namelist():
            raise Invalid("not_a_table", "엑셀 파일이 아니에요.", "The archive is no XLSX workbook.")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Workbook contains no default style", category=UserWarning)
        opened = load_workbook(path, read_only=True, data_only=True)
    with closing(opened) as book:
        sheet = book.worksheets[0]
        # The official workbook declares a dimension of one cell; the reader would believe it.
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            if any(cell is not None for cell in cells):
                yield number, ["" if cell is None else str(cell) for cell in cells]
