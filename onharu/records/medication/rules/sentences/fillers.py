"""Words that add nothing to a schedule, and slips of the thumb with what was meant."""

# ruff: noqa: E501  # one way of saying a thing stands on one line; a Korean letter counts for two
from __future__ import annotations

import re
from typing import Final

from onharu.records.medication.rules.sentences.numerals import S
from onharu.records.medication.rules.sentences.scanning import Rule
from onharu.records.medication.rules.sentences.tokens import Filler

_VERBS: Final = (
    rf"복용(?:해{S}주세요|하세요|하십시오|합니다|하시면{S}됩니다|해요|하기|하고|해야{S}함|하는|할{S}것|법|량)?|투여(?:함|합니다|하세요)?|투약"
    rf"|드세요|드십시오|드시고|드시면{S}됩니다|드립니다|드실{S}것|먹어요|먹어야{S}해요?|먹어|먹으세요|먹기|먹는다|먹습니다|먹음|먹고|먹는|먹을"
    rf"|주세요|주십시오|주사(?:하세요)?|맞기|맞아요|맞고|하세요|하십시오|합니다|해요|하고|입니다|이에요|예요|이요"
    rf"|점안(?:하세요|합니다)?|점이|점비|도포(?:하세요)?|바르세요|바르기|바르고|발라요|뿌리세요|붙이세요|붙이기|붙여요|삽입|넣으세요|넣기|넣고|흡입(?:하세요|합니다)?"
)
_PARTICLES: Final = "씩만|씩을|씩|으로만|에만|만|에는|에도|에|을|를|은|는|이고|이며|이나|도|으로|로|마다|와|과|랑|의|하고|쯤|정도|경|간|이|가|약|요|용|동안"
_WORDS: Final = "그리고|또는|각각|매회|매번|꼭|분량|번갈아|용량|용법|고르게|나누어서?|나눠서?|분복|동안|한 ?번에"
_LOOSE: Final = r"및|총(?= ?\d)|각(?= ?\d)|깨어 ?있는 ?(?:시간|동안)(?:에)?"
# A particle stands right after a word that is understood; other words stand alone: 가스모틴, 이부프로펜 and 총명탕 are names.
RULES: Final = (
    Rule(
        re.compile(f"(?:{_VERBS})(?![가-힣])|(?<=[^ ])(?:{_VERBS})"),
        lambda _: (Filler(),),
        "복투드먹주맞하합해입이예점도바발뿌붙삽넣흡",
    ),
    Rule(re.compile(f"(?:{_WORDS})(?![가-힣])|(?:{_LOOSE})"), lambda _: (Filler(),), "그또각매꼭분번용고나동한및총깨"),
    Rule(
        re.compile(f"(?<=[^ ])(?:{_PARTICLES})"),
        lambda _: (Filler(),),
        "씩으에만을를은는이도로마와과랑의하쯤정경간가약요용동",
    ),
    Rule(re.compile(r"(?:p\.?o\.?|take|and|for|each|daily|times?|at|every)(?![a-z])"), lambda _: (Filler(),), "ptafed"),
)
# What a thumb makes of a word on a small keyboard. Read only where the word stands as it is here.
SLIPS: Final = {
    "식휴": "식후", "식호": "식후", "시쿠": "식후", "싯후": "식후", "식젼": "식전", "식잔": "식전", "아짐": "아침", "아칭": "아침",
    "아참": "아침", "저넉": "저녁", "저녘": "저녁", "져녁": "저녁", "점십": "점심", "정심": "점심", "하로": "하루", "하류": "하루",
    "취짐": "취침", "췸침": "취침", "매알": "매일", "켑슐": "캡슐", "캅셀": "캡슐", "캡술": "캡슐", "머고": "먹고", "먹꼬": "먹고",
    "공뵥": "공복", "격알": "격일",
}  # fmt: skip
_SLIP: Final = re.compile(
    rf"(?<![가-힣])(?:{'|'.join(SLIPS)})|(?<=[\d 침심녁정씩분간회번루일후전])(?:{'|'.join(SLIPS)})"
)


def mended(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Put right what a thumb slipped on: the text, as long as it was, and each slip with what was read."""
    slips = tuple(dict.fromkeys((found[0], SLIPS[found[0]]) for found in _SLIP.finditer(text)))
    return _SLIP.sub(lambda found: SLIPS[found[0]], text), slips
