"""The plan worked out the long way, minute by minute and day by day, to hold the planner against.

Shares no line with the planner: clocks are read off one minute after the other, days are counted by walking them, and
waits are carried from the first dose on.
"""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from onharu.records.medication.rules.schedules import shapes as s

MINUTE = timedelta(minutes=1)
BEFORE, AFTER, HORIZON = 3, 38, 33


@dataclass(frozen=True)
class Clocks:
    """What the clocks of a zone showed: for each wall minute all instants that showed it, and which dates there were."""

    all_at: dict
    dates: frozenset

    def at(self, wall):
        return self.all_at[wall][0]


@lru_cache(maxsize=64)
def clocks(zone, first):
    """Read the clocks of a zone off, minute by minute, around a date."""
    here = ZoneInfo(zone)
    instant = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=BEFORE)
    all_at, dates, shown = {}, set(), None
    for _ in range((BEFORE + AFTER) * 1440):
        wall = instant.astimezone(here).replace(tzinfo=None)
        if shown is not None and wall - shown > MINUTE:
            missing, late = shown + MINUTE, instant
            while missing < wall:
                all_at.setdefault(missing, []).append(late)
                missing, late = missing + MINUTE, late + MINUTE
        if wall in all_at:
            all_at[wall].append(instant)
        else:
            all_at[wall] = [instant]
        dates.add(wall.toordinal())
        shown = wall
        instant += MINUTE
    return Clocks(all_at, frozenset(dates))


def wall_of(day, minutes):
    return datetime(day.year, day.month, day.day) + MINUTE * minutes


# ---- days, by walking


def days_on(days, first, last):
    """Walk the dates of a phase and say which have doses."""
    found, day, count, weeks, months = [], first, 0, 0, 0
    while day <= last:
        if day != first:
            count += 1
            weeks += day.isoweekday() == 1
            months += day.day == 1
        if _on(days, day, count, weeks, months):
            found.append(day)
        day += timedelta(days=1)
    return found


def _on(days, day, count, weeks, months):
    if isinstance(days, s.Daily):
        return True
    if isinstance(days, s.EveryDays):
        return count % days.n == 0
    if isinstance(days, s.Weekdays):
        return weeks % days.every == 0 and day.isoweekday() in days.on
    if isinstance(days, s.Cycle):
        return ([True] * days.on + [False] * days.off)[count % (days.on + days.off)]
    length = calendar.monthrange(day.year, day.month)[1]
    meant = {length if said == -1 or said > length else said for said in days.on}
    return months % days.every == 0 and day.day in meant


# ---- times of a day


def routine_minutes(routine):
    """Walk a day from waking to bed and note when things usually happen."""
    wake = routine.wake.hour * 60 + routine.wake.minute
    bed = wake + 1
    while (bed % 1440) != routine.sleep.hour * 60 + routine.sleep.minute:
        bed += 1
    found = {"wake": wake, "sleep": bed}
    for meal in s.MEALS:
        at = getattr(routine, meal)
        minutes = at.hour * 60 + at.minute
        found[meal] = minutes + 1440 if minutes <= bed - 1440 else minutes
    return found


def slot_minutes(anchor, usual):
    if isinstance(anchor, s.At):
        return anchor.at.hour * 60 + anchor.at.minute
    if isinstance(anchor, s.AtBedtime):
        return usual["sleep"] - anchor.minutes
    if isinstance(anchor, s.OnWaking):
        return usual["wake"] + anchor.minutes
    return usual[anchor.meal] + meal_minutes(anchor)


def meal_minutes(anchor):
    if anchor.relation in ("before", "right_before"):
        return -anchor.minutes
    if anchor.relation == "between" and anchor.minutes == 0:
        return 120
    return anchor.minutes


def spaced_minutes(times, usual):
    awake = usual["sleep"] - usual["wake"]
    step = 1440 / times
    if times > 1 and step * (times - 1) > awake:
        step = awake / (times - 1)
    return [usual["wake"] + int(step * n / 5) * 5 for n in range(times)]


def inside(wall, window):
    if window is None:
        return True
    opening, closing = window
    at = wall.time().replace(second=0, microsecond=0)
    if opening <= closing:
        return opening <= at <= closing
    return not closing < at < opening


# ---- doses: (at, key, date, amount)


def doses_of(version, facts, first):
    """Plan a version from its start for as far as the clocks were read, before any dose waits."""
    seen = clocks(facts.zone, first)
    horizon = first + timedelta(days=HORIZON)
    found, start = [], version.start
    for number, phase in enumerate(version.schedule.phases):
        end = start + timedelta(days=phase.length - 1) if phase.length else date.max
        last = min(end, version.end or date.max, horizon)
        amount = phase.amount or version.amount
        if start <= last:
            on = days_on(phase.days, start, last)
            found += _phase(version, phase, number, on, (start, last, amount), facts, seen)
        if not phase.length:
            break
        start = end + timedelta(days=1)
    return found


