"""What the planner is asked with and what it answers. Plain Python values that others import from `planning`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

EDITION: Final = "onharu-planner-1"
GOALS: Final = ("health", "strength", "muscle", "weight", "stamina")
FOCUSES: Final = ("full", "upper", "lower", "push", "pull", "legs", "cardio", "rest")
SKIP_REASONS: Final = ("pain", "tired", "time", "equipment", "dislike", "other")
DAYS_A_WEEK: Final = (1, 7)
MINUTES: Final = (10, 120)
LEVELS: Final = (1, 3)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so: a code and what it is about, writable as JSON; the words are `queries.wording`'s.

    Amounts are text ("2.5"), days are ISO text ("2026-11-19"), names are data and never markup or instructions.
    """

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """Write the reason as JSON keeps it."""
        return {"code": self.code, "params": dict(self.params)}

    @classmethod
    def of(cls, written: Mapping[str, object]) -> Reason:
        """Read a reason back from what JSON kept; whatever is not a text or a whole number is left out."""
        params = written.get("params")
        found = params if isinstance(params, Mapping) else {}
        kept = {str(key): value for key, value in found.items() if isinstance(value, (str, int))}
        return cls(str(written.get("code", "")), kept)


@dataclass(frozen=True, slots=True)
class Mover:
    """Whom a plan is for: one of `GOALS`, days a week (1 to 7), minutes a day (10 to 120), and what is at hand.

    `spare` are regions of the body to leave alone (`Move.loads`), `avoid` are cautions (`Move.cautions`).
    Empty `places` means anywhere. No equipment is the body alone. An unknown age is planned like an adult's.
    What lies outside of the bounds is brought to the nearest; an unknown goal is health.
    """

    goal: str = "health"
    days_a_week: int = 3
    minutes: int = 45
    places: frozenset[str] = frozenset()
    equipment: frozenset[str] = frozenset()
    level: int = 1
    spare: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    age: int | None = None
    weight_kg: Decimal | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "goal", self.goal if self.goal in GOALS else GOALS[0])
        for name, (least, most) in (("days_a_week", DAYS_A_WEEK), ("minutes", MINUTES), ("level", LEVELS)):
            object.__setattr__(self, name, max(least, min(most, getattr(self, name))))


@dataclass(frozen=True, slots=True)
class Move:
    """An exercise as the planner sees it, in the codes of `catalog.exercises`; `targets` begin with the prime mover.

    All of `equipment` is needed at once. `code` and `name_en` may be empty; a code that speaks of balance is one.
    """

    id: int
    name: str
    pattern: str
    measure: str
    level: int
    targets: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    met: Decimal | None = None
    code: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class DoneSet:
    """One set that was done; whatever was not written is None."""

    reps: int | None = None
    weight_kg: Decimal | None = None
    seconds: int | None = None
    rpe: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """One exercise on one day. `rpe` is of the whole, when it was not written by set."""

    day: date
    exercise_id: int
    sets: tuple[DoneSet, ...] = ()
    minutes: Decimal | None = None
    rpe: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """An exercise that was planned and left out; the reason is one of `SKIP_REASONS` or a person's own words."""

    day: date
    exercise_id: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What was done and skipped in the last twelve weeks."""

    done: tuple[Done, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """One row of a plan. Reps, seconds or minutes by how the exercise is counted; the others are None.

    A weight of None on an exercise with weights means that the person finds it with the first set.
    """

    exercise_id: int
    order: int
    sets: int
    reps_low: int | None
    reps_high: int | None
    weight_kg: Decimal | None
    minutes: int | None
    seconds: int | None
    rpe_target: Decimal | None
    rest_seconds: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Planned:
    """A day's plan: what it is about (one of `FOCUSES`), how long it takes, its rows, and why it is as it is."""

    focus: str
    deload: bool
    rest_day: bool
    minutes: int
    tasks: tuple[PlannedTask, ...]
    reasons: tuple[Reason, ...]
    edition: str = EDITION


@dataclass(frozen=True, slots=True)
class Proposed:
    """One row that somebody else proposes (a language model): unchecked data; `name` is for saying what was refused."""

    exercise_id: int | None
    name: str = ""
    sets: int | None = None
    reps_low: int | None = None
    reps_high: int | None = None
    weight_kg: Decimal | None = None
    minutes: int | None = None
    seconds: int | None = None
    rpe_target: Decimal | None = None
    rest_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposed row (or a part of it) that is not taken: what it was called, and why."""

    what: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Checked:
    """What is left of a proposal: rows that may be planned, in order, how long they take, and what was refused."""

    accepted: tuple[PlannedTask, ...]
    refused: tuple[Refusal, ...]
    minutes: int
