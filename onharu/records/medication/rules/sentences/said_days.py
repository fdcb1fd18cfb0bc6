"""On which days, from when and how long, as it is said: 격일, 월수금, 매월 말일, 7일간, 11/22부터."""

# ruff: noqa: E501  # one way of saying a thing stands on one line; a Korean letter counts for two
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from onharu.records.medication.rules.schedules.shapes import LAST_DAY, Cycle, Daily, Days, EveryDays, Monthly, Weekdays
from onharu.records.medication.rules.sentences.dates import DATE, DATE_STARTS, SURE_DATE, WEEKDAYS, resolve
from onharu.records.medication.rules.sentences.numerals import DIGITS, INT, NUMERALS, SINO_WORDS, S, whole
from onharu.records.medication.rules.sentences.scanning import Rule
from onharu.records.medication.rules.sentences.tokens import Doubt, Ends, Lasts, OnDays, Starts, Then, Token

Read = tuple[Token, ...] | None
MONTH: Final = 30
DAY_WORDS: Final = {
    "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10, "보름": 15,
}  # fmt: skip
_SPAN: Final = rf"(?:{'|'.join(DAY_WORDS)}|일주일|하루|(?:{INT}){S}(?:주일|주(?!차)|일(?!차)|개월|달))"
_LATIN_SPAN: Final = r"(?:x ?)?(\d{1,3}) ?(d|days?|wks?|weeks?|w|mo)(?![a-z])"
_SPAN_STARTS: Final = NUMERALS + "사나닷엿보"
_SEP: Final = rf"{S}(?:,|·|/|과|와|하고|및)?{S}"
_DAY_LIST: Final = rf"[{WEEKDAYS}](?:요일)?(?:{_SEP}[{WEEKDAYS}](?:요일)?){{0,6}}"
_RANGE: Final = rf"[{WEEKDAYS}](?:요일)?{S}(?:~|-|부터|에서){S}[{WEEKDAYS}](?:요일)?(?:까지)?"
_LISTED: Final = rf"(?:{_RANGE}|{_DAY_LIST})(?:마다)?(?![말간분치주년차])"
_MONTH_DAY: Final = rf"(?:\d{{1,2}}{S}일|말일|마지막{S}날)"
_STOPS: Final = r"(?:휴약|쉬고|쉬며|쉬기|쉼|쉬어|쉬는|쉰다|중단|중지|끊고|끊기|복용 ?안 ?함|복용 ?안 ?하는 ?날|복용 ?안 ?하기|안 ?먹기|안 ?먹음|안 ?먹는|안 ?먹고)"
_GOES: Final = rf"(?:복용|투여|투약|먹고|먹은|먹기|쓰고|사용|드시고){S}(?:하고|하며|후|뒤|한{S}뒤|한{S}후|,|·)?"
_GOES_ON: Final = re.compile("[가-힣](?<![아점저식취자기하오새매공밤낮한두세네반씩에로은만])")
_SINO_DAYS: Final = re.compile(rf"(?!일주일)(?:{SINO_WORDS}){S}[일주]")
_NO_WORDS: Final = frozenset({"수일", "금일", "월일", "일월", "일일", "수금일", "토월", "일수", "목일"})
_THREE_A_WEEK: Final = {
    2: frozenset({1, 4}),
    3: frozenset({1, 3, 5}),
    5: frozenset(range(1, 6)),
    7: frozenset(range(1, 8)),
}


def days_of(said: str) -> tuple[int, bool]:
    """Count the days of a span: "2주" 14, "열흘" 10; months are 30 days each, and rough."""
    plain = said.replace(" ", "")
    if plain in DAY_WORDS:
        return DAY_WORDS[plain], False
    if plain in ("일주일", "하루"):
        return 7 if plain == "일주일" else 1, False
    unit = next((unit for unit in ("주일", "주", "일", "개월", "달") if plain.endswith(unit)), "")
    size = {"주일": 7, "주": 7, "일": 1, "개월": MONTH, "달": MONTH}.get(unit, 0)
    return whole(plain.removesuffix(unit)) * size, size == MONTH


def weekdays_of(said: str) -> frozenset[int] | None:
    """Read days of the week, "월·수·금요일" or "월~금"; None where a letter stands twice."""
    letters = [WEEKDAYS.index(sign) + 1 for sign in said.replace("요일", "") if sign in WEEKDAYS]
    if re.search("[~-]|부터|에서", said):
        first, last = letters[0], letters[-1]
        return frozenset((first + step - 1) % 7 + 1 for step in range((last - first) % 7 + 1))
    return frozenset(letters) if len(set(letters)) == len(letters) else None


