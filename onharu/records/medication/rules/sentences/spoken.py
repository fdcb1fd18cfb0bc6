"""Amounts, days and dates in words, Korean and English."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final

from onharu.records.medication.rules.schedules.shapes import LAST_DAY, Cycle, Days, EveryDays, Monthly, Weekdays
from onharu.records.medication.rules.sentences.dates import WEEKDAYS, resolve
from onharu.records.medication.rules.sentences.places import listed_en, plural
from onharu.records.medication.rules.sentences.units import ENGLISH, KOREAN

_ENGLISH_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(value: Decimal) -> str:
    """Write an amount plainly: 1, 0.5, 20."""
    said = f"{value:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def amount_ko(amount: Decimal, unit: str | None, *, each: bool = True) -> str:
    """Say an amount in Korean: 1정씩, 5ml씩, 2번 흡입."""
    tail = "" if not each or unit == "puff" else "씩"
    return f"{number(amount)}{KOREAN.get(unit, '개')}{tail}"


def amount_en(amount: Decimal, unit: str | None) -> str:
    """Say an amount in English: 1 tablet, 2 tablets, 0.5 tablet, 5 ml."""
    one, many = ENGLISH.get(unit, ("", ""))
    return f"{number(amount)} {one if amount <= 1 else many}".strip()


# ---- days


def days_ko(days: Days) -> str:
    """Say on which days in Korean: 매일, 격일로, 3일마다, 매주 월·수·금요일, 매월 1일·말일."""
    match days:
        case EveryDays(n):
            return "격일로" if n == 2 else f"{n}일마다"
        case Weekdays(on, every):
            named = "·".join(WEEKDAYS[day - 1] for day in sorted(on))
            return f"{'매주' if every == 1 else f'{every}주마다'} {named}요일"
        case Monthly(on, every):
            named = "·".join("말일" if day == LAST_DAY else f"{day}일" for day in _month_days(on))
            return f"{'매월' if every == 1 else f'{every}개월마다'} {named}"
        case Cycle(on, off):
            return f"{on}일 복용 {off}일 휴약 주기로"
        case _:
            return "매일"


def days_en(days: Days) -> str:
    """Say on which days in English: every day, every other day, on Monday and Friday, on the 1st and the last day."""
    match days:
        case EveryDays(n):
            return "every other day" if n == 2 else f"every {plural(n, 'day')}"
        case Weekdays(on, every):
            named = listed_en([_ENGLISH_DAYS[day - 1] for day in sorted(on)])
            return f"every {named}" if every == 1 else f"every {every} weeks on {named}"
        case Monthly(on, every):
            named = listed_en(["the last day" if day == LAST_DAY else f"the {_nth(day)}" for day in _month_days(on)])
            return f"on {named} of {'every month' if every == 1 else f'every {every} months'}"
        case Cycle(on, off):
            return f"{plural(on, 'day')} on and {plural(off, 'day')} off"
        case _:
            return "every day"


def _month_days(on: frozenset[int]) -> list[int]:
    return sorted(on, key=lambda day: (day == LAST_DAY, day))


def _nth(day: int) -> str:
    tail = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{tail}"


# ---- from when to when


def period_ko(start: date | None, end: date | None, today: date | None) -> str:
    """Say a period in Korean: "11월 22일부터 7일간"; a year where the date would else be read as another."""
    today = today or start or end
    if start is None:
        return "" if end is None else f"{_date(end, today, today, _date_ko)}까지"
    since = f"{_date(start, today, None, _date_ko)}부터"
    if end is None:
        return since
    days = (end - start).days + 1
    return f"{since} {days}일간" if days <= 31 else f"{since} {_date(end, today, start, _date_ko)}까지"


def period_en(start: date | None, end: date | None, today: date | None) -> str:
    """Say a period in English: "From 22 Nov for 7 days"."""
    today = today or start or end
    if start is None:
        return "" if end is None else f"Until {_date(end, today, today, _date_en)}"
    since = f"From {_date(start, today, None, _date_en)}"
    if end is None:
        return since
    days = (end - start).days + 1
    return f"{since} for {plural(days, 'day')}" if days <= 31 else f"{since} until {_date(end, today, start, _date_en)}"


def _date(day: date, today: date | None, after: date | None, write: Callable[[date, bool], str]) -> str:
    plain = today is not None and resolve(_date_ko(day, False), today, after=after) == day
    return write(day, not plain)


def _date_ko(day: date, dated: bool) -> str:  # noqa: FBT001  # one of two ways to write, passed on as a function
    return f"{f'{day.year:04d}년 ' if dated else ''}{day.month}월 {day.day}일"


def _date_en(day: date, dated: bool) -> str:  # noqa: FBT001
    return f"{day.day} {_MONTHS[day.month - 1]}{f' {day.year:04d}' if dated else ''}"
