"""What this room asks of others without knowing them: what was done elsewhere, for goals that are not about measuring.

A room above wires the answers (`use`). Until then those goals say that nothing is known, which is not zero.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Lifts:
    """The heaviest weight of each lift ever done, by the exercise's id and by its name."""

    by_id: Mapping[int, Decimal] = field(default_factory=dict)
    by_name: Mapping[str, Decimal] = field(default_factory=dict)


class Elsewhere(Protocol):
    """What other records know. None is "not known"; an empty week is an empty collection or a zero."""

    def days(self, owner_id: int, habit: str, first: date, last: date) -> Collection[date] | None:
        """Name the days with a habit: WORKOUT, MEALS or JOURNAL."""
        ...

    def minutes(self, owner_id: int, first: date, last: date) -> Decimal | None:
        """Add up the minutes moved."""
        ...

    def lifts(self, owner_id: int) -> Lifts:
        """Tell the heaviest of each lift."""
        ...


class Nowhere:
    """Knows nothing."""

    def days(self, owner_id: int, habit: str, first: date, last: date) -> Collection[date] | None:
        """Know no days."""
        return None

    def minutes(self, owner_id: int, first: date, last: date) -> Decimal | None:
        """Know no minutes."""
        return None

    def lifts(self, owner_id: int) -> Lifts:
        """Know no lifts."""
        return Lifts()


_asked: list[Elsewhere] = [Nowhere()]


def use(elsewhere: Elsewhere | None) -> None:
    """Ask this from now on; None knows nothing again."""
    _asked[:] = [elsewhere or Nowhere()]


def elsewhere() -> Elsewhere:
    """Tell whom to ask."""
    return _asked[0]
