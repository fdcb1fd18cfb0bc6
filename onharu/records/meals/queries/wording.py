"""How foods, amounts and the four meals are called, here and on the pages of the day."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from onharu.kernel.wording import amount, fraction
from onharu.records.meals.models import Eaten

SLOT_WORDS: dict[str, Promise] = {
    "BREAKFAST": gettext_lazy("아침"),
    "LUNCH": gettext_lazy("점심"),
    "DINNER": gettext_lazy("저녁"),
    "SNACK": gettext_lazy("간식"),
}
SLOT_ICONS = {"BREAKFAST": "breakfast", "LUNCH": "sun", "DINNER": "moon", "SNACK": "snack"}


def food_name(name: str) -> str:
    """Write a food's name for people: official tables join group and variant with an underscore."""
    return " ".join(name.replace("_", " ").split())


def portion(quantity: Decimal, unit: str, grams: Decimal, basis_unit: str) -> str:
    """Say an amount: "1½공기 · 315 g"; what is counted in grams already, once."""
    weight = f"{amount(grams)}\N{NO-BREAK SPACE}{basis_unit}"
    return weight if unit == basis_unit else f"{fraction(quantity)}{unit} · {weight}"


def is_guess(grams_source: str) -> bool:
    """Whether a weight is only estimated."""
    return grams_source == Eaten.GramsSource.GUESS


def some_names(foods: Iterable[str], most: int = 3) -> str:
    """Name the first few foods: "쌀밥, 김치찌개, 계란말이 외 2개"."""
    listed = [food_name(one) for one in foods]
    first = ", ".join(listed[:most])
    rest = len(listed) - most
    if rest < 1:
        return first
    return ngettext("{names} 외 {count}개", "{names} 외 {count}개", rest).format(names=first, count=rest)
