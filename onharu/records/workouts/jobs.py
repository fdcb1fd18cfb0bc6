"""Background entries of the workouts room."""

from __future__ import annotations

from datetime import timedelta

from onharu.kernel.jobs import periodic
from onharu.records.workouts.actions import cleaning


@periodic("workouts.clean", timedelta(hours=6))
def clean() -> None:
    """Let go of what was deleted a while ago."""
    cleaning.forget_deleted()
