"""Public holidays of Korea and the days on which a prescription can be fetched. The one importer of `holidays`.

The library knows the law (관공서의 공휴일): fixed days, 설날 and 추석, substitutes (대체공휴일), elections at the end
of a term, and temporary ones up to its release. What is proclaimed later is a row of `ExtraHoliday`, which staff add.

노동절 (1 May) and 제헌절 are public holidays from 2026. Until 2025 1 May was a paid day off of employees and no public
holiday, so it is none here, though many pharmacies close.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from importlib import import_module

from django.db import models

SATURDAY = 5
LONGEST_STRETCH = 20


class ExtraHoliday(models.Model):
    """A temporary holiday (임시공휴일) that was proclaimed after the library's release."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=40, default="임시공휴일")

    class Meta:
        app_label = "kernel"
        ordering = ["day"]


@lru_cache(maxsize=16)
def _official(year: int) -> Mapping[date, tuple[str, ...]]:
    # Loaded when first asked: the library brings 300 modules of all countries and 12 MB.
    korea = import_module("holidays.countries.south_korea").SouthKorea
    known = korea(years=year, language="ko", categories=("public",))
    return {day: tuple(dict.fromkeys(known.get_list(day))) for day in sorted(known)}


def holidays_between(first: date, last: date) -> dict[date, tuple[str, ...]]:
    """Name the holidays from `first` to `last`, both included, in Korean and in order. One statement."""
    found = {
        day: names
        for year in range(first.year, last.year + 1)
        for day, names in _official(year).items()
        if first <= day <= last
    }
    for day, name in ExtraHoliday.objects.filter(day__range=(first, last)).values_list("day", "name"):
        found[day] = tuple(dict.fromkeys((*found.get(day, ()), name)))
    return dict(sorted(found.items()))


def names(day: date) -> tuple[str, ...]:
    """Name the holidays that fall on a day, in Korean; none on an ordinary day."""
    return holidays_between(day, day).get(day, ())


def is_holiday(day: date) -> bool:
    """Whether a day is a public holiday; a plain Sunday is none."""
    return bool(names(day))


def working_days_between(first: date, last: date) -> tuple[date, ...]:
    """List the days from `first` to `last` that are neither a weekend nor a holiday. One statement."""
    off = holidays_between(first, last)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < SATURDAY and day not in off)


def next_working_day(day: date) -> date:
    """Find the first working day after a day."""
    return working_days_between(day + timedelta(days=1), day + timedelta(days=LONGEST_STRETCH))[0]


def last_working_day_by(day: date) -> date:
    """Find the last working day that is not after a day: the day itself when it is one."""
    return working_days_between(day - timedelta(days=LONGEST_STRETCH), day)[-1]
