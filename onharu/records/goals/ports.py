"""What this room asks of the day without knowing it: how far goals have come that are not about measuring.

A room above wires the answer (`use`). Until then such goals say that nothing is known, which is not zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from onharu.accounts.public import Person
from onharu.records.goals.rules.progress import Progress


class Progresses(Protocol):
    """Answers how far goals have come."""

    def __call__(self, person: Person, day: date) -> Mapping[int, Progress]:
        """Tell the progress of each goal that is pursued, by its id, up to a day."""
        ...


_answers: list[Progresses] = []


def use(progresses: Progresses | None) -> None:
    """Ask this from now on; None goes back to what this room knows by itself."""
    _answers[:] = [] if progresses is None else [progresses]


def asked() -> Progresses | None:
    """Tell whom to ask."""
    return _answers[0] if _answers else None
