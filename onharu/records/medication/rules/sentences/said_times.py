"""When on a day, as it is said: clock times, meals and what is before and after them, bedtime, waking, 1-0-1."""

# ruff: noqa: E501  # one way of saying a thing stands on one line; a Korean letter counts for two
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from decimal import Decimal
from typing import Final

from onharu.records.medication.rules.schedules.shapes import MEALS, AtBedtime, Meal, OnWaking, Relation
from onharu.records.medication.rules.sentences.numerals import DIGITS, SPAN, S, amount_of, minutes_of, whole
from onharu.records.medication.rules.sentences.scanning import Rule
from onharu.records.medication.rules.sentences.tokens import (
    AtClock,
    AtMeals,
    AtMoment,
    Begins,
    ByClock,
    ByMeal,
    Dose,
    Doubt,
    Fasting,
    Filler,
    Token,
    Within,
)  # fmt: skip
from onharu.records.medication.rules.sentences.units import UNIT, unit_of

Read = tuple[Token, ...] | None
MEAL_WORDS: Final[dict[str, tuple[Meal, ...]]] = {
    "아침": ("breakfast",), "조식": ("breakfast",), "점심": ("lunch",), "중식": ("lunch",), "저녁": ("dinner",),
    "석식": ("dinner",), "조석": ("breakfast", "dinner"), "아점저": MEALS,
}  # fmt: skip
_MEAL: Final = rf"(?:아점저|조석|조식|중식|석식|(?:아침|점심|저녁)(?:밥|{S}식사(?!{S}(?:직|전|후|와|중|때|\d)))?)"
_PART: Final = "오전|오후|아침|점심|저녁|밤|새벽|낮|am|pm"
_HOUR: Final = r"(?:\d{1,2}|열두|열한|열|한|두|세|네|다섯|여섯|일곱|여덟|아홉)"
_CLOCK: Final = (
    rf"(?:(?:(?:{_PART}){S})?(?:\d{{1,2}}:\d{{2}}(?!\d)|{_HOUR}{S}시(?![간기])(?:{S}\d{{1,2}}{S}분|{S}반(?!{S}[알정포개쪽캡]))?)"
    rf"|\d{{1,2}}(?::\d{{2}})?{S}(?:am|pm)(?![a-z])|정오|자정)"
)
_CLOCK_PARTS: Final = re.compile(
    rf"(?:({_PART}){S})?(?:(\d{{1,2}}):(\d{{2}})|(\d{{1,2}}){S}(?=[ap]m)|({_HOUR}){S}시(?:{S}(\d{{1,2}}){S}분|{S}(반))?)(?:{S}(am|pm))?"
)
_LATE: Final = frozenset({"오후", "저녁", "밤", "pm"})
_CLOCK_STARTS: Final = DIGITS + "오아점저밤새낮ap정자열한두세네다여일"
_BED: Final = r"(?:취침|잠자리에{S}들기|잠{S}자기|자기|잠{S}들기|주무시기|수면)".replace("{S}", S)
_AFTER: Final = (
    rf"(?:식후|(?:식사|밥|끼니?){S}(?:를{S}|을{S})?(?:먹고|먹은|드시고|마치고|하고|한)(?:{S}(?:나서|난))?(?:{S}(?:후|뒤)(?:에)?)?"
    rf"|식사{S}(?:후|뒤)(?:에)?)"
)
_BEFORE: Final = rf"(?:식전|(?:식사|밥|끼니?){S}(?:를{S}|을{S})?(?:하기|먹기|들기){S}전(?:에)?|식사{S}전(?:에)?)"
_NOW: Final = rf"{S}(?P<now>직후|즉시|바로|곧바로|직전)"
_LATER: Final = rf"(?:{S}(?:후|뒤|이내|이후|있다가|지나서|경과))?"
_SO_LONG: Final = rf"(?:{_NOW}|{S}\(?(?P<long>{SPAN})(?!{S}(?:이상{S})?(?:마다|간격|에{S}한{S}번)){_LATER}\)?)?"


def clock_of(said: str) -> tuple[time, Doubt | None] | None:
    """Read a time of the clock: "오후 8시 반", "20:30", "자정"; an hour without 오전 or 오후 is doubted."""
    if said in ("정오", "자정"):
        return time(12 if said == "정오" else 0), None
    found = _CLOCK_PARTS.fullmatch(said)
    if found is None:
        return None
    before, colon_hour, colon_minute, bare, spoken, minute, half, after = found.groups()
    part = before or after
    hour = whole(colon_hour or bare or spoken)
    past = 30 if half else int(colon_minute or minute or 0)
    at = _hour_of_day(hour, part)
    if at > 24 or past > 59 or (at == 24 and past):
        return None
    moment = time(at % 24, past)
    unsure = part is None and spoken is not None and 1 <= hour <= 12
    return moment, Doubt("hour", said, f"{moment:%H:%M}") if unsure else None


def _hour_of_day(hour: int, part: str | None) -> int:
    if part in _LATE and 1 <= hour < 12:
        return hour if part == "밤" and hour < 5 else hour + 12
    if part in ("낮", "점심") and 1 <= hour <= 5:
        return hour + 12
    if hour == 12 and part in ("오전", "밤", "새벽", "am"):
        return 0
    return hour


