"""How notes and tags are spelled before they are kept, and how many there may be. Plain Python."""

from __future__ import annotations

import re
import unicodedata

LONGEST_NOTE = 1000
LONGEST_TAG = 30
MOST_TAGS_OF_A_SCRAP = 10
MOST_TAGS = 200
MOST_SCRAPS = 500
KEPT_VIEWS = 50
MOST_COMPARED = 50
ITEM_SEQ = re.compile(r"[0-9]{9}", re.ASCII)

# Everything that is no letter, line or tab; direction marks could make a text look like another.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def text_spelling(text: str) -> str:
    """Spell free text the one way it is kept: NFC, lines end in LF, nothing invisible, no space around it."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", lines).strip()


def tag_name(text: str) -> str:
    """Spell a tag as it is shown: one line, single spaces, without the # that people type before it."""
    return " ".join(text_spelling(text).split()).lstrip("#").strip()


def tag_spelling(name: str) -> str:
    """Spell a tag as it is compared: ＴＡＧ, #tag and Tag are one; spaces inside do not tell tags apart."""
    folded = unicodedata.normalize("NFKC", tag_name(name)).casefold()
    return "".join(unicodedata.normalize("NFKC", folded).split()).lstrip("#")


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
