"""Dates as people say them: 11/22, 11월 22일, 내일, 다음 주 월요일, 22일; without a year the nearest one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from onharu.records.medication.rules.sentences.numerals import S

WEEKDAYS: Final = "월화수목금토일"
_NEAR: Final = {"오늘": 0, "금일": 0, "지금": 0, "내일": 1, "낼": 1, "익일": 1, "모레": 2, "글피": 3, "어제": -1}
_YEAR: Final = rf"\d{{4}}{S}(?:년|[./-]){S}"
_FULL: Final = rf"(?:{_YEAR})?(?:\d{{1,2}}{S}월{S}\d{{1,2}}{S}일|\d{{1,2}}[/.-]\d{{1,2}}(?![\d./]))"
_WEEK: Final = rf"(?:다다음{S}주|다음{S}주|담{S}주|차주|이번{S}주|금주){S}?(?:[{WEEKDAYS}]요일)?"
_MONTH: Final = rf"(?:다음{S}달|담달|이번{S}달){S}?\d{{1,2}}{S}일"
DATE: Final = rf"(?:{_FULL}|{'|'.join(_NEAR)}|{_WEEK}|{_MONTH}|[{WEEKDAYS}]요일|\d{{1,2}}{S}일)"
SURE_DATE: Final = rf"(?:{_FULL.replace('[/.-]', '/')}|{_MONTH})"
DATE_STARTS: Final = "0123456789오금지내낼익모글어다담차이" + WEEKDAYS
_PARTS: Final = re.compile(rf"(?:(\d{{4}})\D+)?(\d{{1,2}})(?:{S}월{S}|[/.-])(\d{{1,2}})")
_DAY: Final = re.compile(rf"(\d{{1,2}}){S}일")


def resolve(said: str, today: date, *, after: date | None = None) -> date | None:
    """Say which date is meant on `today`; the first one not before `after` where that is given. None is no date."""
    try:
        return _resolved(said.strip(), today, after)
    except (ValueError, OverflowError):
        return None


def _resolved(said: str, today: date, after: date | None) -> date | None:
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    if (parts := _PARTS.match(said)) is not None:
        year, month, day = parts.groups()
        if year:
            return date(int(year), int(month), int(day))
        return _nearest(_every_year(int(month), int(day), after or today), today, after)
    if "주" in said:
        return _in_week(said, today)
    if "요일" in said:
        return _ahead(after or today, WEEKDAYS.index(said[0]))
    return _of_month(said, today, after)


def _every_year(month: int, day: int, around: date) -> list[date]:
    years = range(max(around.year - 4, 1), min(around.year + 8, 9999) + 1)
    return [date(year, month, day) for year in years if (month, day) != (2, 29) or _leap(year)]


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _nearest(days: Iterable[date], today: date, after: date | None) -> date | None:
    if after is not None:
        return min((day for day in days if day >= after), default=None)
    return min(days, key=lambda day: (abs((day - today).days), day < today), default=None)


def _in_week(said: str, today: date) -> date:
    weeks = 2 if said.startswith("다다음") else 0 if said.startswith(("이번", "금주")) else 1
    named = re.search(f"([{WEEKDAYS}])요일", said)
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
    if named is None:
        return monday if weeks else today
    return monday + timedelta(days=WEEKDAYS.index(named[1]))


def _ahead(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _of_month(said: str, today: date, after: date | None) -> date | None:
    found = _DAY.search(said)
    if found is None:
        return None
    number, since = int(found[1]), after or today
    if "달" in said:
        month = today.month + (0 if said.startswith("이번") else 1)
        return date(today.year + (month - 1) // 12, (month - 1) % 12 + 1, number)
    for ahead in range(3):
        month = since.month + ahead
        try:
            day = date(since.year + (month - 1) // 12, (month - 1) % 12 + 1, number)
        except ValueError:
            continue
        if day >= since:
            return day
    return None
