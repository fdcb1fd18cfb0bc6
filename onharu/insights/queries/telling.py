"""What a card says: 무엇을 봤나, 알려진 내용, 할 수 있는 일. And small words for numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from onharu.kernel.wording import amount


@dataclass(frozen=True, slots=True)
class Told:
    """A card in words: its title, what was seen, what is known about it ("" for nothing), and what one could do."""

    title: str
    seen: str
    known: str
    todo: str
    action: str


def number(params: Mapping[str, str | int], name: str) -> str:
    """Write a number of a card: "2,450"."""
    return amount(Decimal(str(params[name])))


def count(params: Mapping[str, str | int], name: str) -> int:
    """Read a count of a card."""
    return int(params[name])


def sentences(*parts: str) -> str:
    """Join what there is to say."""
    return " ".join(part for part in parts if part)
