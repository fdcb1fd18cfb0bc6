"""The scanner: a text, folded, cut from left to right into tokens by the rules of the vocabulary. Linear in time.

A rule is tried only where its first sign stands, its pattern has no unbounded repetition, and what no rule takes is one
sign of an unknown word. Spaces count for little: people on a phone leave them out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from onharu.records.medication.rules.sentences.tokens import Placed, Token, Unknown

_LOWER: Final = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_FOLDED: Final = str.maketrans(
    {"⁄": "/", "～": "~", "∼": "~", "〜": "~", "–": "~", "—": "~", "‐": "-", "−": "-", "：": ":"}
)
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_VULGAR: Final = re.compile("(?=[¼-¾⅐-⅞])")
_SPACES: Final = re.compile(r"\s+")
_APART: Final = frozenset(" ,.;:·/()[]{}~+&!?'\"|*-_→>=")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of saying something: where it may begin, its pattern, and what it means (None: not this after all).

    A `strong` rule is recognised inside a word that is not understood (혈압약아침); others only where a word begins.
    """

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Iterable[Token] | None]
    starts: str
    strong: bool = False


Vocabulary = Mapping[str, Sequence[Rule]]


def vocabulary(rules: Iterable[Rule]) -> Vocabulary:
    """Order rules by the sign they begin with, the first ones first."""
    table: dict[str, list[Rule]] = {}
    for rule in rules:
        for sign in dict.fromkeys(rule.starts):
            table.setdefault(sign, []).append(rule)
    return table


def folded(text: str) -> str:
    """Fold a text: full-width and composed signs to plain ones, one space between words, nothing unseen."""
    spaced = _VULGAR.sub(" ", text)
    plain = unicodedata.normalize("NFKC", spaced).translate(_FOLDED)
    seen = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in plain)
    return _SPACES.sub(" ", seen).strip()


def scan(text: str, words: Vocabulary) -> list[Placed]:
    """Cut a folded text into tokens; neighbours that are not understood are one."""
    low = text.translate(_LOWER)
    found: list[Placed] = []
    at = 0
    while at < len(low):
        taken = _taken(low, at, words, found)
        if taken is None:
            _unknown(low, at, found)
            at += 1
            continue
        tokens, end = taken
        found.extend(Placed(token, at, end) for token in tokens)
        at = end
    return found


def _taken(low: str, at: int, words: Vocabulary, found: Sequence[Placed]) -> tuple[tuple[Token, ...], int] | None:
    rules = words.get(low[at])
    after_unknown = bool(found) and found[-1].end == at and isinstance(found[-1].token, Unknown)
    if rules is None or (after_unknown and _inside(low, at)):
        return None
    glued = after_unknown and low[at - 1] not in _APART and not low[at].isdecimal()
    for rule in rules:
        match = rule.pattern.match(low, at) if rule.strong or not glued else None
        tokens = rule.read(match) if match is not None and match.end() > at else None
        if match is not None and tokens is not None:
            return tuple(tokens), match.end()
    return None


def _inside(low: str, at: int) -> bool:
    """Tell whether a letter or digit goes on a word or number that is not understood (B12, 1234567)."""
    sign, before = low[at], low[at - 1]
    if sign.isascii() and sign.isalpha():
        return before.isascii() and before.isalnum()
    if not sign.isdecimal():
        return False
    if before in "./":
        return low[at - 2 : at - 1].isdecimal()
    return before.isdecimal() or (before.isascii() and before.isalpha())


def _unknown(low: str, at: int, found: list[Placed]) -> None:
    last = found[-1] if found else None
    if last is not None and isinstance(last.token, Unknown) and last.end == at:
        found[-1] = Placed(last.token, last.start, at + 1)
    elif low[at] not in _APART:
        found.append(Placed(Unknown(), at, at + 1))
