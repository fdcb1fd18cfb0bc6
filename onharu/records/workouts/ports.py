"""What this room asks of another without knowing it: how much somebody weighed on a day.

A room above wires the answer (`use`). Until then, and where nothing was measured, the profile's weight is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from onharu.accounts.public import User

MEASURED, PROFILE = "MEASURED", "PROFILE"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A body weight, where it is from (`MEASURED` or `PROFILE`), and the day it was measured on, if it was."""

    kg: Decimal
    source: str
    day: date | None


class Measured(Protocol):
    """A weight that was measured: what a measuring room answers."""

    @property
    def kg(self) -> Decimal:
        """The weight."""
        ...

    @property
    def day(self) -> date:
        """The day it was measured on."""
        ...


class BodyWeights(Protocol):
    """Answers the latest weight that somebody measured on or before a day."""

    def __call__(self, owner_id: int, day: date) -> Measured | None:
        """Find the weight; None when none was measured."""
        ...


_answers: list[BodyWeights] = []


def use(weights: BodyWeights | None) -> None:
    """Ask this from now on; None goes back to the profile alone."""
    _answers[:] = [] if weights is None else [weights]


def weight_on(owner_id: int, day: date) -> Weighed | None:
    """Find the weight of a day: measured, else the profile's, else None. At most two statements."""
    for weights in _answers:
        if (found := weights(owner_id, day)) is not None:
            return Weighed(kg=found.kg, source=MEASURED, day=found.day)
    kg = User.objects.filter(pk=owner_id).values_list("profile__weight_kg", flat=True).first()
    return None if kg is None else Weighed(kg=kg, source=PROFILE, day=None)
