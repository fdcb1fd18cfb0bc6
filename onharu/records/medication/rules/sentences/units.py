"""What a dose is counted in: the words for it, read and said. Codes are those of `Regimen.Unit`."""

# one way of saying a thing stands on one line; a Korean letter counts for two
from __future__ import annotations

import re
from typing import Final

from onharu.records.medication.rules.sentences.numerals import S

_LATIN_END: Final = r"(?![a-z])"
_STOP: Final = r"(?=씩|[^가-힣]|$)"
UNIT_WORDS: Final[tuple[tuple[str, str | None], ...]] = (
    (rf"(?:번|회){S}(?:씩{S})?(?:흡입|분무|뿌리기|뿌려|뿌림)", "puff"),
    (r"흡입", "puff"),
    (rf"(?:puffs?|inh){_LATIN_END}|퍼프", "puff"),
    (r"회분|번분", "time"),
    (
        rf"알약|알|정제|정(?![도오기확상량신해])|(?:tablets?|tabs?|t)(?![a-z])|t(?={S}(?:qd|bid|tid|qid|q\d|hs|pc|ac|prn|po))",
        "tablet",
    ),
    (rf"캡슐|캡|(?:capsules?|caps?|c){_LATIN_END}", "capsule"),
    (rf"봉지|봉|포(?!함)|팩|(?:packets?|pkg|pk|p){_LATIN_END}", "packet"),
    (rf"(?:ml|cc){_LATIN_END}|밀리리터|밀리(?!그)|미리(?!그)|시시", "ml"),
    (rf"방울|(?:drops?|gtts?){_LATIN_END}", "drop"),
    (rf"단위|유닛|(?:units?|iu|u){_LATIN_END}", "unit"),
    (rf"매(?!일|주|월|달|년|회|식|끼|{S}식|{S}끼)|장(?!기)|패치|patch(?:es)?{_LATIN_END}", "patch"),
    (rf"앰플|앰풀|바이알|(?:ampoules?|amps?){_LATIN_END}", "ampoule"),
    (r"쪽", "tablet"),
    (r"개(?!월)|병", None),
    (rf"{_STOP}(?=씩)", None),
)
UNIT: Final = "(?:" + "|".join(f"(?:{words})" for words, _ in UNIT_WORDS) + ")"
_CODES: Final = tuple((re.compile(rf"(?:{words})"), code) for words, code in UNIT_WORDS)
KOREAN: Final[dict[str | None, str]] = {
    "tablet": "정", "capsule": "캡슐", "packet": "포", "ml": "ml", "drop": "방울", "puff": "번 흡입", "unit": "단위",
    "patch": "매", "ampoule": "앰플", "time": "회분", None: "개",
}  # fmt: skip
ENGLISH: Final[dict[str | None, tuple[str, str]]] = {
    "tablet": ("tablet", "tablets"), "capsule": ("capsule", "capsules"), "packet": ("packet", "packets"),
    "ml": ("ml", "ml"), "drop": ("drop", "drops"), "puff": ("puff", "puffs"), "unit": ("unit", "units"),
    "patch": ("patch", "patches"), "ampoule": ("ampoule", "ampoules"), "time": ("dose", "doses"), None: ("", ""),
}  # fmt: skip


def unit_of(said: str) -> str | None:
    """Read a unit; what counts nothing in particular (개) is None."""
    for pattern, code in _CODES:
        if pattern.match(said):
            return code
    return None
