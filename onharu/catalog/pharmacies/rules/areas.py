"""What a Korean address says: province, district, neighbourhood, and the building. Plain Python."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# The short names people use; provinces that were renamed keep one.
PROVINCES: Final = {
    "서울": "서울", "부산": "부산", "대구": "대구", "인천": "인천", "광주": "광주", "대전": "대전",
    "울산": "울산", "세종": "세종", "경기": "경기", "강원": "강원", "제주": "제주",
    "충청북": "충북", "충북": "충북", "충청남": "충남", "충남": "충남", "전라북": "전북", "전북": "전북",
    "전라남": "전남", "전남": "전남", "경상북": "경북", "경북": "경북", "경상남": "경남", "경남": "경남",
}  # fmt: skip
# Longer than any name of a place is.
LONGEST: Final = 40
_PROVINCE = re.compile(r"^(" + "|".join(PROVINCES) + r")(?:특별자치시|특별자치도|특별시|광역시|도|시)?$")
_DISTRICT = re.compile(r"^[가-힣]+[시군구]$")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)?")
_NEIGHBOURHOOD = re.compile(r"^[가-힣]+\d*[가-힣]*(?:동|읍|면|가|리)(?:\d+가)?$")
_RURAL = re.compile(r"^[가-힣]+\d*(?:읍|면)$")
_STREET = re.compile(r"(?<!\S)(\S+(?:로|길))\s*(지하)?\s*(\d+(?:-\d+)?)(?![\d가-힣]*(?:로|길))")
_LOT = re.compile(r"(?<!\S)([가-힣]+\d*(?:동|리|가))\s*(산)?\s*(\d+(?:-\d+)?)(?=번지|[\s,(]|$)")


@dataclass(frozen=True, slots=True)
class Parts:
    """Where an address lies. Empty: the address does not say. `building` is the same for two spellings of one house."""

    province: str = ""
    district: str = ""
    neighbourhood: str = ""
    building: str = ""


@lru_cache(maxsize=4096)
def province_in(word: str) -> str:
    """Return the short name of a province however it is written, "" for what is none: 서울특별시 is 서울."""
    found = _PROVINCE.match(word)
    return PROVINCES[found[1]] if found else ""


def parts_of(address: str) -> Parts:
    """Read an address such as 경기도 안양시 만안구 박달로 518, (박달동)."""
    text = " ".join(unicodedata.normalize("NFC", address).split())
    plain = text.partition("(")[0]
    words = plain.replace(",", " ").split()
    province = province_in(words[0]) if words else ""
    if not province:
        return Parts()
    district = " ".join(_leading_districts(words[1:3]))
    neighbourhood = _neighbourhood(text, words)[:LONGEST]
    return Parts(province, district[:LONGEST], neighbourhood, _building(province, district, plain)[: 3 * LONGEST])


def district_of(word: str, province: str) -> str:
    """Spell a district that a list writes in one word as an address would.

    부산금정구 is 금정구, and 안양만안구 is 안양시 만안구.
    """
    said = "".join(word.split())
    if province_in(said) == province == "세종":
        return ""
    if said == "부산진구":
        return said
    if len(said) > len(province) + 1 and said.startswith(province) and said[-1] in "구군":
        return said[len(province) :]
    found = re.fullmatch(r"(포항|수원|성남|안양|안산|고양|용인|청주|천안|전주|창원|부천|화성)(\S+구)", said)
    return f"{found[1]}시 {found[2]}" if found else said


def _leading_districts(words: list[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        if not _DISTRICT.match(word) or (found and not word.endswith("구")):
            break
        found.append(word)
    return found


def _neighbourhood(text: str, words: list[str]) -> str:
    for inside in _IN_BRACKETS.findall(text):
        for word in inside.replace(",", " ").split():
            if _NEIGHBOURHOOD.match(word):
                return str(word)
    rural = next((word for word in words[1:5] if _RURAL.match(word)), "")
    if rural:
        return rural
    lot = _LOT.search(" ".join(words))
    return lot[1] if lot and not lot[1].endswith("리") else ""


def _building(province: str, district: str, plain: str) -> str:
    found = _STREET.search(plain) or _LOT.search(plain)
    return f"{province} {district} {found[1]} {found[2] or ''}{found[3]}" if found else ""
