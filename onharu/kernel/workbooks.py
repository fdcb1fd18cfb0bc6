"""Opens XLSX workbooks that somebody else made; refuses what would swell, or is not where it belongs.

openpyxl reads a sheet row by row, and everything else at once; a row, too, it holds whole. So each part has a size, and
within the texts and the sheet no row and no text may go on for long.
"""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import NoReturn
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from onharu.kernel.problems import Invalid

SHEETS, TEXTS, STYLES, BOOK = "xl/worksheets/", "xl/sharedstrings.xml", "xl/styles.xml", "xl/workbook.xml"
# Parts that are never read here, however large they are.
UNREAD = (
    "xl/media/",
    "xl/drawings/",
    "xl/charts/",
    "xl/pivotcache/",
    "xl/pivottables/",
    "xl/externallinks/",
    "customxml/",
)
MOST_UNPACKED = 512 << 20
MOST_TEXTS, MOST_STYLES, MOST_ELSE = 24 << 20, 512 << 10, 1 << 20
MOST_MEMBERS = 2_000
# XML of sheets shrinks by ten to fifty; bombs by a thousand.
SHRINKS, SMALL = 100, 1 << 20
# Bytes from one row or text to the next: 16,384 cells of a row fit, and the 32,767 letters of a cell.
LONGEST = 1 << 20
MOST_ROWS = 3_000_000
# A comment could hold what looks like a row. Programs that write sheets write none.
MOST_COMMENTS = 10
CHUNK = 1 << 20
MARKS = re.compile(rb"<(?:[\w.-]{1,20}:)?(?:row|si)[\s/>]")
UNREADABLE = (
    zipfile.BadZipFile, InvalidFileException, ParseError, DefusedXmlException, zlib.error, struct.error, OSError,
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError, EOFError, MemoryError,
)  # fmt: skip


def rows_in(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield (number, cells) of the first sheet's rows that hold anything. Raises Invalid."""
    try:
        with zipfile.ZipFile(path) as archive:
            _hold_members(archive.infolist())
            _hold_places(archive)
            for member in archive.infolist():
                if _limit(member.filename) in {MOST_UNPACKED, MOST_TEXTS}:
                    _hold_stream(archive, member)
        yield from _rows(path)
    except UNREADABLE as error:
        raise Invalid(
            "broken_table",
            "엑셀 파일을 읽을 수 없어요. 깨졌을 수 있어요.",
            "The workbook cannot be read; it may be broken.",
        ) from error


def _rows(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # no default style, an unknown extension
        opened = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    with closing(opened) as book:
        sheet = book.worksheets[0]
        if not str(sheet._worksheet_path).lower().startswith(SHEETS):  # noqa: SLF001 the one place that tells
            _refuse("a sheet lies elsewhere")
        # The official workbook declares a dimension of one cell; the reader would believe it.
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number > MOST_ROWS:
                _refuse("too many rows")
            if any(cell is not None for cell in cells):
                yield number, ["" if cell is None else str(cell) for cell in cells]


def _hold_members(members: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse names said twice, what is locked, and what would swell."""
    if len(members) > MOST_MEMBERS or len({one.filename.lower() for one in members}) != len(members):
        _refuse("too many parts, or one twice")
    if BOOK not in {one.filename.lower() for one in members}:
        raise Invalid("not_a_table", "엑셀 파일이 아니에요.", "The archive is no XLSX workbook.")
    if sum(one.file_size for one in members if _limit(one.filename)) > MOST_UNPACKED:
        _too_large("together")
    for one in members:
        if one.flag_bits & 1:
            _refuse("locked")
        most = _limit(one.filename)
        swells = one.file_size > SMALL and one.file_size > SHRINKS * max(one.compress_size, 1)
        if most and (one.file_size > most or swells):
            _too_large(one.filename[:60])


def _limit(name: str) -> int:
    """Tell how large a part may be, 0 for one that is never read."""
    name = name.lower()
    if name.startswith(SHEETS):
        return MOST_UNPACKED
    if name.startswith(UNREAD):
        return 0
    return {TEXTS: MOST_TEXTS, STYLES: MOST_STYLES}.get(name, MOST_ELSE)


def _hold_places(archive: zipfile.ZipFile) -> None:
    """Refuse a book whose texts or whose own part lie where another limit holds."""
    for one in fromstring(archive.read("[Content_Types].xml"), forbid_dtd=True):
        kind, place = one.get("ContentType", ""), one.get("PartName", "").lower()
        if (kind.endswith("sharedStrings+xml") and place != f"/{TEXTS}") or (
            kind.endswith("sheet.main+xml") and place != f"/{BOOK}"
        ):
            _refuse("a part lies elsewhere")


def _hold_stream(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse a row or a text that goes on for long, too many of them, and what only looks like one."""
    last = place = rows = comments = 0
    tail = b""
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            begin, text = place - len(tail), tail + chunk
            place += len(chunk)
            found = [begin + one.start() for one in MARKS.finditer(text)]
            rows += len(found)
            comments += chunk.count(b"<!")
            stops = [last, *found, place]
            if max(after - before for before, after in pairwise(stops)) > LONGEST + CHUNK or rows > MOST_ROWS:
                _refuse("a row or a text goes on for long, or there are too many")
            if comments > MOST_COMMENTS:
                _refuse("comments within a sheet")
            last, tail = stops[-2], text[-30:]


def _refuse(why: str) -> NoReturn:
    raise Invalid("broken_table", f"엑셀 파일이 보통의 것과 달라요 ({why}).", f"An unusual workbook: {why}.")


def _too_large(what: str) -> NoReturn:
    raise Invalid("too_large", f"파일이 너무 커요 ({what}).", f"The workbook unpacks to too much ({what}).")
