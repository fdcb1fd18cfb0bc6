"""One stretch of a sentence made a phase: which reading of it holds, and what is doubted about it."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Final

from onharu.records.medication.rules.schedules.shapes import (
    MEALS,
    AsNeeded,
    AtMeal,
    Daily,
    Days,
    Interval,
    Monthly,
    OnWaking,
    Phase,
    Slot,
    Slots,
    Spaced,
    When,
)  # fmt: skip
from onharu.records.medication.rules.sentences.binding import bind_doses, own_dose, slots_of
from onharu.records.medication.rules.sentences.gathering import Said
from onharu.records.medication.rules.sentences.settling import DAY_MINUTES, settle
from onharu.records.medication.rules.sentences.tokens import AtClock, Doubt

_ONE_A_DAY: Final = Spaced(1)


def phase_of(said: Said, first: date) -> Phase | None:
    """Make a phase of a stretch that begins on `first`; None where nothing was said of when or on which days.

    Amounts are all written out. Doubts are added to the stretch.
    """
    settle(said)
    if said.order:
        bind_doses(said)
    when = _when(said)
    if when is None:
        return None
    length = said.lasts[0].days if said.lasts else None
    return Phase(when=when, days=_days(said, first), length=length, amount=_amount(said))


def _when(said: Said) -> When | None:
    if said.needed is not None:
        return _needed(said)
    if said.since is not None:
        return Interval(said.since.minutes, origin="taken", window=_window(said))
    if said.every is not None and not _moments_tell(said):
        return _interval(said)
    return _by_day(said)


def _by_day(said: Said) -> When | None:
    if said.places or said.by is not None:
        return _slots(said)
    if said.fasting:
        return _fasting(said)
    if said.count is not None:
        return _spaced(said)
    told = said.total is not None or said.days is not None or (said.lasts and said.doses)
    return _once(said) if told else None


def _needed(said: Said) -> AsNeeded:
    if said.places or said.by is not None or said.fasting:
        said.doubts.append(Doubt("needed_moment"))
    return AsNeeded()


def _window(said: Said) -> tuple[time, time] | None:
    return (said.within.opens, said.within.closes) if said.within else None


def _moments_tell(said: Said) -> bool:
    """Tell whether moments say when the doses of an interval are: 12시간마다 오전 8시 오후 8시."""
    moments = len(said.places)
    if moments > 1 or (moments == 1 and not isinstance(said.places[0].anchor, AtClock)) or said.by is not None:
        if said.every is not None and moments * said.every.minutes != DAY_MINUTES:
            said.doubts.append(Doubt("moments_interval"))
        return True
    return False


def _interval(said: Said) -> Interval:
    first = said.begins.at if said.begins else None
    hour = said.begins.hour if said.begins else None
    for place in said.places:
        if isinstance(place.anchor, AtClock):
            first, hour = place.anchor.at, place.anchor.hour
    if hour is not None:
        said.doubts.append(hour)
    minutes = said.every.minutes if said.every else DAY_MINUTES
    return Interval(minutes, first=first, window=_window(said))


def _slots(said: Said) -> Slots:
    slots = slots_of(said)
    if said.count is not None and said.count.times != len(slots):
        said.doubts.append(Doubt("times_moments", str(said.count.times), str(len(slots))))
    return Slots(slots)


def _fasting(said: Said) -> When:
    """Read 공복 alone: on waking where it is once a day, else two hours after meals."""
    times = said.count.times if said.count else 1
    if times == 1:
        said.doubts.append(Doubt("fasting", "", "기상 직후"))
        return Slots((Slot(OnWaking()),))
    meals = MEALS if times > 2 else (MEALS[0], MEALS[2])
    said.doubts.append(Doubt("fasting", "", "식후 2시간"))
    return Slots(tuple(Slot(AtMeal(meal, "between")) for meal in meals))


def _spaced(said: Said) -> When:
    count = said.count
    if count is None:
        return _ONE_A_DAY
    if not count.sure:
        said.doubts.append(Doubt("bare_times", str(count.times)))
    if count.upto:
        said.doubts.append(Doubt("range_times", f"{count.times}~{count.upto}", str(min(count.times, count.upto))))
        return Spaced(min(count.times, count.upto))
    return Spaced(count.times)


def _once(said: Said) -> When:
    """Read days without a moment as once on such a day."""
    said.doubts.append(Doubt("once"))
    return _ONE_A_DAY


def _days(said: Said, first: date) -> Days:
    if said.days is None:
        return Daily()
    if said.days.doubt is not None:
        said.doubts.append(said.days.doubt)
    days = said.days.days
    return Monthly(frozenset({first.day}), days.every) if isinstance(days, Monthly) and not days.on else days


def _amount(said: Said) -> Decimal | None:
    dose = own_dose(said)
    return dose.amount if dose else None
