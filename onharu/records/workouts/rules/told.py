"""How the planner tells of the last time: the facts that a reason is made of. Plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from onharu.records.workouts.rules.past import effort
from onharu.records.workouts.rules.shapes import Done, DoneSet, Move, Reason


@dataclass(frozen=True, slots=True)
class Work:
    """The working sets of one exercise on one day: those at the weight that most sets were done with."""

    day: date
    weight_kg: Decimal | None
    reps: tuple[int, ...]
    seconds: tuple[int, ...]
    rpe: Decimal | None

    def least_reps(self) -> int | None:
        """Name the fewest repetitions of a set; unknown when none were written."""
        return min(self.reps, default=None)

    def least_seconds(self) -> int | None:
        """Name the shortest set; unknown when none were written."""
        return min(self.seconds, default=None)


def work_of(done: Done) -> Work | None:
    """Read the working sets of an exercise; None without a set. Of equally many, the heavier weight is the work."""
    if not done.sets:
        return None
    counts = Counter(one.weight_kg or None for one in done.sets)
    weight = max(counts, key=lambda kg: (counts[kg], kg or Decimal(0)))
    sets = [one for one in done.sets if (one.weight_kg or None) == weight]
    return Work(done.day, weight, _known(sets, "reps"), _known(sets, "seconds"), _effort(sets, done))


def plain(amount: Decimal) -> str:
    """Write an amount without idle zeros: "2.5", "60"."""
    return f"{amount.normalize():f}"


def told(code: str, move: Move, day: date, last: Work | None = None, /, **more: str | int) -> Reason:
    """Make a reason about an exercise and, where there is one, about the last time it was done."""
    params: dict[str, str | int] = {"name": move.name}
    if move.name_en:
        params["name_en"] = move.name_en
    if last is not None:
        params |= ago(last.day, day)
        params |= _amounts(last)
    return Reason(code, params | more)


def ago(then: date, day: date) -> dict[str, str | int]:
    """Name a past day by its date and how many days ago it was."""
    return {"day": then.isoformat(), "ago": (day - then).days}


def _amounts(last: Work) -> dict[str, str | int]:
    found: dict[str, str | int] = {}
    if last.reps:
        found |= {"sets": len(last.reps), "reps": "·".join(str(reps) for reps in last.reps)}
    elif last.seconds:
        found |= {"sets": len(last.seconds), "seconds": "·".join(str(one) for one in last.seconds)}
    if last.weight_kg is not None:
        found["weight"] = plain(last.weight_kg)
    if last.rpe is not None:
        found["rpe"] = plain(last.rpe)
    return found


def _known(sets: Sequence[DoneSet], name: str) -> tuple[int, ...]:
    """Take one amount of every set; when any set leaves it out, nothing is known of all of them."""
    values = [getattr(one, name) for one in sets]
    return tuple(values) if all(value is not None for value in values) else ()


def _effort(sets: Sequence[DoneSet], done: Done) -> Decimal | None:
    written = [one.rpe for one in sets if one.rpe is not None]
    return max(written) if written else effort(done)
