"""How much and how often, as it is said: amounts, times a day, limits, hours between, when needed."""

# ruff: noqa: E501  # one way of saying a thing stands on one line; a Korean letter counts for two
from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from onharu.records.medication.rules.sentences.numerals import (
    AMOUNT,
    DIGITS,
    INT,
    NUMERALS,
    SINO_WORDS,
    SPAN,
    S,
    amount_of,
    minutes_of,
    whole,
)  # fmt: skip
from onharu.records.medication.rules.sentences.scanning import Rule
from onharu.records.medication.rules.sentences.tokens import (
    Count,
    DailyTotal,
    Dose,
    Every,
    Filler,
    LeastGap,
    Most,
    Needed,
    OtherDose,
    SinceTaken,
    Split,
    Strength,
    Token,
)  # fmt: skip
from onharu.records.medication.rules.sentences.units import UNIT, unit_of

Read = tuple[Token, ...] | None
HALF: Final = Decimal("0.5")
DAY: Final = rf"(?:하루{S}동안|하루|1{S}일|일일|24{S}시간(?:{S}동안)?|24h|per day)(?:{S}(?:에|내에?|안에|당))?"
_TIMES: Final = "(?:회|번|차례|차|times?)"
_DOSE: Final = rf"({AMOUNT}){S}({UNIT})(?:{S}(반)(?=씩| |$|[^가-힣]))?"
_MORE: Final = rf"(?:{S}(?:까지만?|이내|이하|넘지|초과|를{S}넘지|을{S}넘지))"
_NOT_MORE: Final = rf"(?:{S}(?:않게|않도록|않기|말{S}것|금지|안{S}되게))?"
_GIVEN: Final = rf"(?:{S}(?:두고|띄워서?|띄우고|지켜서?|유지))?"
_SO_WHEN: Final = (
    rf"열{S}(?:이{S})?(?:날|나는|오를|있을)|(?:머리|배|허리|이|목|무릎|관절|생리){S}(?:가{S}|이{S})?아플|아플|"
    rf"(?:통증|증상|열|기침|가려움|두통|복통|설사|콧물|생리통|치통)이?{S}(?:있을|나타날|심할|생길|심해질)|심할|"
    rf"가려울|기침{S}(?:이{S})?(?:할|날)|어지러울|속{S}(?:이{S})?쓰릴|불안할|잠{S}(?:이{S})?안{S}올|설사할|토할|"
    rf"메스꺼울|울렁거릴|체했을|숨{S}(?:이{S})?찰|코{S}(?:가{S})?막힐|소화{S}(?:가{S})?안{S}될"
)
_SO_AT: Final = "통증|두통|발열|고열|발작|기침|가려움|복통|설사|생리통|치통|구토|불면|불안|변비|호흡곤란|증상|천식"
_SINO: Final = re.compile(SINO_WORDS)
_ENDS: Final = re.compile(r"씩|[^가-힣 ]|$| (?!간격|시간)")
_NEEDED_STARTS: Final = "필열머배허이목무관생아통증기가두복설콧치심어속불잠토메울체숨코소발고구변호천"


def _dose(match: re.Match[str]) -> Read:
    amount, unit, half = match.groups()
    value = amount_of(amount)
    if value is None or (_SINO.fullmatch(amount) and not _ENDS.match(match.string, match.end())):
        return None  # 일정한, 이 정도: no number
    return (Dose(value + (HALF if half else 0), unit_of(unit)),)


def _total(match: re.Match[str]) -> Read:
    amount, unit, half = match.groups()
    value = amount_of(amount)
    return None if value is None else (DailyTotal(value + (HALF if half else 0), unit_of(unit)),)


def _most(match: re.Match[str]) -> Read:
    amount, unit, times = match.groups()
    value = amount_of(amount)
    if value is None:
        return None
    if times:
        return (Most(None, None, int(value)),) if int(value) else None
    return (Most(value, unit_of(unit), 0),)


def _count(match: re.Match[str]) -> Read:
    low, high = whole(match[1]), whole(match[2] or "")
    return (Count(low, upto=high),) if low else None


def _bare_count(match: re.Match[str]) -> Read:
    return (Count(whole(match[1]), sure=False),) if whole(match[1]) else None


def _every(match: re.Match[str]) -> Read:
    minutes = minutes_of(match[1])
    return (Every(minutes, gap=match[2] is not None),) if minutes else None


def _least(match: re.Match[str]) -> Read:
    minutes = minutes_of(match[1])
    return (LeastGap(minutes),) if minutes else None


def _since(match: re.Match[str]) -> Read:
    minutes = minutes_of(match[1])
    return (SinceTaken(minutes),) if minutes else None


def _q_hours(match: re.Match[str]) -> Read:
    minutes = int(match[1]) * (1 if match[2] == "min" else 60)
    return (Every(minutes),) if minutes else None


def _latin(match: re.Match[str]) -> Read:
    return (Count({"qd": 1, "od": 1, "bid": 2, "tid": 3, "qid": 4}[match[0].replace(".", "")]),)


def _why(match: re.Match[str]) -> Read:
    return (Needed(re.sub(r"(?:에만|에는|마다|에|만)$", "", match[0])),)


def _rule(pattern: str, read: object, starts: str, *, strong: bool = False) -> Rule:
    return Rule(re.compile(pattern), read, starts, strong)  # type: ignore[arg-type]


