"""Energy of movement, and minutes guessed from sets. Plain Python.

One MET is about 1 kcal per kg and hour (3.5 ml of oxygen per kg and minute; Compendium of Physical Activities).
Gross energy holds what the body uses at rest anyway; net energy, (MET - 1), is what the movement added, and the
only one that may be eaten on top.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from onharu.records.workouts.rules.shapes import DoneSet

REST_MET: Final = Decimal(1)
SECONDS_A_REP: Final = 4
USUAL_REST_SECONDS: Final = 90
_TENTH: Final = Decimal("0.1")


def gross_kcal(met: Decimal | None, kg: Decimal | None, minutes: Decimal | None) -> Decimal | None:
    """Compute kcal = MET × kg × h to 0.1; unknown when any of the three is unknown."""
    if met is None or kg is None or minutes is None:
        return None
    return (met * kg * minutes / 60).quantize(_TENTH, ROUND_HALF_UP)


def net_kcal(met: Decimal | None, kg: Decimal | None, minutes: Decimal | None) -> Decimal | None:
    """Compute the kcal above rest, (MET - 1) × kg × h to 0.1, never below zero; unknown when any part is."""
    above = None if met is None else max(met - REST_MET, Decimal(0))
    return gross_kcal(above, kg, minutes)


def minutes_of(sets: Iterable[DoneSet], rest_seconds: int = USUAL_REST_SECONDS) -> Decimal | None:
    """Estimate the minutes that sets took, to 0.1: 4 s a repetition or the seconds held, and the rests between.

    Unknown without a set, or when a set says neither repetitions nor seconds.
    """
    works = [_work_seconds(one) for one in sets]
    known = [work for work in works if work is not None]
    if not works or len(known) < len(works):
        return None
    seconds = sum(known) + rest_seconds * (len(works) - 1)
    return (Decimal(seconds) / 60).quantize(_TENTH, ROUND_HALF_UP)


def _work_seconds(done: DoneSet) -> int | None:
    if done.seconds is not None:
        return done.seconds
    return None if done.reps is None else done.reps * SECONDS_A_REP
