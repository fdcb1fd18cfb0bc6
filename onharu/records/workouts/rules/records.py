"""Personal records: the heaviest, the most repetitions at a weight, the estimated 1RM, the longest. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

HEAVIEST, MOST_REPS, ONE_REP_MAX, LONGEST = "heaviest", "most_reps", "one_rep_max", "longest"
KINDS: Final = (HEAVIEST, ONE_REP_MAX, MOST_REPS, LONGEST)
EPLEY_UP_TO_REPS: Final = 12
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Lifted:
    """One set as records see it: which set of which exercise, when, and what was written."""

    set_id: int
    exercise_id: int
    day: date
    reps: int | None = None
    weight_kg: Decimal | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A best of one kind. `value` is kg, repetitions or seconds; `weight_kg` is at which weight the most were done.

    `estimated` marks what was computed and not lifted (추정). `before` is the best that it beat, None at the first.
    """

    kind: str
    exercise_id: int
    value: Decimal
    weight_kg: Decimal | None
    reps: int | None
    set_id: int
    day: date
    estimated: bool = False
    before: Decimal | None = None


def one_rep_max(weight_kg: Decimal | None, reps: int | None) -> Decimal | None:
    """Estimate the one-repetition maximum by Epley (1985): w × (1 + r / 30), to 0.1; one repetition is itself.

    Unknown without a weight, and from 13 repetitions on, where the equation no longer holds.
    """
    if not weight_kg or not reps or reps > EPLEY_UP_TO_REPS:
        return None
    factor = Decimal(1) if reps == 1 else 1 + Decimal(reps) / 30
    return (weight_kg * factor).quantize(_TENTH, ROUND_HALF_UP)


def records_set(sets: Sequence[Lifted]) -> tuple[Record, ...]:
    """List every record in the order it was set, each with what it beat; the first of a kind is one as well.

    An equal is no record. The most repetitions are counted for each weight apart (None is the body alone).
    """
    best: dict[tuple[str, int, Decimal | None], Decimal] = {}
    found: list[Record] = []
    for one in sorted(sets, key=lambda lifted: (lifted.day, lifted.set_id)):
        for record in _candidates(one):
            key = (record.kind, record.exercise_id, record.weight_kg if record.kind == MOST_REPS else None)
            before = best.get(key)
            if before is None or record.value > before:
                best[key] = record.value
                found.append(replace(record, before=before))
    return tuple(found)


def bests(sets: Sequence[Lifted]) -> dict[int, tuple[Record, ...]]:
    """Gather the standing records of each exercise, in the order of `KINDS`; of repetitions, the heaviest first."""
    standing: dict[tuple[int, str, Decimal | None], Record] = {}
    for record in records_set(sets):
        at = record.weight_kg if record.kind == MOST_REPS else None
        standing[record.exercise_id, record.kind, at] = record
    ordered = sorted(standing.values(), key=_shown_order)
    by_exercise: dict[int, list[Record]] = {}
    for record in ordered:
        by_exercise.setdefault(record.exercise_id, []).append(record)
    return {exercise: tuple(records) for exercise, records in by_exercise.items()}


def new_in(records: Iterable[Record], set_ids: Iterable[int]) -> tuple[Record, ...]:
    """Choose the records that these sets set by beating an earlier one; a first time beats nothing."""
    wanted = frozenset(set_ids)
    return tuple(record for record in records if record.set_id in wanted and record.before is not None)


def _candidates(one: Lifted) -> Iterable[Record]:
    heavy = one.weight_kg if one.weight_kg and one.reps else None
    if heavy is not None:
        yield _record(HEAVIEST, one, heavy)
    if (estimate := one_rep_max(one.weight_kg, one.reps)) is not None:
        yield _record(ONE_REP_MAX, one, estimate)
    if one.reps:
        yield _record(MOST_REPS, one, Decimal(one.reps))
    if one.seconds:
        yield _record(LONGEST, one, Decimal(one.seconds))


def _record(kind: str, one: Lifted, value: Decimal) -> Record:
    estimated = kind == ONE_REP_MAX and one.reps != 1
    return Record(kind, one.exercise_id, value, one.weight_kg or None, one.reps, one.set_id, one.day, estimated)


def _shown_order(record: Record) -> tuple[int, int, Decimal]:
    return record.exercise_id, KINDS.index(record.kind), -(record.weight_kg or Decimal(0))