def _phase(version, phase, number, on, dates, facts, seen):
    when, (first, last, amount) = phase.when, dates
    usual = routine_minutes(facts.routine)
    stem = f"v{version.n}."
    if isinstance(when, s.AsNeeded):
        return []
    if isinstance(when, s.Follows):
        return [
            (_followed_at(dose, when, facts), f"{stem}f.{dose.key}", dose.date, amount)
            for dose in facts.followed
            if dose.date in on
        ]
    if isinstance(when, s.Interval):
        fits = 1440 % when.minutes == 0 or when.minutes % 1440 == 0 or when.window is not None
        begin = when.first or facts.routine.wake
        if version.schedule.clock == "wall" and fits:
            return _wall_interval(when, wall_of(first, begin.hour * 60 + begin.minute), last, on, stem, amount, seen)
        stem = f"{stem}k" if number == 0 else f"{stem}k{number}."
        return _elapsed_interval(
            when, wall_of(first, begin.hour * 60 + begin.minute), last, on, stem, amount, facts, seen
        )
    found = []
    for day in on:
        said = (
            [(minutes, None, None) for minutes in spaced_minutes(when.times, usual)]
            if isinstance(when, s.Spaced)
            else [(slot_minutes(slot.anchor, usual), slot.amount, slot.anchor) for slot in when.slots]
        )
        for index, (minutes, own, anchor) in enumerate(said):
            at = _at(version, day, minutes, anchor, facts, seen, usual)
            if at is not None:
                found.append((at, f"{stem}{day:%Y%m%d}.{index}", day, own or amount))
    return found


def _followed_at(dose, when, facts):
    base = dose.at
    if when.minutes >= 0 and dose.key in facts.followed_taken:
        base = facts.followed_taken[dose.key]
    return base + MINUTE * when.minutes


def _at(version, day, minutes, anchor, facts, seen, usual):
    if version.schedule.clock == "elapsed" and isinstance(anchor, s.At):
        first = seen.at(wall_of(version.start, 0))
        return first + timedelta(hours=24) * (day - version.start).days + MINUTE * minutes
    if day.toordinal() not in seen.dates:
        return None
    by_clock = seen.at(wall_of(day, minutes))
    if isinstance(anchor, s.AtMeal) and anchor.relation in ("after", "right_after", "between"):
        eaten = facts.eaten.get((day, anchor.meal))
        usual_at = seen.at(wall_of(day, usual[anchor.meal]))
        if eaten is not None and usual_at - timedelta(hours=12) <= eaten < by_clock:
            return eaten + MINUTE * meal_minutes(anchor)
    return by_clock


def _wall_interval(when, wall, last, on, stem, amount, seen):
    of_day = {}
    while wall.date() <= last:
        while not inside(wall, when.window):
            wall += MINUTE
        of_day.setdefault(wall.date(), []).append(wall)
        wall += MINUTE * when.minutes
    found = []
    for day in on:
        walls = of_day.get(day, ()) if day.toordinal() in seen.dates else ()
        for index, wall in enumerate(walls):
            at = seen.at(wall)
            if at not in [seen.at(other) for other in walls[index + 1 :]]:
                found.append((at, f"{stem}{day:%Y%m%d}.{index}", day, amount))
    return found


def _elapsed_interval(when, wall, last, on, stem, amount, facts, seen):
    here, found, index = ZoneInfo(facts.zone), [], 0
    at = seen.at(wall)
    while True:
        shown = at.astimezone(here).replace(tzinfo=None)
        if not inside(shown, when.window):
            at = _opening(at, shown, when.window, seen)
            shown = at.astimezone(here).replace(tzinfo=None)
        if shown.date() > last:
            return found
        if shown.date() in on:
            found.append((at, f"{stem}{index}", shown.date(), amount))
        index += 1
        at += MINUTE * when.minutes


def _opening(at, shown, window, seen):
    openings = []
    for ahead in (0, 1, 2):
        day = shown.date() + timedelta(days=ahead)
        openings += seen.all_at.get(datetime.combine(day, window[0]), [])
    return min(opening for opening in openings if opening >= at)


def plan(versions, facts, first, since, until):
    """Plan all versions, one after the other, each dose kept apart from the one before."""
    last, found = None, []
    for version, following in zip(versions, [*versions[1:], None], strict=True):
        end = following.since if following else datetime.max.replace(tzinfo=UTC)
        gap = version.schedule.limit.gap
        for at, key, day, amount in sorted(doses_of(version, facts, first)):
            if not version.since <= at < end:
                continue
            if gap and last is not None and at < last + gap:
                at = last + gap
            if at >= end:
                continue
            last = at if last is None else max(last, at)
            found.append((at, key, day, amount))
    return sorted(dose for dose in found if since <= dose[0] < until)
