"""Reference intakes for adults in Korea, each value with its source and edition. Plain Python.

Energy: the estimated energy requirement of KDRI 2020, which are the IOM equations used since 2005
(J Nutr Health 2021;54(6):573-583). Whether the 2025 edition changed the equation could not be verified,
so the formula carries its edition. Ranges of energy shares (AMDR) and sugars are those of KDRI 2025.
People under 19, and pregnancy, are outside of these tables: no target is better than a wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FEMALE, MALE = "FEMALE", "MALE"
ADULT_FROM = 19
AT_LEAST, AT_MOST, WITHIN = "at_least", "at_most", "within"
KDRI_2020 = "KDRI 2020"
KDRI_2025 = "KDRI 2025"
SOURCE = "보건복지부·한국영양학회 한국인 영양소 섭취기준"
ENERGY_BAND = Decimal("0.10")

PA_COEFFICIENTS = {
    MALE: {"SEDENTARY": 1.00, "LOW": 1.11, "ACTIVE": 1.25, "VERY_ACTIVE": 1.48},
    FEMALE: {"SEDENTARY": 1.00, "LOW": 1.12, "ACTIVE": 1.27, "VERY_ACTIVE": 1.45},
}
# (from age, male, female)
EER_TABLE = ((75, 1900, 1500), (65, 2000, 1600), (50, 2200, 1700), (30, 2500, 1900), (19, 2600, 2000))
PROTEIN_RNI = ((50, 60, 50), (30, 65, 50), (19, 65, 55))
SODIUM_CDRR = ((75, 1700), (65, 2100), (19, 2300))
FIBER_AI = ((65, 25, 20), (19, 30, 20))
KCAL_PER_GRAM = {"carbohydrate_g": 4, "protein_g": 4, "fat_g": 9, "sugars_g": 4}


@dataclass(frozen=True, slots=True)
class Body:
    """What targets depend on; any of it may be unknown. Height in cm, weight in kg, age in years.

    `maternity` is "PREGNANT", "LACTATING" or nothing.
    """

    sex: str = ""
    age: int | None = None
    height_cm: Decimal | None = None
    weight_kg: Decimal | None = None
    activity: str = "LOW"
    maternity: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A reference for one nutrient: at least `low`, at most `high`, or within both."""

    nutrient: str
    direction: str
    low: Decimal | None
    high: Decimal | None
    source: str
    edition: str
    assumed: bool = False


def eer(body: Body) -> Decimal | None:
    """Estimate an adult's energy requirement in kcal a day; None when sex or age is unknown or under 19.

    With height and weight it is the equation, otherwise the table of the age group.
    """
    if body.sex not in PA_COEFFICIENTS or body.age is None or body.age < ADULT_FROM:
        return None
    if body.height_cm is None or body.weight_kg is None:
        return Decimal(_by_age(EER_TABLE, body.age)[0 if body.sex == MALE else 1])
    pa = PA_COEFFICIENTS[body.sex].get(body.activity, PA_COEFFICIENTS[body.sex]["LOW"])
    metres, kilograms = float(body.height_cm) / 100, float(body.weight_kg)
    if body.sex == MALE:
        energy = 662 - 9.53 * body.age + pa * (15.91 * kilograms + 539.6 * metres)
    else:
        energy = 354 - 6.91 * body.age + pa * (9.36 * kilograms + 726 * metres)
    return Decimal(str(energy)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def resting_energy(body: Body) -> Decimal | None:
    """Estimate resting energy in kcal a day by Mifflin-St Jeor (Am J Clin Nutr 1990); None when facts lack."""
    if None in (body.age, body.height_cm, body.weight_kg) or body.sex not in PA_COEFFICIENTS:
        return None
    assert body.weight_kg is not None  # noqa: S101 tells the type checker what the line above made sure of
    assert body.height_cm is not None  # noqa: S101
    assert body.age is not None  # noqa: S101
    constant = 5 if body.sex == MALE else -161
    return 10 * body.weight_kg + Decimal("6.25") * body.height_cm - 5 * body.age + constant


def _by_age(table: tuple[tuple[int, ...], ...], age: int) -> tuple[int, ...]:
    return next(row[1:] for row in table if age >= row[0])


def targets(body: Body) -> tuple[Target, ...]:
    """List what is known for this body. An unknown age takes the adult sodium limit and says so."""
    if body.maternity or (body.age is not None and body.age < ADULT_FROM):
        return ()
    found = [_sodium(body)]
    if body.age is not None and body.sex in PA_COEFFICIENTS:
        found += [_protein(body), _fiber(body)]
    if (energy := eer(body)) is not None:
        found += [_energy(energy), *shares(energy)]
    order = ["kcal", "protein_g", "sodium_mg", "carbohydrate_g", "fat_g", "sugars_g", "fiber_g"]
    return tuple(sorted(found, key=lambda target: order.index(target.nutrient)))


def _sodium(body: Body) -> Target:
    limit = _by_age(SODIUM_CDRR, body.age or ADULT_FROM)[0]
    return Target(
        "sodium_mg", AT_MOST, None, Decimal(limit), f"{SOURCE} 만성질환위험감소섭취량", KDRI_2020, body.age is None
    )


def _protein(body: Body) -> Target:
    row = _by_age(PROTEIN_RNI, body.age or ADULT_FROM)
    amount = Decimal(row[0 if body.sex == MALE else 1])
    return Target("protein_g", AT_LEAST, amount, None, f"{SOURCE} 권장섭취량", KDRI_2020)


def _fiber(body: Body) -> Target:
    row = _by_age(FIBER_AI, body.age or ADULT_FROM)
    amount = Decimal(row[0 if body.sex == MALE else 1])
    return Target("fiber_g", AT_LEAST, amount, None, f"{SOURCE} 충분섭취량", KDRI_2020)


def _energy(energy: Decimal) -> Target:
    return Target(
        "kcal",
        WITHIN,
        _whole(energy * (1 - ENERGY_BAND)),
        _whole(energy * (1 + ENERGY_BAND)),
        f"{SOURCE} 에너지필요추정량 ±10 %",
        KDRI_2020,
    )


def shares(energy: Decimal) -> list[Target]:
    """Turn a day's energy in kcal into grams of carbohydrate, fat and sugars by their ranges of energy shares."""
    return [
        _share("carbohydrate_g", WITHIN, energy, "0.50", "0.65"),
        _share("fat_g", WITHIN, energy, "0.15", "0.30"),
        _share("sugars_g", AT_MOST, energy, None, "0.20"),
    ]


def _share(nutrient: str, direction: str, energy: Decimal, low: str | None, high: str) -> Target:
    """Turn a share of energy into grams."""
    per_gram = KCAL_PER_GRAM[nutrient]
    return Target(
        nutrient,
        direction,
        _whole(energy * Decimal(low) / per_gram) if low else None,
        _whole(energy * Decimal(high) / per_gram),
        f"{SOURCE} 에너지적정비율",
        KDRI_2025,
    )


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_HALF_UP)
