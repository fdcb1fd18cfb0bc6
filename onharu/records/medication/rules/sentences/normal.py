"""The one normal form of a schedule with its amount: what is the same is written the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from onharu.records.medication.rules.schedules.shapes import Clock, Interval, Phase, Schedule, Slots


def normal(schedule: Schedule, amount: Decimal | None) -> tuple[Schedule, Decimal | None]:
    """Write a schedule and its amount in normal form; the doses stay the same.

    The amount is that of the first dose; phases and slots have one of their own only where it differs.
    """
    phases = tuple(_filled(phase, amount) for phase in schedule.phases)
    first = phases[0].amount if phases else amount
    phases = tuple(replace(phase, amount=None if phase.amount == first else phase.amount) for phase in phases)
    return replace(schedule, phases=phases), first


def _filled(phase: Phase, amount: Decimal | None) -> Phase:
    own = phase.amount if phase.amount is not None else amount
    if not isinstance(phase.when, Slots) or not phase.when.slots:
        return replace(phase, amount=own)
    doses = [slot.amount if slot.amount is not None else own for slot in phase.when.slots]
    slots = tuple(
        replace(slot, amount=None if dose == doses[0] else dose)
        for slot, dose in zip(phase.when.slots, doses, strict=True)
    )
    return replace(phase, when=Slots(slots), amount=doses[0])


def usual_clock(phases: Iterable[Phase]) -> Clock:
    """Tell which clock a schedule goes by when nothing is said: hours that do not fill a day go by elapsed time."""
    for phase in phases:
        when = phase.when
        if isinstance(when, Interval) and (when.origin == "taken" or 1440 % when.minutes):
            return "elapsed"
    return "wall"
