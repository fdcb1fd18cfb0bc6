"""Reads JSON that somebody else made, one object at a time: a file of any length takes the memory of one row.

What JSON does not have is refused: NaN, Infinity, numbers that are too large to be any, half a letter, and a name said
twice, of which every reader believes another one.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator
from typing import IO, Any, NoReturn

from onharu.kernel.problems import Invalid

CHUNK = 1 << 16
MOST_VALUE = 1 << 20  # letters of one row
DEEPEST = 32
BLANK = " \t\r\n"


class Unfit(ValueError):
    """The text is JSON to some readers, and not what a row may be."""


class TooLong(Unfit):
    """One value goes on for longer than a row may."""


class Objects:
    """A file of JSON under way. `levels` names the keys of an answer that lead to its rows: `body`, `items`, `item`."""

    def __init__(self, file: IO[str], levels: Collection[str] = ()) -> None:
        self._file, self._levels = file, frozenset(levels)
        self._text, self._at, self._over = "", 0, False
        self._decoder = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_none, parse_float=_finite)

    def rows(self) -> Iterator[Any]:
        """Yield the rows of a list, of an answer, or of several one after another. Raises Invalid."""
        try:
            while sign := self._sign():
                if sign == ",":
                    self._at += 1
                else:
                    yield from self._rows_here(0)
        except (ValueError, RecursionError) as error:
            raise broken(error) from error

    def tables(self, key: str) -> Iterator[tuple[str, Any]]:
        """Yield the members of one object: of `key` each (name, row), of every other key ("", {key: value}).

        A name of an empty list comes with None. Raises Invalid.
        """
        try:
            for name in self._names():
                if name != key:
                    yield "", {name: self._value()}
                    continue
                for table in self._names():
                    if self._sign() != "[":
                        raise Unfit("a table is a list")
                    yield table, None
                    yield from ((table, row) for row in self._rows_here(0))
            if self._sign():
                raise Unfit("more than one object")
        except (ValueError, RecursionError) as error:
            raise broken(error) from error

    def _rows_here(self, depth: int) -> Iterator[Any]:
        """Yield the rows of what begins here."""
        if depth > DEEPEST:
            raise Unfit("too deep")
        if self._sign() == "[":
            for _ in self._parts("[", "]"):
                if self._levels and self._sign() in {"[", "{"}:
                    yield from self._rows_here(depth + 1)
                else:
                    yield self._value()
        else:
            yield from self._rows_of_object(depth)

    def _rows_of_object(self, depth: int) -> Iterator[Any]:
        try:
            whole = self._value()
        except TooLong:
            for name in self._names():
                if name in self._levels:
                    yield from self._rows_here(depth + 1)
                else:
                    self._value()
        else:
            yield from self._rows_within(whole)

    def _rows_within(self, value: Any) -> Iterator[Any]:
        """Find the rows in a value: `items.item` is a list, or one object where there is one row."""
        if isinstance(value, list) and self._levels:
            for one in value:
                yield from self._rows_within(one) if isinstance(one, (dict, list)) else (one,)
        elif isinstance(value, dict) and (named := [level for level in value if level in self._levels]):
            yield from self._rows_within(value[named[0]])
        elif isinstance(value, dict) and not (self._levels and "header" in value):
            yield value

    def _names(self) -> Iterator[str]:
        """Yield the names of an object, each standing before its value."""
        said: set[str] = set()
        for _ in self._parts("{", "}"):
            name = self._value()
            if not isinstance(name, str) or name in said or self._sign() != ":":
                raise Unfit("a name that is none, or is said twice")
            said.add(name)
            self._at += 1
            yield name

    def _parts(self, begin: str, end: str) -> Iterator[None]:
        """Go through what stands between brackets, standing before each part."""
        if self._sign() != begin:
            raise Unfit(f"{begin} was expected")
        self._at += 1
        if self._sign() == end:
            self._at += 1
            return
        while True:
            yield
            sign = self._sign()
            self._at += 1
            if sign == end:
                return
            if sign != ",":
                raise Unfit(f"{end} was expected")

    def _sign(self) -> str:
        """Look at the next sign that is no blank; "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in BLANK:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def _value(self) -> Any:
        """Read one whole value."""
        self._sign()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if not self._more():
                    raise
                continue
            if end < len(self._text) or not self._more():  # a number at the edge may go on
                if r"\u" in self._text[self._at : end]:
                    _hold_letters(value)
                self._at = end
                return value

    def _more(self) -> bool:
        if self._over:
            return False
        if len(self._text) - self._at > MOST_VALUE:
            raise TooLong("one value goes on for too long")
        # Twice as much each time: what was not whole is read again from its beginning.
        chunk = self._file.read(max(CHUNK, len(self._text) - self._at))
        self._over = not chunk
        self._text, self._at = self._text[self._at :] + chunk, 0
        return not self._over


def broken(error: Exception) -> Invalid:
    """Say that a file of JSON cannot be read, and why."""
    why = str(error)[:120]
    return Invalid("broken_table", f"JSON 파일을 읽을 수 없어요: {why}", f"Not readable JSON: {why}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unfit("a name is said twice")
    return found


def _hold_letters(value: Any) -> None:
    r"""Refuse half a letter: "\ud800" is a legal escape, and no text that can be written down."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise Unfit("half a letter") from error


def _none(word: str) -> NoReturn:
    raise Unfit(f"{word} is no number of JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise Unfit("a number is too large")
    return number
