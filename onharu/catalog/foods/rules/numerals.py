"""Numbers as Korean meals are counted: 두, 반, 한 개 반, 1/2, 1½, 두세, 일인분."""

from __future__ import annotations

import re
from decimal import Decimal

NATIVE = {
    "한": "1", "하나": "1", "두": "2", "둘": "2", "세": "3", "셋": "3", "석": "3", "서": "3", "네": "4", "넷": "4",
    "넉": "4", "너": "4", "다섯": "5", "닷": "5", "여섯": "6", "엿": "6", "일곱": "7", "여덟": "8", "여덜": "8",
    "아홉": "9", "열": "10", "열하나": "11", "열한": "11", "열두": "12", "열둘": "12", "열세": "13", "열네": "14",
    "열다섯": "15", "열여섯": "16", "열일곱": "17", "열여덟": "18", "열아홉": "19", "스무": "20", "스물": "20",
    "서른": "30", "반": "0.5",
}  # fmt: skip
# "두세 개" is said by somebody who did not count: the middle, and a guess.
ABOUT = {
    "한두": "1.5", "두세": "2.5", "두어": "2", "서너": "3.5", "너댓": "4.5", "네다섯": "4.5", "대여섯": "5.5",
    "예닐곱": "6.5", "몇": "3",
}  # fmt: skip
SINO = {"일": "1", "이": "2", "삼": "3", "사": "4", "오": "5", "육": "6", "칠": "7", "팔": "8", "구": "9", "십": "10"}
VULGAR = {"½": "0.5", "⅓": "0.333", "⅔": "0.667", "¼": "0.25", "¾": "0.75", "⅛": "0.125"}
THOUSANDTH = Decimal("0.001")


def _any_of(words: dict[str, str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


VULGAR_SIGNS = "".join(VULGAR)
DIGITS = (
    rf"\d{{1,6}}\s?[{VULGAR_SIGNS}]|[{VULGAR_SIGNS}]|\d{{1,4}}\s\d{{1,3}}/\d{{1,3}}|\d{{1,4}}/\d{{1,3}}"
    r"|\d[\d,]{0,8}(?:\.\d{1,4})?|\.\d{1,4}"
)
WORDS = f"{_any_of(ABOUT)}|{_any_of(NATIVE)}"
# Number words that stand without a counter: 사과 하나, 밥 반.
COUNTED = "하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열|반"
SINO_WORDS = _any_of(SINO)


def is_vague(text: str) -> bool:
    """Tell whether a number word only says "about"."""
    return text.strip() in ABOUT


def number_of(text: str) -> Decimal | None:
    """Read one number as people write it; None when it is none, or is a division by zero."""
    text = text.strip()
    for words in (NATIVE, ABOUT, SINO, VULGAR):
        if text in words:
            return Decimal(words[text])
    if text[-1:] in VULGAR:
        return Decimal(text[:-1].strip()) + Decimal(VULGAR[text[-1]])
    if "/" in text:
        return _fraction(text)
    try:
        return Decimal(text.replace(",", ""))
    except ArithmeticError:
        return None


def _fraction(text: str) -> Decimal | None:
    whole, _, fraction = text.rpartition(" ")
    top, _, bottom = fraction.partition("/")
    if Decimal(bottom) == 0:
        return None
    return (Decimal(whole or 0) + Decimal(top) / Decimal(bottom)).quantize(THOUSANDTH)
