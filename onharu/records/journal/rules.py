"""How words, hours and tags are spelled before they are kept. Plain Python."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

LEAST, MOST = 1, 5
LONGEST_TEXT = 2000
LONGEST_NOTE = 1000
LONGEST_TAG = 30
MOST_TAGS_OF_A_DAY = 20
MOST_TAGS = 200
QUARTERS_A_DAY = 96
QUARTER = Decimal("0.25")
USUAL_SLEEP = Decimal(7)
STEP = Decimal("0.5")

# Everything that is no letter, line or tab; direction marks could make a text look like another.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DECIMAL = re.compile(r"(\d{1,2})(?:[.,](\d{1,3}))?")
_CLOCK = re.compile(r"(\d{1,2})\s*(?::|시간|h)\s*(?:(\d{1,2})\s*(?:분|m|min)?)?")


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


def quarters_of(hours: Decimal | None) -> int | None:
    """Count the quarter hours of a time asleep; None when it is unknown, no whole number of them, or over a day."""
    if hours is None or not hours.is_finite():
        return None
    quarters = hours / QUARTER
    return int(quarters) if quarters == quarters.to_integral_value() and 0 <= quarters <= QUARTERS_A_DAY else None


def hours_of(quarters: int | None) -> Decimal | None:
    """Tell quarter hours as hours; unknown stays unknown."""
    return None if quarters is None else quarters * QUARTER


def hours_said(text: str) -> Decimal | None:
    """Read a time asleep as people write it ("7.5", "7,5", "7:30", "7시간 30분"), to the nearest quarter hour.

    None for what is no time asleep or longer than a day.
    """
    said = unicodedata.normalize("NFKC", text).strip()
    if match := _DECIMAL.fullmatch(said):
        hours = Decimal(f"{match[1]}.{match[2] or 0}")
    elif (match := _CLOCK.fullmatch(said)) and int(match[2] or 0) < 60:
        hours = int(match[1]) + Decimal(match[2] or 0) / 60
    else:
        return None
    quarters = (hours / QUARTER).quantize(Decimal(1), ROUND_HALF_UP)
    return hours_of(int(quarters)) if quarters <= QUARTERS_A_DAY else None


def hours_stepped(hours: Decimal | None, *, up: bool) -> Decimal:
    """Tell the time asleep one press of − or ＋ later: half an hour, within a day; the first press says seven hours."""
    if hours is None:
        return USUAL_SLEEP
    return min(max(hours + (STEP if up else -STEP), Decimal(0)), QUARTERS_A_DAY * QUARTER)


def in_steps(value: int) -> bool:
    """Whether a mood, a condition or a rating is one of the five steps."""
    return LEAST <= value <= MOST
