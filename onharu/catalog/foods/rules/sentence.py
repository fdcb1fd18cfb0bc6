"""Reads a meal as people write it: `김치찌개 한 그릇이랑 밥 반 공기, 계란 2개`.

Names come out as written; what they mean on the shelf (and their typos) is the search's business. Nothing is
invented: a name without an amount has quantity 1 and no unit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from onharu.catalog.foods.rules.numerals import COUNTED, DIGITS, SINO_WORDS, WORDS, is_vague, number_of

LONGEST_TEXT = 2000
MOST_ROWS = 40
ONE = Decimal(1)
COUNTERS: Final = (
    "테이블스푼", "찻숟가락", "밥숟가락", "티스푼", "숟가락", "작은술", "큰술", "뚝배기", "슬라이스", "스푼",
    "스쿱", "숟갈", "수저", "공기", "그릇", "대접", "사발", "접시", "인분", "조각", "토막", "덩이", "덩어리",
    "송이", "봉지", "뿌리", "마리", "포기", "가닥", "꼬치", "젓가락", "주먹", "머그", "글라스", "피스", "다리",
    "세트", "개입", "박스", "상자", "도시락", "바구니", "움큼", "모금", "개", "알", "쪽", "장", "줄", "잔",
    "컵", "캔", "병", "팩", "통", "모", "톨", "점", "대", "줌", "입", "판", "샷", "매", "봉", "포", "술", "단",
    "근", "쌍",
)  # fmt: skip
MEASURES: Final = (
    "킬로그램", "밀리리터", "그램", "그람", "킬로", "밀리", "미리", "리터", "시시", "kg", "mg", "ml", "cc",
    "dl", "g", "l",
)  # fmt: skip
# Names that look like a number word with a counter, or like a noun with a particle.
WHOLE_NAMES: Final = ("닭한마리", "세발나물", "한우", "반건조", "삼각김밥")
NOT_A_PARTICLE: Final = ("약과", "한과", "견과", "정과", "건과", "유과", "열과", "제과", "다과", "마늘")
_UNIT = "|".join(sorted((*COUNTERS, *MEASURES), key=len, reverse=True))
_AFTER = r"(?:씩|정도|쯤|가량|만|짜리|째)*"
_JOIN = r"(?:이랑|랑|하고|와|과|을|를|은|는|의|도|에)?"
_END = r"(?=[\s()\[\],]|$)"
_HALF = r"(?P<half>\s*반(?![가-힣]))?"
QUANTITY: Final = re.compile(
    rf"""
      (?P<times>[x×*]\s*(?P<times_n>{DIGITS}){_END})
    | (?P<n>(?<!\d)(?:{DIGITS})|{WORDS})\s*(?P<unit>{_UNIT}){_HALF}{_AFTER}{_JOIN}{_END}
    | (?P<sino>{SINO_WORDS})\s?(?P<sino_unit>인분){_AFTER}{_JOIN}{_END}
    | (?<=\s)(?P<bare>{DIGITS}|{COUNTED}){_AFTER}{_JOIN}(?=[)\]]|\s*$)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BREAKS = re.compile(
    r"(?:^|\s)\d{1,2}[.)]\s|[\n;、·ㆍ，&+]+|(?<!\d)[.,/]|[.,/](?!\d)|\s(?:그리고|또|및)\s"
    r"|(?:을|를)?\s*(?:먹고|마시고|먹은\s*뒤|먹은\s*다음|먹었고)(?=\s|$)"
    r"|(?<=[가-힣])(?<!아침|점심|저녁|간식|야식|후식|식사)에\s+(?=밥|소주|맥주|막걸리|김치|커피|우유|빵)"
    r"|(?<=[가-힣0-9a-zA-Z)])(?:하고|이랑|에다가?)\s|(?<=[0-9a-zA-Z)])(?:와|과|랑)\s"
)
_JOINED = re.compile(r"(?P<noun>\S*(?P<last>[가-힣]))(?P<particle>랑|와|과)\s")
_VERB = re.compile(
    r"\s*(?:먹었|먹음|먹어|먹는|먹을|먹은|마셨|마심|마신|마셔|드셨|섭취|해치웠|시켜|시켰|추가|간단히|이요$|요$|입니다)"
    r"\S*(?:\s중)?$"
)
_NOT_EATEN = re.compile(r"\s(?:안|못)\s(?:먹|마)\S*$")
_WHEN = re.compile(
    r"^(?:(?:나|나는|난|저|저는|전|우리)\s)?"
    r"(?:(?:오늘|어제|그제|아까|방금|지금)(?:은|의)?\s)?"
    r"(?:(?:아침|점심|저녁|간식|야식|식사|후식|디저트)(?:에는|에|으로는|으로|로|엔|은|는|밥으로)?\s?[:：]?\s)?"
    r"(?:\S+(?:이|가)\s(?:해준|해 준|만든|끓인|사준|사 준)\s)?"
)
_OBJECT = re.compile(r"(?P<last>[가-힣])(?P<particle>을|를)$")
_LEFTOVER = re.compile(r"^[\s\-*•()\[\]:：]+|[\s\-*•(\[:：!~?]+$")
_MORE = {
    "곱빼기": Decimal("1.5"),
    "많이": Decimal("1.5"),
    "조금": Decimal("0.5"),
    "약간": Decimal("0.5"),
    "살짝": Decimal("0.5"),
}


