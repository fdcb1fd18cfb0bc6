"""A schedule in one English sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from typing import Final

from onharu.records.medication.rules.schedules.shapes import (
    AsNeeded,
    Daily,
    Follows,
    Interval,
    Limit,
    Phase,
    Schedule,
    Slots,
    Spaced,
)  # fmt: skip
from onharu.records.medication.rules.sentences.normal import usual_clock
from onharu.records.medication.rules.sentences.places import places_en, plural, span_en
from onharu.records.medication.rules.sentences.spoken import amount_en, days_en

_CLOCKS: Final = {"wall": " (by the clock on the wall)", "elapsed": " (by elapsed time)"}
_OFTEN: Final = {1: "once a day", 2: "twice a day"}


def sentence(
    schedule: Schedule, amount: Decimal | None, unit: str | None, period: str, names: Mapping[int, str]
) -> str:
    """Say a schedule in normal form."""
    phases = schedule.phases
    staged = len(phases) > 1 or any(phase.length is not None for phase in phases)
    by_days = any(not isinstance(phase.days, Daily) for phase in phases)
    said = [
        f"{_stage(index, phase) if staged else ''}{_phase(phase, amount, unit, names, by_days=by_days)}"
        for index, phase in enumerate(phases)
    ]
    body = ", ".join((*said, *_limit(schedule.limit, unit)))
    whole = f"{period}: {body}" if period else body
    return whole[:1].upper() + whole[1:] + _clock(schedule)


def _stage(index: int, phase: Phase) -> str:
    if phase.length is None:
        return "from then on " if index else ""
    days = "day" if phase.length == 1 else plural(phase.length, "day")
    return f"then for the next {days} " if index else f"for the first {days} "


def _phase(phase: Phase, amount: Decimal | None, unit: str | None, names: Mapping[int, str], *, by_days: bool) -> str:
    own = phase.amount if phase.amount is not None else amount
    days = days_en(phase.days) if by_days or isinstance(phase.when, Slots) else ""
    each = amount_en(own, unit) if own is not None else ""
    if isinstance(phase.when, Slots):
        return " ".join(part for part in (_slots(phase.when, own, unit), days) if part)
    return " ".join(part for part in (each, _when(phase, names), days) if part)


def _slots(when: Slots, own: Decimal | None, unit: str | None) -> str:
    runs = groupby(when.slots, lambda slot: slot.amount if slot.amount is not None else own)
    said = []
    for dose, slots in runs:
        each = amount_en(dose, unit) if dose is not None else ""
        said.append(f"{each} {places_en([slot.anchor for slot in slots])}".strip())
    return ", ".join(said)


def _when(phase: Phase, names: Mapping[int, str]) -> str:
    match phase.when:
        case Spaced(times):
            return _OFTEN.get(times, f"{times} times a day")
        case Interval():
            return _interval(phase.when)
        case Follows(regimen, minutes):
            return _follows(names.get(regimen, "another medicine"), minutes)
        case AsNeeded():
            return "when needed"
        case _:
            return ""


def _interval(interval: Interval) -> str:
    within = " between {:%H:%M} and {:%H:%M}".format(*interval.window) if interval.window else ""
    if interval.origin == "taken":
        return f"{span_en(interval.minutes)} after the last dose{within}"
    first = f" from {interval.first:%H:%M}" if interval.first else ""
    return f"every {span_en(interval.minutes)}{first}{within}".replace("every 1 hour", "every hour")


def _follows(name: str, minutes: int) -> str:
    if not minutes:
        return f"right after {name}"
    return f"{span_en(abs(minutes))} {'before' if minutes < 0 else 'after'} {name}"


def _limit(limit: Limit, unit: str | None) -> list[str]:
    most = [] if limit.most_in_24h is None else [f"at most {amount_en(limit.most_in_24h, unit)} in 24 hours"]
    gap = [] if limit.gap is None else [f"at least {span_en(limit.gap // timedelta(minutes=1))} apart"]
    return most + gap


def _clock(schedule: Schedule) -> str:
    planned = any(isinstance(phase.when, Interval) and phase.when.origin == "plan" for phase in schedule.phases)
    return _CLOCKS[schedule.clock] if planned or schedule.clock != usual_clock(schedule.phases) else ""
