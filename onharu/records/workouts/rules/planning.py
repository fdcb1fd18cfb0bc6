"""The planner: one day's plan from who moves, what may be done, and what was done. Plain Python, no chance in it.

The order of the thoughts: what may be done at all (`pick`), what the day is about (`split`), whether it is lighter
(`deload`), what fits the time (`fit`), how each row is loaded (`tasks`, `loads`, `effort`). Each says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from onharu.records.workouts.rules.deload import deload_of
from onharu.records.workouts.rules.fit import Fitted, Person, gentle_day, session
from onharu.records.workouts.rules.past import Past
from onharu.records.workouts.rules.pick import away, equivalents, may_do, usual_equipment
from onharu.records.workouts.rules.proposals import check_proposal
from onharu.records.workouts.rules.scheme import is_older
from onharu.records.workouts.rules.shapes import (
    DAYS_A_WEEK,
    EDITION,
    FOCUSES,
    GOALS,
    LEVELS,
    MINUTES,
    SKIP_REASONS,
    Checked,
    Done,
    DoneSet,
    History,
    Move,
    Mover,
    Planned,
    PlannedTask,
    Proposed,
    Reason,
    Refusal,
    Skipped,
)
from onharu.records.workouts.rules.split import REST, Slot, slot_of

__all__ = [
    "DAYS_A_WEEK",
    "EDITION",
    "FOCUSES",
    "GOALS",
    "LEVELS",
    "MINUTES",
    "SKIP_REASONS",
    "Checked",
    "Done",
    "DoneSet",
    "History",
    "Move",
    "Mover",
    "Planned",
    "PlannedTask",
    "Proposed",
    "Reason",
    "Refusal",
    "Skipped",
    "check_proposal",
    "equivalents",
    "plan_day",
    "usual_equipment",
]
_MOST_AWAY_SAID = 3


def plan_day(*, mover: Mover, pool: Sequence[Move], history: History, day: date, anyway: bool = False) -> Planned:
    """Plan a day; the same history gives the same plan, in whatever order pool and history come.

    The estimated time never exceeds `mover.minutes`. Spared regions, avoided cautions, missing equipment, other
    places and higher levels never appear. A day of rest has a gentle walk or mobility; `anyway` plans training
    although the week's days are done. Without anything to do the plan is empty and says why. The first reason is
    the weightiest: that the day is lighter, else what it is about.
    """
    past = Past.of(mover, pool, history, day)
    kept_away = away(history, day)
    could = sorted((move for move in past.moves.values() if may_do(mover, move)), key=lambda move: move.id)
    allowed = [move for move in could if move.id not in kept_away]
    if not allowed:
        return Planned(REST, deload=False, rest_day=True, minutes=0, tasks=(), reasons=(Reason("nothing_fits"),))
    slot = slot_of(mover, allowed, past, anyway=anyway)
    lighter = None if slot.focus == REST else deload_of(mover, past)
    person = Person(mover, allowed, past, lighter is not None)
    fitted = gentle_day(person) if slot.focus == REST else session(slot.focus, person)
    said = [*([lighter] if lighter else []), *slot.reasons, *_about(mover), *_away_reasons(could, kept_away)]
    return _planned(slot, fitted, [*said, *_time_reasons(mover, fitted)], deload=person.deload)


def _planned(slot: Slot, fitted: Fitted, reasons: Sequence[Reason], *, deload: bool) -> Planned:
    said = [*reasons] if fitted.tasks else [*reasons, Reason("nothing_gentle")]
    return Planned(slot.focus, deload, slot.focus == REST, fitted.minutes(), fitted.tasks, tuple(said))


def _about(mover: Mover) -> list[Reason]:
    """Say what of the person shaped the choice."""
    spared = [Reason("spared", {"regions": ",".join(sorted(mover.spare))})] if mover.spare else []
    return [*([Reason("older")] if is_older(mover) else []), *spared]


def _away_reasons(could: Sequence[Move], kept_away: dict[int, tuple[str, date]]) -> list[Reason]:
    """Say which skipped exercises stay away, why, and until when."""
    return [
        Reason("away", {"name": move.name, "name_en": move.name_en, "why": why, "until": until.isoformat()})
        for move in could
        if move.id in kept_away
        for why, until in (kept_away[move.id],)
    ][:_MOST_AWAY_SAID]


def _time_reasons(mover: Mover, fitted: Fitted) -> list[Reason]:
    warm_up = [Reason("warm_up", {"minutes": fitted.warm_up})] if fitted.warm_up and fitted.tasks else []
    cut = [Reason("time_cut", {"minutes": mover.minutes, "rows": len(fitted.tasks)})] if fitted.cut else []
    return [*warm_up, *cut]
