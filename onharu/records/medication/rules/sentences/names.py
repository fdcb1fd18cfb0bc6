"""The name at the front of a sentence, and the words that were not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onharu.records.medication.rules.sentences.tokens import Filler, Placed, Strength, Unknown

LONGEST_NAME: Final = 200
_EDGES: Final = " ,.;:·/()[]{}~+&!?'\"|*-_=>"
_LETTER: Final = re.compile(r"[^\W\d_]")
_SIGN: Final = re.compile(r"[^\W_]")


def name_of(text: str, placed: Sequence[Placed]) -> str:
    """Take the words before the first one that is understood as a name; a particle at its end is left out."""
    last = _named(placed)
    if not last:
        return ""
    name = text[placed[0].start : placed[last - 1].end].strip(_EDGES.replace("(", "").replace(")", ""))
    name = _plain(name)
    return name if len(name) <= LONGEST_NAME and _LETTER.search(name) else ""


def rest_of(text: str, placed: Sequence[Placed]) -> str:
    """Join the words that were not understood and are no name."""
    start = _named(placed) if name_of(text, placed) else 0
    words = (
        text[one.start : one.end].strip(_EDGES) for one in placed[start:] if isinstance(one.token, (Unknown, Strength))
    )
    return " ".join(word for word in words if _SIGN.search(word))


def _named(placed: Sequence[Placed]) -> int:
    """Count the tokens of a name at the front: unknown words, with a strength in or after them."""
    count = 0
    for one in placed:
        if isinstance(one.token, Unknown) or (count and isinstance(one.token, Strength)):
            count += 1
        elif not (count and isinstance(one.token, Filler) and _goes_on(placed, count)):
            break
        else:
            count += 1
    return count


def _goes_on(placed: Sequence[Placed], at: int) -> bool:
    """Tell whether a word like 약 or 의 stands inside a name: letters follow it at once."""
    after = placed[at + 1] if at + 1 < len(placed) else None
    return after is not None and isinstance(after.token, (Unknown, Strength)) and after.start == placed[at].end


def _plain(name: str) -> str:
    """Leave out 을, 를, 은, 는 where it is a particle: it agrees with how the word before it ends."""
    if len(name) < 3 or name[-1] not in "을를은는" or not "가" <= name[-2] <= "힣":
        return name
    closed = (ord(name[-2]) - ord("가")) % 28 != 0
    return name[:-1].rstrip() if closed == (name[-1] in "을은") else name
