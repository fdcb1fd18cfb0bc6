"""How free text and tags are spelled before they are kept. Plain Python."""

from __future__ import annotations

import re
import unicodedata

LONGEST_TAG = 30
MOST_TAGS = 200

# Everything that is no letter, line or tab; direction marks could make a text look like another.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def text_spelling(text: str) -> str:
    """Spell free text the one way it is kept: NFC, lines end in LF, nothing invisible, no space around it."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", lines).strip()


def tag_name(text: str) -> str:
    """Spell a tag as it is shown: one line, single spaces, without the # that people type before it."""
    return " ".join(text_spelling(text).split()).lstrip("# ")


def tag_spelling(name: str) -> str:
    """Spell a tag as it is compared: ＴＡＧ, #tag and Tag are one; spaces inside do not tell tags apart."""
    folded = unicodedata.normalize("NFKC", tag_name(name)).casefold()
    return "".join(unicodedata.normalize("NFKC", folded).split()).lstrip("#")
