"""What a form of a regimen holds, field by field, as it was typed: made from a schedule, or read from a form."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict

from onharu.records.medication.pages.dose_words import hm, plain
from onharu.records.medication.rules.schedules.shapes import (
    LAST_DAY,
    At,
    AtBedtime,
    AtMeal,
    Cycle,
    Days,
    EveryDays,
    Follows,
    Interval,
    Limit,
    Monthly,
    OnWaking,
    Phase,
    Schedule,
    Slot,
    Slots,
    Spaced,
    Weekdays,
    When,
)

MOST_PHASES, MOST_SLOTS = 12, 24
LAST_WORD = "말일"


@dataclass(frozen=True, slots=True)
class SlotFields:
    """One dose of a day; `when` is at, breakfast, lunch, dinner, bedtime or waking, or empty for none."""

    when: str = "at"
    at: str = ""
    relation: str = "after"
    minutes: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class PhaseFields:
    """One stretch: when on a day (`kind`) and on which days (`days`), with the fields of every kind."""

    kind: str = "slots"
    slots: tuple[SlotFields, ...] = ()
    times: str = ""
    hours: str = ""
    minutes: str = ""
    origin: str = "plan"
    first: str = ""
    opens: str = ""
    closes: str = ""
    regimen: str = ""
    side: str = "after"
    apart: str = ""
    days: str = "daily"
    n: str = ""
    weekdays: frozenset[str] = frozenset()
    monthdays: str = ""
    every: str = ""
    on: str = ""
    off: str = ""
    length: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """A whole form. `read` is the sentence from which the fields were made; `until` is open, days or date."""

    item_seq: str = ""
    name: str = ""
    sentence: str = ""
    read: str = ""
    amount: str = "1"
    unit: str = "tablet"
    start: str = ""
    until: str = "open"
    days: str = ""
    end: str = ""
    clock: str = "wall"
    most: str = ""
    gap_hours: str = ""
    gap_minutes: str = ""
    why: str = ""
    note: str = ""
    reminds: bool = True
    tracks: bool = False
    count: str = ""
    refill_days: str = "7"
    phases: tuple[PhaseFields, ...] = field(default_factory=lambda: (PhaseFields(slots=(SlotFields(),)),))


TEXTS = (
    "item_seq", "name", "sentence", "read", "amount", "unit", "start", "until", "days", "end", "clock", "most",
    "gap_hours", "gap_minutes", "why", "note", "count", "refill_days",
)  # fmt: skip
PHASE_TEXTS = (
    "kind", "times", "hours", "minutes", "origin", "first", "opens", "closes", "regimen", "side", "apart", "days", "n",
    "monthdays", "every", "on", "off", "length", "amount",
)  # fmt: skip
SLOT_TEXTS = ("when", "at", "relation", "minutes", "amount")


# ---- from what a browser sends


def fields_said(said: QueryDict) -> Fields:
    """Read a form as it was typed, nothing judged; what is not sent keeps its usual value."""
    texts: dict[str, Any] = {name: str(said[name]).strip() for name in TEXTS if name in said}
    phases = [number for number in range(MOST_PHASES) if f"p{number}-kind" in said]
    if phases:
        texts["phases"] = tuple(_phase_said(said, f"p{number}-") for number in phases)
    return Fields(**texts, reminds="reminds" in said or "form" not in said, tracks="tracks" in said)


def _phase_said(said: QueryDict, before: str) -> PhaseFields:
    texts: dict[str, Any] = {name: str(said[before + name]).strip() for name in PHASE_TEXTS if before + name in said}
    slots = [
        SlotFields(**{name: said.get(f"{before}s{number}-{name}", "").strip() for name in SLOT_TEXTS})
        for number in range(MOST_SLOTS)
        if said.get(f"{before}s{number}-when")
    ]
    return PhaseFields(**texts, slots=tuple(slots), weekdays=frozenset(said.getlist(f"{before}weekdays")))


# ---- from a schedule


def phases_of(schedule: Schedule) -> tuple[PhaseFields, ...]:
    """Lay a schedule's phases out as fields."""
    return tuple(_phase(phase) for phase in schedule.phases)


def limit_of(limit: Limit) -> dict[str, Any]:
    """Lay a limit out as fields."""
    hours, minutes = _clock_parts(limit.gap)
    return {"most": plain(limit.most_in_24h), "gap_hours": hours, "gap_minutes": minutes}


def span_of(start: date | None, end: date | None) -> dict[str, Any]:
    """Lay the first and the last day out as fields."""
    return {
        "start": start.isoformat() if start else "",
        "until": "date" if end else "open",
        "end": end.isoformat() if end else "",
        "days": "",
    }


def _phase(phase: Phase) -> PhaseFields:
    return PhaseFields(
        **_when(phase.when),
        **_days(phase.days),
        length=plain(phase.length),
        amount=plain(phase.amount),
    )


def _when(when: When) -> dict[str, Any]:
    match when:
        case Slots():
            return {"kind": "slots", "slots": tuple(_slot(one) for one in when.slots)}
        case Spaced():
            return {"kind": "spaced", "times": str(when.times)}
        case Interval():
            hours, minutes = _clock_parts(timedelta(minutes=when.minutes))
            opens, closes = when.window or (None, None)
            return {
                "kind": "interval", "hours": hours, "minutes": minutes, "origin": when.origin,
                "first": hm(when.first) if when.first else "",
                "opens": hm(opens) if opens else "", "closes": hm(closes) if closes else "",
            }  # fmt: skip
        case Follows():
            side = "before" if when.minutes < 0 else "after"
            return {"kind": "follows", "regimen": str(when.regimen), "side": side, "apart": str(abs(when.minutes))}
        case _:
            return {"kind": "as_needed"}


def _slot(slot: Slot) -> SlotFields:
    amount = plain(slot.amount)
    match slot.anchor:
        case At(at=at):
            return SlotFields("at", hm(at), amount=amount)
        case AtMeal(meal=meal, relation=relation, minutes=minutes):
            return SlotFields(meal, relation=relation, minutes=str(minutes) if minutes else "", amount=amount)
        case AtBedtime(minutes=minutes):
            return SlotFields("bedtime", minutes=str(minutes), amount=amount)
        case OnWaking(minutes=minutes):
            return SlotFields("waking", minutes=str(minutes) if minutes else "", amount=amount)


def _days(days: Days) -> dict[str, Any]:
    match days:
        case EveryDays(n=n):
            return {"days": "every_days", "n": str(n)}
        case Weekdays(on=on, every=every):
            return {"days": "weekdays", "weekdays": frozenset(map(str, on)), "every": str(every)}
        case Monthly(on=on, every=every):
            numbers = [str(one) for one in sorted(on) if one != LAST_DAY]
            return {
                "days": "monthly", "every": str(every),
                "monthdays": ", ".join(numbers + ([LAST_WORD] if LAST_DAY in on else [])),
            }  # fmt: skip
        case Cycle(on=on, off=off):
            return {"days": "cycle", "on": str(on), "off": str(off)}
        case _:
            return {"days": "daily"}


def _clock_parts(span: timedelta | None) -> tuple[str, str]:
    if span is None:
        return "", ""
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    return str(hours) if hours else "", str(minutes) if minutes else ""
