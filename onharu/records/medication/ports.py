"""What this room asks of another without knowing it: when somebody ate.

A room above wires the answer (`use`). Until then nothing was eaten, and doses by meals go by the usual times.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from onharu.records.medication.rules.schedules.shapes import Meal

Eaten = Mapping[tuple[date, Meal], datetime]


class MealTimes(Protocol):
    """Answers when somebody ate which meal on the days from `first` to `last`."""

    def __call__(self, owner_id: int, first: date, last: date) -> Eaten:
        """Find the instants; a meal that was not written down is not there."""
        ...


_answers: list[MealTimes] = []


def use(times: MealTimes | None) -> None:
    """Ask this from now on; None goes back to nothing."""
    _answers[:] = [] if times is None else [times]


def meals_between(owner_id: int, first: date, last: date) -> Eaten:
    """Find when somebody ate, in the statements of whoever answers."""
    for times in _answers:
        return times(owner_id, first, last)
    return {}
