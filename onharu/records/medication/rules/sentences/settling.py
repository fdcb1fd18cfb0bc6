"""Readings that hang together settled before a phase is made: a day's total, what is split, a rhythm or a least gap."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from onharu.records.medication.rules.sentences.gathering import Said
from onharu.records.medication.rules.sentences.tokens import Count, DailyTotal, Dose, Doubt, LeastGap

DAY_MINUTES: Final = 1440
_HALF: Final = Decimal("0.5")


def settle(said: Said) -> None:
    """Settle rhythm and amounts of a stretch; what was unclear is doubted, of two rhythms the one with fewer doses."""
    _settle_split(said)
    _settle_total(said)
    _settle_rhythm(said)


def _settle_split(said: Said) -> None:
    """Read "3정 #3" as three times a day, one each."""
    if said.split is None or not said.split.times:
        return
    times = said.split.times
    whole = said.total or next(iter(said.doses), None)
    said.count = said.count or Count(times)
    if whole is None or whole.amount % (_HALF * times):
        said.doubts.append(Doubt("split", str(times)))
        return
    each = Dose(whole.amount / times, whole.unit)
    said.order = [each if item is whole else item for item in said.order]
    if isinstance(whole, DailyTotal):
        said.order.append(each)
        said.total = None


def _settle_total(said: Said) -> None:
    """Read "하루 2정" as the amount of a day, split over its doses where that comes out even."""
    total = said.total
    if total is None:
        return
    times = _doses_a_day(said)
    if said.doses:
        _count_from(said, total)
        return
    each = total.amount / (times or 1)
    even = not each % _HALF
    if (times or 1) > 1 or total.amount > 1:
        told = "once" if (times or 1) == 1 else "even" if even else "uneven"
        said.doubts.append(Doubt(f"total_{told}", f"{total.amount:f}", f"{each if even else total.amount:f}"))
    said.order.append(Dose(each if even else total.amount, total.unit))
    said.count = said.count or (None if said.has_rhythm else Count(1))


def _count_from(said: Said, total: DailyTotal) -> None:
    """Count the doses of a day from its total and one dose: 1회 1정 1일 3정."""
    times, rest = divmod(total.amount, said.doses[0].amount or total.amount)
    told = _doses_a_day(said)
    if rest or not times or (told and told != times):
        said.doubts.append(Doubt("twice", "amount"))
    elif not told:
        said.count = Count(int(times))


def _doses_a_day(said: Said) -> int:
    """Tell how many doses a day has, as far as it was said; 0 is unknown."""
    if said.count is not None:
        return said.count.times
    if said.every is not None:
        return max(DAY_MINUTES // said.every.minutes, 1)
    return len(said.places)


def _settle_rhythm(said: Said) -> None:
    """Settle what hours between two doses are: a least gap when needed or where another rhythm has fewer doses."""
    every, count = said.every, said.count
    if every is None:
        return
    if said.needed is not None:
        _be_gap(said)
    elif count is not None and count.times * every.minutes != DAY_MINUTES:
        fewer = count.times * every.minutes < DAY_MINUTES
        said.doubts.append(Doubt("rhythms_count" if fewer else "rhythms_every", str(count.times)))
        if fewer:
            _be_gap(said)
        else:
            said.count = None


def _be_gap(said: Said) -> None:
    if said.every is not None and said.gap is None:
        said.gap = LeastGap(said.every.minutes)
    said.every = None
