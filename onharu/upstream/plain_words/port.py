"""What every backend that puts facts into words promises. Plain Python.

Facts are values that the house worked out, or the text of an official label; what a person typed among them (`said`,
`wish`, names) is data, and no backend may take it for an instruction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from onharu.upstream.faults import Refused, Unavailable

__all__ = [
    "Backend",
    "DayFacts",
    "Label",
    "Measure",
    "Offered",
    "PlanBrief",
    "Proposal",
    "ProposedTask",
    "Refused",
    "Said",
    "Unavailable",
]


@dataclass(frozen=True, slots=True)
class Measure:
    """One amount of a day and what it is held against.

    `key` is a nutrient key (`kernel.quantities.NUTRIENTS`). `amount` is None when nobody knows it; `unknown_rows`
    says how many foods do not, so that a known amount may be too low. `low` and `high` are the target, if there is one.
    """

    key: str
    amount: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    unknown_rows: int = 0


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What is known of one day. None is unknown and never zero.

    `language` is "ko" or "en". `finished` is false for today. `meals` counts sittings, `workouts` names what was done,
    `workout_minutes` adds up what is known of them and `workouts_untimed` counts those of unknown length. `mood` and
    `condition` go from 1 to 5. `said` is what the person wrote in their own words.
    """

    day: date
    language: str = "ko"
    finished: bool = True
    meals: int | None = None
    measures: tuple[Measure, ...] = ()
    water_ml: int | None = None
    workouts: tuple[str, ...] = ()
    workout_minutes: Decimal | None = None
    workouts_untimed: int = 0
    tasks_planned: int | None = None
    tasks_done: int | None = None
    weight_kg: Decimal | None = None
    sleep_hours: Decimal | None = None
    mood: int | None = None
    condition: int | None = None
    streak_days: int | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """The official label of a medicine, which is everybody's: `sections` by kind ("efficacy", "use", …), verbatim.

    It belongs to no person. A backend is shown the efficacy and the ingredients, never who asks or why.
    """

    name: str
    ingredients: tuple[str, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """A few sentences about a day or a medicine, and who found them.

    `by_model` is true when a language model wrote the text: mark it. `fallback_of` names whom the answer stands in
    for, and why, else ""; `flaw` names what was wrong with the words that a model did write, else "".
    """

    text: str
    language: str
    source: str
    model: str
    leaves_home: bool
    by_model: bool
    as_of: datetime
    fallback_of: str = ""
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """One exercise that a plan may use, and what the person lately did of it ("3×8 40 kg RPE 7", "" for nothing)."""

    exercise_id: int
    name: str
    pattern: str
    measure: str
    lately: str = ""


@dataclass(frozen=True, slots=True)
class PlanBrief:
    """What a plan is asked for: one day of a person, and the exercises it may be made of.

    `wish` is what the person asked for in their own words.
    """

    day: date
    goal: str
    minutes: int
    level: int
    offered: tuple[Offered, ...]
    language: str = "ko"
    days_a_week: int | None = None
    spare: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    wish: str = ""


@dataclass(frozen=True, slots=True)
class ProposedTask:
    """One exercise as a model proposed it, unjudged: the id may be none of those offered, the numbers too large.

    `name` is the model's word for it, to name what is refused; None is left to the planner.
    """

    exercise_id: int | None
    name: str
    sets: int | None = None
    reps_low: int | None = None
    reps_high: int | None = None
    weight_kg: Decimal | None = None
    minutes: int | None = None
    seconds: int | None = None
    rest_seconds: int | None = None
    rpe_target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan as a model proposed it: ids and numbers only, to be checked against the catalogue and the limits."""

    tasks: tuple[ProposedTask, ...]
    source: str
    model: str
    leaves_home: bool
    as_of: datetime


class Backend(Protocol):
    """Somebody who can put facts into words."""

    source: str
    model: str
    leaves_home: bool

    def say_day(self, facts: DayFacts) -> Said:
        """Say a day in two to four sentences; raises Unavailable or Refused."""

    def explain(self, label: Label, symptom: str, named_by: tuple[str, ...]) -> Said:
        """Say in one or two Korean sentences what a medicine is for, for a symptom that the label names, or for none.

        `named_by` are the words by which labels name the symptom. Raises Unavailable or Refused.
        """

    def propose_plan(self, brief: PlanBrief) -> Proposal:
        """Propose a day's exercises; raises Unavailable or Refused."""

    def lacks(self) -> str:
        """Name what the operator has to supply before this backend can answer, "" for nothing."""