def _at_clock(match: re.Match[str]) -> Read:
    read = clock_of(match[0])
    return None if read is None else (AtClock(*read),)


def _two_clocks(match: re.Match[str]) -> Read:
    first, last = clock_of(f"{match[1]} {match[3]}"), clock_of(f"{match[2]} {match[3]}")
    return (AtClock(*first), AtClock(*last)) if first and last else None


def _begins(match: re.Match[str]) -> Read:
    read = clock_of(match[1])
    return None if read is None else (Begins(*read),)


def _within(match: re.Match[str]) -> Read:
    opens, closes = clock_of(match[1]), clock_of(match[2])
    return (Within(opens[0], closes[0]),) if opens and closes else None


def _grid(match: re.Match[str]) -> Read:
    tokens: list[Token] = []
    places: list[Token] = [*(AtMeals((meal,)) for meal in MEALS), AtMoment(AtBedtime())]
    *amounts, unit = match.groups()
    for place, said in zip(places, amounts, strict=True):
        if said is not None:
            tokens += [place, Dose(amount_of(said) or Decimal(0), unit_of(unit) if unit else None)]
    return tuple(tokens)


def _bed(match: re.Match[str]) -> Read:
    said = match[1] or match[2]
    return (AtMoment(AtBedtime(minutes_of(said))) if said else AtMoment(AtBedtime()),)


def _waking(match: re.Match[str]) -> Read:
    return (AtMoment(OnWaking(minutes_of(match[1]) if match[1] else 0)),)


def _meals(match: re.Match[str]) -> Read:
    return (AtMeals(_named(match[0])),)


def _named(said: str) -> tuple[Meal, ...]:
    return next(meals for word, meals in MEAL_WORDS.items() if said.startswith(word))


def _without(match: re.Match[str]) -> Read:
    left_out = _named(match[1])
    return (AtMeals(tuple(meal for meal in MEALS if meal not in left_out)),)


def _by(relation: Relation, at_once: Relation, *, long: str = "") -> Callable[[re.Match[str]], Read]:
    """Make a reader of the named groups: `meal` by its name, `long` so many minutes, `now` at once."""

    def read(match: re.Match[str]) -> Read:
        said = match.groupdict()
        minutes = minutes_of(said["long"]) if said.get("long") else None
        plain = ByMeal(at_once, 0) if said.get("now") else ByMeal(relation, minutes)
        return (AtMeals(_named(said["meal"])), plain) if said.get("meal") else (plain,)

    return read


def _now(relation: Relation) -> Callable[[re.Match[str]], Read]:
    return lambda _: (ByMeal(relation, 0),)


def _rule(pattern: str, read: Callable[[re.Match[str]], Read], starts: str, *, strong: bool = False) -> Rule:
    return Rule(re.compile(pattern), read, starts, strong)


