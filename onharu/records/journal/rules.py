"""How hours are spelled before they are kept. Plain Python."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

LEAST, MOST = 1, 5
LONGEST_TEXT = 2000
LONGEST_NOTE = 1000
MOST_TAGS_OF_A_DAY = 20
QUARTERS_A_DAY = 96
QUARTER = Decimal("0.25")
USUAL_SLEEP = Decimal(7)
STEP = Decimal("0.5")

_DECIMAL = re.compile(r"(\d{1,2})(?:[.,](\d{1,3}))?")
_CLOCK = re.compile(r"(\d{1,2})\s*(?::|시간|h)\s*(?:(\d{1,2})\s*(?:분|m|min)?)?")


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
