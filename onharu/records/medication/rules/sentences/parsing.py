"""A dosing sentence read: "아침저녁 식후 30분 1정씩 7일". What is not understood is said, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from onharu.records.medication.rules.schedules.shapes import Clock, Limit, Phase, Schedule
from onharu.records.medication.rules.sentences import fillers, said_days, said_doses, said_times
from onharu.records.medication.rules.sentences.dates import resolve
from onharu.records.medication.rules.sentences.doubts import Language, told, told_missing
from onharu.records.medication.rules.sentences.gathering import Said, gathered, lend
from onharu.records.medication.rules.sentences.names import name_of, rest_of
from onharu.records.medication.rules.sentences.normal import normal, usual_clock
from onharu.records.medication.rules.sentences.phasing import phase_of
from onharu.records.medication.rules.sentences.scanning import folded, scan, vocabulary
from onharu.records.medication.rules.sentences.shapes import NotUnderstood, Parsed
from onharu.records.medication.rules.sentences.stretches import stretches
from onharu.records.medication.rules.sentences.tokens import (
    ByClock,
    DailyTotal,
    Dose,
    Doubt,
    Ends,
    Lasts,
    Most,
    Needed,
    OtherDose,
    Placed,
    Starts,
    Strength,
    Token,
    Unknown,
)  # fmt: skip

LONGEST: Final = 1000
WORDS: Final = vocabulary((*said_days.FIRST, *said_doses.RULES, *said_days.RULES, *said_times.RULES, *fillers.RULES))


def parse(text: str, *, today: date, language: Language = "ko") -> Parsed | NotUnderstood:
    """Read a dosing sentence as it is meant on `today`. Never raises.

    What is longer than `LONGEST` is not read and left in `rest`. `doubts` are sentences in `language`. Where times a
    day and hours between do not agree the fewer doses are assumed; moments that are named win over a count.
    """
    mended, slips = fillers.mended(folded(text[:LONGEST])[:LONGEST])
    placed = _without_strength(scan(mended, WORDS))
    doubts = [Doubt("slip", *slip) for slip in slips]
    name = name_of(mended, placed)
    rest = " ".join(part for part in (rest_of(mended, placed), folded(text[LONGEST:])) if part)
    course = _course(placed, today, doubts)
    first = course.start or today
    parts, saids = _phases(placed, first, doubts)
    if not parts:
        return _not_understood(placed, name, rest, language)
    schedule, amount = normal(Schedule(tuple(parts)), None)
    limit = _limit(placed, saids, amount, doubts)
    course = _with_phases(course, parts, doubts)
    return Parsed(
        schedule=Schedule(schedule.phases, _clock(placed, parts), limit),
        amount=amount,
        unit=_unit(placed, doubts),
        start=course.start,
        end=course.end,
        days=course.days,
        name=name,
        why=next((one.token.why for one in placed if isinstance(one.token, Needed)), ""),
        rest=rest,
        doubts=tuple(dict.fromkeys(told(doubt, language) for doubt in doubts)),
    )


def _without_strength(placed: list[Placed]) -> list[Placed]:
    """Take an amount in units right after a name, beside one in something else, as part of the name: 1000IU 1캡슐."""
    doses = [one.token for one in placed if isinstance(one.token, Dose)]
    if len({dose.unit for dose in doses}) < 2 or len(placed) < 2 or not isinstance(placed[0].token, Unknown):
        return placed
    second = placed[1]
    if isinstance(second.token, Dose) and second.token.unit == "unit":
        placed[1] = Placed(Strength(), second.start, second.end)
    return placed


def _not_understood(placed: Sequence[Placed], name: str, rest: str, language: Language) -> NotUnderstood:
    other = any(isinstance(one.token, OtherDose) for one in placed)
    has_amount = any(isinstance(one.token, (Dose, DailyTotal)) for one in placed)
    missing = ("which",) if other else ("when",) if has_amount else ("when", "amount")
    return NotUnderstood(missing, told_missing(missing, language), name=name, rest=rest)


# ---- phases


def _phases(placed: Sequence[Placed], first: date, doubts: list[Doubt]) -> tuple[list[Phase], list[Said]]:
    """Make the phases; a stretch lends what the one after it did not say, the first takes from those after it."""
    cut = stretches([one.token for one in placed])
    shared = gathered(cut.preamble)
    saids = [gathered(row) for row in cut.rows]
    told_when = next((said for said in saids if said.has_when), shared)
    told_days = next((said for said in saids if said.days is not None), shared)
    before = shared if shared.has_when else told_when
    parts: list[Phase] = []
    at = first
    for said in saids:
        _borrow(said, before, shared if shared.days is not None else told_days, shared)
        phase = phase_of(said, at)
        if phase is None:
            continue
        parts.append(phase if cut.staged else _whole(phase))
        before = said
        at = _plus(at, phase.length or 0) or at
    for said in (shared, *saids):
        doubts.extend(said.doubts)
    return parts, [shared, *saids]


def _borrow(said: Said, before: Said, days: Said, shared: Said) -> None:
    lend(said, before)
    if said.days is None:
        said.days = days.days
    if not said.doses:
        said.order.extend(shared.doses[:1])


def _whole(phase: Phase) -> Phase:
    """Let the length of an only phase be the course's."""
    return Phase(when=phase.when, days=phase.days, amount=phase.amount)


