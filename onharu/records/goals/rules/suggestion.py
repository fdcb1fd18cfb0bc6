"""What could be aimed at, from a profile: reference intakes, resting energy, and a careful deficit. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from onharu.catalog.intakes.public import ADULT_FROM, AT_MOST, Target, resting_energy, shares, targets
from onharu.records.goals.rules.guards import (
    KCAL_PER_KG,
    LARGEST_DEFICIT,
    Someone,
    floor_kcal,
    needed_kcal,
    weight_goal_refused,
)

MIFFLIN = "Mifflin–St Jeor (Am J Clin Nutr 1990;51:241-247)"
GENTLE_A_WEEK = Decimal("0.005")
BAND = Decimal("0.95")
OLDER_FROM = 65
HIDDEN = frozenset({"kcal"})
WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Aim:
    """A weight somebody aims at, and by when."""

    target: Decimal
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Targets with their sources, and the energies behind them in kcal a day; what cannot be told is None.

    `missing` names profile facts that would tell more. `notes` are codes: "under_age", "maternity", "age_table" (no
    height or weight), "numbers_hidden", "floor" (the deficit was cut there), "protein_for_older".
    """

    targets: tuple[Target, ...]
    resting: Decimal | None
    requirement: Decimal | None
    floor: Decimal
    deficit: int
    missing: tuple[str, ...]
    notes: tuple[str, ...]


def suggestion(someone: Someone, *, day: date, aim: Aim | None = None) -> Suggestion:
    """Suggest a day's targets. A deficit only where losing weight may be aimed at."""
    body = someone.body
    found = {target.nutrient: target for target in targets(body)}
    needed = needed_kcal(body) if "kcal" in found else None
    wished = int(_deficit(someone, day, aim))
    given = 0
    if needed is not None:
        given = max(0, min(wished, int(needed - floor_kcal(body))))
        found["kcal"] = _from_floor(someone, found["kcal"])
        found.update({target.nutrient: target for target in _reduced(someone, needed, given)} if given else {})
    notes = _notes(someone, table=needed is not None and None in (body.height_cm, body.weight_kg))
    return Suggestion(
        targets=tuple(one for key, one in found.items() if not (someone.hide_numbers and key in HIDDEN)),
        resting=None if someone.hide_numbers else _rounded(resting_energy(body)),
        requirement=None if someone.hide_numbers else needed,
        floor=floor_kcal(body),
        deficit=given,
        missing=_missing(someone),
        notes=(*notes, *(["floor"] if needed is not None and given < wished else [])),
    )


def _deficit(someone: Someone, day: date, aim: Aim | None) -> Decimal:
    """The deficit an aim asks for: half a percent of the weight a week, or what its day asks, at most 750 kcal."""
    kg = someone.body.weight_kg
    if aim is None or kg is None or aim.target >= kg:
        return Decimal(0)
    if weight_goal_refused(someone, target=aim.target, from_day=day) is not None:
        return Decimal(0)
    gentle = kg * GENTLE_A_WEEK * KCAL_PER_KG / 7
    left = (aim.due - day).days if aim.due else 0
    wished = (kg - aim.target) * KCAL_PER_KG / left if left > 0 else gentle
    return min(wished, LARGEST_DEFICIT)


def _from_floor(someone: Someone, kcal: Target) -> Target:
    """A range of energy that begins at the floor, where it would begin below."""
    floor = floor_kcal(someone.body)
    if kcal.low is None or kcal.high is None or kcal.low >= floor:
        return kcal
    return replace(kcal, low=floor) if floor < kcal.high else replace(kcal, direction=AT_MOST, low=None)


def _reduced(someone: Someone, needed: Decimal, deficit: int) -> list[Target]:
    energy = needed - deficit
    reference = next(target for target in targets(someone.body) if target.nutrient == "kcal")
    source = f"에너지필요추정량 − {deficit:,} kcal, 안정 시 대사량({MIFFLIN}) 이상"
    low = (energy * BAND).quantize(WHOLE, ROUND_HALF_UP)
    return [_from_floor(someone, replace(reference, low=low, high=energy, source=source)), *shares(energy)]


def _rounded(energy: Decimal | None) -> Decimal | None:
    return None if energy is None else energy.quantize(WHOLE, ROUND_HALF_UP)


def _missing(someone: Someone) -> tuple[str, ...]:
    body = someone.body
    facts = {
        "sex": body.sex or None,
        "birth_year": body.age,
        "height_cm": body.height_cm,
        "weight_kg": body.weight_kg,
    }
    return tuple(name for name, value in facts.items() if value is None)


def _notes(someone: Someone, *, table: bool) -> list[str]:
    body = someone.body
    under_age = body.age is not None and body.age < ADULT_FROM
    older = body.age is not None and body.age >= OLDER_FROM
    said = {
        "under_age": under_age,
        "maternity": bool(body.maternity),
        "age_table": table,
        "numbers_hidden": someone.hide_numbers,
        "protein_for_older": older,
    }
    return [name for name, holds in said.items() if holds]
