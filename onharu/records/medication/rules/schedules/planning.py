"""The planner: which doses fall in a stretch of time, when the next one does, and which dose a key names.

The plan is computed from the versions of a schedule and a few facts and hangs on nothing else: asked in pieces it says
the same as asked at once. A schedule in which `checks.faults` finds something is not planned by anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from onharu.records.medication.rules.schedules.apart import IN_ORDER, Apart
from onharu.records.medication.rules.schedules.dated import dated
from onharu.records.medication.rules.schedules.days import Span
from onharu.records.medication.rules.schedules.finding import around, version_of
from onharu.records.medication.rules.schedules.intervals import elapsed, on_the_wall
from onharu.records.medication.rules.schedules.known import Known, Line, closing_of, know, lines_of
from onharu.records.medication.rules.schedules.shapes import AsNeeded, Facts, Follows, Interval, Planned, Version
from onharu.records.medication.rules.schedules.taken import after_takings, following

AHEAD = (0, 2, 14, 60, 400)


def plan(versions: Sequence[Version], facts: Facts, since: datetime, until: datetime) -> tuple[Planned, ...]:
    """Tell all doses from `since` on and before `until`, in order of time, then key.

    Doses that have rows are told as well, where their rows say (the caller merges by key); of a newer version's doses
    those are left out for whose instant a dose of an older version was answered early. `facts.answered` must hold every
    row planned in or near the stretch and the newest row of each version; `facts.followed` the doses that those of the
    stretch follow.

    A meal told late may place a dose in the past that had not come due by the clock. Who writes due rows for
    schedules with doses after meals therefore looks back half a day and writes what has no row yet.
    """
    lines = lines_of(versions)
    if not lines or since >= until:
        return ()
    known = know(facts)
    if any(line.gap for line in lines):
        apart = Apart(lines, lambda line, low, high: _nominal(line, known, low, high), known.stand)
        doses = apart.between(since, until)
    else:
        doses = [dose for line in lines for dose in _nominal(line, known, since, until)]
        doses.sort(key=IN_ORDER)
    return tuple(_without_answered_early(doses, lines, facts))


def next_at(versions: Sequence[Version], facts: Facts, after: datetime) -> datetime | None:
    """Tell the instant of the first dose at or after `after`; None when there is none within 400 days."""
    for low, high in pairwise(AHEAD):
        doses = plan(versions, facts, after + timedelta(days=low), after + timedelta(days=high))
        if doses:
            return doses[0].at
    return None


def knows(versions: Sequence[Version], facts: Facts, key: str) -> Planned | None:
    """Tell the dose that a key names, whenever it is; None where the plan has no such dose."""
    for stretch in around(lines_of(versions), know(facts), key):
        found = next((dose for dose in plan(versions, facts, *stretch) if dose.key == key), None)
        if found is not None:
            return found
    return None


def _nominal(line: Line, known: Known, since: datetime, until: datetime) -> list[Planned]:
    """Plan the doses of one version before any is put off, in order."""
    since = max(since, line.since)
    until = until if line.until is None else min(until, line.until)
    if since >= until:
        return []
    doses = [dose for dose in after_takings(line, known, until) if since <= dose.at]
    for span in line.spans:
        doses.extend(_of_span(line, span, known, since, until))
    doses.sort(key=IN_ORDER)
    return doses


def _of_span(line: Line, span: Span, known: Known, since: datetime, until: datetime) -> Iterable[Planned]:
    match span.phase.when:
        case AsNeeded():
            return ()
        case Follows():
            return [dose for dose in following(line, span, known) if since <= dose.at < until]
        case Interval(origin="taken"):
            return ()
        case Interval() as interval if not on_the_wall(interval, line.version.schedule.clock):
            return elapsed(line, span, known, since, until)
        case _:
            return dated(line, span, known, since, until)


def _without_answered_early(doses: list[Planned], lines: list[Line], facts: Facts) -> list[Planned]:
    """Leave out doses in whose place one of an older version was answered before the schedule was changed."""
    if len(lines) < 2:
        return doses
    ends = {line.version.n: line.until for line in lines}
    early: dict[datetime, list[int]] = {}
    for row in facts.answered:
        n = version_of(row.key)
        end = ends.get(n)
        if end is not None and row.planned_at is not None and row.planned_at >= end and closing_of(row):
            early.setdefault(row.planned_at, []).append(n)
    return [dose for dose in doses if not _stood_for(dose, early)] if early else doses


def _stood_for(dose: Planned, early: dict[datetime, list[int]]) -> bool:
    """Tell whether an older dose stands for this one; each stands for one."""
    older = [n for n in early.get(dose.at, ()) if n < version_of(dose.key)]
    if not older:
        return False
    early[dose.at].remove(older[0])
    return True
