"""What this room asks of another without knowing it: on which day a plan of this person stands.

A room above wires the answer (`use`). Until then no plan is known, and every plan's number is Missing.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from onharu.kernel.problems import Missing


class PlanUnknown(Missing):
    """A plan that is not there, or somebody else's."""

    code = "plan_missing"
    ko = "운동 계획을 찾을 수 없어요."
    en = "There is no such plan."


class PlanDays(Protocol):
    """Answers the day of one of a person's plans."""

    def __call__(self, owner_id: int, plan_id: int) -> date | None:
        """Find the day; None when the plan is not this person's or not there."""
        ...


_answers: list[PlanDays] = []


def use(plan_days: PlanDays | None) -> None:
    """Ask this from now on; None goes back to knowing no plan."""
    _answers[:] = [] if plan_days is None else [plan_days]


def day_of_plan(owner_id: int, plan_id: int) -> date:
    """Find the day of a plan. Raises PlanUnknown."""
    for plan_days in _answers:
        if (day := plan_days(owner_id, plan_id)) is not None:
            return day
    raise PlanUnknown
