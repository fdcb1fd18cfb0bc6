"""A sentence cut into stretches, one a phase: at 처음 and 그다음, or where a taper is a row of amounts and lengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onharu.records.medication.rules.sentences.tokens import Dose, Lasts, Starts, Then, Token

Row = list[Token]


@dataclass(frozen=True, slots=True)
class Stretches:
    """What was said before the phases, and the phases. `staged`: phases were told apart, so a length is a phase's."""

    preamble: Row
    rows: list[Row]
    staged: bool


def stretches(tokens: Sequence[Token]) -> Stretches:
    """Cut tokens into what was said before the phases and the phases; without phases there is one row."""
    if any(isinstance(token, Then) for token in tokens):
        return _at_thens(tokens)
    taper = _taper(tokens)
    return Stretches([], taper or [list(tokens)], staged=taper is not None)


def _at_thens(tokens: Sequence[Token]) -> Stretches:
    rows: list[Row] = [[]]
    preamble: Row = []
    first = False
    for token in tokens:
        if not isinstance(token, Then):
            rows[-1].append(token)
        elif token.first and len(rows) == 1:
            preamble, rows, first = rows[0], [[]], True
        else:
            rows.append([])
    kept = [row for row in rows if _says_something(row)] or [[]]
    return Stretches(preamble, kept, staged=first or len(kept) > 1)


def _says_something(row: Row) -> bool:
    return any(not isinstance(token, Starts) for token in row)


def _taper(tokens: Sequence[Token]) -> list[Row] | None:
    """Cut "2정 3일 1정 4일" before each amount, "3일 2정 4일 1정" before each length."""
    heads = [token for token in tokens if isinstance(token, (Dose, Lasts))]
    lengths = sum(isinstance(token, Lasts) for token in heads)
    kinds = [type(token) for token in heads]
    if lengths < 2 or kinds != [kinds[0], Lasts if kinds[0] is Dose else Dose] * lengths:
        return None
    rows: list[Row] = []
    lead: Row = []
    for token in tokens:
        if type(token) is kinds[0]:
            rows.append([])
        (rows[-1] if rows else lead).append(token)
    rows[0] = lead + rows[0]
    return rows
