"""When a session is made lighter: after a break, after very hard sessions, in every sixth hard week. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from onharu.records.workouts.rules.past import Past
from onharu.records.workouts.rules.shapes import Mover, Reason
from onharu.records.workouts.rules.told import plain

MISSED_DAYS: Final = 10
HARD_SESSIONS, HARD_RPE, LATELY_DAYS = 2, Decimal(9), 14
HARD_WEEKS: Final = 5
_LEAST_DAYS, _MINUTES_A_SET = 2, 5
_LIGHT_SHARE: Final = Decimal("0.8")


def deload_of(mover: Mover, past: Past) -> Reason | None:
    """Say why today is lighter; None on a usual day."""
    before = [day for day in past.trained_on if day < past.day]
    if not before:
        return None
    missed = (past.day - before[-1]).days - 1
    if missed >= MISSED_DAYS:
        return Reason("deload_break", {"days": missed})
    return _after_hard_sessions(past, before) or _after_hard_weeks(mover, past)


def _after_hard_sessions(past: Past, before: Sequence[date]) -> Reason | None:
    lately = [day for day in before[-HARD_SESSIONS:] if (past.day - day).days <= LATELY_DAYS]
    efforts = [said for day in lately if (said := past.session_effort(day)) is not None]
    if len(efforts) < HARD_SESSIONS:
        return None
    mean = sum(efforts, Decimal(0)) / len(efforts)
    return Reason("deload_hard", {"rpe": plain(mean.quantize(Decimal("0.1")))}) if mean >= HARD_RPE else None


def _after_hard_weeks(mover: Mover, past: Past) -> Reason | None:
    weeks = hard_weeks(mover, past)
    return Reason("deload_weeks", {"weeks": weeks}) if weeks >= HARD_WEEKS else None


def hard_weeks(mover: Mover, past: Past) -> int:
    """Count the hard weeks in a row up to last week: with (nearly) all their days, and no lighter than the others.

    A lighter week begins the count anew, so that a deload is offered until one is taken.
    """
    monday = past.day - timedelta(days=past.day.weekday())
    volumes: list[Decimal] = []
    first = past.trained_on[0] - timedelta(days=past.trained_on[0].weekday())
    for start in (first + timedelta(days=7 * week) for week in range((monday - first).days // 7)):
        days = [day for day in past.trained_on if start <= day < start + timedelta(days=7)]
        volume = sum((_volume(past, day) for day in days), Decimal(0))
        usual = sum(volumes, Decimal(0)) / len(volumes) if volumes else Decimal(0)
        enough = len(days) >= max(_LEAST_DAYS, mover.days_a_week - 1)
        volumes = [*volumes, volume] if enough and volume >= usual * _LIGHT_SHARE else []
    return len(volumes)


def _volume(past: Past, day: date) -> Decimal:
    return past.sets_on(day) + past.cardio_minutes_on(day) / _MINUTES_A_SET
