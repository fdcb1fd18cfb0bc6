"""Background entries of the insights."""

from __future__ import annotations

from datetime import date

from onharu.insights.actions import saying
from onharu.kernel import clock
from onharu.kernel.jobs import job


@job(saying.SAY)
def say_day(owner_id: int, day: str, language: str) -> None:
    """Ask a model to say a day."""
    saying.say_day(owner_id=owner_id, day=date.fromisoformat(day), language=language, at=clock.now())
