"""A schedule in one Korean sentence. Every part is worded as the reader of sentences understands it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Final

from onharu.names.particles import with_particle
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
from onharu.records.medication.rules.sentences.places import places_ko, span_ko
from onharu.records.medication.rules.sentences.spoken import amount_ko, days_ko

_CLOCKS: Final = {"wall": " (시계 시각 기준)", "elapsed": " (경과 시간 기준)"}
_MINUTE: Final = timedelta(minutes=1)


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
    limits = _limit(schedule.limit, unit)
    return ", ".join(part for part in (period, *said, *limits) if part) + _clock(schedule)


def _stage(index: int, phase: Phase) -> str:
    if phase.length is None:
        return "그다음부터 " if index else "처음부터 "
    return f"{'그다음' if index else '처음'} {phase.length}일 동안 "


def _phase(phase: Phase, amount: Decimal | None, unit: str | None, names: Mapping[int, str], *, by_days: bool) -> str:
    own = phase.amount if phase.amount is not None else amount
    days = days_ko(phase.days) if by_days or isinstance(phase.when, Slots) else ""
    each = amount_ko(own, unit) if own is not None else ""
    when = _slots(phase.when, own, unit) if isinstance(phase.when, Slots) else f"{_when(phase, names)} {each}"
    return " ".join(part for part in (days, when.strip()) if part)


def _when(phase: Phase, names: Mapping[int, str]) -> str:
    match phase.when:
        case Spaced(times):
            return f"하루 {times}번"
        case Interval():
            return _interval(phase.when)
        case Follows(regimen, minutes):
            return _follows(names.get(regimen, "다른 약"), minutes)
        case AsNeeded():
            return "필요할 때"
        case _:
            return ""


def _slots(when: Slots, own: Decimal | None, unit: str | None) -> str:
    """Say moments with one amount together, moments with different amounts one after the other."""
    if own is None:
        return places_ko([slot.anchor for slot in when.slots])
    runs: list[tuple[Decimal, list[int]]] = []
    for index, slot in enumerate(when.slots):
        dose = slot.amount if slot.amount is not None else own
        if runs and runs[-1][0] == dose:
            runs[-1][1].append(index)
        else:
            runs.append((dose, [index]))
    alone = len(runs) == 1
    return ", ".join(
        f"{places_ko([when.slots[index].anchor for index in run])} {amount_ko(dose, unit, each=alone)}"
        for dose, run in runs
    )


def _interval(interval: Interval) -> str:
    within = "{:%H:%M}~{:%H:%M} 사이에 ".format(*interval.window) if interval.window else ""
    if interval.origin == "taken":
        return f"{within}지난 복용에서 {span_ko(interval.minutes)} 뒤"
    first = f"{interval.first:%H:%M}부터 " if interval.first else ""
    return f"{first}{within}{span_ko(interval.minutes)}마다"


def _follows(name: str, minutes: int) -> str:
    if minutes < 0:
        return f"{name} 먹기 {span_ko(-minutes)} 전에"
    return f"{with_particle(name, '을/를')} 먹고 {f'{span_ko(minutes)} 뒤' if minutes else '바로'}에".replace(
        "바로에", "바로"
    )


def _limit(limit: Limit, unit: str | None) -> list[str]:
    most = [] if limit.most_in_24h is None else [f"24시간에 최대 {amount_ko(limit.most_in_24h, unit, each=False)}"]
    gap = [] if limit.gap is None else [f"{span_ko(limit.gap // _MINUTE)} 이상 간격"]
    return most + gap


def _clock(schedule: Schedule) -> str:
    """Say what stays when clocks change: always for hours by the plan, else where it is not the usual."""
    planned = any(isinstance(phase.when, Interval) and phase.when.origin == "plan" for phase in schedule.phases)
    return _CLOCKS[schedule.clock] if planned or schedule.clock != usual_clock(schedule.phases) else ""