def _listed(match: re.Match[str]) -> Read:
    said = match[1].replace("마다", "")
    on = weekdays_of(said)
    bare = "요일" not in said
    if bare and not _stands_free(match):
        return None
    if on is None or (bare and (len(on) < 2 or said in _NO_WORDS)):
        return None
    return (OnDays(Weekdays(on)),)


def _weekly(match: re.Match[str]) -> Read:
    count, list_said = match[1], match[2]
    on = weekdays_of(list_said)
    every = 2 if match[0].startswith("격주") else whole(count) if count else 1
    return (OnDays(Weekdays(on, every)),) if on and every else None


def _off_weekdays(match: re.Match[str]) -> Read:
    off = weekdays_of(match[1])
    on = frozenset(range(1, 8)) - (off or frozenset())
    return (OnDays(Weekdays(on)),) if off and on else None


def _monthly(match: re.Match[str]) -> Read:
    every = whole(match[1]) if match[1] else 1
    numbers = [LAST_DAY if said in "말마" else int(said) for said in re.findall(r"\d{1,2}|말|마", match[2] or "")]
    if not every or any(number == 0 or number > 31 for number in numbers):
        return None
    doubt = None if numbers else Doubt("month_day", match[0].strip())
    return (OnDays(Monthly(frozenset(numbers), every), doubt),)


