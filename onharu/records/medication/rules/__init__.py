"""How notes and tags are spelled before they are kept, and how many there may be. Plain Python."""

from __future__ import annotations

import re

from onharu.kernel.spelling import tag_name, tag_spelling, text_spelling

LONGEST_NOTE = 1000
MOST_TAGS_OF_A_SCRAP = 10
MOST_SCRAPS = 500
KEPT_VIEWS = 50
MOST_COMPARED = 50
ITEM_SEQ = re.compile(r"[0-9]{9}", re.ASCII)
NINE_DIGITS = r"\A[0-9]{9}\Z"


def tags_typed(text: str) -> list[str]:
    """Read tags from one line, split by commas or by #; each once, as first written."""
    found: dict[str, str] = {}
    for part in re.split(r"[,#\n，、]", text_spelling(text)):
        if spelling := tag_spelling(part):
            found.setdefault(spelling, tag_name(part))
    return list(found.values())


def is_item_seq(text: str) -> bool:
    """Whether a text can be the number of a product."""
    return ITEM_SEQ.fullmatch(text) is not None


def ages_of(counted: int | None) -> tuple[int, int] | None:
    """Tell the two ages in full years that somebody may have whose year of birth alone is known.

    `counted` is the age that is reached in this calendar year; before the birthday it is one less.
    """
    return None if counted is None else (max(0, counted - 1), counted)
