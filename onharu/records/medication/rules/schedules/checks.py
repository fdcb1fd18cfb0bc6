"""What cannot be planned: faults of a schedule by code and field, before anybody is asked to live by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from onharu.records.medication.rules.schedules.days import FOREVER, is_on, spans
from onharu.records.medication.rules.schedules.shapes import (
    AsNeeded,
    AtMeal,
    Cycle,
    Daily,
    Days,
    EveryDays,
    Follows,
    Interval,
    Limit,
    Monthly,
    Phase,
    Routine,
    Schedule,
    Slots,
    Spaced,
    Version,
    Weekdays,
    When,
)
from onharu.records.medication.rules.schedules.times import (
    DAY_MINUTES,
    EPOCH,
    after_meal,
    minutes_of,
    spaced,
    usual,
)

MOST_PHASES = 30
MOST_A_DAY = 24
MOST_AMOUNT = Decimal(10000)
LONGEST_PHASE = 3660
LONGEST_INTERVAL = 62 * DAY_MINUTES
LONGEST_GAP = timedelta(days=62)
FARTHEST = DAY_MINUTES // 2
LOOKED_AHEAD = 1500


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be planned: a code, the path of the field as in the JSON, and the bound that it breaks."""

    code: str
    field: str
    bound: int | None = None


def faults(schedule: Schedule, amount: Decimal, start: date, end: date | None) -> tuple[Fault, ...]:
    """List what cannot be planned; nothing where the schedule is sound."""
    found = [*_of_whole(schedule, amount, start, end)]
    for number, phase in enumerate(schedule.phases):
        path = f"phases[{number}]"
        found += _of_length(phase, path, is_last=number == len(schedule.phases) - 1)
        found += _of_days(phase.days, f"{path}.days")
        found += _of_when(phase.when, f"{path}.when")
    if found:
        return tuple(found)
    for number, phase in enumerate(schedule.phases):
        found += _against_limit(phase, schedule.limit, phase.amount or amount, f"phases[{number}].when")
    return tuple(found or _never(schedule, amount, start, end))


