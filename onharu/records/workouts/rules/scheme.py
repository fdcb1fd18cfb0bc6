"""The scheme behind a plan: splits of the week, what a session needs, and doses by goal, level and age. Plain Python.

Doses follow the ACSM position stand on progression models (Med Sci Sports Exerc 2009;41(3):687-708): novices 8 to
12 repetitions, strength at 6 and fewer with 2 to 3 minutes of rest, hypertrophy at 6 to 12 with 1 to 2 minutes,
endurance at 15 and more with short rests; older people 10 to 15 with lighter loads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from onharu.records.workouts.rules.shapes import Move, Mover

OLDER_FROM: Final = 65
STRENGTH_PATTERNS: Final = frozenset({"push", "pull", "squat", "hinge", "carry"})
REGION_OF: Final[Mapping[str, str]] = {
    "push": "push", "pull": "pull", "squat": "legs", "hinge": "legs", "cardio": "cardio",
}  # fmt: skip
REGIONS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "full": ("push", "pull", "legs"),
    "upper": ("push", "pull"),
    "lower": ("legs",),
    "push": ("push",),
    "pull": ("pull",),
    "legs": ("legs",),
    "cardio": ("cardio",),
}
# Equipment with weights, in the order that decides how an exercise is loaded: (smallest change, upper, lower body).
LOADED: Final[Mapping[str, tuple[Decimal, Decimal, Decimal]]] = {
    "barbell": (Decimal("2.5"), Decimal("2.5"), Decimal(5)),
    "dumbbell": (Decimal(2), Decimal(2), Decimal(4)),
    "kettlebell": (Decimal(4), Decimal(4), Decimal(4)),
    "machine": (Decimal(5), Decimal(5), Decimal(10)),
    "cable": (Decimal("2.5"), Decimal("2.5"), Decimal(5)),
}
BODY_ALONE: Final = (Decimal("2.5"), Decimal("2.5"), Decimal("2.5"))

_FULL, _FULL_CARDIO, _UPPER_LOWER = ("full",), ("full", "cardio"), ("upper", "lower")
_PUSH_PULL_LEGS = ("push", "pull", "legs")
_MIXED = ("full", "cardio", "full")
# By goal: splits for 1 to 7 days a week. They roll: which slot comes next is read from what was done.
SPLITS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "strength": (_FULL, _FULL, _FULL, _UPPER_LOWER, _PUSH_PULL_LEGS, _PUSH_PULL_LEGS, (*_PUSH_PULL_LEGS, "cardio")),
    "muscle": (_FULL, _FULL, _FULL, _UPPER_LOWER, _PUSH_PULL_LEGS, _PUSH_PULL_LEGS, (*_PUSH_PULL_LEGS, "cardio")),
    "health": (_FULL, _FULL, _MIXED, _FULL_CARDIO, *(((*_UPPER_LOWER, "cardio"),) * 3)),
    "weight": (_FULL, _FULL, _FULL_CARDIO, _FULL_CARDIO, *((("upper", "cardio", "lower", "cardio"),) * 3)),
    "stamina": (
        _FULL, ("cardio", "full"), ("cardio", "full", "cardio"), ("cardio", "full"),
        *((("cardio", "upper", "cardio", "lower"),) * 3),
    ),
}  # fmt: skip
# How much of a session with weights is left for moving on: the share of its minutes.
CARDIO_SHARE: Final[Mapping[str, Decimal]] = {
    "strength": Decimal(0),
    "muscle": Decimal(0),
    "health": Decimal("0.25"),
    "weight": Decimal("0.4"),
    "stamina": Decimal("0.4"),
}
CARDIO_RPE: Final[Mapping[str, Decimal]] = {
    "strength": Decimal(5), "muscle": Decimal(5), "health": Decimal(5), "weight": Decimal(6), "stamina": Decimal(7),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Need:
    """A place in a session: which patterns may fill it, which prime movers are liked there, and whether it leads."""

    patterns: tuple[str, ...]
    targets: tuple[str, ...] = ()
    main: bool = False


_SQUAT = Need(("squat",), ("quads", "glutes"), main=True)
_HINGE = Need(("hinge",), ("hamstrings", "glutes", "back"), main=True)
_PUSH, _PULL = Need(("push",), ("chest",), main=True), Need(("pull",), ("back",), main=True)
_CORE = Need(("core",))
_SHOULDERS, _TRICEPS, _BICEPS = (
    Need(("push",), ("shoulders",)),
    Need(("push",), ("triceps",)),
    Need(("pull",), ("biceps",)),
)
_MORE_LEGS = (Need(("squat",), ("quads", "glutes")), Need(("hinge",), ("hamstrings", "glutes")))
_CALVES = Need(("squat", "hinge"), ("calves", "glutes", "hips"))
NEEDS: Final[Mapping[str, tuple[Need, ...]]] = {
    "full": (_SQUAT, _PUSH, _PULL, _HINGE, _CORE, _SHOULDERS, _BICEPS, Need(("carry",)), *_MORE_LEGS),
    "upper": (
        _PUSH, _PULL, _SHOULDERS, Need(("pull",), ("back", "shoulders")), _TRICEPS, _BICEPS, _CORE, Need(("push",)),
    ),
    "lower": (_SQUAT, _HINGE, *_MORE_LEGS, _CORE, _CALVES, Need(("carry",))),
    "push": (
        _PUSH, Need(("push",), ("shoulders",), main=True), _TRICEPS, Need(("push",), ("chest",)), _SHOULDERS, _CORE,
    ),
    "pull": (
        _PULL, Need(("pull",), ("back",)), _BICEPS, Need(("pull",), ("shoulders", "back")), _CORE, Need(("carry",)),
        Need(("pull",)),
    ),
    "legs": (_SQUAT, _HINGE, *_MORE_LEGS, _CALVES, _CORE),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dose:
    """How an exercise is done: sets, a range of repetitions, how hard (RPE), seconds of rest."""

    sets: int
    low: int
    high: int
    rpe: Decimal
    rest: int


# By goal: (leading, supporting) exercises.
DOSES: Final[Mapping[str, tuple[Dose, Dose]]] = {
    "strength": (Dose(4, 4, 6, Decimal(8), 180), Dose(3, 6, 10, Decimal(8), 120)),
    "muscle": (Dose(4, 8, 12, Decimal(8), 90), Dose(3, 10, 15, Decimal(8), 60)),
    "health": (Dose(3, 8, 12, Decimal(7), 75), Dose(2, 10, 15, Decimal(7), 60)),
    "weight": (Dose(3, 10, 15, Decimal(7), 60), Dose(2, 12, 15, Decimal(7), 45)),
    "stamina": (Dose(2, 12, 20, Decimal(7), 45), Dose(2, 12, 20, Decimal(7), 45)),
}
_OLDER: Final = Dose(2, 10, 15, Decimal(6), 60)
_NOVICE_RPE, _NOVICE_LOW, _NOVICE_HIGH = Decimal(7), 6, 8
_BODY_LOW, _BODY_HIGH, _BODY_REST = 8, 15, 90
SHORT_MINUTES: Final = 20
_SHORT_REST, _HALF_HOUR, _HALF_HOUR_REST, MOST_REST = 60, 30, 120, 180


def is_older(mover: Mover) -> bool:
    """Whether a plan keeps to what older people are advised; an unknown age does not."""
    return mover.age is not None and mover.age >= OLDER_FROM


def split_of(mover: Mover) -> tuple[str, ...]:
    """Name the slots of this person's week, in the order they are begun with."""
    return SPLITS[mover.goal][mover.days_a_week - 1]


