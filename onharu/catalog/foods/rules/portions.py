"""How much an amount is that somebody said: `2 공기` of rice, `200 ml` of milk, `한 그릇` of stew.

Every answer counts in the food's basis unit (g, or ml for a food whose table counts per 100 ml) and says where
it comes from. Grams and millilitres are the same number only for water: crossing between them is a guess.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from onharu.catalog.foods.rules.facts import FoodFacts, GramsAnswer, Portion, UnitFacts
from onharu.catalog.foods.rules.household import general_unit
from onharu.kernel.problems import Invalid

# The Korean measuring cup is 200 ml (not 240), spoons are 15 and 5 ml.
VOLUMES = {"컵": Decimal(200), "큰술": Decimal(15), "작은술": Decimal(5)}
MASS_WORDS: dict[str, int | Decimal] = {
    "g": 1,
    "그램": 1,
    "그람": 1,
    "kg": 1000,
    "킬로": 1000,
    "킬로그램": 1000,
    "mg": Decimal("0.001"),
}
VOLUME_WORDS: dict[str, int | Decimal] = {
    "ml": 1,
    "밀리": 1,
    "밀리리터": 1,
    "미리": 1,
    "cc": 1,
    "시시": 1,
    "l": 1000,
    "리터": 1000,
    "dl": 100,
}
SAME_UNIT = {
    "스푼": "큰술", "숟가락": "큰술", "숟갈": "큰술", "수저": "큰술", "술": "큰술", "테이블스푼": "큰술",
    "밥숟가락": "큰술", "티스푼": "작은술", "찻숟가락": "작은술",
    "서빙": "인분", "인": "인분", "피스": "조각", "슬라이스": "장", "매": "장", "봉": "봉지", "포": "봉지", "갑": "팩",
    "모금": "입", "글라스": "잔", "머그": "잔",
}  # fmt: skip
# Words people use for one another; what one of them weighs is only a guess at the other.
NEAR_UNITS = (
    ("그릇", "공기", "대접", "사발", "뚝배기", "접시", "인분"),
    ("개", "알", "톨", "덩이", "송이", "조각", "쪽", "장"),
    ("컵", "잔"),
    ("봉지", "팩", "통", "캔", "병"),
    ("줄", "대", "가닥"),
)
GUESS = Decimal(100)
MOST = Decimal(100_000)
CENT = Decimal("0.01")


def grams_of(facts: FoodFacts, quantity: Decimal, unit: str = "") -> GramsAnswer:
    """Tell how much `quantity` of `unit` is; an empty unit means "of whatever it is usually counted in".

    Looks for: a written mass or volume, the food's own unit, a kitchen measure, a unit near to it; the last
    resort is its usual portion or 100, marked as a guess. Raises Invalid for a quantity that is not above zero.
    """
    if not quantity.is_finite() or not 0 < quantity <= MOST:
        raise Invalid(
            "bad_quantity", "양은 0보다 크고 100,000 이하여야 해요.", "The amount must be above 0 and at most 100,000."
        )
    one = _one(facts, tidy_unit(unit))
    return GramsAnswer((one.grams * quantity).quantize(CENT, ROUND_HALF_UP), one.source, one.guess)


def tidy_unit(unit: str) -> str:
    """Return the unit under the name it is kept by: `스푼` is 큰술, `ML` is ml."""
    unit = unit.strip().casefold()
    return SAME_UNIT.get(unit, unit)


def default_portion(facts: FoodFacts) -> Portion:
    """Suggest the amount a person most likely means by the food's bare name."""
    first = facts.units[0] if facts.units else UnitFacts(facts.basis_unit, Decimal(1), "추정: 100으로 봄", guess=True)
    quantity = Decimal(1) if facts.units else GUESS
    return Portion(quantity, first.name, (first.grams * quantity).quantize(CENT), first.source, first.guess)


def _one(facts: FoodFacts, unit: str) -> UnitFacts:
    return (
        _written(facts, unit)
        or _named(facts, unit)
        or _kitchen_measure(facts, unit)
        or _near(facts, unit)
        or _usual(facts, unit)
    )


def _written(facts: FoodFacts, unit: str) -> UnitFacts | None:
    mass, volume = MASS_WORDS.get(unit), VOLUME_WORDS.get(unit)
    factor = mass or volume
    if factor is None:
        return None
    if (mass is not None) == (facts.basis_unit == "g"):
        return UnitFacts(unit, Decimal(factor), "적은 양 그대로")
    return UnitFacts(unit, Decimal(factor), "추정: 1 ml를 1 g으로 봄", guess=True)


def _named(facts: FoodFacts, unit: str) -> UnitFacts | None:
    if facts.basis_unit == "ml" and unit in VOLUMES and not _own(facts, unit):
        return None
    return next((one for one in facts.units if one.name == unit), None)


def _own(facts: FoodFacts, unit: str) -> bool:
    return any(one.name == unit and not one.guess for one in facts.units)


def _kitchen_measure(facts: FoodFacts, unit: str) -> UnitFacts | None:
    if unit not in VOLUMES:
        return general_unit(unit)
    if facts.basis_unit == "ml":
        return UnitFacts(unit, VOLUMES[unit], f"계량 {unit} {VOLUMES[unit]} ml")
    return general_unit(unit) or UnitFacts(unit, VOLUMES[unit], "추정: 1 ml를 1 g으로 봄", guess=True)


def _near(facts: FoodFacts, unit: str) -> UnitFacts | None:
    for group in NEAR_UNITS:
        if unit in group:
            close = next((one for name in group for one in facts.units if one.name == name), None)
            if close is not None:
                return UnitFacts(unit, close.grams, f"추정: 1{close.name}만큼으로 봄 ({close.source})", guess=True)
    return None


def _usual(facts: FoodFacts, unit: str) -> UnitFacts:
    if not facts.units:
        return UnitFacts(unit, GUESS, f"추정: 100 {facts.basis_unit}으로 봄", guess=True)
    first = facts.units[0]
    if not unit:
        return first
    return UnitFacts(unit, first.grams, f"추정: 1{first.name}만큼으로 봄 ({first.source})", guess=True)