def _of_whole(schedule: Schedule, amount: Decimal, start: date, end: date | None) -> Iterator[Fault]:
    yield from _of_amount(amount, "amount")
    if end is not None and end < start:
        yield Fault("ends_before_start", "end")
    if not schedule.phases:
        yield Fault("empty", "phases")
    if len(schedule.phases) > MOST_PHASES:
        yield Fault("too_many_phases", "phases", MOST_PHASES)
    limit = schedule.limit
    if limit.most_in_24h is not None:
        yield from _of_amount(limit.most_in_24h, "limit.most_in_24h")
        amounts = [phase.amount or amount for phase in schedule.phases]
        if any(one > limit.most_in_24h > 0 for one in amounts):
            yield Fault("limit_under_dose", "limit.most_in_24h")
    if limit.gap is not None and not timedelta(minutes=1) <= limit.gap <= LONGEST_GAP:
        yield Fault("out_of_range", "limit.gap_minutes", LONGEST_GAP // timedelta(minutes=1))


def _of_amount(amount: Decimal | None, path: str) -> Iterator[Fault]:
    if amount is not None and not 0 < amount <= MOST_AMOUNT:
        yield Fault("out_of_range", path, int(MOST_AMOUNT))


def _of_length(phase: Phase, path: str, *, is_last: bool) -> Iterator[Fault]:
    yield from _of_amount(phase.amount, f"{path}.amount")
    if phase.length is None and not is_last:
        yield Fault("phase_without_end", f"{path}.length")
    if phase.length is not None and not 1 <= phase.length <= LONGEST_PHASE:
        yield Fault("out_of_range", f"{path}.length", LONGEST_PHASE)


def _of_days(days: Days, path: str) -> Iterator[Fault]:
    match days:
        case Daily():
            return
        case EveryDays(n):
            yield from _within(n, 1, 366, f"{path}.n")
        case Weekdays(on, every):
            yield from _within(every, 1, 52, f"{path}.every")
            yield from _among(on, range(1, 8), f"{path}.on")
        case Monthly(on, every):
            yield from _within(every, 1, 36, f"{path}.every")
            yield from _among(on, (-1, *range(1, 32)), f"{path}.on")
        case Cycle(on, off):
            yield from _within(on, 1, 366, f"{path}.on")
            yield from _within(off, 1, 366, f"{path}.off")


def _within(number: int, low: int, high: int, path: str) -> Iterator[Fault]:
    if not low <= number <= high:
        yield Fault("out_of_range", path, low if number < low else high)


def _among(on: frozenset[int], known: Iterable[int], path: str) -> Iterator[Fault]:
    if not on:
        yield Fault("empty", path)
    elif not on <= frozenset(known):
        yield Fault("out_of_range", path)


def _of_when(when: When, path: str) -> Iterator[Fault]:
    match when:
        case Slots():
            yield from _of_slots(when, path)
        case Spaced(times):
            yield from _within(times, 1, MOST_A_DAY, f"{path}.times")
        case Interval():
            yield from _of_interval(when, path)
        case Follows(regimen, minutes):
            yield from _within(minutes, -FARTHEST, FARTHEST, f"{path}.minutes")
            if regimen < 1:
                yield Fault("out_of_range", f"{path}.regimen", 1)
        case AsNeeded():
            return


def _of_slots(when: Slots, path: str) -> Iterator[Fault]:
    if not when.slots:
        yield Fault("empty", f"{path}.slots")
    if len(when.slots) > MOST_A_DAY:
        yield Fault("too_many", f"{path}.slots", MOST_A_DAY)
    for index, slot in enumerate(when.slots):
        here = f"{path}.slots[{index}]"
        yield from _of_amount(slot.amount, f"{here}.amount")
        minutes = (
            abs(after_meal(slot.anchor)) if isinstance(slot.anchor, AtMeal) else getattr(slot.anchor, "minutes", 0)
        )
        yield from _within(minutes, 0, FARTHEST, f"{here}.anchor.minutes")
        if slot.anchor in [other.anchor for other in when.slots[:index]]:
            yield Fault("twice", f"{here}.anchor")


def _of_interval(interval: Interval, path: str) -> Iterator[Fault]:
    yield from _within(interval.minutes, DAY_MINUTES // MOST_A_DAY, LONGEST_INTERVAL, f"{path}.minutes")
    if interval.window is None:
        return
    opening, closing = (minutes_of(edge) for edge in interval.window)
    width = (closing - opening) % DAY_MINUTES
    if not width:
        yield Fault("empty", f"{path}.window")
    elif width < interval.minutes:
        yield Fault("window_under_interval", f"{path}.window", interval.minutes)
    first = None if interval.first is None else minutes_of(interval.first)
    if first is not None and (first - opening) % DAY_MINUTES > width:
        yield Fault("first_outside_window", f"{path}.first")


# ---- against the limits


def _against_limit(phase: Phase, limit: Limit, amount: Decimal, path: str) -> Iterator[Fault]:
    """Find where a phase by itself would break the limits, by the usual routine."""
    when, gap = phase.when, limit.gap
    if isinstance(when, Interval):
        if gap is not None and timedelta(minutes=when.minutes) < gap:
            yield Fault("gap_broken", f"{path}.minutes", gap // timedelta(minutes=1))
        yield from _too_much(limit, amount * (DAY_MINUTES // when.minutes), f"{path}.minutes")
        return
    doses = _usual_day(when, amount)
    if gap is not None and _closer_than(gap, phase, [at for at, _ in doses]):
        yield Fault("gap_broken", path, gap // timedelta(minutes=1))
    yield from _too_much(limit, sum((much for _, much in doses), Decimal(0)), path)


def _usual_day(when: When, amount: Decimal) -> list[tuple[int, Decimal]]:
    if isinstance(when, Slots):
        return [(usual(slot.anchor, Routine()), slot.amount or amount) for slot in when.slots]
    if isinstance(when, Spaced):
        return [(at, amount) for at in spaced(when.times, Routine())]
    return []


def _closer_than(gap: timedelta, phase: Phase, times: list[int]) -> bool:
    """Tell whether two doses of a day, or its last and the first of the next one that may follow, are too close."""
    if not times:
        return False
    ordered = sorted(times)
    apart = [later - earlier for earlier, later in pairwise(ordered)]
    overnight = ordered[0] + DAY_MINUTES * _closest_days(phase.days) - ordered[-1]
    return min([*apart, overnight]) < gap // timedelta(minutes=1)


def _closest_days(days: Days) -> int:
    """Tell how many days lie between the two closest days of a phase."""
    if isinstance(days, Daily):
        return 1
    first = EPOCH.toordinal()
    on = [ordinal for ordinal in range(first, first + LOOKED_AHEAD) if is_on(days, first, ordinal)]
    return min((later - earlier for earlier, later in pairwise(on)), default=LOOKED_AHEAD)


def _too_much(limit: Limit, much: Decimal, path: str) -> Iterator[Fault]:
    if limit.most_in_24h is not None and much > limit.most_in_24h:
        yield Fault("more_than_limit", path)


def _never(schedule: Schedule, amount: Decimal, start: date, end: date | None) -> Iterator[Fault]:
    """Find a schedule none of whose phases has a day between start and end."""
    version = Version(1, EPOCH, schedule, amount, start, end)
    for span in spans(version):
        last = min(span.last, span.first + LOOKED_AHEAD, FOREVER)
        if any(is_on(span.phase.days, span.first, ordinal) for ordinal in range(span.first, last + 1)):
            return
    yield Fault("never", "phases")