def interval_days(mover: Mover, region: str) -> Decimal:
    """Compute every how many days a region of the split comes round."""
    slots = split_of(mover)
    among = sum(region in REGIONS_OF[slot] for slot in slots)
    return Decimal(7 * len(slots)) / (mover.days_a_week * among) if among else Decimal(0)


def slot_counts(mover: Mover) -> Mapping[str, int]:
    """Count how often each focus stands in the split."""
    return Counter(split_of(mover))


def loading(move: Move) -> str:
    """Name the equipment that an exercise is loaded with; empty for the body alone, and for weights that help."""
    return "" if is_assisted(move) else next((one for one in LOADED if one in move.equipment), "")


def is_assisted(move: Move) -> bool:
    """Whether weight takes load off (an assisted pull-up): more of it is no progress."""
    return "assisted" in move.code


def dose_of(mover: Mover, move: Move, *, main: bool) -> Dose:
    """Choose the dose of an exercise: the goal's, made milder for novices, older people and short days."""
    dose = DOSES[mover.goal][0 if main else 1]
    if mover.level == 1:
        dose = _for_novice(dose)
    if is_older(mover):
        dose = _OLDER
    if not loading(move):
        low, high, rest = max(dose.low, _BODY_LOW), max(dose.high, _BODY_HIGH), min(dose.rest, _BODY_REST)
        dose = replace(dose, low=low, high=high, rest=rest)
    return replace(dose, rest=min(dose.rest, _longest_rest(mover.minutes)))


def _longest_rest(minutes: int) -> int:
    """Tell how long a rest may be on a short day: two minutes up to half an hour, one up to twenty minutes."""
    if minutes <= SHORT_MINUTES:
        return _SHORT_REST
    return _HALF_HOUR_REST if minutes <= _HALF_HOUR else MOST_REST


def _for_novice(dose: Dose) -> Dose:
    return Dose(
        max(2, dose.sets - 1),
        max(dose.low, _NOVICE_LOW),
        max(dose.high, _NOVICE_HIGH),
        min(dose.rpe, _NOVICE_RPE),
        dose.rest,
    )
