"""Numbers as they are said: 3, 1.5, 1/2, 반, 한 두 세, 일 이 삼; spans of time as minutes. Patterns capture nothing."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

S: Final = " ?"  # one space at most: white space is folded before anything is read
DIGITS: Final = "0123456789"
NATIVE: Final[dict[str, int]] = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4, "다섯": 5, "여섯": 6,
    "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "열한": 11, "열두": 12, "열세": 13, "열네": 14, "열다섯": 15, "스무": 20,
}  # fmt: skip
_SINO: Final = "일이삼사오육칠팔구"
NUMERALS: Final = DIGITS + "한하두둘세셋석네넷넉다여일아열스이삼사오육칠팔구십"
_NATIVE_WORDS: Final = "|".join(sorted(NATIVE, key=len, reverse=True))
SINO_WORDS: Final = f"[{_SINO[1:]}]?십[{_SINO}]?|[{_SINO}]"
INT: Final = rf"(?:\d{{1,4}}|{_NATIVE_WORDS}|{SINO_WORDS})"
FRACTION: Final = r"\d{1,2}/\d{1,2}"
AMOUNT: Final = (
    rf"(?:\d{{1,3}}(?:{S}[과와]{S}| ){FRACTION}|{FRACTION}|\d{{1,5}}(?:\.\d{{1,3}})?|반|{_NATIVE_WORDS}|{SINO_WORDS})"
)
SPAN: Final = rf"(?:반{S}시간|{INT}{S}시간{S}반|{INT}{S}시간(?:{S}{INT}{S}분)?|{INT}{S}분(?!의))"
_SPAN: Final = re.compile(rf"(?:({INT}){S}시간)?{S}(?:({INT}){S}분|(반))?$")
_THOUSANDTH: Final = Decimal("0.001")


def whole(said: str) -> int:
    """Read a whole number: "3", "세", "십이". What is none is 0."""
    if said.isdecimal():
        return int(said)
    if said in NATIVE:
        return NATIVE[said]
    tens, ten, ones = said.rpartition("십")
    digits = {sign: value for value, sign in enumerate(_SINO, 1)}
    return (digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones, 0)


def amount_of(said: str) -> Decimal | None:
    """Read an amount: "1.5", "1/2", "1 1/2", "1과 1/2", "반", "두". Nothing and zero are None."""
    said = said.strip()
    if said == "반":
        return Decimal("0.5")
    if "/" in said:
        return _mixed(said)
    value = Decimal(said) if said[:1] in DIGITS else Decimal(whole(said))
    return value or None


def _mixed(said: str) -> Decimal | None:
    whole_part, above, below = (re.match(r"(?:(\d+)\D+)?(\d+)/(\d+)$", said) or re.match("()()()", "")).groups()  # type: ignore[union-attr]
    if not above or not int(below):
        return None
    value = Decimal(whole_part or 0) + (Decimal(above) / Decimal(below)).quantize(_THOUSANDTH, ROUND_HALF_UP)
    return value.normalize() or None


def minutes_of(said: str) -> int:
    """Read a span of time as minutes: "8시간", "1시간 30분", "한 시간 반", "삼십분", "반 시간"."""
    if said.replace(" ", "") == "반시간":
        return 30
    found = _SPAN.match(said.strip())
    if found is None:
        return 0
    hours, minutes, half = found.groups()
    return (whole(hours) * 60 if hours else 0) + (whole(minutes) if minutes else 0) + (30 if half else 0)
