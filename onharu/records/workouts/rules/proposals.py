"""Plans that somebody else proposes: each row held against the pool and the person's limits. Plain Python.

What a language model writes is data. Nothing in it is followed; a row is planned only if every part of it passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from onharu.records.workouts.rules.effort import GROWTH
from onharu.records.workouts.rules.fit import warm_up_minutes
from onharu.records.workouts.rules.loads import step_kg, works_of
from onharu.records.workouts.rules.past import Past
from onharu.records.workouts.rules.pick import away, barred
from onharu.records.workouts.rules.shapes import (
    Checked,
    History,
    Move,
    Mover,
    PlannedTask,
    Proposed,
    Reason,
    Refusal,
)
from onharu.records.workouts.rules.tasks import task_of, whole_minutes, work_seconds
from onharu.records.workouts.rules.told import plain

LIMITS: Final = {
    "sets": (1, 10), "reps_low": (1, 50), "reps_high": (1, 50), "seconds": (5, 600), "minutes": (1, 120),
    "rest_seconds": (0, 600), "rpe_target": (1, 10),
}  # fmt: skip
MOST_ROWS: Final = 12
_NAME_LENGTH: Final = 60


@dataclass
class _Checking:
    """A proposal being read: what is taken so far, and what was refused."""

    mover: Mover
    moves: dict[int, Move]
    past: Past
    kept_away: dict[int, tuple[str, date]]
    accepted: list[PlannedTask] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def warm_up(self) -> int:
        """Count a warm-up as soon as a row is counted in sets."""
        return warm_up_minutes(self.mover.minutes) if any(task.minutes is None for task in self.accepted) else 0


def check_proposal(
    *, mover: Mover, pool: Iterable[Move], proposal: Sequence[Proposed], day: date, history: History | None = None
) -> Checked:
    """Take the rows that this person may do today, in their order, and name every part that is refused with a reason.

    A row with an unknown or barred exercise, a repeated one, an amount out of bounds, or beyond the minutes is
    refused whole. A weight that history does not carry is refused alone: the row stays, at the planner's own weight.
    """
    known = tuple(pool)
    past = Past.of(mover, known, history or History(), day)
    checking = _Checking(mover, dict(past.moves), past, away(history or History(), day))
    for row in proposal:
        _check(row, checking)
    tasks = tuple(checking.accepted)
    return Checked(tasks, tuple(checking.refused), whole_minutes(tasks, checking.warm_up()) if tasks else 0)


def _check(row: Proposed, checking: _Checking) -> None:
    move = checking.moves.get(row.exercise_id) if row.exercise_id is not None else None
    what = (move.name if move else row.name.strip())[:_NAME_LENGTH]
    if move is None:
        checking.refused.append(Refusal(what, Reason("unknown_exercise", {"name": what})))
        return
    for look in _LOOKS:
        if (reason := look(row, move, checking)) is not None:
            checking.refused.append(Refusal(what, reason))
            return
    task, reason = _task(row, move, checking)
    if reason is not None:
        checking.refused.append(Refusal(what, reason))
    _take(task, what, checking)


def _take(task: PlannedTask, what: str, checking: _Checking) -> None:
    """Take a row while the minutes last."""
    checking.accepted.append(task)
    whole = whole_minutes(checking.accepted, checking.warm_up())
    if whole > checking.mover.minutes:
        checking.accepted.pop()
        takes = -(-work_seconds(task) // 60)
        over = Reason("over_minutes", {"name": what, "minutes": checking.mover.minutes, "takes": takes})
        checking.refused.append(Refusal(what, over))


def _barred(row: Proposed, move: Move, checking: _Checking) -> Reason | None:
    return barred(checking.mover, move)


def _away(row: Proposed, move: Move, checking: _Checking) -> Reason | None:
    if move.id not in checking.kept_away:
        return None
    why, until = checking.kept_away[move.id]
    return Reason("away", {"name": move.name, "name_en": move.name_en, "why": why, "until": until.isoformat()})


def _repeated(row: Proposed, move: Move, checking: _Checking) -> Reason | None:
    repeated = any(task.exercise_id == move.id for task in checking.accepted)
    return Reason("repeated", {"name": move.name}) if repeated else None


def _too_many(row: Proposed, move: Move, checking: _Checking) -> Reason | None:
    return Reason("too_many", {"most": MOST_ROWS}) if len(checking.accepted) >= MOST_ROWS else None


def _out_of_bounds(row: Proposed, move: Move, checking: _Checking) -> Reason | None:
    for part, (least, most) in LIMITS.items():
        value = getattr(row, part)
        if value is not None and not least <= value <= most:
            return Reason("out_of_bounds", {"name": move.name, "part": part, "least": least, "most": most})
    if row.reps_low is not None and row.reps_high is not None and row.reps_low > row.reps_high:
        return Reason("upside_down", {"name": move.name})
    return None


def _too_tired(row: Proposed, move: Move, checking: _Checking) -> Reason | None:
    tired = move.targets[:1] and move.targets[0] in checking.past.tired and move.pattern != "mobility"
    return Reason("not_recovered", {"name": move.name, "target_muscle": move.targets[0]}) if tired else None


_LOOKS: Final[tuple[Callable[[Proposed, Move, _Checking], Reason | None], ...]] = (
    _barred, _away, _repeated, _too_many, _out_of_bounds, _too_tired,
)  # fmt: skip


def _task(row: Proposed, move: Move, checking: _Checking) -> tuple[PlannedTask, Reason | None]:
    """Write the row; what the proposal leaves out, and what it may not decide, is the planner's own."""
    own = task_of(move, checking.mover, checking.past, main=True, deload=False)
    weight, refused = _weight(row, move, own, checking)
    minutes, refused = _minutes(row, move, own, refused)
    low, high = _reps(row, own)
    seconds = None if own.seconds is None else row.seconds or own.seconds
    return PlannedTask(
        move.id, len(checking.accepted) + 1, own.sets if own.minutes is not None else row.sets or own.sets, low, high,
        weight, minutes, seconds, row.rpe_target if row.rpe_target is not None else own.rpe_target,
        row.rest_seconds if row.rest_seconds is not None else own.rest_seconds, Reason("proposed", {"name": move.name}),
    ), refused  # fmt: skip


