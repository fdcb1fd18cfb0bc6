"""Double progression with weights: repetitions first, then a small step, a hold or a step back. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from onharu.records.workouts.rules.past import Past
from onharu.records.workouts.rules.scheme import BODY_ALONE, LOADED, Dose, loading
from onharu.records.workouts.rules.shapes import Move, Reason
from onharu.records.workouts.rules.told import Work, plain, told, work_of

TOO_HARD: Final = Decimal("9.5")
LIGHTER_BY: Final = Decimal("0.10")
# An exercise away for longer is not made heavier, and after three weeks begins lighter.
AWAY_DAYS, LONG_AGO_DAYS = 10, 21
# A step of more than a seventh of the weight waits for two repetitions more; back up by at most a seventh.
COARSE, EXTRA_REPS = Decimal("0.15"), 2
RETURN_BY: Final = Decimal("1.15")
BIG_STEP: Final = Decimal("0.10")
_NOT_LIGHTER_THAN, _WORST_SHORTFALL, _FEWEST_SETS = Decimal("0.8"), 2, 2
LOWER: Final = frozenset({"squat", "hinge"})


@dataclass(frozen=True, slots=True)
class Load:
    """The weight of the next time (None: the person finds it), the repetitions to aim for, and why."""

    weight_kg: Decimal | None
    low: int
    top: int
    reason: Reason


def works_of(move: Move, past: Past) -> list[Work]:
    """List the working sets of an exercise that had a weight, the oldest first."""
    found = [work_of(done) for done in past.before(move.id)]
    return [work for work in found if work and work.weight_kg is not None]


def step_kg(move: Move, weight: Decimal) -> Decimal:
    """Choose the step up: the equipment's, bigger for the lower body where that is at most a tenth of the weight."""
    _, upper, lower = LOADED.get(loading(move), BODY_ALONE)
    return lower if move.pattern in LOWER and lower <= weight * BIG_STEP else upper


def lighter(move: Move, weight: Decimal) -> Decimal:
    """Take about a tenth off, in the steps of the equipment; where a step is more than a fifth, the weight stays."""
    grain = LOADED.get(loading(move), BODY_ALONE)[0]
    steps = (weight * LIGHTER_BY / grain).to_integral_value(ROUND_CEILING)
    less = weight - steps * grain
    return less if less >= weight * _NOT_LIGHTER_THAN else weight


@dataclass(frozen=True, slots=True)
class _Case:
    """One exercise with weights, its last times, and the dose it is meant to have."""

    move: Move
    dose: Dose
    day: date
    last: Work
    before: Work | None

    def weight(self, work: Work | None = None) -> Decimal:
        return (work or self.last).weight_kg or Decimal(0)

    def grain(self) -> Decimal:
        return LOADED.get(loading(self.move), BODY_ALONE)[0]

    def top(self, weight: Decimal) -> int:
        coarse = step_kg(self.move, weight) > weight * COARSE
        return self.dose.high + (EXTRA_REPS if coarse else 0)

    def short(self, work: Work | None = None) -> int:
        """Count by how many repetitions the weakest set fell short of the range; what was easy only stopped early."""
        found = work or self.last
        least = found.least_reps()
        easy = found.rpe is not None and found.rpe < self.dose.rpe
        return 0 if least is None or easy else self.dose.low - least

    def topped(self, work: Work | None) -> bool:
        """Whether all sets, and enough of them, reached the top of the range at the weight of the last time."""
        if work is None or self.weight(work) != self.weight() or len(work.reps) < min(_FEWEST_SETS, self.dose.sets):
            return False
        return min(work.reps) >= self.top(self.weight())

    def low(self, more: int) -> int:
        """Aim for so many repetitions more than the weakest set had, within the range."""
        least = self.last.least_reps()
        aim = self.dose.low if least is None else least + more
        return max(self.dose.low, min(aim, self.top(self.weight())))

    def to(self, weight: Decimal, code: str, **more: str | int) -> Load:
        return Load(weight, self.dose.low, self.top(weight), told(code, self.move, self.day, self.last, **more))

    def again(self, reps_more: int, code: str, **more: str | int) -> Load:
        """Keep the weight, with so many repetitions more than the last time."""
        return replace(self.to(self.weight(), code, **more), low=self.low(reps_more))


def load_of(move: Move, dose: Dose, past: Past, *, deload: bool) -> Load:
    """Decide the weight from the last times; without any it is the person's to find."""
    works = works_of(move, past)
    if not works:
        return Load(None, dose.low, dose.high, told("first_weight", move, past.day))
    case = _Case(move, dose, past.day, works[-1], works[-2] if len(works) > 1 else None)
    if deload:
        return _lightened(case, "deload_load")
    if (past.day - case.last.day).days > LONG_AGO_DAYS:
        return _lightened(case, "long_ago")
    return _back_down(case) or _after_away(case) or _back_up(case) or _onward(case)


def _back_down(case: _Case) -> Load | None:
    """Step back after RPE 9.5, after falling far short, or after falling short twice; once short is tried again."""
    weight = case.weight()
    down = min(weight, max(weight - step_kg(case.move, weight), case.grain()))
    if case.last.rpe is not None and case.last.rpe >= TOO_HARD:
        return case.to(down, "load_down_hard", kg=plain(down))
    if case.short() <= 0:
        return None
    again = case.before is not None and case.weight(case.before) <= weight and case.short(case.before) > 0
    if case.short() > _WORST_SHORTFALL or again:
        return case.to(down, "load_down_short", kg=plain(down), low=case.dose.low)
    return case.to(weight, "hold_short", low=case.dose.low)


def _after_away(case: _Case) -> Load | None:
    """Keep the weight of an exercise that was not done for a while."""
    is_away = (case.day - case.last.day).days > AWAY_DAYS
    return case.to(case.weight(), "long_ago_same") if is_away else None


def _back_up(case: _Case) -> Load | None:
    """Return to the weight before a lighter time that went well, unless that weight had been too much."""
    before, weight = case.before, case.weight()
    if before is None or case.weight(before) <= weight or case.short(before) > 0:
        return None
    too_much = before.rpe is not None and before.rpe >= TOO_HARD
    if too_much or (case.last.rpe is not None and case.last.rpe > case.dose.rpe):
        return None
    grains = (min(case.weight(before), weight * RETURN_BY) - weight) / case.grain()
    back = weight + grains.to_integral_value(ROUND_FLOOR) * case.grain()
    return case.to(back, "load_return", kg=plain(back)) if back > weight else None


def _onward(case: _Case) -> Load:
    weight, rpe = case.weight(), case.last.rpe
    if not case.topped(case.last):
        at_target = rpe is not None and rpe >= case.dose.rpe
        code, more = ("hold_at_target", 0) if at_target else ("hold_more_reps", 1)
        return case.again(more, code, top=case.top(weight))
    if rpe is None and not case.topped(case.before):
        return case.again(0, "hold_unsaid")
    if rpe is not None and rpe > case.dose.rpe:
        return case.again(0, "hold_hard", target=plain(case.dose.rpe))
    step = step_kg(case.move, weight)
    return case.to(weight + step, "load_up", step=plain(step))


def _lightened(case: _Case, code: str) -> Load:
    weight = case.weight()
    less = lighter(case.move, weight)
    return case.to(weight, f"{code}_same") if less == weight else case.to(less, code, kg=plain(less))
