"""Numbers as food tables print them, and what cannot be true of 100 g of any food."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from onharu.kernel.quantities import STEP

# What the tables print for "not measured". A trace (`Tr`, `1g 미만`, `<0.1`) is not a number either: it stays unknown.
MISSING = frozenset(
    {"", "-", "n/a", "na", "null", "none", "nan", "tr", "trace", "미량", "불검출", "nd", "해당없음", "해당 없음"}
)
_BELOW = re.compile(r"^(?:<|≤).*|.*미만$|.*이하$")
_AMOUNT = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(g|ml|㎖|그램)", re.IGNORECASE)
MOST_KCAL = Decimal(950)  # pure fat has 900
MOST_GRAMS = Decimal(100)
MOST_MILLIGRAMS = Decimal(100_000)
KOREAN = {
    "kcal": "에너지", "carbohydrate_g": "탄수화물", "sugars_g": "당류", "fiber_g": "식이섬유", "protein_g": "단백질",
    "fat_g": "지방", "saturated_fat_g": "포화지방산", "cholesterol_mg": "콜레스테롤", "sodium_mg": "나트륨",
    "potassium_mg": "칼륨", "calcium_mg": "칼슘", "iron_mg": "철", "caffeine_mg": "카페인", "alcohol_g": "알코올",
}  # fmt: skip


class NumberError(ValueError):
    """A cell that should hold a number holds something else."""


def number_in(cell: str) -> Decimal | None:
    """Read a cell: a number, or None for what tables print when they do not know. Raises NumberError."""
    text = cell.strip()
    if text.casefold() in MISSING or _BELOW.match(text):
        return None
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise NumberError(text) from error
    if not number.is_finite() or number.copy_abs() > MOST_MILLIGRAMS * 10:
        raise NumberError(text)
    # Workbooks hold binary floats: 6.7 may arrive as 6.700000000000001.
    rounded = number.quantize(STEP, ROUND_HALF_UP)
    return number if number == rounded else rounded


def amount_in(cell: str) -> Decimal | None:
    """Read a weight as it is printed: `400g`, `670.000g`, `1회분(450g)`, `200 ml`; None when there is none."""
    found = _AMOUNT.search(unicodedata.normalize("NFKC", cell))
    return Decimal(found[1].replace(",", "")) if found else None


def per_hundred(amount: Decimal | None, serving: Decimal) -> Decimal | None:
    """Turn an amount per serving into one per 100, rounded half up to 0.001."""
    return None if amount is None else (amount * 100 / serving).quantize(STEP, ROUND_HALF_UP)


def implausible(amounts: Mapping[str, Decimal | None]) -> str:
    """Say what cannot be true of 100 g or 100 ml of a food, in Korean; "" when everything can."""
    for key, amount in amounts.items():
        if amount is None:
            continue
        if amount < 0:
            return f"{KOREAN[key]} {amount}: 0보다 작아요"
        if amount > most_of(key):
            return f"{KOREAN[key]} {amount.normalize():f}: 100에 들 수 있는 양({most_of(key)})을 넘어요"
    return ""


def without_impossible(amounts: Mapping[str, Decimal | None]) -> tuple[dict[str, Decimal | None], str]:
    """Make a nutrient that 100 g cannot hold unknown, and say which; energy is left for `implausible` to judge.

    One impossible figure is a slip of the table and no reason to lose the food.
    """
    impossible = [
        key for key, amount in amounts.items() if key != "kcal" and amount is not None and amount > most_of(key)
    ]
    said = implausible({key: amounts[key] for key in impossible})
    return {key: None if key in impossible else amount for key, amount in amounts.items()}, said


def most_of(key: str) -> Decimal:
    """Return the most of a nutrient that 100 g can hold."""
    if key == "kcal":
        return MOST_KCAL
    return MOST_GRAMS if key.endswith("_g") else MOST_MILLIGRAMS