def _reps(row: Proposed, own: PlannedTask) -> tuple[int | None, int | None]:
    if own.reps_low is None or own.reps_high is None:
        return None, None
    if row.reps_low is None and row.reps_high is None:
        return own.reps_low, own.reps_high
    low = row.reps_low if row.reps_low is not None else row.reps_high
    return low, row.reps_high if row.reps_high is not None else low


def _weight(row: Proposed, move: Move, own: PlannedTask, checking: _Checking) -> tuple[Decimal | None, Reason | None]:
    """Keep a weight that is at most a step above what was lifted; a first weight is the person's to find."""
    if row.weight_kg is None or row.weight_kg == own.weight_kg:
        return own.weight_kg, None
    works = works_of(move, checking.past)
    last = works[-1].weight_kg if works else None
    if last is None:
        return None, Reason("weight_unknown", {"name": move.name, "kg": plain(row.weight_kg)})
    most = max(last + step_kg(move, last), own.weight_kg or Decimal(0))
    if not 0 < row.weight_kg <= most:
        return own.weight_kg, Reason(
            "weight_beyond", {"name": move.name, "kg": plain(row.weight_kg), "most": plain(most)}
        )
    return row.weight_kg, None


def _minutes(row: Proposed, move: Move, own: PlannedTask, refused: Reason | None) -> tuple[int | None, Reason | None]:
    """Keep minutes that are at most a tenth above the planner's own."""
    if own.minutes is None or row.minutes is None:
        return own.minutes, refused
    most = max(own.minutes, int(own.minutes * GROWTH))
    if row.minutes > most:
        return own.minutes, Reason("minutes_beyond", {"name": move.name, "minutes": row.minutes, "most": most})
    return row.minutes, refused
