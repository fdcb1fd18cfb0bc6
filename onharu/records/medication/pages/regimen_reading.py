"""Judges what was typed into the form of a regimen: a schedule and its days, or what is to be put right and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Literal, cast, get_args

from django.utils.translation import gettext as _

from onharu.records.medication.pages.regimen_fields import LAST_WORD, Fields, PhaseFields, SlotFields
from onharu.records.medication.rules.schedules.shapes import (
    LAST_DAY,
    MEALS,
    Anchor,
    AsNeeded,
    At,
    AtBedtime,
    AtMeal,
    Clock,
    Cycle,
    Daily,
    Days,
    EveryDays,
    Follows,
    Interval,
    Limit,
    Monthly,
    OnWaking,
    Phase,
    Relation,
    Schedule,
    Slot,
    Slots,
    Spaced,
    Weekdays,
    When,
)

FRACTIONS = {
    "¼": "0.25",
    "⅓": "0.333",
    "½": "0.5",
    "⅔": "0.667",
    "¾": "0.75",
    "1/2": "0.5",
    "1/4": "0.25",
    "3/4": "0.75",
}
AMOUNT = re.compile(r"\d{1,5}(?:\.\d{1,3})?", re.ASCII)
WHOLE = re.compile(r"\d{1,5}", re.ASCII)
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?", re.ASCII)
MOST_MINUTES, MOST_DAYS, MOST_TIMES, LAST_OF_MONTH, SUNDAY = 24 * 60, 3660, 24, 31, 7
USUAL_BEDTIME = 30
WITHOUT_MINUTES = frozenset({"right_before", "with", "right_after"})


@dataclass(frozen=True, slots=True)
class Told:
    """A form that could be read."""

    schedule: Schedule
    amount: Decimal
    start: date
    end: date | None
    count: Decimal | None
    refill_days: int


@dataclass(slots=True)
class Reading:
    """Reads fields one by one and keeps what is wrong by the field's name; the first fault of a field counts."""

    wrong: dict[str, str] = field(default_factory=dict)

    def fault(self, name: str, words: str) -> None:
        """Note that a field is to be put right."""
        self.wrong.setdefault(name, words)

    def amount(self, name: str, said: str) -> Decimal | None:
        """Read an amount above zero; halves may be written ½ or 1/2; nothing said is None."""
        text = FRACTIONS.get(said, said.replace(",", "."))
        if not text:
            return None
        if not AMOUNT.fullmatch(text) or not Decimal(text):
            self.fault(name, _("1, 0.5, ½처럼 0보다 큰 수로 적어 주세요."))
            return None
        return Decimal(text)

    def whole(self, name: str, said: str, least: int, most: int) -> int | None:
        """Read a whole number between two ends; nothing said is None."""
        if not said:
            return None
        if not WHOLE.fullmatch(said) or not least <= int(said) <= most:
            self.fault(name, _("{least}부터 {most}까지의 수로 적어 주세요.").format(least=least, most=most))
            return None
        return int(said)

    def wanted(self, name: str, said: str, least: int, most: int) -> int:
        """Read a whole number that must be said."""
        number = self.whole(name, said, least, most)
        if number is None:
            self.fault(name, _("얼마인지 적어 주세요."))
            return least
        return number

    def time(self, name: str, said: str) -> time | None:
        """Read a time of the clock; nothing said is None."""
        if not said:
            return None
        found = CLOCK.fullmatch(said)
        if found is None:
            self.fault(name, _("시각은 08:30처럼 적어 주세요."))
            return None
        return time(int(found[1]), int(found[2]))

    def day(self, name: str, said: str) -> date | None:
        """Read a date; nothing said is None."""
        if not said:
            return None
        try:
            return date.fromisoformat(said)
        except ValueError:
            self.fault(name, _("날짜는 2026-11-22처럼 적어 주세요."))
            return None


def told(fields: Fields, today: date) -> Told | dict[str, str]:
    """Read a form: what it tells, or what is to be put right by the name of the field."""
    reading = Reading()
    amount = reading.amount("amount", fields.amount)
    if amount is None:
        reading.fault("amount", _("한 번에 얼마나 드시는지 적어 주세요."))
    start = reading.day("start", fields.start) or today
    phases = tuple(_phase(reading, f"p{number}-", one) for number, one in enumerate(fields.phases))
    limit = Limit(reading.amount("most", fields.most), _gap(reading, fields))
    clock: Clock = "elapsed" if fields.clock == "elapsed" else "wall"
    end = _end(reading, fields, start)
    count = None if fields.count == "0" else reading.amount("count", fields.count)
    count = Decimal(0) if fields.count == "0" else count
    refill = reading.whole("refill_days", fields.refill_days, 0, 60)
    if reading.wrong or amount is None:
        return reading.wrong
    return Told(Schedule(phases, clock, limit), amount, start, end, count, 7 if refill is None else refill)


def _end(reading: Reading, fields: Fields, start: date) -> date | None:
    if fields.until == "days":
        return start + timedelta(days=reading.wanted("days", fields.days, 1, MOST_DAYS) - 1)
    if fields.until != "date":
        return None
    end = reading.day("end", fields.end)
    if end is None:
        reading.fault("end", _("언제까지 드시는지 적어 주세요."))
    elif end < start:
        reading.fault("end", _("끝나는 날이 시작하는 날보다 앞이에요."))
    return end


