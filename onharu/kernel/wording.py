"""How amounts are written for people: commas, at most one decimal, halves and thirds, names of nutrients."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onharu.kernel.quantities import NUTRIENTS

TENTH = Decimal("0.1")
WHOLE_FROM = Decimal(100)
NEAR = Decimal("0.01")
FRACTIONS = {
    Decimal("0.25"): "¼",
    Decimal("0.333"): "⅓",
    Decimal("0.5"): "½",
    Decimal("0.667"): "⅔",
    Decimal("0.75"): "¾",
}


@dataclass(frozen=True, slots=True)
class NutrientWords:
    """What a nutrient is called and counted in; `spoken_unit` is for ears."""

    name: str | Promise
    unit: str
    spoken_unit: str | Promise


_SPOKEN = {"kcal": _("킬로칼로리"), "g": _("그램"), "mg": _("밀리그램")}
_NAMES = (
    _("열량"),
    _("탄수화물"),
    _("당류"),
    _("식이섬유"),
    _("단백질"),
    _("지방"),
    _("포화지방"),
    _("콜레스테롤"),
    _("나트륨"),
    _("칼륨"),
    _("칼슘"),
    _("철"),
    _("카페인"),
    _("알코올"),
)


def _words(key: str, name: Promise) -> NutrientWords:
    unit = key.rpartition("_")[2]
    return NutrientWords(name=name, unit=unit, spoken_unit=_SPOKEN[unit])


NUTRIENT_WORDS = {key: _words(key, name) for key, name in zip(NUTRIENTS, _NAMES, strict=True)}


def amount(value: Decimal | float | None) -> str:
    """Write an amount: "1,850", "12.3", "0.5"; from 100 on whole. Unknown is "—", never zero."""
    if value is None:
        return "—"
    exact = Decimal(str(value))
    step = Decimal(1) if abs(exact) >= WHOLE_FROM else TENTH
    rounded = exact.quantize(step, ROUND_HALF_UP)
    return f"{rounded:,f}".removesuffix(".0") if rounded else "0"


def fraction(value: Decimal) -> str:
    """Write a quantity the way people say it: "1½", "⅔", "3"; others with at most two decimals."""
    whole = value.to_integral_value(rounding="ROUND_FLOOR")
    rest = value - whole
    for part, sign in FRACTIONS.items():
        if abs(rest - part) <= NEAR and whole < WHOLE_FROM:
            return f"{whole:f}{sign}" if whole else sign
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{rounded:,f}".rstrip("0").rstrip(".")
