"""Names of substances made plain, so that two spellings of one salt meet. Plain Python."""

from __future__ import annotations

import re
import unicodedata

_DROPPED = re.compile(r"[\s·ㆍ․\-‐-―,./]+")
_CODED = re.compile(r"^\[(?P<code>[A-Z]\d{6})\](?P<name>.+)$")
# Words in brackets that say how a substance was prepared, not which one it is.
_PREPARED = re.compile(
    r"\((?:미분화|미분|과립|분말|건조|농축물|환원형|무수|비결정형|결정형|정제|직타용|제피|장용|서방)[^()]*\)"
)


def plain(name: str) -> str:
    """Make a substance's name plain: one spelling of letters, no spaces, marks, case or words of preparation."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _DROPPED.sub("", _PREPARED.sub("", folded))[:200]


def coded(part: str) -> tuple[str, str]:
    """Split "[M222864]셀레길린염산염" into its code and name; a part without a code has none."""
    found = _CODED.match(part.strip())
    return (found["code"], found["name"].strip()) if found else ("", part.strip())


def split_outside_brackets(text: str, mark: str = ",") -> tuple[str, ...]:
    """Split at a mark, but not within brackets: "효모(1,3-글루칸),아연" holds two substances."""
    parts, depth, begun = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter in "([") - (letter in ")]" and depth > 0)
        if letter == mark and depth == 0:
            parts.append(text[begun:place])
            begun = place + 1
    parts.append(text[begun:])
    return tuple(part.strip() for part in parts if part.strip())