_MOST_WHAT: Final = rf"({AMOUNT}){S}(?:({UNIT})|({_TIMES}))"
RULES: Final = (
    # when needed
    _rule(
        rf"(?:필요{S}(?:시|할{S}때|하면|에{S}따라|한{S}경우)(?:마다|에만|에|만)?|p\.?r\.?n\.?(?![a-z]))",
        lambda _: (Needed(),), "필p", strong=True,
    ),
    _rule(rf"(?:(?:{_SO_WHEN}){S}(?:때|경우)|(?:{_SO_AT}){S}(?:시(?![간각])|때))(?:마다|에만|에는|에|만)?", _why, _NEEDED_STARTS),
    _rule(rf"(?:아프면|열{S}나면|열이{S}나면|가려우면|기침하면|심하면)", _why, "아열가기심"),
    # limits
    _rule(rf"(?:{DAY}{S})?최대(?:로|한)?{S}(?:{DAY}{S})?{_MOST_WHAT}{_MORE}?{_NOT_MORE}", _most, "하1일2p최", strong=True),
    _rule(rf"{DAY}{S}(?:총{S})?{_MOST_WHAT}{_MORE}{_NOT_MORE}", _most, "하1일2p", strong=True),
    _rule(rf"max\.?{S}{_MOST_WHAT}(?:/d(?:ay)?)?", _most, "m"),
    _rule(rf"(?:최소{S})?({SPAN}){S}이상{S}(?:의{S})?(?:간격(?:으로|을)?{_GIVEN}|띄[가-힣]{{1,3}}|지나(?:서|야)?|두고)", _least, NUMERALS + "최반"),
    _rule(rf"(?:최소{S}간격|최소)(?:은|:)?{S}({SPAN}){S}(?:간격(?:으로|을)?)?{_GIVEN}", _least, "최"),
    # hours between
    _rule(
        rf"(?:지난|마지막|앞선|이전|직전|최근){S}(?:복용|약){S}(?:에서|으로부터|부터|하고|한{S}뒤|후|을{S}먹고|먹고)?{S}(?:나서{S})?"
        rf"({SPAN}){S}(?:뒤|후|마다|지나서?|간격)", _since, "지마앞이직최",
    ),
    _rule(rf"(?:약{S})?(?:먹은|복용한|먹고{S}나서|먹고|복용{S}후){S}(?:지{S}|뒤{S}|후{S})?({SPAN}){S}(?:마다|뒤(?:에)?{S}다시|후(?:에)?{S}다시)", _since, "약먹복"),
    _rule(rf"다른{S}약(?:을)?{S}(?:먹고|복용{S}(?:하고|후)|먹기|복용)(?:{S}{SPAN}{S}(?:전|뒤|후))?", lambda _: (OtherDose(),), "다"),
    _rule(rf"(?:매{S})?({SPAN}){S}(?:마다|에{S}한{S}번(?:씩)?|에{S}1{S}[번회]|(간격)(?:으로|을)?{_GIVEN})", _every, NUMERALS + "매반"),
    _rule(rf"매{S}({SPAN})()?(?!{S}(?:전|후|뒤))", _every, "매"),
    _rule(rf"q\.?{S}(\d{{1,2}}){S}(h(?:rs?|ours?)?|min)?(?![a-z\d])", _q_hours, "q"),
    # so many times a day
    _rule(rf"(?:{DAY}|매일|날마다|일){S}(?:총{S})?({INT})(?:{S}{_TIMES})?{S}[~-]{S}({INT}){S}{_TIMES}", _count, "하1일2매날p"),
    _rule(rf"(?:{DAY}|매일|날마다|일){S}(?:총{S})?({INT}){S}{_TIMES}()(?!{S}(?:씩{S})?(?:흡입|분무|뿌)|분)", _count, "하1일2매날p", strong=True),
    _rule(r"(?:q\.?d|o\.?d|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d)\.?(?![a-z])", _latin, "qobt"),
    _rule(rf"({INT}){S}{_TIMES}{S}/{S}(?:일|day|d(?![a-z]))()", _count, NUMERALS),
    _rule(rf"({INT}){S}회{S}(?:분복|분할|에{S}나누어|로{S}나누어)", lambda match: (Split(whole(match[1])),), NUMERALS),
    _rule(rf"#{S}(\d)(?!\d)", lambda match: (Split(int(match[1])),) if int(match[1]) else None, "#"),
    # amounts
    _rule(rf"{DAY}{S}(?:총{S})?{_DOSE}", _total, "하1일2p"),
    _rule(rf"(?:1{S}회|한{S}번|1{S}번|일회|매회)(?:량|용량)?{S}(?:에|당|:)?{S}(?={AMOUNT}{S}{UNIT})", lambda _: (Filler(),), "1한일매"),
    _rule(rf"({AMOUNT}){S}(?:번|회)씩{S}(흡입|분무|뿌[가-힣]{{1,2}})()", lambda match: (Dose(amount_of(match[1]) or HALF, "puff"),), NUMERALS),
    _rule(rf"\d{{1,5}}(?:[.,/]\d{{1,5}}){{0,3}}{S}(?:mg|mcg|g|μg|ug|%|밀리그램|마이크로그램|그램)(?:/\d{{0,4}}(?:ml|정|g))?(?![a-z])", lambda _: (Strength(),), DIGITS),
    _rule(_DOSE, _dose, NUMERALS + "반"),
    _rule(rf"({INT})(?:{S}{_TIMES})?{S}[~-]{S}({INT}){S}{_TIMES}(?!째|분)", _count, NUMERALS),
    _rule(rf"({INT}){S}{_TIMES}(?!째|분)", _bare_count, NUMERALS),
)  # fmt: skip
