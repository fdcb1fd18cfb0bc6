"""Rows of a plan: an exercise with its dose, its load and why; and how long rows take. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from onharu.records.workouts.rules.effort import minutes_of, reps_of, seconds_of
from onharu.records.workouts.rules.energy import SECONDS_A_REP
from onharu.records.workouts.rules.loads import lighter, load_of, works_of
from onharu.records.workouts.rules.past import Past
from onharu.records.workouts.rules.scheme import CARDIO_RPE, Dose, dose_of, is_assisted, is_older, loading
from onharu.records.workouts.rules.shapes import Move, Mover, PlannedTask, Reason
from onharu.records.workouts.rules.told import told

DELOAD_SETS: Final = Decimal("0.6")
EASIEST, GENTLE_RPE = Decimal(4), Decimal(3)
STRETCH_SECONDS, STRETCH_REPS, STRETCH_REST = 30, 8, 15
_OLDER_CARDIO: Final = Decimal(5)
_BALANCE_WORDS: Final = ("balance", "one-leg-stand", "tandem", "heel-toe", "tai-chi")


def deloaded_sets(sets: int) -> int:
    """Take about four tenths of the sets off, and leave one."""
    return max(1, int((sets * DELOAD_SETS).to_integral_value(ROUND_HALF_UP)))


def work_seconds(task: PlannedTask) -> int:
    """Estimate how long a row takes: sets of work (4 s a repetition, at the top of the range), a rest after each."""
    if task.minutes is not None:
        return task.minutes * 60
    work = task.seconds if task.seconds is not None else (task.reps_high or 0) * SECONDS_A_REP
    return task.sets * (work + task.rest_seconds)


def whole_minutes(tasks: Iterable[PlannedTask], warm_up: int) -> int:
    """Add up rows and the warm-up, rounded up to whole minutes."""
    return warm_up + -(-sum(work_seconds(task) for task in tasks) // 60)


def task_of(move: Move, mover: Mover, past: Past, *, main: bool, deload: bool) -> PlannedTask:
    """Write the row of an exercise from the last times it was done. Its order is given later."""
    if move.pattern == "mobility":
        return stretch_of(move, past, older=is_older(mover))
    if move.measure == "minutes":
        return _moved(move, mover, past, deload=deload)
    dose = dose_of(mover, move, main=main)
    if deload:
        dose = replace(dose, sets=deloaded_sets(dose.sets), rpe=max(EASIEST, dose.rpe - 2))
    if move.measure == "seconds":
        return _held(move, dose, mover, past, deload=deload)
    if loading(move) or (works_of(move, past) and not is_assisted(move)):
        load = load_of(move, dose, past, deload=deload)
        return _row(move, dose, load.low, load.top, load.weight_kg, load.reason)
    count = reps_of(move, dose, past, deload=deload)
    return _row(move, dose, count.low, count.high, None, count.reason)


def stretch_of(move: Move, past: Past, *, older: bool) -> PlannedTask:
    """Write a row of stretching or balance; it grows by nothing but habit."""
    code = "balance" if older and is_balance(move) else "mobility"
    reason = told(code, move, past.day)
    if move.measure == "minutes":
        return PlannedTask(move.id, 0, 1, None, None, None, 5, None, GENTLE_RPE, 0, reason)
    if move.measure == "seconds":
        return PlannedTask(move.id, 0, 2, None, None, None, None, STRETCH_SECONDS, GENTLE_RPE, STRETCH_REST, reason)
    return PlannedTask(
        move.id, 0, 2, STRETCH_REPS, STRETCH_REPS + 2, None, None, None, GENTLE_RPE, STRETCH_REST, reason
    )


def gentle_of(move: Move, past: Past, minutes: int) -> PlannedTask:
    """Write a row of moving gently for some minutes, for a day of rest."""
    reason = told("gentle", move, past.day, minutes=minutes)
    return PlannedTask(move.id, 0, 1, None, None, None, minutes, None, GENTLE_RPE, 0, reason)


def is_balance(move: Move) -> bool:
    """Whether an exercise trains balance, as its code says."""
    return any(word in move.code for word in _BALANCE_WORDS)


def _moved(move: Move, mover: Mover, past: Past, *, deload: bool) -> PlannedTask:
    count = minutes_of(move, mover, past, deload=deload)
    rpe = min(CARDIO_RPE[mover.goal], _OLDER_CARDIO) if is_older(mover) or mover.level == 1 else CARDIO_RPE[mover.goal]
    rpe = EASIEST if deload else rpe
    return PlannedTask(move.id, 0, 1, None, None, None, count.high, None, rpe, 0, count.reason)


def _held(move: Move, dose: Dose, mover: Mover, past: Past, *, deload: bool) -> PlannedTask:
    count = seconds_of(move, dose, mover, past, deload=deload)
    works = works_of(move, past)
    weight = works[-1].weight_kg if works else None
    if deload and weight is not None:
        weight = lighter(move, weight)
    return PlannedTask(move.id, 0, dose.sets, None, None, weight, None, count.high, dose.rpe, dose.rest, count.reason)


def _row(move: Move, dose: Dose, low: int, high: int, weight: Decimal | None, reason: Reason) -> PlannedTask:
    return PlannedTask(move.id, 0, dose.sets, low, high, weight, None, None, dose.rpe, dose.rest, reason)
