"""What a language model is told when it may propose a plan: exercises by id, what was lately done, the limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from onharu.records.workouts.rules.pick import may_do
from onharu.records.workouts.rules.planning import Done, History, Move, Mover
from onharu.upstream.plain_words import Offered, PlanBrief

MOST_OFFERED = 80


def brief_of(
    mover: Mover, moves: Sequence[Move], history: History, day: date, *, language: str = "ko", wish: str = ""
) -> PlanBrief:
    """Describe a day to plan to a model: no name, no age, no weight of the person."""
    lately = {done.exercise_id: done_words(done) for done in history.done}
    fitting = [move for move in moves if may_do(mover, move)]
    ordered = sorted(fitting, key=lambda move: move.id not in lately)[:MOST_OFFERED]
    return PlanBrief(
        day=day,
        goal=mover.goal,
        minutes=mover.minutes,
        level=mover.level,
        days_a_week=mover.days_a_week,
        spare=tuple(sorted(mover.spare)),
        avoid=tuple(sorted(mover.avoid)),
        language=language,
        wish=wish,
        offered=tuple(
            Offered(
                exercise_id=move.id,
                name=move.name_en or move.name if language == "en" else move.name,
                pattern=move.pattern,
                measure=move.measure,
                lately=lately.get(move.id, ""),
            )
            for move in ordered
        ),
    )


def done_words(done: Done) -> str:
    """Say what was done in a few signs: 3×8 40 kg RPE 7."""
    parts: list[str] = []
    if done.sets:
        best = max(done.sets, key=lambda one: (one.weight_kg or 0, one.reps or 0))
        counted = best.reps if best.reps is not None else (f"{best.seconds} s" if best.seconds else None)
        parts += _said(f"{len(done.sets)}×{counted}" if counted is not None else None)
        parts += _said(None if best.weight_kg is None else f"{best.weight_kg.normalize():f} kg")
    elif done.minutes is not None:
        parts.append(f"{done.minutes.normalize():f} min")
    parts += _said(None if done.rpe is None else f"RPE {done.rpe.normalize():f}")
    return " ".join(parts)


def _said(*words: str | None) -> Iterable[str]:
    return [word for word in words if word]
