"""Phone numbers as official lists write them: what people can press, and whether two are one. Plain Python."""

from __future__ import annotations

import re
from typing import Final

# https://ko.wikipedia.org/wiki/대한민국의_전화번호_체계: one code for each province, by the short name.
AREA_CODES: Final = {
    "서울": "02", "경기": "031", "인천": "032", "강원": "033", "충남": "041", "대전": "042", "충북": "043",
    "세종": "044", "부산": "051", "울산": "052", "대구": "053", "경북": "054", "경남": "055", "전남": "061",
    "광주": "062", "전북": "063", "제주": "064",
}  # fmt: skip
_SIGNS = re.compile(r"[^0-9]")
_MORE = re.compile(r"[~,/].*$")
# "061-552-2460-1": also the next numbers; the first one is pressed.
_NEXT = re.compile(r"^(\d{2,4}-\d{3,4}-\d{4})-\d{1,3}$")
_LOCAL = re.compile(r"^\d{3,4}-?\d{4}$")
_REPRESENTATIVE = re.compile(r"^1[568]\d\d-?\d{4}$")
_WRITTEN = re.compile(r"^\+?[0-9().-]{8,19}$")
_NOBODY = re.compile(r"0{6,}$")
SHORTEST, LONGEST = 8, 12
# What is left of a number whose area code was not written or lost its zero.
LEAST_ALIKE = 7


def phone_in(cell: str, province: str = "") -> str:
    """Read a phone number as people write it; "" where the cell holds none that could be called.

    A number without its area code gets that of the province: it could not be called from a mobile phone.
    """
    said = _MORE.sub("", "".join(cell.split())).strip("-")
    said = _NEXT.sub(r"\1", said)
    if _LOCAL.match(said) and not _REPRESENTATIVE.match(said):
        code = AREA_CODES.get(province, "")
        said = f"{code}-{said}" if code else said
    said = _with_signs(said)
    number = digits(said)
    fits = SHORTEST <= len(number) <= LONGEST and _WRITTEN.match(said) and not _NOBODY.search(number)
    return said if fits else ""


def digits(phone: str) -> str:
    """Return the digits of a number."""
    return _SIGNS.sub("", phone)


def same_phone(one: str, other: str) -> bool:
    """Tell whether two runs of digits are one number; an area code that only one of them has does not matter."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= LEAST_ALIKE and longer.endswith(shorter)


def _with_signs(said: str) -> str:
    """Put hyphens into a bare run of digits, as people would."""
    if not said.isdigit() or not said.startswith("0"):
        return said
    code = 2 if said.startswith("02") else 4 if said.startswith("050") else 3
    return f"{said[:code]}-{said[code:-4]}-{said[-4:]}" if len(said) > code + 6 else said
