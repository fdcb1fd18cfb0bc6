"""Korean particles (조사) that depend on how the word before them ends: 밥을 and 배추를, 김치로 and 밥으로."""

from __future__ import annotations

import re
from typing import Final

from onharu.names.hangul import CODAS, is_syllable, nfc

_FIRST: Final = 0xAC00
_ASIDE: Final = re.compile(r"\s*\([^()]*\)\s*$")
# How digits (영 일 이 …) and the names of letters (엘, 엠, 엔, 알) end.
_SPOKEN_CODA: Final[dict[str, str]] = {
    **dict(zip("0123456789", ("ㅇ", "ㄹ", "", "ㅁ", "", "", "ㄱ", "ㄹ", "ㄹ", ""), strict=True)),
    "l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ", "%": "",
}  # fmt: skip


def particle(word: str, pair: str) -> str:
    """Choose from a pair written "with coda/without": after 밥, "을/를" is "을".

    ㄹ counts as open for 으로/로 (물로). What stands in brackets at the end is not read. A word that does not
    end in a syllable, a digit or a letter takes both: "을(를)".
    """
    closed, opened = pair.split("/")
    coda = _coda(word)
    if coda is None:
        return f"{closed}({opened})"
    if coda == "ㄹ" and pair == "으로/로":
        return opened
    return closed if coda else opened


def with_particle(word: str, pair: str) -> str:
    """Write the word with its particle: 김치찌개 and "으로/로" make "김치찌개로"."""
    return word + particle(word, pair)


def _coda(word: str) -> str | None:
    spoken = _ASIDE.sub("", nfc(word)).rstrip(" .,!?'\"’”")
    last = spoken[-1:].lower()[:1]
    if last and is_syllable(last):
        coda: str = CODAS[(ord(last) - _FIRST) % len(CODAS)]
        return coda
    if last.isascii() and last.isalpha():
        return _SPOKEN_CODA.get(last, "")
    return _SPOKEN_CODA.get(last)
