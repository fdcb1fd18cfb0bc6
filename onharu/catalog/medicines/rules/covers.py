"""What a DUR code covers: the salts that rows on a single substance list, and the substance by its own name.

A row on a compound lists the salts of all its parts together. It says what a code covers only where no row does so
on the substance alone, and then only by names: a salt belongs to the part whose name it holds. Plain Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onharu.catalog.medicines.rules.rows import DurRow
from onharu.catalog.medicines.rules.salts import plain

_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[a-z]")
# Marks of a name that tells of several substances at once.
_SEVERAL = re.compile(r"[·ㆍ∙/]")


@dataclass(frozen=True, slots=True)
class Cover:
    """One substance that a code covers; `m_code` is empty where only its name is known."""

    code: str
    key: str
    m_code: str
    name: str


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a row: a substance, or a compound by its first substance with its other parts."""

    code: str
    name: str
    salts: tuple[tuple[str, str], ...]
    compound: bool
    parts: tuple[tuple[str, str], ...]

    @property
    def own(self) -> tuple[tuple[str, str], ...]:
        """The codes of the side, each with the name of its substance."""
        return tuple((code, name) for code, name in ((self.code, self.name), *self.parts) if code and plain(name))


def is_compound(said: str, parts: tuple[tuple[str, str], ...]) -> bool:
    """Tell whether a side is on a compound: by the source's word for it, or by its parts."""
    return said == "복합" or bool(parts)


def korean(name: str) -> str:
    """Read the Korean name of "Oteracil(오테라실)"; a name that begins in Korean is one already."""
    opened = _opening_of_last_bracket(name)
    inside = name[opened + 1 : -1]
    return inside if opened > 0 and _HANGUL.search(inside) and not _HANGUL.search(name[:opened]) else name


def covers(rows: Iterable[DurRow]) -> list[Cover]:
    """List what the codes of the rows cover, each once."""
    sides = [side for row in rows for side in _sides(row)]
    said = {side.code for side in sides if not side.compound and side.salts}
    found: dict[tuple[str, str, str], Cover] = {}
    for side in sides:
        for code, m_code, name in (*_listed(side, said), *((code, "", name) for code, name in side.own)):
            cover = Cover(code, plain(name), m_code, name[:200])
            found.setdefault((cover.code, cover.key, cover.m_code), cover)
    return list(found.values())


def _sides(row: DurRow) -> tuple[_Side, ...]:
    one = _Side(row.code, row.name, row.salts, row.compound, row.parts)
    other = _Side(row.partner_code, row.partner_name, row.partner_salts, row.partner_compound, row.partner_parts)
    return tuple(side for side in (one, other) if side.code)


def _listed(side: _Side, said: set[str]) -> Iterator[tuple[str, str, str]]:
    """List the salts that a side tells of, each with its code."""
    for m_code, salt in side.salts:
        code = _part_of(salt, side.own) if side.compound else side.code
        if code and plain(salt) and not (side.compound and code in said):
            yield code, m_code, salt


def _part_of(salt: str, own: Iterable[tuple[str, str]]) -> str:
    """Tell which part a salt is of: the one with the longest name within the salt's; "" when that cannot be told."""
    if _SEVERAL.search(salt):
        return ""
    fitting = {(len(plain(name)), code) for code, name in own if _holds(plain(salt), plain(name))}
    longest = max((length for length, _ in fitting), default=0)
    codes = {code for length, code in fitting if length == longest}
    return codes.pop() if len(codes) == 1 else ""


def _holds(salt: str, name: str) -> bool:
    """Whether a plain name lies within another, but not L-methionine within DL-methionine."""
    place = salt.find(name)
    return place >= 0 and not (place and _LATIN.match(name) and _LATIN.match(salt[place - 1]))


def _opening_of_last_bracket(name: str) -> int:
    """Find where the bracket opens that a name ends with; -1 when it does not end with one."""
    depth = 0
    for place in range(len(name) - 1, -1, -1):
        depth += (name[place] == ")") - (name[place] == "(")
        if depth == 0:
            return place if name.endswith(")") else -1
    return -1
