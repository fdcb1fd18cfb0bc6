"""A card: what a rule saw, with the rows behind it. Codes and numbers; `queries.wording` says them. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MOST_ROWS = 7


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row behind a card: of which room and table, which row (None where a day is the row), and what it says."""

    room: str
    row: str
    id: int | None
    day: date
    name: str = ""
    amount: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value that is not the person's own comes from. `assumed`: taken for an adult of unknown age."""

    title: str
    edition: str
    url: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What one rule has to say. `params` are the numbers of its words, `link` is where something can be done."""

    rule: str
    params: Mapping[str, str | int]
    evidence: tuple[Evidence, ...]
    source: Source | None = None
    link: str = ""


def rows(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Keep the first few rows."""
    return tuple(found)[:MOST_ROWS]


def written(amount: Decimal, places: int = 1) -> str:
    """Write an amount for params: "2450", "6.5"; no trailing zero, no exponent."""
    rounded = amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


SLEEP_ADULTS = Source(
    title="AASM · Sleep Research Society, Recommended Amount of Sleep for a Healthy Adult (성인 7시간 이상)",
    edition="Sleep 2015;38(6):843-844",
    url="https://doi.org/10.5665/sleep.4716",
)
SLEEP_STRENGTH = Source(
    title="Knowles 외, Inadequate sleep and muscle strength: Implications for resistance training",
    edition="J Sci Med Sport 2018;21(9):959-968",
    url="https://doi.org/10.1016/j.jsams.2018.01.012",
)
WHO_MOVING = Source(
    title="WHO guidelines on physical activity and sedentary behaviour (성인 주 150~300분)",
    edition="2020",
    url="https://www.who.int/publications/i/item/9789240015128",
)
CAFFEINE = Source(title="식품의약품안전처 카페인 최대 일일섭취권고량 (성인 400 mg 이하)", edition="2007~")
