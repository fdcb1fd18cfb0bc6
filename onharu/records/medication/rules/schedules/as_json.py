"""Schedules as JSON and back: strict, so that what is stored or sent is a schedule and nothing else.

A value that is not understood raises ValueError whose text begins with the path to it: `phases[0].days.n: …`.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import cast, get_args

from onharu.records.medication.rules.schedules.reading import Told
from onharu.records.medication.rules.schedules.shapes import (
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
    Meal,
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

Json = dict[str, object]


def to_json(schedule: Schedule) -> Json:
    """Write a schedule as JSON; `from_json` reads it back as the same value."""
    limit = schedule.limit
    gap = None if limit.gap is None else int(limit.gap.total_seconds() // 60)
    return {
        "clock": schedule.clock,
        "limit": {"most_in_24h": _text(limit.most_in_24h), "gap_minutes": gap},
        "phases": [
            {
                "length": phase.length,
                "amount": _text(phase.amount),
                "days": _days_out(phase.days),
                "when": _when_out(phase.when),
            }
            for phase in schedule.phases
        ],
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount.normalize():f}"


def _days_out(days: Days) -> Json:
    match days:
        case Daily():
            return {"kind": "daily"}
        case EveryDays(n):
            return {"kind": "every_days", "n": n}
        case Weekdays(on, every):
            return {"kind": "weekdays", "on": sorted(on), "every": every}
        case Monthly(on, every):
            return {"kind": "monthly", "on": sorted(on), "every": every}
        case Cycle(on, off):
            return {"kind": "cycle", "on": on, "off": off}


def _when_out(when: When) -> Json:
    match when:
        case Slots(slots):
            told = [{"anchor": anchor_to_json(slot.anchor), "amount": _text(slot.amount)} for slot in slots]
            return {"kind": "slots", "slots": told}
        case Spaced(times):
            return {"kind": "spaced", "times": times}
        case Interval(minutes, origin, first, window):
            return {
                "kind": "interval",
                "minutes": minutes,
                "origin": origin,
                "first": None if first is None else f"{first:%H:%M}",
                "window": None if window is None else [f"{edge:%H:%M}" for edge in window],
            }
        case Follows(regimen, minutes):
            return {"kind": "follows", "regimen": regimen, "minutes": minutes}
        case AsNeeded():
            return {"kind": "as_needed"}


def anchor_to_json(anchor: Anchor) -> Json:
    """Write what a dose is tied to as JSON."""
    match anchor:
        case At(at):
            return {"kind": "at", "at": f"{at:%H:%M}"}
        case AtMeal(meal, relation, minutes):
            return {"kind": "meal", "meal": meal, "relation": relation, "minutes": minutes}
        case AtBedtime(minutes):
            return {"kind": "bedtime", "minutes": minutes}
        case OnWaking(minutes):
            return {"kind": "waking", "minutes": minutes}


# ---- reading


def from_json(value: object) -> Schedule:
    """Read a schedule; ValueError with the path of what is wrong."""
    told = Told(value, "")
    told.only("clock", "limit", "phases")
    return Schedule(
        phases=tuple(_phase(item) for item in told.items("phases")),
        clock=cast("Clock", told.one_of("clock", get_args(Clock), default="wall")),
        limit=told.part("limit", _limit) or Limit(),
    )


def anchor_from_json(value: object) -> Anchor:
    """Read what a dose is tied to; ValueError with the path of what is wrong."""
    return _anchor(Told(value, ""))


def _limit(told: Told) -> Limit:
    told.only("most_in_24h", "gap_minutes")
    gap = told.maybe_number("gap_minutes")
    return Limit(told.maybe_amount("most_in_24h"), None if gap is None else timedelta(minutes=gap))


def _phase(told: Told) -> Phase:
    told.only("length", "amount", "days", "when")
    when = told.part("when", _when)
    if when is None:
        raise told.wrong("when", "is missing")
    return Phase(
        when=when,
        days=told.part("days", _days) or Daily(),
        length=told.maybe_number("length"),
        amount=told.maybe_amount("amount"),
    )


def _days(told: Told) -> Days:
    match told.kind("daily", "every_days", "weekdays", "monthly", "cycle"):
        case "every_days":
            return EveryDays(**told.fields(n=told.number))
        case "weekdays":
            told.only("kind", "on", "every")
            return Weekdays(told.numbers("on"), told.one_or_number("every"))
        case "monthly":
            told.only("kind", "on", "every")
            return Monthly(told.numbers("on"), told.one_or_number("every"))
        case "cycle":
            return Cycle(**told.fields(on=told.number, off=told.number))
        case _:
            return Daily(**told.fields())


def _when(told: Told) -> When:
    match told.kind("slots", "spaced", "interval", "follows", "as_needed"):
        case "slots":
            told.only("kind", "slots")
            return Slots(tuple(_slot(item) for item in told.items("slots")))
        case "spaced":
            return Spaced(**told.fields(times=told.number))
        case "interval":
            return _interval(told)
        case "follows":
            return Follows(**told.fields(regimen=told.number, minutes=told.number))
        case _:
            return AsNeeded(**told.fields())


def _interval(told: Told) -> Interval:
    told.only("kind", "minutes", "origin", "first", "window")
    origin = told.one_of("origin", ("plan", "taken"), default="plan")
    return Interval(
        told.number("minutes"), "taken" if origin == "taken" else "plan", told.maybe_time("first"), told.window()
    )


def _slot(told: Told) -> Slot:
    told.only("anchor", "amount")
    anchor = told.part("anchor", _anchor)
    if anchor is None:
        raise told.wrong("anchor", "is missing")
    return Slot(anchor, told.maybe_amount("amount"))


def _anchor(told: Told) -> Anchor:
    match told.kind("at", "meal", "bedtime", "waking"):
        case "at":
            return At(**told.fields(at=told.clock_time))
        case "meal":
            told.only("kind", "meal", "relation", "minutes")
            meal = cast("Meal", told.one_of("meal", MEALS))
            relation = cast("Relation", told.one_of("relation", get_args(Relation)))
            return AtMeal(meal, relation, told.maybe_number("minutes") or 0)
        case "bedtime":
            return AtBedtime(**told.fields(minutes=told.number))
        case _:
            return OnWaking(**told.fields(minutes=told.number))