def _every(match: re.Match[str]) -> Read:
    n, rough = days_of(match[1])
    if rough:
        return (OnDays(Monthly(frozenset(), n // MONTH), Doubt("month_day", match[0].strip())),)
    days: Days = Daily() if n == 1 else EveryDays(n)
    return (OnDays(days),) if n else None


def _a_week(match: re.Match[str]) -> Read:
    times = whole(match[1])
    if times == 1:
        return (OnDays(EveryDays(7), Doubt("week_day", match[0].strip())),)
    on = _THREE_A_WEEK.get(times)
    if on is None:
        return None
    named = "·".join(WEEKDAYS[day - 1] for day in sorted(on))
    return (OnDays(Weekdays(on), Doubt("week_days", match[0].strip(), named)),)


def _cycle(match: re.Match[str]) -> Read:
    (on, rough_on), (off, rough_off) = days_of(match[1]), days_of(match[2])
    if not on or not off or rough_on or rough_off:
        return None
    return (OnDays(Cycle(on, off)),)


def _stands_free(match: re.Match[str]) -> bool:
    """Tell whether no other word goes on from here: 이레 is seven days, 이레사 is a name."""
    return _GOES_ON.match(match.string, match.end()) is None


def _lasts(match: re.Match[str]) -> Read:
    days, rough = days_of(match[1])
    if match[2] is None and (_SINO_DAYS.match(match[1]) or (match[1][0] not in DIGITS and not _stands_free(match))):
        return None
    return (Lasts(days, rough),) if days > 1 or (days and match[2]) else None


def _latin_lasts(match: re.Match[str]) -> Read:
    size = {"d": 1, "w": 7, "m": MONTH}[match[2][0]]
    days = int(match[1]) * size
    return (Lasts(days, size == MONTH),) if days else None


_ANY_DAY: Final = date(2024, 1, 1)


def _dates(match: re.Match[str]) -> Read:
    start, end = match[1], match[2]
    if resolve(start, _ANY_DAY) is None or (end and resolve(end, _ANY_DAY) is None):
        return None
    return (Starts(start), Ends(end)) if end else (Starts(start),)


def _ends(match: re.Match[str]) -> Read:
    return (Ends(match[1]),) if resolve(match[1], _ANY_DAY) is not None else None


def _bare_date(match: re.Match[str]) -> Read:
    return (Starts(match[1], sure=False),) if resolve(match[1], _ANY_DAY) is not None else None


def _on(days: Days) -> Callable[[re.Match[str]], Read]:
    return lambda _: (OnDays(days),)


def _rule(pattern: str, read: Callable[[re.Match[str]], Read], starts: str, *, strong: bool = False) -> Rule:
    return Rule(re.compile(pattern), read, starts, strong)


_WEEK_OF: Final = rf"(?:매{S}주|격{S}주로?|({INT}){S}주(?:일)?{S}(?:마다|에{S}한{S}번|간격으로|간격))(?:에)?"
_ONE_TIME: Final = rf"(?:에{S}(?:한|1|일){S}[번회](?:씩)?)"
FIRST: Final = (
    _rule(
        rf"({_SPAN})(?:간|동안|{S}동안)?{S}{_GOES}{S}({_SPAN})(?:간|동안|{S}동안)?(?:은|는)?{S}{_STOPS}(?:{S}주기로?|{S}반복)?",
        _cycle,
        _SPAN_STARTS,
    ),
    _rule(
        rf"(?:매{S}주{S})?({_DAY_LIST})(?:은|는|에는|에)?{S}(?:복용{S})?(?:{_STOPS}|제외|빼고)(?:하고|한)?",
        _off_weekdays,
        WEEKDAYS + "매",
    ),
    _rule(rf"{_WEEK_OF}{S}({_LISTED})", _weekly, NUMERALS + "매격"),
    _rule(
        rf"(?:매{S}[월달]|({INT}){S}(?:개월|달){S}(?:마다|{_ONE_TIME})){S}({_MONTH_DAY}(?:{_SEP}{_MONTH_DAY}){{0,6}})?",
        _monthly,
        NUMERALS + "매",
    ),
    _rule(rf"(?:매{S}주|일주일에|1주일에|1주에|주에|주)(?:{S}에)?{S}({INT}){S}[번회](?:씩)?", _a_week, "매일1주"),
    _rule(
        r"격일(?:로|마다|제)?(?:에? ?(?:한|1) ?번)?|하루 ?(?:걸러|건너)(?: ?(?:한|1) ?번)?(?:씩)?|q\.?o\.?d\.?(?![a-z])",
        _on(EveryDays(2)),
        "격하q",
        strong=True,
    ),
    _rule(rf"({DATE})(?:에)?{S}(?:부터|시작(?:해서|하여)?)(?:{S}({DATE}){S}까지)?", _dates, DATE_STARTS),
    _rule(rf"(오늘|내일|낼|모레){S}(?:아침|점심|저녁|밤){S}부터", _bare_date, "오내낼모"),
    _rule(rf"({DATE}){S}[~-]{S}({DATE})(?:{S}까지)?", _dates, DATE_STARTS),
    _rule(rf"({SURE_DATE}){S}~()", _dates, DIGITS + "다담이"),
    _rule(rf"({DATE}){S}까지(?:만)?", _ends, DATE_STARTS),
    _rule(rf"({SURE_DATE})(?!{S}[정알캡포])", _bare_date, DIGITS + "다담이"),
)
RULES: Final = (
    _rule(rf"({_SPAN}){S}(?:마다|{_ONE_TIME}|간격으로|간격)", _every, _SPAN_STARTS),
    _rule(r"매 ?주(?!말)()", lambda match: (OnDays(EveryDays(7), Doubt("week_day", match[0])),), "매"),
    _rule(r"(?:매일매일|매일|날마다|하루도 빠짐없이|every ?day)(?:같이)?(?!밤)", _on(Daily()), "매날하e", strong=True),
    _rule(r"평일|주중", _on(Weekdays(frozenset(range(1, 6)))), "평주", strong=True),
    _rule(r"(?:매 ?)?주말(?:마다)?", _on(Weekdays(frozenset({6, 7}))), "매주", strong=True),
    # from when, until when, how long
    _rule(rf"({_LISTED})", _listed, WEEKDAYS),
    _rule(rf"(?:총{S}|앞으로{S})?({_SPAN})(간|{S}동안|{S}분|{S}치|{S}어치)?(?![부까]|{S}[후뒤])", _lasts, _SPAN_STARTS + "총앞"),
    _rule(_LATIN_SPAN, _latin_lasts, DIGITS + "x"),
    # phases
    _rule(rf"(?:처음에는|처음엔|처음부터|처음|첫(?={S}(?:{_SPAN}|주)))", lambda _: (Then(first=True),), "처첫"),
    _rule(
        rf"(?:그{S}다음|그{S}후|그{S}뒤|그{S}이후|그리고{S}나서|이어서|이후|다음(?!{S}[주달날]|{S}월)|나중)(?:에는|부터는|부터|엔|에|은|로)?|→|->|=>|>|then(?![a-z])",
        lambda _: (Then(),), "그이다나→-=>t",
    ),
)  # fmt: skip
