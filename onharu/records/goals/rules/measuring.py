"""What can be measured, between which bounds, and where a row of measurements goes. Plain Python.

Bounds are wide: they keep a slip of the finger out and judge no body.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from statistics import fmean

WEIGHT, WAIST, BLOOD_PRESSURE, GLUCOSE = "WEIGHT", "WAIST", "BLOOD_PRESSURE", "GLUCOSE"
FASTING, BEFORE_MEAL, AFTER_MEAL, BEDTIME = "FASTING", "BEFORE_MEAL", "AFTER_MEAL", "BEDTIME"
CONTEXTS = (FASTING, BEFORE_MEAL, AFTER_MEAL, BEDTIME)

MEAN_DAYS = 7
"""The moving mean of a day is that of its week: the day and the six before."""

FEWEST_DAYS = 5
SHORTEST_SPAN = 7
"""A slope is told from at least five measured days that span at least a week; with less it would be noise."""

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Measure:
    """A kind of measurement: its unit, the bounds of its value, and of a second value where it has one."""

    kind: str
    unit: str
    low: Decimal
    high: Decimal
    decimals: int = 0
    low2: Decimal | None = None
    high2: Decimal | None = None
    in_context: bool = False


MEASURES: dict[str, Measure] = {
    WEIGHT: Measure(WEIGHT, "kg", Decimal(2), Decimal(400), decimals=1),
    WAIST: Measure(WAIST, "cm", Decimal(30), Decimal(250), decimals=1),
    BLOOD_PRESSURE: Measure(BLOOD_PRESSURE, "mmHg", Decimal(50), Decimal(300), low2=Decimal(20), high2=Decimal(200)),
    GLUCOSE: Measure(GLUCOSE, "mg/dL", Decimal(10), Decimal(1000), in_context=True),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A measurement as somebody says it; `value2` is the diastolic pressure."""

    kind: str
    value: Decimal
    value2: Decimal | None = None
    context: str = ""


def wrong(said: Said) -> dict[str, str]:
    """Name what cannot be, by field: `bounds`, `decimals`, `missing`, `unexpected`, `not_below`, `choice`."""
    measure = MEASURES.get(said.kind)
    if measure is None:
        return {"kind": "choice"}
    found = {"value": _out(said.value, measure.low, measure.high, measure.decimals)}
    if measure.low2 is None or measure.high2 is None:
        found["value2"] = "unexpected" if said.value2 is not None else ""
    elif said.value2 is None:
        found["value2"] = "missing"
    else:
        below = "" if said.value2 < said.value else "not_below"
        found["value2"] = _out(said.value2, measure.low2, measure.high2, measure.decimals) or below
    found["context"] = _context(said.context, measure)
    return {field: code for field, code in found.items() if code}


def _out(value: Decimal, low: Decimal, high: Decimal, decimals: int) -> str:
    if not value.is_finite() or not low <= value <= high:
        return "bounds"
    return "" if value == value.quantize(Decimal(1).scaleb(-decimals)) else "decimals"


def _context(context: str, measure: Measure) -> str:
    if not context:
        return ""
    if not measure.in_context:
        return "unexpected"
    return "" if context in CONTEXTS else "choice"


@dataclass(frozen=True, slots=True)
class Seen:
    """One value of a day, to follow through time."""

    day: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Followed:
    """A measured day: the mean of its values, and the mean of the days of its week that were measured."""

    day: date
    value: Decimal
    mean: Decimal
    of: int


@dataclass(frozen=True, slots=True)
class Trend:
    """Where values go. `n` measured days over `span` days from the first to the last of them.

    `per_week` is the slope of the least-squares line, None when `lack` says why: "few" days or a "short" span.
    """

    days: tuple[Followed, ...]
    n: int
    span: int
    per_week: Decimal | None
    lack: str


def trend(values: Iterable[Seen]) -> Trend:
    """Follow values through time, oldest first; several of a day count as their mean."""
    daily = _daily(values)
    followed = tuple(_followed(daily, index) for index in range(len(daily)))
    span = (daily[-1].day - daily[0].day).days + 1 if daily else 0
    lack = "few" if len(daily) < FEWEST_DAYS else "short" if span < SHORTEST_SPAN else ""
    return Trend(followed, len(daily), span, None if lack else _slope(daily), lack)


def _daily(values: Iterable[Seen]) -> list[Seen]:
    ordered = sorted(values, key=lambda seen: seen.day)
    return [
        Seen(day, _mean([seen.value for seen in of_day])) for day, of_day in groupby(ordered, key=lambda seen: seen.day)
    ]


def _followed(daily: Sequence[Seen], index: int) -> Followed:
    day = daily[index].day
    since = day - timedelta(days=MEAN_DAYS - 1)
    week = [seen.value for seen in daily[max(0, index - MEAN_DAYS + 1) : index + 1] if seen.day >= since]
    return Followed(day, daily[index].value.quantize(TENTH, ROUND_HALF_UP), _tenth(_mean(week)), len(week))


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)


def _slope(daily: Sequence[Seen]) -> Decimal:
    """The least-squares slope, in the value's unit a week."""
    days = [float(seen.day.toordinal()) for seen in daily]
    values = [float(seen.value) for seen in daily]
    middle, level = fmean(days), fmean(values)
    rise = sum((day - middle) * (value - level) for day, value in zip(days, values, strict=True))
    run = sum((day - middle) ** 2 for day in days)
    return Decimal(repr(7 * rise / run)).quantize(HUNDREDTH, ROUND_HALF_UP)