@dataclass(frozen=True, slots=True)
class MealPhrase:
    """One food of a sentence: its name, how much (an empty unit when none was said), and the words it came from.

    `guess` marks an amount that was said vaguely (두세 개, 조금, 곱빼기).
    """

    name: str
    quantity: Decimal
    unit: str
    raw: str
    guess: bool = False


@dataclass(frozen=True, slots=True)
class _Amount:
    start: int
    end: int
    quantity: Decimal
    unit: str
    guess: bool


def parse_meal_text(text: str) -> tuple[MealPhrase, ...]:
    """Split a sentence into foods with their amounts, in the order they were written; () when it names none."""
    whole = unicodedata.normalize("NFC", text)[:LONGEST_TEXT]
    phrases = [phrase for clause in _clauses(whole) for phrase in _phrases(clause)]
    return tuple(phrases[:MOST_ROWS])


def _clauses(text: str) -> Iterator[str]:
    for piece in _BREAKS.split(f"{text} "):
        start = 0
        for found in _JOINED.finditer(piece):
            if _is_particle(found["noun"], found["last"], found["particle"]):
                yield piece[start : found.start("particle")]
                start = found.end()
        yield piece[start:]


def _is_particle(noun: str, last: str, particle: str) -> bool:
    """Tell a joining particle from the end of a name: 밥과 is two words, 사과 and 약과 are one."""
    if f"{noun}{particle}".endswith(NOT_A_PARTICLE):
        return False
    return _has_coda(last) == (particle == "과")


def _has_coda(syllable: str) -> bool:
    return (ord(syllable) - 0xAC00) % 28 != 0


def _phrases(clause: str) -> Iterator[MealPhrase]:
    clause = " ".join(clause.split())
    if _NOT_EATEN.search(clause):
        return
    clause = _VERB.sub("", _WHEN.sub("", clause, count=1))
    amounts = _joined(clause, list(_amounts(clause)))
    if not amounts:
        yield from _phrase(clause, None, clause)
        return
    ahead = not _tidy(clause[: amounts[0].start])
    for place, amount in enumerate(amounts):
        before = amounts[place - 1].end if place else 0
        after = amounts[place + 1].start if place + 1 < len(amounts) else len(clause)
        if ahead:
            yield from _phrase(clause[amount.end : after], amount, clause[amount.start : after])
        else:
            yield from _phrase(clause[before : amount.start], amount, clause[before : amount.end])
    rest = clause[amounts[-1].end :]
    if not ahead and not rest.lstrip().startswith("("):
        yield from _phrase(rest, None, rest)


def _phrase(name: str, amount: _Amount | None, raw: str) -> Iterator[MealPhrase]:
    name = _tidy(name)
    head, _, last = name.rpartition(" ")
    factor = _MORE.get(last) if head else None
    if factor is not None:
        name = head
    if not re.search(r"[가-힣a-zA-Z]", name):
        return
    quantity, unit, guess = (amount.quantity, amount.unit, amount.guess) if amount else (ONE, "", False)
    yield MealPhrase(name, quantity * (factor or 1), unit, raw.strip(), guess or factor is not None)


def _tidy(name: str) -> str:
    name = _LEFTOVER.sub("", name)
    found = _OBJECT.search(name)
    if found and not name.endswith(NOT_A_PARTICLE) and _has_coda(found["last"]) == (found["particle"] == "을"):
        name = name[: found.start("particle")]
    return " ".join(_LEFTOVER.sub("", name).split())


def _amounts(clause: str) -> Iterator[_Amount]:
    for found in QUANTITY.finditer(clause):
        said = found["times_n"] or found["n"] or found["sino"] or found["bare"]
        number = number_of(said)
        if number is None or number <= 0 or _inside_a_name(clause, found):
            continue
        unit = (found["unit"] or found["sino_unit"] or "").casefold()
        half = Decimal("0.5") if found["half"] else 0
        yield _Amount(found.start(), found.end(), number + half, unit, is_vague(said))


def _inside_a_name(clause: str, found: re.Match[str]) -> bool:
    """Tell a count from a name that has one in it: `닭한마리`, or a number word glued to an unknown syllable."""
    return any(
        found.start() < place + len(name) and place < found.end()
        for name in WHOLE_NAMES
        for place in (found_at.start() for found_at in re.finditer(name, clause))
    )


def _joined(clause: str, amounts: list[_Amount]) -> list[_Amount]:
    """Put amounts side by side together: `355ml 1캔` is 355 ml, `200ml 2팩` 400 ml, `1봉지(120g)` 120 g."""
    joined: list[_Amount] = []
    for amount in amounts:
        last = joined[-1] if joined else None
        if last is None or _tidy(clause[last.end : amount.start].strip(" ()")):
            joined.append(amount)
        elif last.unit in MEASURES:
            joined[-1] = _Amount(last.start, amount.end, last.quantity * amount.quantity, last.unit, amount.guess)
        else:
            kept = amount if amount.unit in MEASURES else last
            joined[-1] = _Amount(last.start, amount.end, kept.quantity, kept.unit, kept.guess)
    return joined