_LONG: Final = rf"{S}(?P<long>{SPAN}){S}"
_NAMED: Final = rf"(?P<meal>{_MEAL}){S}(?:을{S}|를{S})?"
_EATEN: Final = rf"(?:먹고|먹은|드시고){S}(?:나서|난|한{S}|지)?{S}(?:후|뒤)?(?:에)?"
_AFTER_READ: Final = _by("after", "right_after")
_BEFORE_READ: Final = _by("before", "right_before")
_MEAL_STARTS: Final = "아점저조중석"
RULES: Final = (
    # clocks
    _rule(rf"(아침){S}(?:·|,|과|하고)?{S}(저녁)(?:으로)?{S}({_HOUR}{S}시(?![간기]))", _two_clocks, "아"),
    _rule(rf"({_CLOCK}){S}(?:~|-){S}({_CLOCK})(?:{S}까지)?(?:{S}(?:사이|동안|중)(?:에)?)?", _within, _CLOCK_STARTS),
    _rule(rf"({_CLOCK}){S}(?:부터|에서){S}({_CLOCK}){S}(?:까지(?:{S}(?:사이|동안|중)(?:에)?)?|사이(?:에)?)", _within, _CLOCK_STARTS),
    _rule(rf"(?:첫{S}(?:복용|약)(?:은)?:?{S})({_CLOCK})", _begins, "첫"),
    _rule(rf"({_CLOCK}){S}(?:부터|시작)", _begins, _CLOCK_STARTS),
    _rule(_CLOCK, _at_clock, _CLOCK_STARTS),
    _rule(r"\(?시계{S}시각{S}기준\)?".replace("{S}", S), lambda _: (ByClock("wall"),), "(시"),
    _rule(r"\(?경과{S}시간{S}기준\)?".replace("{S}", S), lambda _: (ByClock("elapsed"),), "(경"),
    _rule(rf"((?:\d(?:\.\d)?|1/2))-((?:\d(?:\.\d)?|1/2))-((?:\d(?:\.\d)?|1/2))(?:-(\d(?:\.\d)?|1/2))?(?![\d./-])(?:{S}({UNIT}))?", _grid, DIGITS),
    # bedtime and waking
    _rule(rf"{_BED}{S}(?:직전|바로{S}전)(?:에)?", lambda _: (AtMoment(AtBedtime(0)),), "취잠자주수", strong=True),
    _rule(rf"{_BED}{S}(?:(?:전{S})({SPAN})(?!{S}(?:마다|간격))|({SPAN}){S}전)(?:에)?", _bed, "취잠자주수", strong=True),
    _rule(rf"(?:{_BED}{S}전|취침{S}[시때]|취침|잘{S}때|잠들{S}때|주무실{S}때)(?:에)?()()", _bed, "취잠자주수잘", strong=True),
    _rule(r"(?:q\.?)?h\.?s\.?(?![a-z])()()", _bed, "qh"),
    _rule(rf"(?:자기{S})?밤(?:에|마다)?(?:만)?(?![가-힣])", lambda match: (AtMoment(AtBedtime(), Doubt("night", match[0])),), "밤자"),
    _rule(
        rf"(?:아침(?:에)?{S})?(?:기상|일어나서|일어난){S}(?:후{S}|뒤{S})?({SPAN}){S}(?:후|뒤)?(?:{S}공복)?(?:에)?", _waking, "기일아",
        strong=True,
    ),
    _rule(
        rf"(?:아침(?:에)?{S})?(?:기상{S}(?:직후|즉시|하자마자|후|시|때)?|일어나(?:자마자|서|면)|눈{S}뜨(?:자마자|면)|잠{S}깨(?:자마자|면))()"
        rf"(?:{S}바로)?(?:{S}공복)?(?:에)?", _waking, "아기일눈잠", strong=True,
    ),
    _rule(rf"(?:아침|새벽){S}공복()(?:에|으로|상태)?", _waking, "아새", strong=True),
    _rule(rf"공복(?:으로|상태|시)?(?:에)?|빈{S}속(?:에)?", lambda _: (Fasting(),), "공빈", strong=True),
    # before and after a meal
    _rule(rf"(?:식간|식사{S}사이)(?:{S}\({S}식후{S}(?P<long>{SPAN}){S}\))?(?:에)?", _by("between", "between"), "식"),
    _rule(rf"(?:식사{S}|식){_LONG}?(?:후|뒤)(?:에)?", _AFTER_READ, "식"),
    _rule(rf"(?:식사|밥){S}(?:을{S}|를{S})?(?:먹기|하기)?{_LONG}?전(?:에)?", _BEFORE_READ, "식밥"),
    _rule(rf"(?:식사|식){S}(?:직전|(?:바로|즉시){S}전)(?:에)?|식전{S}(?:직전|즉시|바로)", _now("right_before"), "식"),
    _rule(rf"(?:식사|식){S}(?:직후|(?:바로|즉시){S}(?:후|뒤))(?:에)?|식후{S}(?:직후|즉시|바로|곧바로)", _now("right_after"), "식"),
    _rule(rf"{_AFTER}{_SO_LONG}", _AFTER_READ, "식밥끼", strong=True),
    _rule(rf"{_BEFORE}{_SO_LONG}", _BEFORE_READ, "식밥끼", strong=True),
    _rule(rf"(?:식사|밥){S}(?:와|이랑|랑|과|하면서|{S}도중|{S}중|{S}시|{S}때){S}(?:함께|같이)?(?:에)?|식중", _now("with"), "식밥"),
    _rule(r"p\.?c\.?(?![a-z])", _AFTER_READ, "p"),
    _rule(r"a\.?c\.?(?![a-z])", _BEFORE_READ, "a"),
    # meals
    _rule(rf"({_MEAL}){S}(?:은|는|을|를)?{S}(?:제외|빼고|거르고|말고)(?:하고|한)?", _without, _MEAL_STARTS, strong=True),
    _rule(rf"{_NAMED}{_EATEN}{_SO_LONG}", _AFTER_READ, _MEAL_STARTS, strong=True),
    _rule(rf"{_NAMED}먹기{_LONG}?전(?:에)?", _BEFORE_READ, _MEAL_STARTS, strong=True),
    _rule(rf"{_NAMED}{_LONG}?(?:후|뒤)(?!식)(?:에)?", _AFTER_READ, _MEAL_STARTS),
    _rule(rf"{_NAMED}(?:후|뒤){_SO_LONG}(?:에)?", _AFTER_READ, _MEAL_STARTS),
    _rule(rf"{_NAMED}(?:{_LONG})?전(?!후)(?:에)?{_SO_LONG.replace('<long>', '<more>')}", _BEFORE_READ, _MEAL_STARTS),
    _rule(_MEAL, _meals, _MEAL_STARTS, strong=True),
    _rule(rf"(?:매{S}(?:(?=식[전후간사직]|식{S}|밥|끼니?{S}[먹식])|끼니|끼)|(?:삼시{S})?(?:세|3){S}끼|삼시|끼니)(?:마다|{S}때마다)?", lambda _: (AtMeals(MEALS),), "매삼세3끼"),
    _rule(r"마다", lambda _: (Filler(),), "마"),
)  # fmt: skip
