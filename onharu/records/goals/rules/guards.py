"""What may be aimed at without harm. Plain Python; every number stands in ADR 0045 with its source.

A refusal is a code with the numbers its words need. The switch `guidance` says that medical staff set a daily target:
then floor, deficit and protein are theirs to decide. No switch opens a goal to lose weight.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from onharu.catalog.intakes.public import ADULT_FROM, Body, eer, resting_energy

FLOOR_KCAL: Mapping[str, Decimal] = {"FEMALE": Decimal(1200), "MALE": Decimal(1500)}
LOWEST_FLOOR = Decimal(1200)
LARGEST_DEFICIT = Decimal(750)
PACE_A_WEEK = Decimal("0.01")
LEAST_BMI = Decimal("18.5")
KCAL_PER_KG = Decimal(7700)
PROTEIN_PER_KG = Decimal("2.0")
WHOLE, TENTH = Decimal(1), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Someone:
    """Who aims: their body, and whether numbers of energy and weight are to stay out of sight."""

    body: Body
    hide_numbers: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something cannot be aimed at: a stable code, and the numbers or the day that its words hold."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


def floor_kcal(body: Body) -> Decimal:
    """Tell the least energy a daily target may have: that of the sex, or resting energy where it is more."""
    floor = FLOOR_KCAL.get(body.sex, LOWEST_FLOOR)
    resting = resting_energy(body)
    return floor if resting is None else max(floor, resting.quantize(WHOLE, ROUND_HALF_UP))


def needed_kcal(body: Body) -> Decimal | None:
    """Tell the energy that keeps a weight, in whole kcal a day; None when it cannot be estimated."""
    needed = eer(body)
    return None if needed is None else needed.quantize(WHOLE, ROUND_HALF_UP)


def bmi(body: Body, kg: Decimal) -> Decimal | None:
    """Divide a weight by the height squared; None when the height is unknown. For the guard only, never shown."""
    return None if not body.height_cm else kg / (Decimal(body.height_cm) / 100) ** 2


def losing_refused(someone: Someone) -> Refusal | None:
    """Why this person may not aim at losing weight now; None when nothing known stands against it."""
    body = someone.body
    if body.maternity:
        return Refusal("weight_goal_pregnant")
    if body.age is not None and body.age < ADULT_FROM:
        return Refusal("weight_goal_under_age")
    if someone.hide_numbers:
        return Refusal("weight_goal_numbers_hidden")
    if body.weight_kg is not None and (now := bmi(body, body.weight_kg)) is not None and now < LEAST_BMI:
        return Refusal("weight_goal_under_bmi")
    return None


def weight_goal_refused(
    someone: Someone, *, target: Decimal, from_day: date, due: date | None = None
) -> Refusal | None:
    """Why this weight may not be aimed at; None when it may. Gaining and keeping weight are always free."""
    body = someone.body
    if body.weight_kg is None:
        return Refusal("weight_unknown")
    if target >= body.weight_kg:
        return None
    return losing_refused(someone) or _loss_refused(body, body.weight_kg, target, from_day, due)


def _loss_refused(body: Body, kg: Decimal, target: Decimal, from_day: date, due: date | None) -> Refusal | None:
    if body.age is None or body.height_cm is None:
        return Refusal("weight_goal_needs_facts")
    reached = bmi(body, target)
    if reached is not None and reached < LEAST_BMI:
        least = (LEAST_BMI * (Decimal(body.height_cm) / 100) ** 2).quantize(TENTH, rounding="ROUND_CEILING")
        return Refusal("weight_goal_under_bmi", {"least": f"{least}"})
    soonest = from_day + timedelta(days=fewest_days(kg, target))
    if due is not None and due < soonest:
        return Refusal("weight_goal_too_fast", {"soonest": soonest.isoformat()})
    return None


def pace_a_week(kg: Decimal) -> Decimal:
    """Tell the most kilograms a week: 1 % of the weight, and no more than a deficit of 750 kcal a day makes."""
    return min(kg * PACE_A_WEEK, LARGEST_DEFICIT * 7 / KCAL_PER_KG)


def fewest_days(kg: Decimal, target: Decimal) -> int:
    """Count the days that losing to `target` takes at the fastest pace."""
    return max(0, math.ceil((kg - target) * 7 / pace_a_week(kg)))


def target_refused(
    someone: Someone, *, key: str, low: Decimal | None, high: Decimal | None, guidance: bool = False
) -> Refusal | None:
    """Why this daily target may not be; None when it may. Only energy and protein have guards."""
    ends = [end for end in (low, high) if end is not None]
    if guidance or not ends:
        return None
    if key == "protein_g":
        return _protein_refused(someone.body, max(ends))
    return _energy_refused(someone, ends, high) if key == "kcal" else None


def _protein_refused(body: Body, most: Decimal) -> Refusal | None:
    if body.weight_kg is None or most <= (limit := body.weight_kg * PROTEIN_PER_KG):
        return None
    return Refusal("protein_over_limit", {"limit": f"{limit.quantize(WHOLE, rounding='ROUND_FLOOR')}"})


def _energy_refused(someone: Someone, ends: list[Decimal], high: Decimal | None) -> Refusal | None:
    floor = floor_kcal(someone.body)
    if min(ends) < floor:
        return Refusal("target_under_floor", {"floor": f"{floor}"})
    needed = needed_kcal(someone.body)
    if needed is None or high is None:
        return None
    if high < needed and losing_refused(someone) is not None:
        return Refusal("target_deficit_not_now", {"needed": f"{needed}"})
    if needed - high > LARGEST_DEFICIT:
        return Refusal("target_deficit_too_big", {"least": f"{needed - LARGEST_DEFICIT}"})
    return None
