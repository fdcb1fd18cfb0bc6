"""Reads answers of the service that somebody saved as XML, row by row: a tree of the whole file is never built."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from onharu.kernel.problems import Invalid

CHUNK = 1 << 16
DEEPEST = 20
MOST_IN_A_ROW = 500  # elements
LONGEST_ROW = 100_000  # letters
# The parser holds a mark until it is whole: after so many bytes without a word from it the file is refused.
LONGEST_SILENCE = 1 << 20
ITEM = "item"


def items_in(path: Path) -> Iterator[dict[str, str]]:
    """Yield every <item>. Entities and document types are refused: no list has any. Raises Invalid."""
    items = _Items()
    try:
        parser = DefusedXMLParser(target=items, forbid_dtd=True)
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                parser.feed(chunk)
                items.hold(len(chunk))
                yield from items.take()
        parser.close()
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise Invalid("broken_table", f"XML 파일을 읽을 수 없어요: {error}", f"Not readable XML: {error}") from error
    yield from items.take()


class _Items:
    """Hears the parser, and keeps the rows it has heard to their end."""

    def __init__(self) -> None:
        self._found: list[dict[str, str]] = []
        self._row: dict[str, str] | None = None
        self._named = ""
        self._depth = self._inside = self._elements = self._letters = self._silence = 0

    def take(self) -> list[dict[str, str]]:
        """Return the rows that are whole, once."""
        found, self._found = self._found, []
        return found

    def hold(self, fed: int) -> None:
        """Count what was fed since the parser last spoke."""
        self._silence += fed
        if self._silence > LONGEST_SILENCE:
            _refuse("one mark goes on for too long")

    def start(self, tag: str, _attributes: object) -> None:
        """Hear an element begin."""
        self._silence = 0
        self._depth += 1
        if self._depth > DEEPEST:
            _refuse("too deep")
        if self._row is None:
            if tag == ITEM:
                self._row, self._inside, self._elements, self._letters = {}, self._depth, 0, 0
            return
        self._elements += 1
        if self._elements > MOST_IN_A_ROW:
            _refuse("a row of too many elements")
        if self._depth == self._inside + 1:
            self._named = tag
            self._row[tag] = ""

    def data(self, text: str) -> None:
        """Hear letters; those of a row's own elements are kept."""
        self._silence = 0
        if self._row is None or self._depth != self._inside + 1:
            return
        self._letters += len(text)
        if self._letters > LONGEST_ROW:
            _refuse("a row goes on for too long")
        self._row[self._named] += text

    def end(self, _tag: str) -> None:
        """Hear an element end."""
        self._silence = 0
        if self._row is not None and self._depth == self._inside:
            self._found.append(self._row)
            self._row = None
        self._depth -= 1

    def close(self) -> None:
        """Hear the end."""


def _refuse(why: str) -> NoReturn:
    raise ValueError(why)