# ---- the course


@dataclass(frozen=True, slots=True)
class _Course:
    start: date | None
    end: date | None
    days: int | None


def _course(placed: Sequence[Placed], today: date, doubts: list[Doubt]) -> _Course:
    tokens = [one.token for one in placed]
    start = end = None
    for token in tokens:
        if isinstance(token, Starts) and start is None:
            start = resolve(token.said, today)
            doubts.extend([] if token.sure else [Doubt("bare_date", token.said)])
    for token in tokens:
        if isinstance(token, Ends) and end is None:
            end = resolve(token.said, today, after=start or today)
    if end is not None and end < (start or today):
        doubts.append(Doubt("end_before_start"))
        end = None
    return _lasting(_Course(start, end, None), tokens, doubts)


def _lasting(course: _Course, tokens: Sequence[Token], doubts: list[Doubt]) -> _Course:
    cut = stretches(tokens)
    here = cut.preamble if cut.staged else cut.rows[0]
    lasts = [token for token in here if isinstance(token, Lasts)]
    if any(token.rough for token in tokens if isinstance(token, Lasts)):
        doubts.append(Doubt("month_length"))
    if len({last.days for last in lasts}) > 1:
        doubts.append(Doubt("two_lengths"))
    return _ending(course, lasts[0].days if lasts else None, doubts)


def _ending(course: _Course, days: int | None, doubts: list[Doubt]) -> _Course:
    """Work out the end from the length, or the length from the end."""
    start, end = course.start, course.end
    if start is None:
        return _Course(None, end, days)
    if end is not None:
        if days is not None and days != (end - start).days + 1:
            doubts.append(Doubt("end_days"))
        return _Course(start, end, (end - start).days + 1)
    end = _plus(start, days - 1) if days else None
    if days and end is None:
        doubts.append(Doubt("too_far"))
    return _Course(start, end, days)


def _with_phases(course: _Course, parts: Sequence[Phase], doubts: list[Doubt]) -> _Course:
    """Let phases that all have a length say how long the course is."""
    lengths = [phase.length for phase in parts]
    if course.days is not None or not lengths or None in lengths:
        return course
    return _ending(course, sum(length or 0 for length in lengths), doubts)


def _plus(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


# ---- clock, limits and units


def _clock(placed: Sequence[Placed], parts: Sequence[Phase]) -> Clock:
    said = (one.token.clock for one in placed if isinstance(one.token, ByClock))
    return next(said, usual_clock(parts))


def _limit(placed: Sequence[Placed], saids: Sequence[Said], amount: Decimal | None, doubts: list[Doubt]) -> Limit:
    gap = next((said.gap.minutes for said in saids if said.gap is not None), None)
    most = next((one.token for one in placed if isinstance(one.token, Most)), None)
    allowed = most.amount if most else None
    times = most.times if most else 0
    counted = next((said.count for said in saids if said.needed is not None and said.count is not None), None)
    if most is None and counted is not None:
        doubts.append(Doubt("needed_times", str(counted.times)))
        times = counted.times
    if times and amount is None:
        doubts.append(Doubt("most_times", str(times)))
    if times:
        allowed = times * (amount or Decimal(1))
    return Limit(allowed, None if gap is None else timedelta(minutes=gap))


def _unit(placed: Sequence[Placed], doubts: list[Doubt]) -> str | None:
    units = [one.token.unit for one in placed if isinstance(one.token, (Dose, DailyTotal, Most)) and one.token.unit]
    if len(set(units)) > 1:
        doubts.append(Doubt("two_units"))
    return units[0] if units else None