def _gap(reading: Reading, fields: Fields) -> timedelta | None:
    hours = reading.whole("gap_hours", fields.gap_hours, 0, 24 * 31)
    minutes = reading.whole("gap_minutes", fields.gap_minutes, 0, 59)
    return timedelta(hours=hours or 0, minutes=minutes or 0) or None


def _phase(reading: Reading, before: str, fields: PhaseFields) -> Phase:
    return Phase(
        when=_when(reading, before, fields),
        days=_days(reading, before, fields),
        length=reading.whole(f"{before}length", fields.length, 1, MOST_DAYS),
        amount=reading.amount(f"{before}amount", fields.amount),
    )


def _when(reading: Reading, before: str, fields: PhaseFields) -> When:
    if fields.kind == "spaced":
        return Spaced(reading.wanted(f"{before}times", fields.times, 1, MOST_TIMES))
    if fields.kind == "interval":
        return _interval(reading, before, fields)
    if fields.kind == "follows":
        return _follows(reading, before, fields)
    if fields.kind == "as_needed":
        return AsNeeded()
    if not fields.slots:
        reading.fault(f"{before}s0-when", _("하루에 언제 드시는지 골라 주세요."))
    return Slots(tuple(_slot(reading, f"{before}s{number}-", one) for number, one in enumerate(fields.slots)))


def _slot(reading: Reading, before: str, fields: SlotFields) -> Slot:
    return Slot(_anchor(reading, before, fields), reading.amount(f"{before}amount", fields.amount))


def _anchor(reading: Reading, before: str, fields: SlotFields) -> Anchor:
    minutes = reading.whole(f"{before}minutes", fields.minutes, 0, MOST_MINUTES)
    if fields.when in MEALS:
        relation = cast("Relation", fields.relation if fields.relation in get_args(Relation) else "after")
        return AtMeal(fields.when, relation, 0 if relation in WITHOUT_MINUTES else minutes or 0)
    if fields.when == "bedtime":
        return AtBedtime(USUAL_BEDTIME if minutes is None else minutes)
    if fields.when == "waking":
        return OnWaking(minutes or 0)
    at = reading.time(f"{before}at", fields.at)
    if at is None:
        reading.fault(f"{before}at", _("몇 시에 드시는지 적어 주세요."))
    return At(at or time(8))


def _interval(reading: Reading, before: str, fields: PhaseFields) -> Interval:
    hours = reading.whole(f"{before}hours", fields.hours, 0, 24 * 31) or 0
    minutes = reading.whole(f"{before}minutes", fields.minutes, 0, 59) or 0
    if not hours and not minutes:
        reading.fault(f"{before}hours", _("몇 시간마다 드시는지 적어 주세요."))
    opens, closes = reading.time(f"{before}opens", fields.opens), reading.time(f"{before}closes", fields.closes)
    if (opens is None) is not (closes is None):
        reading.fault(f"{before}{'closes' if opens else 'opens'}", _("몇 시부터 몇 시까지인지 둘 다 적어 주세요."))
    origin: Literal["plan", "taken"] = "taken" if fields.origin == "taken" else "plan"
    window = (opens, closes) if opens and closes else None
    return Interval(hours * 60 + minutes or 60, origin, reading.time(f"{before}first", fields.first), window)


def _follows(reading: Reading, before: str, fields: PhaseFields) -> Follows:
    apart = reading.wanted(f"{before}apart", fields.apart, 0, MOST_MINUTES)
    if not fields.regimen.isascii() or not fields.regimen.isdecimal() or len(fields.regimen) > 18:
        reading.fault(f"{before}regimen", _("어느 약에 이어서 드시는지 골라 주세요."))
        return Follows(0, apart)
    return Follows(int(fields.regimen), -apart if fields.side == "before" else apart)


def _days(reading: Reading, before: str, fields: PhaseFields) -> Days:
    every = reading.whole(f"{before}every", fields.every, 1, 52) or 1
    if fields.days == "every_days":
        return EveryDays(reading.wanted(f"{before}n", fields.n, 1, 366))
    if fields.days == "weekdays":
        on = frozenset(int(one) for one in fields.weekdays if one in {str(day) for day in range(1, SUNDAY + 1)})
        if not on:
            reading.fault(f"{before}weekdays", _("무슨 요일인지 골라 주세요."))
        return Weekdays(on, every)
    if fields.days == "monthly":
        return Monthly(_monthdays(reading, f"{before}monthdays", fields.monthdays), every)
    if fields.days == "cycle":
        on_days = reading.wanted(f"{before}on", fields.on, 1, 366)
        return Cycle(on_days, reading.wanted(f"{before}off", fields.off, 1, 366))
    return Daily()


def _monthdays(reading: Reading, name: str, said: str) -> frozenset[int]:
    words = [
        word.strip().removesuffix("일") for word in re.split(r"[,·\s]+", said.replace(LAST_WORD, "-1")) if word.strip()
    ]
    if not words or not all(_is_monthday(word) for word in words):
        reading.fault(name, _("1, 15, 말일처럼 날짜를 적어 주세요."))
        return frozenset()
    return frozenset(_numbers(words))


def _is_monthday(word: str) -> bool:
    return word == str(LAST_DAY) or (bool(WHOLE.fullmatch(word)) and 1 <= int(word) <= LAST_OF_MONTH)


def _numbers(words: Iterable[str]) -> Iterable[int]:
    return (int(word) for word in words)
